"""The registrations that the list shows, as a file: one row for each participant."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from flask_babel import gettext as _

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.registration_words import PAYS_BY, SEAT_STATES
from tourreg.blueprints.spreadsheets import harmless
from tourreg.domain.reports.exports import REGISTRATION, BillSums, Portion, Words
from tourreg.kernel.bilingual import Language
from tourreg.kernel.money import digits


def heading() -> list[str]:
    return [
        _("Reference"),
        _("Event"),
        _("Contact person"),
        _("Contact’s organisation"),
        _("Contact’s e-mail"),
        _("Contact’s telephone"),
        _("Person"),
        _("Surname"),
        _("Given name"),
        _("Name in own script"),
        _("Name on the badge"),
        _("Salutation"),
        _("E-mail"),
        _("Position"),
        _("Organisation"),
        _("Country"),
        _("Fee"),
        _("Seat"),
        _("Add-ons"),
        _("Guest"),
        _("Pays by"),
        _("Payer"),
        _("PO number"),
        _("Currency"),
        _("Charged for this person"),
        _("Its bills"),
        _("Charged to nobody by name (once for each bill)"),
        _("Paid, less what went back (once for each bill)"),
        _("Open (once for each bill)"),
        _("Registered at (UTC)"),
    ]


def rows(words: Words, portions: Iterable[Portion]) -> Iterator[list[str]]:
    """Yield one row for each participant; every text that somebody typed is harmless in a spreadsheet.

    What a bill comes to stands on the first row that it bills anybody of, so that each column can be summed also where
    several registrations share a bill.
    """
    spoken = _Spoken(words, language())
    counted: set[int] = set()
    for portion in portions:
        for row in portion.rows:
            folios = _in_use(portion, row[REGISTRATION])
            yield _row(row, portion, spoken, [portion.bills[one] for one in folios if one not in counted])
            counted.update(folios)


class _Spoken:
    """Everything that repeats from row to row, said once in the page's language."""

    def __init__(self, words: Words, spoken: Language) -> None:
        self.events, self.fees, self.add_ons = (
            {number: harmless(text.in_(spoken)) for number, text in texts.items()}
            for texts in (words.events, words.fees, words.add_ons)
        )
        self.seats = {state: str(said) for state, (_tag, said) in SEAT_STATES.items()}
        self.means = {kind: str(said) for kind, said in PAYS_BY.items()}
        self.country = cache(lambda code: formats.country(code, spoken) if code else "")
        self.joint = cache(lambda reference, many: _("%(bill)s (of %(n)d registrations)", bill=reference, n=many))

    def bills(self, bills: Iterable[BillSums]) -> str:
        """Return the references of bills; of one that several registrations share, how many they are."""
        return "; ".join(
            self.joint(one.reference, one.stands_for) if one.stands_for > 1 else one.reference for one in bills
        )


def _in_use(portion: Portion, registration_id: int) -> list[int]:
    """Return a registration's bills, without further ones on which nothing stands any more; the main one first."""
    main, *further = portion.folios[registration_id]
    return [main, *(one for one in further if portion.bills[one].is_used)]


def _row(row: Any, portion: Portion, spoken: _Spoken, new: Sequence[BillSums]) -> list[str]:
    """Return the cells.

    new  the bills that stand on no row before
    """
    (
        number, public_id, registration, position, surname, given, native, badge, salutation, email, post,
        organisation, country, guest, fee, reference, event, contact, contact_email, contact_phone,
        contact_organisation, pays_by, registered_at, _folio, payer, po_number, currency,
    ) = row  # fmt: skip
    seats = portion.seats.get(number, ())
    own = [spoken.seats[state] for add_on, state in seats if add_on is None]
    more = [f"{spoken.add_ons[add_on]}: {spoken.seats[state]}" for add_on, state in seats if add_on is not None]
    return [
        reference, spoken.events[event], harmless(contact), harmless(contact_organisation), harmless(contact_email),
        harmless(contact_phone), str(position), harmless(surname), harmless(given), harmless(native), harmless(badge),
        harmless(salutation), harmless(email), harmless(post), harmless(organisation), spoken.country(country),
        spoken.fees[fee], own[-1] if own else "", "; ".join(more), harmless(guest), spoken.means[pays_by],
        harmless(payer), harmless(po_number), currency, _figures(portion.charged.get(public_id, 0), currency),
        spoken.bills(portion.bills[one] for one in _in_use(portion, registration)),
        *(_figures(sum(sums), currency) if new else "" for sums in _sums(new)),
        registered_at.isoformat(" ", "minutes")[:16],
    ]  # fmt: skip


def _sums(bills: Sequence[BillSums]) -> tuple[list[int], list[int], list[int]]:
    return [one.for_nobody for one in bills], [one.kept for one in bills], [one.open for one in bills]


def _figures(minor: int, currency: str) -> str:
    """Return the amount as spreadsheets read it: no sign of currency, no commas."""
    places = digits(currency)
    whole, fraction = divmod(abs(minor), 10**places)
    return f"{'-' if minor < 0 else ''}{whole}" + (f".{fraction:0{places}}" if places else "")
