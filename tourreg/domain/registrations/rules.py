"""What may be booked, what it costs, and how long it is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue import rules as catalogue
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.prices import currencies_of
from tourreg.domain.registrations.bills import Chooses, changed_in_price
from tourreg.domain.registrations.models import APPLICATION_MOVES, CANCELLATION_MOVES
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.names import PersonName
from tourreg.kernel.ordering import sort_key
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

APPLICATION = Axis("application", "application_state", APPLICATION_MOVES)
CANCELLATION = Axis("cancellation", "cancellation_state", CANCELLATION_MOVES)

MOST_PARTICIPANTS = 20
CARD_HOLD = timedelta(minutes=45)
_SATURDAY = 5

PaysBy = Literal["card", "invoice"]


class Named(Protocol):
    """Anybody who can be told apart from another."""

    @property
    def name(self) -> PersonName: ...
    @property
    def email(self) -> str: ...


class EventIsNotOpen(Refusal):
    """The event cannot be registered for; facts: standing."""


class GuestUnnamed(Refusal):
    """Somebody brings a guest without a name; facts: positions."""


class CurrencyNotOffered(Refusal):
    """The event has no price list in the currency (any more); facts: currency."""


class PriceHasChanged(Refusal):
    """Something chosen costs another amount than was shown; facts: things (fees and add-ons)."""


class NobodyOrTooMany(Refusal):
    """A booking is for one to MOST_PARTICIPANTS people; facts: people."""


class FeeIsNotOpen(Refusal):
    """Some chose a fee that is not offered (any more); facts: positions."""


class AddOnIsNotOffered(Refusal):
    """Some chose an add-on that is not offered (any more), or one of them twice; facts: positions."""


class SamePlaceTwice(Refusal):
    """One person chose two add-ons that share their places; facts: position, add_ons."""


class SamePersonTwice(Refusal):
    """Two participants cannot be told apart; facts: first, second (positions)."""


class ConsentMissing(Refusal):
    """A text was not agreed to, or an older version of it was; facts: kinds."""


class ProofMissing(Refusal):
    """Some chose a fee without showing that it is theirs.

    facts  wrong: by position what is wrong, "number_missing", "number_unknown", "number_used", "city_missing",
           "city_too_large" or "code"
    """


class NoPlaces(Refusal):
    """Fewer places are left than were asked for; facts: shortages."""


@dataclass(frozen=True)
class Shortage:
    """A pool that cannot give what was asked for; without a thing it is the event's own."""

    thing: Fee | AddOn | None
    wanted: int
    free: int


@dataclass(frozen=True)
class BookedPerson:
    """One participant of a booking; fee, add-ons and city by public id.

    member_number, city  shown where the fee asks for them
    guest                name of whom the participant brings, with an add-on for a guest
    """

    name: PersonName
    fee: str
    add_ons: tuple[str, ...] = ()
    email: str = ""
    post: str = ""
    organisation: str = ""
    country: str = ""
    member_number: str = ""
    city: str = ""
    guest: str = ""


@dataclass(frozen=True)
class Booking:
    """What one contact asks for on the form, as plain values.

    consents        date of the agreed version, by kind of text; "listed" is nobody's duty
    submission_key  the same for every sending of one form
    plan            by which the bill is paid, one of those that the event offers; "" takes the first
    shown_minor     amounts that the contact saw, by public id of fee or add-on; what is missing was agreed unseen
    currency        in which it is billed, one of the event's; "" is its first
    code            a discount code as it was typed, or ""
    shown_off_minor what the contact saw that the code takes off in all; less than that is not agreed to
    """

    contact_name: str
    contact_email: str
    people: tuple[BookedPerson, ...]
    pays_by: PaysBy
    bill_to: BillTo
    consents: Mapping[str, date]
    language: str
    submission_key: str
    contact_phone: str = ""
    organisation: str = ""
    plan: str = ""
    shown_minor: Mapping[str, int] = field(default_factory=dict)
    currency: str = ""
    code: str = ""
    shown_off_minor: int = 0


def require_bookable(event: Event, booking: Booking, now: datetime) -> None:
    """Refuse what cannot be booked, whether or not places are left.

    raises  EventIsNotOpen, NobodyOrTooMany, CurrencyNotOffered, FeeIsNotOpen, AddOnIsNotOffered, GuestUnnamed,
            PriceHasChanged, SamePlaceTwice, SamePersonTwice
    """
    stands = catalogue.standing(event, 1, now)
    if stands != "open":
        raise EventIsNotOpen(standing=stands)
    if not 1 <= len(booking.people) <= MOST_PARTICIPANTS:
        raise NobodyOrTooMany(people=len(booking.people))
    if booking.currency and booking.currency not in currencies_of(event):
        raise CurrencyNotOffered(currency=booking.currency)
    _require_offered(event, booking.people, now)
    _require_guests_named(event, booking.people)
    things = changed_in_price(event, booking.people, booking.shown_minor, now, booking.currency)
    if things:
        raise PriceHasChanged(things=things)
    require_one_of_each_place(event, booking.people)
    require_different_people(booking.people)


def _require_offered(event: Event, people: Sequence[BookedPerson], now: datetime) -> None:
    fees = {fee.public_id for fee in catalogue.fees_open(event, now)}
    add_ons = {add_on.public_id for add_on in catalogue.add_ons_offered(event)}
    without_fee = [place for place, person in enumerate(people, start=1) if person.fee not in fees]
    if without_fee:
        raise FeeIsNotOpen(positions=without_fee)
    mistaken = [
        place
        for place, person in enumerate(people, start=1)
        if len(add_ons.intersection(person.add_ons)) != len(person.add_ons)
    ]
    if mistaken:
        raise AddOnIsNotOffered(positions=mistaken)


def _require_guests_named(event: Event, people: Sequence[BookedPerson]) -> None:
    for_guests = {add_on.public_id for add_on in event.add_ons if add_on.kind == "guest"}
    unnamed = [
        place for place, person in enumerate(people, start=1) if not person.guest and for_guests & {*person.add_ons}
    ]
    if unnamed:
        raise GuestUnnamed(positions=unnamed)


def require_one_of_each_place(event: Event, people: Iterable[Chooses]) -> None:
    """Refuse two add-ons that share one pool for one person.

    raises  SamePlaceTwice
    """
    offered = catalogue.add_ons_offered(event)
    for position, person in enumerate(people, start=1):
        by_pool: dict[int, list[AddOn]] = defaultdict(list)
        for add_on in offered:
            if add_on.pool_id is not None and add_on.public_id in person.add_ons:
                by_pool[add_on.pool_id].append(add_on)
        for add_ons in by_pool.values():
            if len(add_ons) > 1:
                raise SamePlaceTwice(position=position, add_ons=add_ons)


def require_different_people(people: Sequence[Named]) -> None:
    """Refuse two participants with one name, unless an address or the native name tells them apart.

    raises  SamePersonTwice
    """
    for second, person in enumerate(people, start=1):
        for first, other in enumerate(people[: second - 1], start=1):
            if is_same_person(person, other):
                raise SamePersonTwice(first=first, second=second)


def is_same_person(one: Named, other: Named) -> bool:
    """Tell whether two cannot be told apart: one name, and neither addresses nor native names that differ."""
    if sort_key(f"{one.name.surname}/{one.name.given}") != sort_key(f"{other.name.surname}/{other.name.given}"):
        return False
    return not _differ(one.email.casefold(), other.email.casefold()) and not _differ(one.name.native, other.name.native)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def places_wanted(event: Event, people: Iterable[BookedPerson]) -> dict[int, int]:
    """Return the places that a booking takes, by pool id: one of the event each, and of fees and add-ons."""
    wanted: dict[int, int] = defaultdict(int)
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons]
    pools = {thing.public_id: thing.pool_id for thing in things}
    for person in people:
        wanted[event.pool_id] += 1
        for chosen in (person.fee, *person.add_ons):
            pool_id = pools.get(chosen)
            if pool_id is not None:
                wanted[pool_id] += 1
    return dict(wanted)


def hold_ends_at(pays_by: PaysBy, zone: str, now: datetime, *, invoice_working_days: int) -> datetime:
    """Return until when places are held: 45 minutes for a card, else the end of the n-th working day in the zone."""
    if pays_by == "card":
        return now + CARD_HOLD
    return end_of_day(working_day(local_day(now, zone), invoice_working_days), zone)


def working_day(day: date, after: int) -> date:
    """Return the n-th day from Monday to Friday after a day."""
    while after:
        day += timedelta(days=1)
        after -= day.weekday() < _SATURDAY
    return day
