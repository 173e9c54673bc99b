"""All that is known of one registration, gathered for the page that staff work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import MoneyStanding, money_standing, standing_lines
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import papers_of
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.registrations.states import State, state_of
from tourreg.domain.reports.histories import Happening, SentLetter, history_of, letters_about
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class FurtherBill:
    """A bill on which another payer pays a part."""

    folio: Folio
    entries: Sequence[Entry]

    @property
    def lines(self) -> list[Entry]:
        return standing_lines(self.entries)

    @property
    def standing(self) -> MoneyStanding:
        return money_standing(self.entries, self.folio.currency)


@dataclass(frozen=True)
class RegistrationFile:
    """One registration with its bills, papers, letters and history, the latest of each first but for the bills.

    entries  of its main bill, which others may share
    further  bills on which something stands that another payer pays
    """

    registration: Registration
    entries: Sequence[Entry]
    further: Sequence[FurtherBill]
    papers: Sequence[Paper]
    letters: Sequence[SentLetter]
    history: Sequence[Happening]
    staff: Mapping[str, str]

    @property
    def seats(self) -> list[Seat]:
        return [seat for participant in self.registration.participants for seat in participant.seats]

    @property
    def all_entries(self) -> list[Entry]:
        return [*self.entries, *(entry for bill in self.further for entry in bill.entries)]

    @property
    def open(self) -> Money:
        return self._sum(entry.amount_minor for entry in self.all_entries)

    @property
    def received(self) -> Money:
        return -self._sum(entry.amount_minor for entry in self.all_entries if entry.kind == "payment")

    @property
    def state(self) -> State:
        return state_of(
            self.seats,
            self.open,
            received=self.received,
            credit_state=self.registration.folio.credit_state,
            withdrawn=self.registration.is_withdrawn,
            in_review=self.registration.awaits_approval,
        )

    @property
    def request(self) -> Happening | None:
        """Return the step by which the contact asked to cancel, while the office has not answered."""
        if self.registration.cancellation_state != "asked":
            return None
        return next((step for step in self.history if step.what == "cancellation"), None)

    def money(self, minor: int) -> Money:
        return Money(minor, self.registration.folio.currency)

    def _sum(self, amounts: Iterable[int]) -> Money:
        return self.money(sum(amounts))


def file_of(public_id: str) -> RegistrationFile | None:
    """Return the whole file in eleven statements, however much happened."""
    registration = registrations.by_public_id(public_id)
    if registration is None:
        return None
    folios = registration.folios
    entries = _entries([folio.id for folio in folios])
    further = [FurtherBill(one, entries[one.id]) for one in folios if one.id != registration.folio_id]
    history = history_of(_subjects(registration))
    return RegistrationFile(
        registration,
        entries[registration.folio_id],
        [bill for bill in further if bill.lines or bill.standing.balance.minor],
        papers_of(*(folio.public_id for folio in folios)),
        letters_about([registration.public_id, *(folio.public_id for folio in folios)]),
        history,
        staff_names(happening.by for happening in history),
    )


def _entries(folio_ids: Sequence[int]) -> Mapping[int, list[Entry]]:
    """Return the postings of several folios by the folio's id, oldest first, in one statement."""
    by_folio: dict[int, list[Entry]] = {folio_id: [] for folio_id in folio_ids}
    for entry in db.session.scalars(select(Entry).where(Entry.folio_id.in_(folio_ids)).order_by(Entry.id)):
        by_folio[entry.folio_id].append(entry)
    return by_folio


def _subjects(registration: Registration) -> list[str]:
    people = registration.participants
    seats = [seat.public_id for participant in people for seat in participant.seats]
    folios = [folio.public_id for folio in registration.folios]
    return [registration.public_id, *folios, *(person.public_id for person in people), *seats]
