"""One payer's bill with the registrations on it, locked in the one order: registrations by id, then folios by id.

Pools come between the two, and number series last.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration, Seat


@dataclass(frozen=True)
class PayersBill:
    """A folio and whom it bills.

    registrations  those with lines on it, now or before, in the order of their ids
    about          the one of them that is spoken of, where not all are
    """

    folio: Folio
    registrations: tuple[Registration, ...]
    about: Registration | None = None

    @property
    def main_of(self) -> tuple[Registration, ...]:
        """Return the registrations whose main bill this is; none where another payer pays some lines of one."""
        return tuple(one for one in self.registrations if one.folio_id == self.folio.id)

    @property
    def lead(self) -> Registration:
        """Return the registration by which letters and papers name the event."""
        return self.about or (self.main_of or self.registrations)[0]

    @property
    def is_joint(self) -> bool:
        return len(self.registrations) > 1

    @property
    def live_seats(self) -> list[Seat]:
        """Return the seats that this payer pays for and that are held or confirmed."""
        return [seat for one in self.registrations for seat in holds.live_seats(one, self.folio.id)]

    @property
    def held_until(self) -> datetime | None:
        """Return when the first hold that this payer pays for ends; None when nothing is held."""
        ends = (holds.held_until(one, self.folio.id) for one in self.registrations)
        return min((until for until in ends if until), default=None)

    def only(self, registration: Registration) -> PayersBill:
        """Return the bill with one registration to speak of."""
        return replace(self, about=registration)


def lock_bill(folio_id: int) -> PayersBill:
    """Return the bill after every other transaction on its registrations has ended; the folio is to be locked later."""
    return lock_bills([folio_id])[folio_id]


def lock_bills(folio_ids: Collection[int]) -> dict[int, PayersBill]:
    """Return several bills, locked alike, by the ids of their folios.

    Whoever changes who stands on a bill holds these locks too, so that what was locked is looked up once more.
    """
    ids: Sequence[int] = ()
    locked: list[Registration] = []
    while ids != (now_billed := registrations.billed_on(*folio_ids)):
        ids, locked = now_billed, holds.lock_all(now_billed)
    return {folio_id: _bill(folio_id, [one for one in locked if _stands(one, folio_id)]) for folio_id in folio_ids}


def lock_bill_of(registration_id: int, folio_id: int | None = None) -> PayersBill:
    """Return a registration's bill, locked alike; its main one unless another is named.

    raises  LookupError where the registration does not stand on that folio
    """
    bill = lock_bill(folio_id or registrations.main_folio_of(registration_id))
    if registration_id not in {registration.id for registration in bill.registrations}:
        raise LookupError(f"registration {registration_id} does not stand on folio {bill.folio.id}")
    return bill


def bill_of(folio_id: int) -> PayersBill:
    """Return the bill to read, unlocked.

    raises  LookupError where nobody stands on the folio
    """
    return _bill(folio_id, registrations.on_folios(folio_id))


def bills_on(folios: Sequence[Folio]) -> list[PayersBill]:
    """Return several bills to read, in their order, with the events and routes of all at once.

    Folios that nobody stands on are left out.
    """
    found = registrations.on_folios(*(folio.id for folio in folios), with_routes=True)
    bills = [PayersBill(folio, tuple(one for one in found if _stands(one, folio.id))) for folio in folios]
    return [bill for bill in bills if bill.registrations]


def bills_of(registration: Registration) -> list[PayersBill]:
    """Return every bill that a registration stands or stood on, to read, in three statements."""
    found = registrations.on_folios(*(folio.id for folio in registration.folios))
    return [PayersBill(folio, tuple(one for one in found if _stands(one, folio.id))) for folio in registration.folios]


def lines_of(bill: PayersBill, registration: Registration, entries: Sequence[Entry] | None = None) -> list[Entry]:
    """Return the lines that stand on the bill for one registration; those for nobody are everybody's.

    entries  of the bill, where they are read already
    """
    posted = billing.entries_of(bill.folio) if entries is None else entries
    people = {participant.public_id for participant in registration.participants}
    subjects = people if bill.is_joint else people | {""}
    return [line for line in standing_lines(posted) if line.subject in subjects]


def _stands(registration: Registration, folio_id: int) -> bool:
    return folio_id in {folio.id for folio in registration.folios}


def _bill(folio_id: int, found: Sequence[Registration]) -> PayersBill:
    folio = db.session.get(Folio, folio_id)
    if folio is None or not found:
        raise LookupError(f"folio {folio_id} belongs to no registration")
    return PayersBill(folio, tuple(found))
