"""What the pages about the staff call roles, and what happened to a member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.histories import Line, actor_words
from tourreg.domain.reports.histories import Happening
from tourreg.domain.reports.staff_files import StaffFile

Facts = Mapping[str, Any]
ROLES = {
    "administrator": _l("Administrator"),
    "programme": _l("Programme officer"),
    "finance": _l("Finance officer"),
    "read-only": _l("Reader"),
}
ROLE_HINTS = {
    "administrator": _l("Everything, and the staff"),
    "programme": _l("Events, itineraries, registrations and host cities"),
    "finance": _l("Money, invoices and papers"),
    "read-only": _l("Sees everything but the staff, and changes nothing"),
}
LANGUAGES = {"en": _l("English"), "zh": _l("Chinese")}
_FIELDS = {"name": _l("Name"), "roles": _l("Roles"), "language": _l("Language")}
# What an administrator switches, by its value afterwards.
_SWITCHED = {
    ("active", "True"): _l("Let in again"),
    ("active", "False"): _l("Let in no more"),
    ("second factor", "False"): _l("Second factor reset"),
}
_HAPPENED = {
    "password": _l("Password chosen"),
    "password link": _l("Link to choose a password sent"),
    "links": _l("Links sent before taken back"),
    "second factor": _l("Authenticator set up"),
    "recovery codes": _l("Recovery codes made"),
    "recovery code used": _l("Signed in by a recovery code"),
}


def role_list(names: list[str]) -> str:
    """Return the roles in words, as a list in the page's language."""
    return formats.listing([str(ROLES[name]) for name in names if name in ROLES], language())


def history_lines(file: StaffFile) -> list[Line]:
    return [_line(happening, file.actors) for happening in file.history]


def _line(happening: Happening, actors: Mapping[str, str]) -> Line:
    after, before = _members(happening.after), _members(happening.before)
    what = _what(happening.what, before, after)
    return Line(happening.at, str(what), "", actor_words(happening.by, actors), "", tuple(_fields(before, after)))


def _what(what: str, before: Facts, after: Facts) -> Any:
    if what != "staff member":
        return _HAPPENED.get(what, what)
    if _is_new(before, after):
        return _l("Added")
    (name, value), *more = after.items()
    return _l("Changed") if more else _SWITCHED.get((name, str(value)), _l("Changed"))


def _fields(before: Facts, after: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield what changed, before and after; of somebody new the roles alone, with nothing before."""
    if _is_new(before, after):
        yield str(_FIELDS["roles"]), "", _value(after["roles"])
        return
    for name in after:
        if name in _FIELDS:
            yield str(_FIELDS[name]), _value(before.get(name)), _value(after[name])


def _is_new(before: Facts, after: Facts) -> bool:
    return "name" in after and before.get("name") is None


def _value(value: Any) -> str:
    if isinstance(value, list):
        return role_list(value)
    return str(LANGUAGES.get(value, value)) if value else "–"


def _members(value: object) -> Facts:
    return value if isinstance(value, dict) else {}
