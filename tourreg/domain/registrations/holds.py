"""Seats that are held: until when, for longer, and taken again after they were freed."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue import seats
from tourreg.domain.registrations.models import ENDED_APPLICATIONS, SEAT_MOVES, Participant, Registration, Seat
from tourreg.domain.registrations.rules import CANCELLATION
from tourreg.kernel.states import Axis

SEAT = Axis("seat", "state", SEAT_MOVES)


def lock(registration_id: int) -> Registration:
    """Return the registration, its people and seats read anew, after every other transaction on them has ended.

    Whoever moves seats of a registration takes this lock first, before any pool, so that paying and freeing never
    cross.
    """
    with_seats = selectinload(Registration.participants).selectinload(Participant.seats)
    one = select(Registration).where(Registration.id == registration_id).options(with_seats).with_for_update()
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def live_seats(registration: Registration) -> list[Seat]:
    """Return the seats that are held or confirmed."""
    return [seat for participant in registration.participants for seat in participant.seats if seat.state != "released"]


def held_until(registration: Registration) -> datetime | None:
    """Return when the first hold of the registration ends; None when nothing is held."""
    return min(
        (seat.held_until for seat in live_seats(registration) if seat.state == "held" and seat.held_until),
        default=None,
    )


def is_over(registration: Registration, now: datetime) -> bool:
    """Tell whether all that the registration has is a hold whose time has passed."""
    live = live_seats(registration)
    until = held_until(registration)
    return bool(live) and until is not None and until <= now and all(seat.state == "held" for seat in live)


def prolong(registration: Registration, until: datetime) -> None:
    """Hold the held seats at least so long; never shortens a hold."""
    for seat in live_seats(registration):
        if seat.state == "held":
            seat.held_until = max(until, seat.held_until or until)


def confirm(registration: Registration, *, now: datetime, by: str) -> None:
    """Make every held seat of a locked registration theirs; confirmed ones stay so."""
    for seat in live_seats(registration):
        if seat.state != "confirmed":
            move_to(seat, SEAT, "confirmed", now=now, by=by)
            seat.held_until = None


def release(registration: Registration, *, now: datetime, by: str, why: str) -> None:
    """Free every live seat of a locked registration; a second time frees nothing.

    Whoever asked to cancel has what they asked for by that, whatever freed the seats.
    """
    freed = live_seats(registration)
    seats.give_back(Counter(seat.pool_id for seat in freed if seat.pool_id is not None))
    for seat in freed:
        move_to(seat, SEAT, "released", now=now, by=by, why=why)
        seat.released_at = now
    if registration.cancellation_state == "asked":
        move_to(registration, CANCELLATION, "cancelled", now=now, by=by)


def take_again(registration: Registration, *, now: datetime) -> list[Seat]:
    """Hold anew every place that the registration had and lost, all of them or none.

    raises  PoolIsFull, with nothing taken
    """
    lost = {
        (participant.id, seat.pool_id, seat.add_on_id)
        for participant in registration.participants
        if participant.application_state not in ENDED_APPLICATIONS
        for seat in participant.seats
    }
    with db.session.begin_nested():
        seats.take(Counter(pool_id for _, pool_id, _ in lost if pool_id is not None))
        taken = [_hold(place, now) for place in sorted(lost, key=str)]
        db.session.flush()
    for participant in registration.participants:
        db.session.refresh(participant, ["seats"])
    return taken


def _hold(place: tuple[int, int | None, int | None], now: datetime) -> Seat:
    participant_id, pool_id, add_on_id = place
    seat = Seat(
        participant_id=participant_id, pool_id=pool_id, add_on_id=add_on_id, state="held", held_until=now, taken_at=now
    )
    db.session.add(seat)
    return seat
