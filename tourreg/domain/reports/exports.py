"""Every participant of the registrations that somebody looks for, as plain rows, read in portions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Row, case, func, literal, select, union_all

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.statements import MONEY_KINDS
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.registrations.models import FurtherFolio, Participant, Registration, Seat
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
class BillSums:
    """One bill as a whole, in minor units.

    stands_for  how many registrations stand on it, also those that nobody looks for
    charged     all charges, fees, discounts and what took them back
    for_nobody  what of it names no participant
    open        negative when more came than was charged
    """

    reference: str
    stands_for: int
    charged: int
    for_nobody: int
    open: int

    @property
    def is_used(self) -> bool:
        """Tell whether anything stands on it still, or money lies on it."""
        return bool(self.charged or self.open)

    @property
    def kept(self) -> int:
        """Return what came, less what went back."""
        return self.charged - self.open


@dataclass(frozen=True)
class Portion:
    """Some registrations' participants, in the list's order.

    rows     one for each participant, with what is known of registration and folio
    seats    by participant id: (add-on id or None, state)
    charged  by participant's public id, in minor units, on whosever bill
    bills    by folio id
    folios   ids of the bills that a registration stands on, its main one first, by its id
    """

    rows: Sequence[Row[Any]]
    seats: Mapping[int, list[tuple[int | None, str]]]
    charged: Mapping[str, int]
    bills: Mapping[int, BillSums]
    folios: Mapping[int, list[int]]


def words() -> Words:
    return Words(
        dict(db.session.execute(select(Event.id, Event.title)).all()),
        dict(db.session.execute(select(Fee.id, Fee.label)).all()),
        dict(db.session.execute(select(AddOn.id, AddOn.label)).all()),
    )


def portions(wanted: Wanted, order: Order, *, falling: bool, today: date) -> Iterator[Portion]:
    """Yield all that is looked for; each portion takes six statements."""
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
    return Portion(
        rows,
        seats,
        {subject: int(sum_) for subject, sum_ in db.session.execute(charged.group_by(Entry.subject))},
        _bills(ids),
        _folios_by_registration(ids),
    )


def _bills(ids: Sequence[int]) -> dict[int, BillSums]:
    """Return every bill that the registrations stand on, with its sums, in one statement."""
    standing = _standing().subquery()
    stands_for = select(func.count()).select_from(standing).where(standing.c.folio_id == Folio.id).scalar_subquery()
    charged = Entry.kind.not_in(MONEY_KINDS)
    sums = (
        select(
            Folio.id,
            Folio.reference,
            stands_for,
            func.coalesce(func.sum(case((charged, Entry.amount_minor), else_=0)), 0),
            func.coalesce(func.sum(case((charged & (Entry.subject == ""), Entry.amount_minor), else_=0)), 0),
            func.coalesce(func.sum(Entry.amount_minor), 0),
        )
        .outerjoin(Folio.entries)
        .where(Folio.id.in_(_folios(ids)))
        .group_by(Folio.id, Folio.reference)
    )
    return {
        number: BillSums(reference, many, int(all_of_it), int(for_nobody), int(owed))
        for number, reference, many, all_of_it, for_nobody, owed in db.session.execute(sums)
    }


def _folios_by_registration(ids: Sequence[int]) -> dict[int, list[int]]:
    folios: dict[int, list[int]] = defaultdict(list)
    chosen = _standing().subquery()
    found = select(chosen.c.registration_id, chosen.c.folio_id).where(chosen.c.registration_id.in_(ids))
    for registration_id, folio_id in db.session.execute(found.order_by(chosen.c.is_further, chosen.c.folio_id)):
        folios[registration_id].append(folio_id)
    return folios


def _folios(ids: Sequence[int]) -> Any:
    chosen = _standing().subquery()
    return select(chosen.c.folio_id).where(chosen.c.registration_id.in_(ids))


def _standing() -> CompoundSelect[Any]:
    """Return which registration stands on which bill, once for its main one and once for each further one."""
    main = select(Registration.id.label("registration_id"), Registration.folio_id, literal(0).label("is_further"))
    further = select(FurtherFolio.registration_id, FurtherFolio.folio_id, literal(1).label("is_further"))
    return union_all(main, further)


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
            Participant.guest,
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
