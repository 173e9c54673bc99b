"""Every participant of the registrations that somebody looks for, as plain rows, read in portions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.reports.queries import Order, Wanted, ids_in_order
from tourreg.kernel.bilingual import Text

# Registrations read at a time: few enough for memory, many enough that the statements do not count.
PORTION = 1000
# Where the registration's id and the participant's place in it stand in a row: by number, since names cost time.
REGISTRATION, POSITION = 2, 3


@dataclass(frozen=True)
class Words:
    """What the rows name by number: each text is read once, not once a row."""

    events: Mapping[int, Text]
    fees: Mapping[int, Text]
    add_ons: Mapping[int, Text]


@dataclass(frozen=True)
class Portion:
    """Some registrations' participants, in the list's order.

    rows     one for each participant, with what is known of registration and folio
    seats    by participant id: (add-on id or None, state)
    charged  by participant's public id, in minor units
    open     by folio id, in minor units
    """

    rows: Sequence[Row[Any]]
    seats: Mapping[int, list[tuple[int | None, str]]]
    charged: Mapping[str, int]
    open: Mapping[int, int]


def words() -> Words:
    return Words(
        dict(db.session.execute(select(Event.id, Event.title)).all()),
        dict(db.session.execute(select(Fee.id, Fee.label)).all()),
        dict(db.session.execute(select(AddOn.id, AddOn.label)).all()),
    )


def portions(wanted: Wanted, order: Order, *, falling: bool, today: date) -> Iterator[Portion]:
    """Yield all that is looked for; each portion takes four statements."""
    ids = ids_in_order(wanted, order, falling=falling, today=today)
    for start in range(0, len(ids), PORTION):
        yield _portion(ids[start : start + PORTION])


def _portion(ids: Sequence[int]) -> Portion:
    places = {number: place for place, number in enumerate(ids)}
    rows = sorted(db.session.execute(_people(ids)).all(), key=lambda row: (places[row[REGISTRATION]], row[POSITION]))
    seats = defaultdict(list)
    for participant_id, add_on_id, state in db.session.execute(_seats(ids)):
        seats[participant_id].append((add_on_id, state))
    charged = select(Entry.subject, func.sum(Entry.amount_minor)).where(
        Entry.folio_id.in_(_folios(ids)), Entry.subject != ""
    )
    owed = select(Entry.folio_id, func.sum(Entry.amount_minor)).where(Entry.folio_id.in_(_folios(ids)))
    return Portion(
        rows,
        seats,
        {subject: int(sum_) for subject, sum_ in db.session.execute(charged.group_by(Entry.subject))},
        {folio: int(sum_) for folio, sum_ in db.session.execute(owed.group_by(Entry.folio_id))},
    )


def _folios(ids: Sequence[int]) -> Any:
    return select(Registration.folio_id).where(Registration.id.in_(ids))


def _people(ids: Sequence[int]) -> Any:
    return (
        select(
            Participant.id,
            Participant.public_id,
            Participant.registration_id,
            Participant.position,
            Participant.surname,
            Participant.given,
            Participant.native,
            Participant.badge,
            Participant.salutation,
            Participant.email,
            Participant.post,
            Participant.organisation,
            Participant.country,
            Participant.fee_id,
            Registration.reference,
            Registration.event_id,
            Registration.contact_name,
            Registration.contact_email,
            Registration.contact_phone,
            Registration.organisation.label("contact_organisation"),
            Registration.pays_by,
            Registration.registered_at,
            Registration.folio_id,
            Folio.payer_name,
            Folio.po_number,
            Folio.currency,
        )
        .join(Participant.registration)
        .join(Registration.folio)
        .where(Participant.registration_id.in_(ids))
    )


def _seats(ids: Sequence[int]) -> Any:
    return (
        select(Seat.participant_id, Seat.add_on_id, Seat.state)
        .join(Seat.participant)
        .where(Participant.registration_id.in_(ids))
        .order_by(Seat.id)
    )
