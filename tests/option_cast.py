"""A summit with optional items for tests: a boat with a fee, a museum at the same hour, and a free market."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration
from tests.notice_cast import issue
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import AddOn, Event, Pool
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.registrations.options import Taken, Wish
from tourreg.domain.settlements.options import choose_options
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

BOAT, MUSEUM, MARKET = "Evening boat", "Museum at night", "Market"
BOAT_FEE = 2_500


def a_summit_with_options(now: datetime, *, capacity: int | None = 10, until: str = "", **changed: Any) -> Event:
    """Return a saved summit whose first version offers the three; the boat has so many places."""
    summit = a_published_summit(**changed)
    with writing():
        evening = next(day for day in days_of(summit) if day.on_date == date(2027, 10, 20))
        evening.items += [
            _option(3, BOAT, "19:00", "21:00", capacity=capacity, fee=BOAT_FEE, details=Details(choose_until=until)),
            _option(4, MUSEUM, "20:00", "22:00", fee=1_500, cost="own"),
            _option(5, MARKET, "22:30", None),
        ]
    issue(summit, now)
    return summit


def _option(position: int, title: str, starts: str, ends: str | None, *, fee: int | None = None, **more: Any) -> Item:
    return Item(
        position=position,
        kind="cultural",
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends) if ends else None,
        zone="Asia/Shanghai",
        title=Text(title, title),
        optional=True,
        fee_minor=fee,
        **more,
    )


def a_sure_registration(event: Event, now: datetime, **changed: Any) -> Registration:
    """Return a saved registration of Emily Hart and Chen Li, whose places are theirs."""
    people = (a_person(), a_person("Chen", "Li", native="陈立"))
    registration = a_registration(event, *people, now=now, **changed)
    with writing():
        confirm(registration, now=now, by="worker")
    return registration


def option(title: str) -> AddOn:
    db.session.rollback()
    named = (add_on for add_on in db.session.scalars(select(AddOn).where(AddOn.is_option)) if add_on.label.en == title)
    return next(named)


def wish(registration: Registration, title: str, *, person: int = 0, shown_minor: int | None = None) -> Wish:
    add_on = option(title)
    public_id = registration.participants[person].public_id
    return Wish(public_id, add_on.public_id, add_on.amount_minor if shown_minor is None else shown_minor)


def choose(registration: Registration, wishes: Sequence[Wish], now: datetime, key: str = "") -> list[Taken]:
    with writing():
        return choose_options(registration.id, wishes, submission_key=key or new_public_id(), now=now, by="contact:x")


def chosen(registration: Registration) -> list[tuple[str, str]]:
    """Return who has chosen what, by surname and title, in the order of choosing."""
    db.session.rollback()
    found = (
        select(Seat)
        .join(Seat.participant)
        .join(AddOn, AddOn.id == Seat.add_on_id)
        .where(AddOn.is_option, Seat.state == "confirmed")
        .order_by(Seat.id)
    )
    mine = {person.id for person in registration.participants}
    return [
        (seat.participant.surname, seat.add_on.label.en)
        for seat in db.session.scalars(found)
        if seat.participant_id in mine and seat.add_on
    ]


def places_taken(title: str) -> int:
    pool_id = option(title).pool_id
    return db.session.scalars(select(Pool.taken).where(Pool.id == pool_id)).one()
