"""The legs of a tour: written, changed, taken away, and read as what matching asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.places import place_of
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.hosting.rules import LARGEST_GROUP
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.values import Leg, Point, Window
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

WHAT = "tour leg"
MOST_LEGS = 20
MOST_NIGHTS = 60
MOST_WINDOW_DAYS = 366
MOST_KM = 20_000


class LegIsUnfit(Refusal):
    """A leg cannot be so; facts: faults (of `offer_rules.Fault`)."""


class LegEditedMeanwhile(Refusal):
    """Somebody changed the leg after the editor had read it; facts: now (its plan as it is), by, at."""


class TooManyLegs(Refusal):
    """The tour has as many legs as one may have; facts: most."""


@dataclass(frozen=True)
class LegPlan:
    """What is written into a leg; names as in `TourLeg`."""

    first_on: date
    last_on: date
    nights: int
    people: int
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    near: str = ""
    towards: str = ""
    within_km: int | None = None
    homestay: bool = False
    budget_minor: int | None = None
    words: str = ""


def add_leg(event: Event, plan: LegPlan, *, today: date, submission_key: str | None, now: datetime, by: str) -> TourLeg:
    """Give a tour one more leg; the same form again returns its first.

    today   in the tour's zone
    raises  LegIsUnfit, TooManyLegs
    """
    known = submission_key and db.session.scalar(select(TourLeg).where(TourLeg.submission_key == submission_key))
    if known:
        return known
    _require_fit(plan, today)
    if len(legs_of(event.id)) >= MOST_LEGS:
        raise TooManyLegs(most=MOST_LEGS)
    leg = TourLeg(public_id=new_public_id(), submission_key=submission_key, event=event, currency=event.currency,
                  written_at=now, written_by=by)  # fmt: skip
    _fill(leg, plan)
    db.session.add(leg)
    db.session.flush()
    note_change(leg.public_id, WHAT, {}, plain(plan), now=now, by=by)
    return leg


def change_leg(leg: TourLeg, plan: LegPlan, *, seen: str, today: date, now: datetime, by: str) -> None:
    """Write other wishes into a leg.

    seen    fingerprint of the plan that the editor had read
    raises  LegEditedMeanwhile, LegIsUnfit
    """
    before = plan_of(leg)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        raise LegEditedMeanwhile(now=before, by=leg.written_by, at=leg.written_at)
    _require_fit(plan, today)
    note_change(leg.public_id, WHAT, plain(plan_of(leg)), plain(plan), now=now, by=by)
    _fill(leg, plan)
    leg.written_at, leg.written_by = now, by


def remove_leg(leg: TourLeg, *, now: datetime, by: str) -> None:
    """Take a leg away; what was asked of cities stays as it is."""
    before = plain(plan_of(leg))
    note_change(leg.public_id, WHAT, before, dict.fromkeys(before), now=now, by=by)
    db.session.delete(leg)


def legs_of(event_id: int) -> Sequence[TourLeg]:
    """Return the legs of a tour in their order."""
    theirs = select(TourLeg).where(TourLeg.event_id == event_id)
    return db.session.scalars(theirs.order_by(TourLeg.first_on, TourLeg.last_on, TourLeg.id)).all()


def leg_by_public_id(public_id: str) -> TourLeg | None:
    return db.session.scalar(select(TourLeg).where(TourLeg.public_id == public_id))


def plan_of(leg: TourLeg) -> LegPlan:
    """Return what a leg says."""
    said: dict[str, Any] = {name: getattr(leg, name) for name in LegPlan.__dataclass_fields__}
    said |= {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return LegPlan(**said)


def wanted(leg: TourLeg) -> Leg:
    """Return a leg as matching asks for it; places are named by their keys."""
    return Leg(
        window=Window(leg.first_on, leg.last_on),
        nights=leg.nights,
        people=leg.people,
        topics=tuple(leg.topics),
        languages=tuple(leg.languages),
        regions=tuple(leg.regions),
        near=_point(leg.near),
        towards=_point(leg.towards),
        within_km=leg.within_km,
        homestay=leg.homestay,
        budget_minor=leg.budget_minor,
        currency=leg.currency,
    )


def _point(key: str) -> Point | None:
    place = place_of(key) if key else None
    return Point(place.latitude, place.longitude, place.key) if place else None


def _fill(leg: TourLeg, plan: LegPlan) -> None:
    for name, value in vars(plan).items():
        setattr(leg, name, list(value) if isinstance(value, tuple) else value)


def _require_fit(plan: LegPlan, today: date) -> None:
    faults = [*_of_days(plan, today), *_of_place(plan)]
    if not 1 <= plan.people <= LARGEST_GROUP:
        faults.append(Fault("people", "group_of_none", (LARGEST_GROUP,)))
    if faults:
        raise LegIsUnfit(faults=faults)


def _of_days(plan: LegPlan, today: date) -> Iterator[Fault]:
    days = max(1, plan.nights)
    if plan.last_on < plan.first_on:
        yield Fault("last_on", "ends_before_it_begins")
    elif (plan.last_on - plan.first_on).days >= MOST_WINDOW_DAYS:
        yield Fault("last_on", "window_too_long")
    elif plan.last_on - timedelta(days=days - 1) < plan.first_on:
        yield Fault("nights", "stay_longer_than_window", (days,))
    elif plan.last_on - timedelta(days=days - 1) <= today:
        yield Fault("last_on", "in_the_past")


def _of_place(plan: LegPlan) -> Iterator[Fault]:
    for name in ("near", "towards"):
        key = getattr(plan, name)
        if key and place_of(key) is None:
            yield Fault(name, "place_unknown")
    if plan.towards and not plan.near:
        yield Fault("near", "origin_missing")
    if plan.towards and plan.towards == plan.near:
        yield Fault("towards", "same_place")
    if plan.within_km is not None and not plan.near:
        yield Fault("near", "place_missing")
