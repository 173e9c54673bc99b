"""Optional items as a page offers them to the people of one registration, and what of them a form ticks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tourreg.domain.catalogue.models import AddOn
from tourreg.domain.itineraries.options import Option, options_of
from tourreg.domain.registrations import options
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.options import Wish
from tourreg.kernel.money import Money

# Between the person and the option of one tick.
BETWEEN = "~"
MOST_WISHES = 400


@dataclass(frozen=True)
class Offer:
    """An option as the page shows it: what it costs, who has it, and who of the others can choose it."""

    option: Option
    fee: Money | None
    on_spot: Money | None
    is_open: bool
    theirs: list[Participant]
    others: list[Participant]

    @property
    def can_be_chosen(self) -> bool:
        return self.is_open and self.fee is not None and self.option.free != 0 and bool(self.others)


def offers_of(registration: Registration, now: datetime, *, late: bool = False) -> list[Offer]:
    """Return what is offered, closed and full ones among it.

    late  the last day for choosing has no meaning, as for the office
    """
    people = taking_part(registration)
    return [_offer(option, people, registration, now, late=late) for option in options_of(registration.event)]


def no_longer_offered(registration: Registration, offers: Iterable[Offer]) -> list[tuple[Participant, AddOn]]:
    """Return what somebody has still though it is no longer offered."""
    offered = {offer.option.add_on.public_id for offer in offers}
    people = taking_part(registration)
    return [(person, add_on) for person in people for add_on in options.had(person) if add_on.public_id not in offered]


def wishes_of(ticked: Collection[str], shown: Mapping[str, str]) -> list[Wish]:
    """Return what a form ticks, each with the fee that it showed."""
    wishes = []
    for tick in list(ticked)[:MOST_WISHES]:
        person, _dash, option = tick.partition(BETWEEN)
        wishes.append(Wish(person, option, _minor(shown.get(f"fee-{option}", ""))))
    return wishes


def _minor(shown: str) -> int:
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 12 else 0


def _offer(
    option: Option, people: list[Participant], registration: Registration, now: datetime, *, late: bool
) -> Offer:
    theirs = [person for person in people if options.seat_of(person, option.add_on.public_id)]
    others = [person for person in people if person not in theirs and options.may_choose(person, option)]
    return Offer(
        option=option,
        fee=options.fee_of(option, registration),
        on_spot=Money(option.on_spot_minor, registration.event.currency) if option.on_spot_minor else None,
        is_open=now < options.closes_at(option, late=late),
        theirs=theirs,
        others=others,
    )
