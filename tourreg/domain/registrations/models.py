"""Bookings by one contact, the people in them and the seats they take."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tourreg.columns import Instant, Key, Plain, PublicId, UtcDateTime, choice
from tourreg.db import Base
from tourreg.domain.billing.models import Folio
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Pool
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.groups import ASSIGNED, groups_seen
from tourreg.kernel.names import PersonName

SEAT_MOVES = {
    "offered": ("held", "confirmed", "released"),
    "held": ("confirmed", "released"),
    "confirmed": ("released",),
    "released": (),
}
APPLICATION_MOVES = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("in_review", "accepted", "declined", "waitlisted", "withdrawn"),
    "in_review": ("accepted", "declined", "waitlisted", "withdrawn"),
    "waitlisted": ("accepted", "declined", "withdrawn"),
    "accepted": ("withdrawn",),
    "declined": (),
    "withdrawn": (),
}
# In these nobody takes part any more.
ENDED_APPLICATIONS = ("declined", "withdrawn")
CANCELLATION_MOVES = {
    "none": ("asked",),
    "asked": ("none", "kept", "cancelled"),
    "kept": ("asked",),
    "cancelled": ("asked",),
}


class Registration(Base):
    """One booking by one contact for one event; its state is derived from seats and folios, never stored.

    folio               the main bill; several registrations may share it, and some lines may stand on further folios
    sort_key            the contact's name as lists order it (pinyin for Chinese names)
    cancellation_state  whether the contact asked the office to cancel, and what came of it; by itself it frees nothing
    cancellation_terms  what the event promised when it was made, as `cancellation.plain_promises` writes it
    asked_to_give_up    what the contact asked to cancel, as `Chosen.plain` writes it; empty while nothing waits
    """

    __tablename__ = "registrations"
    __table_args__ = (Index("ix_registrations_event_id", "event_id", "registered_at"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), index=True)
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_email: Mapped[str] = mapped_column(String(254), index=True)
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    sort_key: Mapped[str] = mapped_column(String(200), index=True)
    language: Mapped[str] = mapped_column(choice("en", "zh", name="language"))
    pays_by: Mapped[str] = mapped_column(choice("card", "invoice", name="pays_by"))
    submission_key: Mapped[str] = mapped_column(String(40), unique=True)
    cancellation_state: Mapped[str] = mapped_column(
        choice(*CANCELLATION_MOVES, name="cancellation_state"), default="none"
    )
    cancellation_terms: Mapped[Plain]
    asked_to_give_up: Mapped[Plain]
    registered_at: Mapped[Instant] = mapped_column(index=True)

    event: Mapped[Event] = relationship()
    folio: Mapped[Folio] = relationship()
    further_folios: Mapped[list[FurtherFolio]] = relationship(order_by="FurtherFolio.folio_id")
    participants: Mapped[list[Participant]] = relationship(
        back_populates="registration", order_by="Participant.position"
    )

    @property
    def folios(self) -> list[Folio]:
        """Return every bill that it stands or stood on, in the order of their ids, which is that of locking."""
        return sorted((self.folio, *(further.folio for further in self.further_folios)), key=lambda folio: folio.id)

    @property
    def awaits_approval(self) -> bool:
        """Tell whether the office has yet to say whether somebody of it may take the fee that they chose."""
        return any(participant.application_state == "submitted" for participant in self.participants)

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether nobody of it takes part any more, so that it gets no seats again, whatever comes."""
        return all(participant.application_state in ENDED_APPLICATIONS for participant in self.participants)


class FurtherFolio(Base):
    """That lines of a registration stand, or stood, on a bill beside its main one."""

    __tablename__ = "further_folios"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), primary_key=True)
    folio_id: Mapped[int] = mapped_column(ForeignKey("folios.id"), primary_key=True, index=True)

    folio: Mapped[Folio] = relationship(lazy="joined")


class Participant(Base):
    """One person who takes part; only Latin names are always there, and an e-mail address is optional.

    member_number, city  given where the fee asks for them; the number as lists of members compare it
    guest                whom they bring, with an add-on for a guest
    group                of a divided programme: A, B, or its guests; "" is none
    about, goals         what host cities read of them: who they are, and what they want to learn

    The public id is the sentinel by which many rows of one statement find their keys; so it is for seats.
    """

    __tablename__ = "participants"

    id: Mapped[Key]
    public_id: Mapped[PublicId] = mapped_column(insert_sentinel=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"), index=True)
    position: Mapped[int]
    surname: Mapped[str] = mapped_column(String(120))
    given: Mapped[str] = mapped_column(String(120), default="")
    native: Mapped[str] = mapped_column(String(120), default="")
    badge: Mapped[str] = mapped_column(String(120), default="")
    salutation: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    post: Mapped[str] = mapped_column(String(200), default="")
    organisation: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    sort_key: Mapped[str] = mapped_column(String(200), index=True)
    fee_id: Mapped[int] = mapped_column(ForeignKey("fees.id"))
    member_number: Mapped[str] = mapped_column(String(40), default="", index=True)
    city_id: Mapped[int | None] = mapped_column(ForeignKey("cities.id"))
    guest: Mapped[str] = mapped_column(String(120), default="")
    group: Mapped[str] = mapped_column(choice(*ASSIGNED, name="group"), default="", server_default="")
    about: Mapped[str] = mapped_column(String(600), default="", server_default="")
    goals: Mapped[str] = mapped_column(String(400), default="", server_default="")
    application_state: Mapped[str] = mapped_column(
        choice(*APPLICATION_MOVES, name="application_state"), default="submitted"
    )

    registration: Mapped[Registration] = relationship(back_populates="participants")
    fee: Mapped[Fee] = relationship()
    city: Mapped[City | None] = relationship()
    seats: Mapped[list[Seat]] = relationship(back_populates="participant", order_by="Seat.id")

    @property
    def name(self) -> PersonName:
        return PersonName(self.surname, self.given, self.native, self.badge, self.salutation)

    @property
    def groups(self) -> frozenset[str]:
        """Return the groups whose items stand in this one's own programme."""
        return groups_seen(self.group, brings_guest=bool(self.guest))


class Seat(Base):
    """A participant in a pool; with an add-on it is the seat of that add-on, without one of the event itself.

    Where the places at a fee are limited, one more seat without an add-on stands in the fee's own pool.

    held_until   when the hold ends, and ended if nothing came; none once the seat is confirmed
    folio        whose payer pays for it; none stands for the registration's main bill
    released_at  when it was given back; before held_until it was cancelled, after it the hold had ended
    """

    __tablename__ = "seats"
    __table_args__ = (
        Index(
            "uq_seats_one_place",
            "participant_id",
            "pool_id",
            unique=True,
            sqlite_where=text("state != 'released'"),
            postgresql_where=text("state != 'released'"),
        ),
        Index("ix_seats_ending_holds", "state", "held_until"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId] = mapped_column(insert_sentinel=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pools.id"), index=True)
    add_on_id: Mapped[int | None] = mapped_column(ForeignKey("add_ons.id"))
    folio_id: Mapped[int | None] = mapped_column(ForeignKey("folios.id"))
    state: Mapped[str] = mapped_column(choice(*SEAT_MOVES, name="state"), default="held")
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_at: Mapped[Instant]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    participant: Mapped[Participant] = relationship(back_populates="seats")
    pool: Mapped[Pool | None] = relationship()
    add_on: Mapped[AddOn | None] = relationship()

    @property
    def is_of_fee(self) -> bool:
        """Tell whether it is a place at a fee whose places are limited, beside the place at the event."""
        return self.add_on_id is None and self.pool_id is not None and self.pool_id == self.participant.fee.pool_id
