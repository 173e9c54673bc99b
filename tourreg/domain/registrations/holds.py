"""Seats that are held: until when, for longer, and taken again after they were freed."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue import seats
from tourreg.domain.discounts.using import give_back, use_again
from tourreg.domain.registrations.models import ENDED_APPLICATIONS, SEAT_MOVES, Participant, Registration, Seat
from tourreg.domain.registrations.rules import CANCELLATION
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

SEAT = Axis("seat", "state", SEAT_MOVES)


class NoPlaceAtEvent(Refusal):
    """An add-on is of no use to somebody whose place at the event is gone."""


def lock(registration_id: int) -> Registration:
    """Return the registration, its people and seats read anew, after every other transaction on them has ended.

    Whoever moves seats of a registration takes this lock first, before any pool, so that paying and freeing never
    cross.
    """
    return lock_all([registration_id])[0]


def lock_all(registration_ids: Collection[int]) -> list[Registration]:
    """Return the registrations as `lock` does, locked in the order of their ids."""
    with_seats = selectinload(Registration.participants).selectinload(Participant.seats)
    known = select(Registration).where(Registration.id.in_(registration_ids)).order_by(Registration.id)
    locking = known.options(with_seats).with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(locking))


def live_seats(registration: Registration, folio_id: int | None = None) -> list[Seat]:
    """Return the seats that are held or confirmed.

    folio_id  narrows them to those that this bill's payer pays for
    """
    return [seat for seat in _seats(registration, folio_id) if seat.state != "released"]


def held_until(registration: Registration, folio_id: int | None = None) -> datetime | None:
    """Return when the first hold of the registration ends; None when nothing is held."""
    return min(
        (seat.held_until for seat in live_seats(registration, folio_id) if seat.state == "held" and seat.held_until),
        default=None,
    )


def folio_of(seat: Seat, registration: Registration) -> int:
    """Return the id of the bill whose payer pays for a seat."""
    return seat.folio_id or registration.folio_id


def ended(registration: Registration, now: datetime) -> list[Seat]:
    """Return the seats whose hold has passed, and those that are worth nothing without one of them.

    A person without a place at the event keeps no add-on, though somebody else may have paid for it.
    """
    live = live_seats(registration)
    over = [seat for seat in live if seat.state == "held" and seat.held_until and seat.held_until <= now]
    leaving = {seat.participant_id for seat in over if seat.add_on_id is None}
    return [seat for seat in live if seat in over or seat.participant_id in leaving]


def is_over(registration: Registration, now: datetime) -> bool:
    """Tell whether all that the registration has is a hold whose time has passed."""
    live = live_seats(registration)
    until = held_until(registration)
    return bool(live) and until is not None and until <= now and all(seat.state == "held" for seat in live)


def prolong(registration: Registration, until: datetime, folio_id: int | None = None) -> None:
    """Hold the held seats, or those that a bill pays for, at least so long; never shortens a hold.

    Where the office has yet to approve a fee a hold has no end, and keeps none.
    """
    if registration.awaits_approval:
        return
    for seat in live_seats(registration, folio_id):
        if seat.state == "held":
            seat.held_until = max(until, seat.held_until or until)


def confirm(registration: Registration, *, now: datetime, by: str, folio_id: int | None = None) -> None:
    """Make every held seat of a locked registration theirs, or those that a bill pays for; confirmed ones stay so.

    Where the office has yet to approve a fee they stay held, whatever was paid.
    """
    if registration.awaits_approval:
        return
    for seat in live_seats(registration, folio_id):
        if seat.state != "confirmed":
            move_to(seat, SEAT, "confirmed", now=now, by=by)
            seat.held_until = None


def release(
    registration: Registration, *, now: datetime, by: str, why: str, only: Collection[Seat] | None = None
) -> None:
    """Free every live seat of a locked registration, or only some; a second time frees nothing.

    With the last seat the code that was used is given back.
    Whoever asked to cancel has what they asked for once none is left, whatever freed the seats.
    """
    freed = live_seats(registration) if only is None else only
    seats.give_back(Counter(seat.pool_id for seat in freed if seat.pool_id is not None))
    for seat in freed:
        move_to(seat, SEAT, "released", now=now, by=by, why=why)
        seat.released_at = now
    if freed and not live_seats(registration):
        give_back(registration.public_id, now=now)
    if registration.cancellation_state == "asked" and not live_seats(registration):
        move_to(registration, CANCELLATION, "cancelled", now=now, by=by)


def take_again(registrations: Iterable[Registration], *, now: datetime, folio_id: int | None = None) -> list[Seat]:
    """Hold anew every place that the registrations had and lost, or those of a bill, all of them or none.

    The codes that they used are used again.

    raises  PoolIsFull, also where others have used a code up, NoPlaceAtEvent, both with nothing taken
    """
    concerned = list(registrations)
    lost = [place for registration in concerned for place in _lost_places(registration, folio_id)]
    with db.session.begin_nested():
        seats.take(Counter(pool_id for _, pool_id, _, _ in lost if pool_id is not None))
        for registration in concerned:
            use_again(registration.public_id, now=now)
        taken = [_hold(place, now) for place in lost]
        db.session.flush()
    for participant in (participant for registration in concerned for participant in registration.participants):
        db.session.refresh(participant, ["seats"])
    return taken


# Participant, pool, add-on and folio, each by its id.
_Place = tuple[int, int | None, int | None, int | None]


def _lost_places(registration: Registration, folio_id: int | None) -> list[_Place]:
    """Return what people who still take part had and have no more.

    raises  NoPlaceAtEvent where one of them would get an add-on without a place at the event
    """
    lost: set[_Place] = set()
    for participant in registration.participants:
        if participant.application_state in ENDED_APPLICATIONS:
            continue
        live = {(seat.pool_id, seat.add_on_id) for seat in participant.seats if seat.state != "released"}
        of_bill = [seat for seat in participant.seats if folio_id in (None, folio_of(seat, registration))]
        places = {
            (participant.id, seat.pool_id, seat.add_on_id, seat.folio_id)
            for seat in of_bill
            if (seat.pool_id, seat.add_on_id) not in live
        }
        if places and None not in {add_on_id for _, add_on_id in live} | {add_on_id for _, _, add_on_id, _ in places}:
            raise NoPlaceAtEvent
        lost |= places
    return sorted(lost, key=str)


def _hold(place: _Place, now: datetime) -> Seat:
    participant_id, pool_id, add_on_id, folio_id = place
    seat = Seat(
        participant_id=participant_id,
        pool_id=pool_id,
        add_on_id=add_on_id,
        folio_id=folio_id,
        state="held",
        held_until=now,
        taken_at=now,
    )
    db.session.add(seat)
    return seat


def _seats(registration: Registration, folio_id: int | None) -> list[Seat]:
    every = (seat for participant in registration.participants for seat in participant.seats)
    return [seat for seat in every if folio_id in (None, folio_of(seat, registration))]
