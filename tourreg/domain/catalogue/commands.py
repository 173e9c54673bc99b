"""What the office does with an event: draft it, revise it, show it to the public, close it, call it off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue import desk, seats
from tourreg.domain.catalogue.cancellation import amounts_written_in
from tourreg.domain.catalogue.models import EVENT_MOVES, AddOn, Event, Fee, Pool, Stop
from tourreg.domain.catalogue.plans import OWN_FIELDS, AddOnPlan, EventPlan, FeePlan, StopPlan, plan_of
from tourreg.domain.catalogue.readiness import require_ready
from tourreg.domain.cities.models import City
from tourreg.domain.memberships.queries import lists as member_lists
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

EVENT = Axis("event", "state", EVENT_MOVES)
# Printed in addresses, on papers and in ledgers, so these stay once the public has seen them.
FIXED_ONCE_PUBLIC = ("slug", "issuer", "currency")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_PREFIX = re.compile(r"[A-Z0-9]{2,6}", re.ASCII)


class SlugIsUnfit(Refusal):
    """An address is made of small Latin letters, digits and single hyphens; facts: slug."""


class SlugIsTaken(Refusal):
    """Another event has this address; facts: slug."""


class PrefixIsUnfit(Refusal):
    """References begin with two to six capital letters or digits; facts: prefix."""


class EditedMeanwhile(Refusal):
    """Somebody changed the event after the editor had read it; facts: now (its plan as it is), by, at."""


class FixedOncePublic(Refusal):
    """Fields that do not change after the first publication; facts: fields."""


class LimitIsFixed(Refusal):
    """What was on sale cannot gain or lose its limit, since its seats would go uncounted; facts: thing."""


def draft_event(plan: EventPlan, *, submission_key: str, now: datetime, by: str) -> Event:
    """Write a new event down; only the office sees it.

    raises  SlugIsUnfit, SlugIsTaken, PrefixIsUnfit
    """
    _require_names(plan)
    event = Event(public_id=new_public_id(), submission_key=submission_key, created_at=now, state="draft")
    event.pool = Pool(capacity=plan.capacity, taken=0)
    _write(event, plan)
    db.session.add(event)
    db.session.flush()
    note_change(event.public_id, "event", {}, plain(plan_of(event)), now=now, by=by)
    return event


def revise_event(event: Event, plan: EventPlan, *, seen: str, now: datetime, by: str) -> None:
    """Write down what the office changed; charges that were posted keep their amounts.

    event   from `desk.event_to_change`
    seen    fingerprint of the plan that the editor began from
    raises  EditedMeanwhile, SlugIsUnfit, SlugIsTaken, PrefixIsUnfit, FixedOncePublic, LimitIsFixed,
            EventIsNotReady (of one that the public sees), seats.CapacityBelowTaken
    """
    before = plan_of(event)
    _require_unchanged(event, before, seen)
    _require_names(plan, event)
    if event.state != "draft":
        plan = _require_fit_for_public(event, before, plan)
    _resize(event, before, plan)
    _write(event, plan)
    db.session.flush()
    note_change(event.public_id, "event", plain(before), plain(plan_of(event)), now=now, by=by)


def publish(event: Event, *, now: datetime, by: str) -> None:
    """Show a draft to the public; registration opens on its day.

    raises  EventIsNotReady, MoveRefused
    """
    EVENT.require_move(event.state, "published")
    today = local_day(now, event.zone)
    require_ready(plan_of(event), currencies=event.issuer.banks.keys(), terms_in=amounts_written_in(event), today=today)
    move_to(event, EVENT, "published", now=now, by=by)


def close(event: Event, *, now: datetime, by: str, why: str = "") -> None:
    """End registration before its time; the page stays, and who is registered stays registered.

    raises  MoveRefused
    """
    move_to(event, EVENT, "closed", now=now, by=by, why=why)


def reopen(event: Event, *, now: datetime, by: str) -> None:
    """Take registrations again.

    raises  EventIsNotReady, MoveRefused
    """
    publish(event, now=now, by=by)


def cancel(event: Event, *, now: datetime, by: str, why: str) -> None:
    """Call the event off for good; its registrations are cancelled and refunded one by one, by finance.

    raises  MoveRefused
    """
    move_to(event, EVENT, "cancelled", now=now, by=by, why=why)


def _require_unchanged(event: Event, current: EventPlan, seen: str) -> None:
    if fingerprint(current) != seen:
        change = last_change(event.public_id, "event")
        raise EditedMeanwhile(now=current, by=change.by if change else "", at=change.at if change else None)


def _require_names(plan: EventPlan, event: Event | None = None) -> None:
    if not _SLUG.fullmatch(plan.slug):
        raise SlugIsUnfit(slug=plan.slug)
    if not desk.is_slug_free(plan.slug, but=event):
        raise SlugIsTaken(slug=plan.slug)
    if not _PREFIX.fullmatch(plan.reference_prefix):
        raise PrefixIsUnfit(prefix=plan.reference_prefix)


def _require_fit_for_public(event: Event, before: EventPlan, plan: EventPlan) -> EventPlan:
    """Refuse what an event that the public has seen may not become, and return the plan with nothing of it lost."""
    moved = tuple(name for name in FIXED_ONCE_PUBLIC if getattr(plan, name) != getattr(before, name))
    if moved:
        raise FixedOncePublic(fields=moved)
    _require_limits_kept(before, plan)
    plan = _with_left_out_withdrawn(before, plan)
    if event.state != "cancelled":
        require_ready(plan, currencies=event.issuer.banks.keys(), terms_in=amounts_written_in(event))
    return plan


def _require_limits_kept(before: EventPlan, plan: EventPlan) -> None:
    things: list[FeePlan | AddOnPlan] = [*before.fees, *before.add_ons]
    limited = {thing.public_id: thing.capacity is not None for thing in things}
    things = [*plan.fees, *plan.add_ons]
    for thing in things:
        if limited.get(thing.public_id, thing.capacity is not None) != (thing.capacity is not None):
            raise LimitIsFixed(thing=thing.public_id)


def _with_left_out_withdrawn(before: EventPlan, plan: EventPlan) -> EventPlan:
    """Return the plan with what it leaves out as withdrawn, since people may hold it."""
    fees, add_ons = {fee.public_id for fee in plan.fees}, {add_on.public_id for add_on in plan.add_ons}
    return replace(
        plan,
        fees=(*plan.fees, *(replace(fee, withdrawn=True) for fee in before.fees if fee.public_id not in fees)),
        add_ons=(
            *plan.add_ons,
            *(replace(add_on, withdrawn=True) for add_on in before.add_ons if add_on.public_id not in add_ons),
        ),
    )


def _resize(event: Event, before: EventPlan, plan: EventPlan) -> None:
    """Give pools their new capacity first of all, so that they are locked before the catalogue's version."""
    capacities = {} if plan.capacity == before.capacity else {event.pool_id: plan.capacity}
    plans: list[FeePlan | AddOnPlan] = [*plan.fees, *plan.add_ons]
    wanted = {thing.public_id: thing.capacity for thing in plans}
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons]
    for thing in things:
        capacity = wanted.get(thing.public_id)
        if thing.pool and capacity is not None and capacity != thing.pool.capacity:
            capacities[thing.pool.id] = capacity
    seats.resize(capacities)
    for pool in (event.pool, *(thing.pool for thing in things)):
        if pool is not None:
            db.session.refresh(pool)


def _write(event: Event, plan: EventPlan) -> None:
    for name in OWN_FIELDS:
        setattr(event, name, getattr(plan, name))
    event.issuer = db.session.scalars(select(Issuer).where(Issuer.public_id == plan.issuer)).one()
    event.other_currencies = [currency for currency in plan.other_currencies if currency != plan.currency]
    event.partners = [{"name": partner.plain()} for partner in plan.partners]
    _write_stops(event, plan.stops)
    _write_fees(event, plan.fees)
    _write_add_ons(event, plan.add_ons)


def _write_stops(event: Event, plans: tuple[StopPlan, ...]) -> None:
    cities = db.session.scalars(select(City).where(City.public_id.in_({stop.city for stop in plans})))
    by_public_id = {city.public_id: city for city in cities}
    for surplus in event.stops[len(plans) :]:
        event.stops.remove(surplus)
        db.session.delete(surplus)
    for place, stop in enumerate(plans):
        if place == len(event.stops):
            event.stops.append(Stop(position=place + 1))
        _set(event.stops[place], city=by_public_id[stop.city], part=stop.part, from_on=stop.from_on, to_on=stop.to_on)


def _write_fees(event: Event, plans: tuple[FeePlan, ...]) -> None:
    known = {fee.public_id: fee for fee in event.fees}
    wanted = {plan.member_list for plan in plans if plan.member_list}
    lists = {one.public_id: one for one in member_lists() if one.public_id in wanted} if wanted else {}
    written = []
    for place, plan in enumerate(plans, start=1):
        fee = known.pop(plan.public_id, None) or Fee(public_id=new_public_id())
        _set(
            fee,
            position=place,
            label=plan.label,
            audience=plan.audience,
            amount_minor=plan.amount_minor,
            last_on=plan.last_on,
            early_minor=plan.early_minor,
            early_until_on=plan.early_until_on,
            late_minor=plan.late_minor,
            late_from_on=plan.late_from_on,
            admits=plan.admits,
            proof=plan.proof,
            member_list=lists.get(plan.member_list),
            population_most=plan.population_most,
            other_prices=dict(plan.other_prices),
            withdrawn=plan.withdrawn,
        )
        _limit(fee, plan.capacity)
        written.append(fee)
    event.fees = written
    _delete(known)


def _write_add_ons(event: Event, plans: tuple[AddOnPlan, ...]) -> None:
    known = {add_on.public_id: add_on for add_on in event.add_ons}
    written = []
    for place, plan in enumerate(plans, start=1):
        add_on = known.pop(plan.public_id, None) or AddOn(public_id=new_public_id())
        _set(
            add_on,
            position=place,
            kind=plan.kind,
            label=plan.label,
            summary=plan.summary,
            amount_minor=plan.amount_minor,
            from_on=plan.from_on,
            to_on=plan.to_on,
            other_prices=dict(plan.other_prices),
            withdrawn=plan.withdrawn,
        )
        _limit(add_on, plan.capacity)
        written.append(add_on)
    event.add_ons = written
    _delete(known)


def _limit(thing: Fee | AddOn, capacity: int | None) -> None:
    """Give a thing a pool of its own, or take it away; one that keeps its pool was resized already."""
    if capacity is None:
        thing.pool = None
    elif thing.pool is None:
        thing.pool = Pool(capacity=capacity, taken=0)


def _set(record: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)


def _delete(records: dict[str, Any]) -> None:
    """Delete what a draft no longer has; nobody can hold any of it."""
    for record in records.values():
        db.session.delete(record)
