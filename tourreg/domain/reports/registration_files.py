"""All that is known of one registration, gathered for the page that staff work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.billing.models import Entry
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import papers_of
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.registrations.states import State, state_of
from tourreg.domain.reports.histories import Happening, SentLetter, history_of, letters_about
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class RegistrationFile:
    """One registration with its bill, papers, letters and history, the latest of each first but for the bill."""

    registration: Registration
    entries: Sequence[Entry]
    papers: Sequence[Paper]
    letters: Sequence[SentLetter]
    history: Sequence[Happening]
    staff: Mapping[str, str]

    @property
    def seats(self) -> list[Seat]:
        return [seat for participant in self.registration.participants for seat in participant.seats]

    @property
    def open(self) -> Money:
        return self._sum(entry.amount_minor for entry in self.entries)

    @property
    def received(self) -> Money:
        return -self._sum(entry.amount_minor for entry in self.entries if entry.kind == "payment")

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
    """Return the whole file in ten statements, however much happened."""
    registration = registrations.by_public_id(public_id)
    if registration is None:
        return None
    entries = select(Entry).where(Entry.folio_id == registration.folio_id).order_by(Entry.id)
    history = history_of(_subjects(registration))
    return RegistrationFile(
        registration,
        db.session.scalars(entries).all(),
        papers_of(registration.folio.public_id),
        letters_about([registration.public_id, registration.folio.public_id]),
        history,
        staff_names(happening.by for happening in history),
    )


def _subjects(registration: Registration) -> list[str]:
    people = registration.participants
    seats = [seat.public_id for participant in people for seat in participant.seats]
    return [registration.public_id, registration.folio.public_id, *(person.public_id for person in people), *seats]
