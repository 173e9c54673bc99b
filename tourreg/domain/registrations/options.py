"""Choosing optional items for people whose place is sure: all the places and charges in one transaction, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import Charge, lock_folio, post_charge
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import AddOn
from tourreg.domain.itineraries.options import Option, options_of
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.holds import SEAT
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.registrations.promises import promise_as_programme
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal


class NothingWished(Refusal):
    """No option was chosen, or only such as there are not."""


class OptionIsFull(Refusal):
    """Fewer places are left of an option than were asked for; facts: option, free."""


class OptionIsClosed(Refusal):
    """An option can no longer be chosen, or given up; facts: label."""


class OptionIsNotTheirs(Refusal):
    """Somebody has no sure place on the day of an option, or it is for another group; facts: option, participant."""


class OptionsClash(Refusal):
    """Somebody would be in two places at once; facts: option, other (Text), participant."""


class OptionHasAnotherFee(Refusal):
    """An option costs another amount than was shown, or none can be said in the bill's currency; facts: option."""


class CancellationWaits(Refusal):
    """The contact has asked the office to cancel; until it answers nothing else is changed."""


@dataclass(frozen=True)
class Wish:
    """That a participant wants an option, both by public id; shown_minor is the fee that the page showed."""

    participant: str
    option: str
    shown_minor: int = 0


@dataclass(frozen=True)
class Taken:
    """What somebody has chosen, and its line on the bill where it costs anything."""

    participant: Participant
    option: Option
    fee: Money


def choose(
    registration: Registration, wishes: Sequence[Wish], *, now: datetime, by: str, late: bool = False
) -> list[Taken]:
    """Take the places of all that is wished and not had yet, and charge the fees to the main bill.

    registration  locked, with all that stand on its bill
    late          the last day for choosing has no meaning; what has begun can never be chosen
    raises        NothingWished, OptionIsFull, OptionIsClosed, OptionIsNotTheirs, OptionsClash, OptionHasAnotherFee,
                  CancellationWaits, and what `own_changes.require_cancellable` raises
    """
    own_changes.require_cancellable(registration, now)
    require_nothing_asked(registration)
    offered = {option.add_on.public_id: option for option in options_of(registration.event)}
    people = {person.public_id: person for person in taking_part(registration)}
    known = [wish for wish in dict.fromkeys(wishes) if wish.participant in people]
    if not known:
        raise NothingWished
    new = [wish for wish in known if seat_of(people[wish.participant], wish.option) is None]
    taken = [
        _taken(registration, people[wish.participant], offered.get(wish.option), wish, now, late=late) for wish in new
    ]
    _require_no_clash(taken, offered)
    _take_places(taken)
    for one in taken:
        _write_seat(one, now=now, by=by)
    _charge(registration, taken, now=now, by=by)
    return taken


def seat_of(person: Participant, option: str) -> Seat | None:
    """Return the live seat that somebody has of an option."""
    live = (seat for seat in person.seats if seat.state != "released" and seat.add_on and seat.add_on.is_option)
    return next((seat for seat in live if seat.add_on and seat.add_on.public_id == option), None)


def had(person: Participant) -> list[AddOn]:
    """Return the options that somebody has, offered still or not, in the order in which they were chosen."""
    return [seat.add_on for seat in person.seats if seat.state != "released" and seat.add_on and seat.add_on.is_option]


def closes_at(option: Option, *, late: bool) -> datetime:
    """Return until when an option can be chosen; late, until it begins."""
    return option.starts_at if late else option.closes_at


def may_choose(person: Participant, option: Option) -> bool:
    """Tell whether somebody has a sure place on the day of an option, and it is for their group or their guest."""
    sure = {seat.add_on.public_id if seat.add_on else "" for seat in person.seats if seat.state == "confirmed"}
    return "" in sure and (not option.part or option.part in sure) and _is_for(person, option)


def _is_for(person: Participant, option: Option) -> bool:
    if option.group == "guests":
        return person.group == "guests" or bool(person.guest)
    return option.group in person.groups


def fee_of(option: Option, registration: Registration) -> Money | None:
    """Return what an option costs on a registration's bill; None where it has no price in its currency."""
    currency = registration.folio.currency
    if option.fee_minor and currency != registration.event.currency:
        return None
    return Money(option.fee_minor, currency)


def require_given_up_in_time(registration: Registration, person: str, option: str, *, now: datetime) -> Seat:
    """Return the seat of an option that its holder gives up before the day on which it takes place.

    raises  NothingWished where they do not have it (any more), OptionIsClosed, CancellationWaits
    """
    require_nothing_asked(registration)
    holder = next((one for one in taking_part(registration) if one.public_id == person), None)
    seat = seat_of(holder, option) if holder else None
    if seat is None or seat.add_on is None:
        raise NothingWished
    day = seat.add_on.from_on
    if day is not None and local_day(now, registration.event.zone) >= day:
        raise OptionIsClosed(label=seat.add_on.label)
    return seat


def require_nothing_asked(registration: Registration) -> None:
    """Refuse changes while the office has yet to answer a request to cancel.

    raises  CancellationWaits
    """
    if registration.cancellation_state == "asked":
        raise CancellationWaits


def _taken(
    registration: Registration, person: Participant, option: Option | None, wish: Wish, now: datetime, *, late: bool
) -> Taken:
    if option is None:
        raise NothingWished
    if now >= closes_at(option, late=late):
        raise OptionIsClosed(label=option.add_on.label)
    if not may_choose(person, option):
        raise OptionIsNotTheirs(option=option, participant=person)
    fee = fee_of(option, registration)
    if fee is None or fee.minor != wish.shown_minor:
        raise OptionHasAnotherFee(option=option)
    return Taken(person, option, fee)


def _require_no_clash(taken: Iterable[Taken], offered: Mapping[str, Option]) -> None:
    mine: dict[str, list[Option]] = {}
    for one in taken:
        person = one.participant
        others = mine.setdefault(
            person.public_id, [offered[add_on.public_id] for add_on in had(person) if add_on.public_id in offered]
        )
        for other in others:
            if one.option.starts_at < other.ends_at and other.starts_at < one.option.ends_at:
                raise OptionsClash(option=one.option, other=other.add_on.label, participant=person)
        others.append(one.option)


def _take_places(taken: Sequence[Taken]) -> None:
    wanted = Counter(one.option.add_on.pool_id for one in taken if one.option.add_on.pool_id is not None)
    try:
        seats.take(wanted)
    except seats.PoolIsFull as refusal:
        option = next(one.option for one in taken if one.option.add_on.pool_id == refusal.pool_id)
        raise OptionIsFull(option=option, free=refusal.free) from refusal


def _write_seat(one: Taken, *, now: datetime, by: str) -> None:
    add_on = one.option.add_on
    seat = Seat(public_id=new_public_id(), pool_id=add_on.pool_id, add_on=add_on, state="held", taken_at=now)
    one.participant.seats.append(seat)
    db.session.flush()
    move_to(seat, SEAT, "confirmed", now=now, by=by)


def _charge(registration: Registration, taken: Sequence[Taken], *, now: datetime, by: str) -> None:
    paid = [one for one in taken if one.fee]
    if not paid:
        return
    lock_folio(registration.folio)
    for one in paid:
        add_on = one.option.add_on
        charge = Charge(
            subject=one.participant.public_id,
            description=add_on.label,
            unit=one.fee,
            reference=billing.next_reference(f"add_on:{one.participant.public_id}:{add_on.public_id}"),
            service_from=add_on.from_on,
            service_to=add_on.to_on,
        )
        post_charge(registration.folio, charge, now=now, by=by)
        promise_as_programme(registration, add_on)
