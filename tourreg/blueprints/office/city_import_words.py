"""What the pages say of a file of cities: why it cannot be read, what is wrong in a row, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg.adapters.spreadsheets import NoSpreadsheet
from tourreg.adapters.workbooks import OldOrProtected, TooManyRows
from tourreg.blueprints.filters import figures
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.city_import_columns import heading_of
from tourreg.blueprints.office.city_import_reading import MOST_ROWS, QuoteIsOpen
from tourreg.blueprints.office.table_headings import RowFault
from tourreg.domain.banking.values import FileRefused
from tourreg.domain.hosting.city_matching import Candidate
from tourreg.domain.hosting.city_outcomes import CityOutcome, ContactOutcome, Fault, Look, RowOutcome, told

UNREADABLE = (FileRefused, NoSpreadsheet, QuoteIsOpen, TooManyRows)
CITY_WORDS = {
    "new": ("news", _l("New city")),
    "changed": ("wait", _l("City, changed")),
    "same": ("", _l("City is here")),
    "double": ("", _l("City as above")),
}
CONTACT_WORDS = {
    "new": ("news", _l("New contact")),
    "changed": ("wait", _l("Contact, changed")),
    "same": ("", _l("Contact is here")),
    "shares": ("good", _l("Shares the city’s page, left as it is")),
    "double": ("", _l("Contact as above")),
}
KINDS = {
    "city": _l("city"), "town": _l("town"), "village": _l("village"), "borough": _l("borough"),
    "township": _l("township"), "county": _l("county"),
}  # fmt: skip
_MOST_SHOWN, _MOST_ELSEWHERE = 80, 6
_FILES = {
    "empty": _l("The file is empty."),
    "encoding": _l("The file’s letters cannot be read. Save it as CSV in UTF-8, or as .xlsx."),
    "old": _l("This is an old Excel file, or a password protects it. Save it as .xlsx without a password."),
}


@dataclass(frozen=True)
class ShownRow:
    """A row as the page tells of it: what becomes of its city and its contact, and sentences below them."""

    number: int
    city: Any
    city_what: str
    contact: str
    contact_what: str
    lines: list[str]

    @property
    def is_news(self) -> bool:
        return bool(self.lines) or self.city_what not in ("same", "double") or self.contact_what in ("new", "changed")


def unreadable(error: Exception) -> str:
    """Say why a file cannot be read, and what to do."""
    if isinstance(error, TooManyRows):
        return _("The file has more than %(most)s rows. Part it into several.", most=f"{MOST_ROWS:,}")
    if isinstance(error, QuoteIsOpen):
        return _(
            "Row %(row)d opens a quotation mark and does not close it; what follows cannot be read.", row=error.row
        )
    if isinstance(error, OldOrProtected):
        return str(_FILES["old"])
    if isinstance(error, FileRefused) and error.kind in _FILES:
        return str(_FILES[error.kind])
    return _("This is neither a CSV file nor an Excel file that we can read. Save it as .xlsx or as CSV in UTF-8.")


def fault_in_words(fault: Fault) -> RowFault:
    return RowFault(fault.row, heading_of(fault.column), _sentence(fault.kind, fault.facts))


def place_words(candidate: Candidate) -> str:
    """Return what a city is chosen by: its name, what it is, its state, its people, and whether it is here."""
    shown = _("%(city)s, %(region)s", city=candidate.name.in_(language()), region=candidate.region.in_(language()))
    if candidate.is_here:
        return _("%(city)s (is here already)", city=shown)
    kind = str(KINDS.get(candidate.kind, ""))
    people = figures(candidate.population) if candidate.population else ""
    more = [part for part in (kind, people and _("%(people)s people", people=people)) if part]
    return _("%(city)s (%(more)s)", city=shown, more=", ".join(more)) if more else shown


def shown_row(row: RowOutcome, look: Look) -> ShownRow:
    """Return how the page tells of a row, as if nothing were overwritten."""
    number, name, _id, city, contact = told(row, overwrite=False)
    lines = [*_of_city(row.city, number, city), *(_of_contact(row.contact, contact) if row.contact else ())]
    lines += [
        _(
            "%(field)s: row %(row)d says something else, and counts.",
            field=heading_of(note.column),
            row=note.facts["first"],
        )
        for note in look.notes
        if note.row == number
    ]
    who = row.contact.said if row.contact else {}
    shown = who.get("name") or (row.contact.known.name if row.contact and row.contact.known else "")
    told_of = _("%(name)s, %(email)s", name=shown, email=who["email"]) if shown else who.get("email", "")
    return ShownRow(number, name, city, told_of, contact, lines)


def _of_city(city: CityOutcome, number: int, what: str) -> Iterator[str]:
    if what == "double":
        yield _("The same city as in row %(row)d; both are taken together.", row=city.rows[0])
    elif city.city is not None:
        yield from _filled(city.merge.filled)
        yield from _kept(city.before, city.merge.differing)


def _of_contact(contact: ContactOutcome, what: str) -> Iterator[str]:
    if what == "double":
        yield _("The same contact as in row %(row)d; both are taken together.", row=contact.rows[0])
        return
    if contact.known is not None:
        yield from _filled(contact.merge.filled)
        before = {name: getattr(contact.known, name) for name in contact.merge.differing}
        yield from _kept(before, contact.merge.differing)
    if contact.elsewhere:
        names = [name.in_(language()) for name in contact.elsewhere[:_MOST_ELSEWHERE]]
        yield _("Also known at: %(cities)s", cities=_listed(names))


def _filled(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield _("%(field)s, empty until now: %(value)s", field=_field(name), value=_value(name, value))


def _kept(before: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if value in (None, ""):
            continue
        yield _(
            "%(field)s stays %(before)s; the file says %(value)s",
            field=_field(name), before=_value(name, before.get(name)), value=_value(name, value),
        )  # fmt: skip


def _field(name: str) -> str:
    return heading_of("contact_name" if name == "name" else name)


def _value(name: str, value: Any) -> str:
    if name == "roles":
        return _listed([str(ROLE_WORDS[role]) for role in value]) or "–"
    if name == "language":
        return {"en": "English", "zh": "中文"}.get(value, "–")
    if name == "population" and value is not None:
        return figures(value)
    said = "–" if value in (None, "") else str(value)
    return said if len(said) <= _MOST_SHOWN else f"{said[:_MOST_SHOWN]}…"


def _sentence(kind: str, facts: Mapping[str, Any]) -> str:
    if kind == "several":
        return _(
            "%(num)d cities may be meant. Choose one below, or write the state or province.", num=len(facts["choices"])
        )
    if kind == "not_listed":
        return _not_listed(facts)
    if kind == "unknown_region":
        return _unknown_region(facts)
    if kind == "which_country":
        return _("“%(said)s” may lie in several countries. Write the country.", said=facts["said"])
    return str(_SENTENCES[kind])


_SENTENCES = {
    "no_name": _l("Write the name of the city."),
    "regions_differ": _l("The two columns name different states or provinces."),
    "needs_chinese": _l(
        "This city is new, and our list has no Chinese name of it. Write it in the column for Chinese."
    ),
    "no_email": _l("Write the e-mail address; people are told apart by it."),
    "no_contact_name": _l("This contact is new. Write the name."),
}


def _not_listed(facts: Mapping[str, Any]) -> str:
    missing = _listed([heading_of(name) for name in facts["missing"]])
    said = _("Our list has no such city there. To enter it, fill in: %(columns)s.", columns=missing)
    if not facts["elsewhere"]:
        return said
    names = _listed([place_words(each) for each in facts["elsewhere"][:_MOST_ELSEWHERE]])
    return said + (" " if language() == "en" else "") + _("Cities of this name elsewhere: %(cities)s", cities=names)


def _unknown_region(facts: Mapping[str, Any]) -> str:
    if facts["country"] == "US":
        return _("“%(said)s” is no state of the United States. Write it as Illinois or IL.", said=facts["said"][:60])
    if facts["country"] == "CN":
        return _("“%(said)s” is no province of China. Write it as Jiangsu or 江苏.", said=facts["said"][:60])
    return _("“%(said)s” is no state or province that we know. Write the country as well.", said=facts["said"][:60])


def _listed(names: list[str]) -> str:
    return ("；" if language() == "zh" else "; ").join(names)
