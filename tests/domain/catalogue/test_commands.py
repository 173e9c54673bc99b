"""What the office does with an event."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import a_published_summit, a_study_tour, the_city, the_issuer
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue import commands, desk, seats
from tourreg.domain.catalogue.models import CatalogueVersion, Event, Fee, Pool
from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, StopPlan, plan_of
from tourreg.domain.catalogue.queries import public_event
from tourreg.domain.catalogue.readiness import EventIsNotReady
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.states import MoveRefused

BY = "staff:ren"


def a_plan(**changed: Any) -> EventPlan:
    """The plan of a training forum that is ready for the public."""
    with writing():
        issuer, city = the_issuer(), the_city("hangzhou")
        db.session.flush()
        texts = ("title", "summary", "description", "audience", "organiser", "included", "cancellation_policy")
        words = {name: Text(f"The {name}", "中文") for name in texts}
        values: dict[str, Any] = {
            **words,
            "slug": "performance-2027",
            "reference_prefix": "PM27",
            "kind": "training_forum",
            "direction": "none",
            "starts_on": date(2027, 6, 7),
            "ends_on": date(2027, 6, 8),
            "zone": "Asia/Shanghai",
            "opens_on": date(2027, 1, 10),
            "closes_on": date(2027, 5, 31),
            "capacity": 40,
            "issuer": issuer.public_id,
            "currency": "USD",
            "fees": (FeePlan(Text("Member", "会员"), 30_000), FeePlan(Text("Other", "非会员"), 45_000)),
            "add_ons": (AddOnPlan("single_room", Text("Single room", "单人间"), 9_000, capacity=10),),
            "stops": (StopPlan(city.public_id, "main", date(2027, 6, 7), date(2027, 6, 8)),),
        }
    return EventPlan(**{**values, **changed})


def drafted(now: datetime, **changed: Any) -> Event:
    plan = a_plan(**changed)
    with writing():
        return commands.draft_event(plan, submission_key="once", now=now, by=BY)


def revise(event: Event, now: datetime, *, seen: str = "", **changed: Any) -> None:
    """Change what the event says now."""
    with writing():
        current = desk.event_to_change(event.public_id)
        plan = plan_of(current)
        commands.revise_event(current, replace(plan, **changed), seen=seen or fingerprint(plan), now=now, by=BY)


def step(command: Any, event: Event, now: datetime, **more: Any) -> None:
    with writing():
        command(desk.event_to_change(event.public_id), now=now, by=BY, **more)


@pytest.mark.both
def test_what_was_drafted_can_be_read_again(app: Flask, now: datetime) -> None:
    plan = a_plan(partners=(Text("Academy", "研究院"),))
    with writing():
        event = commands.draft_event(plan, submission_key="once", now=now, by=BY)

    written = plan_of(event)

    assert event.state == "draft"
    assert [fee.label.en for fee in written.fees] == ["Member", "Other"]
    assert replace(written, fees=(), add_ons=()) == replace(plan, fees=(), add_ons=())
    assert written.add_ons[0].capacity == 10
    assert desk.event_of_submission("once") is event


@pytest.mark.both
def test_a_draft_is_unseen_until_it_is_published(app: Flask, now: datetime) -> None:
    event = drafted(now)
    assert public_event("performance-2027") is None

    step(commands.publish, event, now)

    assert public_event("performance-2027") is not None
    assert db.session.scalars(select(Move.after).where(Move.subject == event.public_id)).all() == ["published"]


def test_publishing_names_everything_that_is_missing(app: Flask, now: datetime) -> None:
    event = drafted(now, fees=(), title=Text(), currency="CNY")

    with pytest.raises(EventIsNotReady) as refused:
        step(commands.publish, event, now)

    assert [fault.code for fault in refused.value.faults] == ["title_missing", "bank_missing", "fees_missing"]
    assert event.state == "draft"


def test_an_event_opens_and_closes_and_ends_for_good(app: Flask, now: datetime) -> None:
    event = drafted(now)

    step(commands.publish, event, now)
    step(commands.close, event, now)
    step(commands.reopen, event, now)
    step(commands.cancel, event, now, why="The hall burnt down")

    moves = db.session.execute(select(Move.before, Move.after, Move.by, Move.why).order_by(Move.id)).all()
    assert [tuple(move) for move in moves] == [
        ("draft", "published", BY, ""),
        ("published", "closed", BY, ""),
        ("closed", "published", BY, ""),
        ("published", "cancelled", BY, "The hall burnt down"),
    ]
    with pytest.raises(MoveRefused):
        step(commands.reopen, event, now)


def test_a_closed_event_does_not_reopen_after_its_last_day(app: Flask, now: datetime) -> None:
    event = a_study_tour(state="closed", closes_on=date(2027, 1, 14))

    with pytest.raises(EventIsNotReady) as refused:
        step(commands.reopen, event, now)

    assert [fault.code for fault in refused.value.faults] == ["registration_over"]


@pytest.mark.both
def test_a_change_is_noted_with_who_made_it(app: Flask, now: datetime) -> None:
    event = drafted(now)

    revise(event, now, venue=Text("Old granary", "老粮仓"), minimum=12)

    change = last_change(event.public_id)
    assert change is not None
    assert (change.by, change.before["minimum"], change.after["minimum"]) == (BY, 0, 12)
    assert set(change.after) == {"venue", "minimum"}


def test_saving_what_stands_there_already_notes_nothing(app: Flask, now: datetime) -> None:
    event = drafted(now)

    revise(event, now)

    assert len(db.session.scalars(select(Change)).all()) == 1


@pytest.mark.both
def test_the_later_of_two_editors_is_told(app: Flask, now: datetime) -> None:
    event = drafted(now)
    seen = fingerprint(plan_of(event))
    revise(event, now, seen=seen, minimum=12)

    with pytest.raises(commands.EditedMeanwhile) as refused:
        revise(event, now, seen=seen, minimum=15)

    assert (refused.value.by, refused.value.at, refused.value.now.minimum) == (BY, now, 12)
    assert event.minimum == 12


@pytest.mark.both
def test_a_fee_leaves_a_draft_but_is_only_withdrawn_afterwards(app: Flask, now: datetime) -> None:
    event = drafted(now)
    revise(event, now, fees=(FeePlan(Text("Everybody"), 40_000),))
    assert [fee.label.en for fee in event.fees] == ["Everybody"]
    assert len(db.session.scalars(select(Fee)).all()) == 1

    step(commands.publish, event, now)
    revise(event, now, fees=(FeePlan(Text("Everybody else"), 50_000),), add_ons=())

    assert [(fee.label.en, fee.withdrawn) for fee in event.fees] == [("Everybody else", False), ("Everybody", True)]
    assert [add_on.withdrawn for add_on in event.add_ons] == [True]


def test_a_fee_keeps_its_identity_when_its_amount_changes(app: Flask, now: datetime) -> None:
    event = a_study_tour()
    fee = plan_of(event).fees[0]

    revise(event, now, fees=(replace(fee, amount_minor=500_000),))

    assert [(kept.public_id, kept.amount_minor) for kept in event.fees] == [(fee.public_id, 500_000)]


@pytest.mark.both
def test_stops_can_be_put_in_another_order(app: Flask, now: datetime) -> None:
    event = a_study_tour()
    stops = plan_of(event).stops

    revise(event, now, stops=(stops[2], stops[0]))

    db.session.refresh(event)
    assert [(stop.position, stop.city.slug) for stop in event.stops] == [(1, "charlotte"), (2, "fort-collins")]


@pytest.mark.both
def test_capacity_falls_to_what_is_taken_and_no_further(app: Flask, now: datetime) -> None:
    event = a_study_tour(pool=Pool(capacity=20, taken=7), minimum=5)

    revise(event, now, capacity=7)
    assert event.pool.capacity == 7

    with pytest.raises(seats.CapacityBelowTaken) as refused:
        revise(event, now, capacity=6, minimum=1)
    assert (refused.value.capacity, refused.value.taken, refused.value.pool_id) == (6, 7, event.pool_id)
    assert (event.pool.capacity, event.minimum) == (7, 5)


@pytest.mark.both
def test_an_overbooked_event_can_still_be_edited(app: Flask, now: datetime) -> None:
    event = a_study_tour(pool=Pool(capacity=20, taken=22), minimum=10)

    revise(event, now, venue=Text("Town hall"))
    revise(event, now, capacity=22)

    assert (event.venue.en, event.pool.capacity, event.pool.taken) == ("Town hall", 22, 22)


@pytest.mark.both
def test_a_new_add_on_brings_its_own_places(app: Flask, now: datetime) -> None:
    event = a_published_summit()
    plan = plan_of(event)

    revise(event, now, add_ons=(*plan.add_ons, AddOnPlan("other", Text("Boat"), 5_000, capacity=12)))

    boat = event.add_ons[-1]
    assert boat.pool is not None
    assert (boat.pool.capacity, boat.pool.taken, boat.pool_id != event.pool_id) == (12, 0, True)


@pytest.mark.parametrize(("place", "capacity"), [(0, None), (1, 5)])
def test_what_was_on_sale_keeps_or_stays_without_its_limit(
    app: Flask, now: datetime, place: int, capacity: int | None
) -> None:
    event = a_published_summit()
    add_ons = list(plan_of(event).add_ons)
    add_ons[place] = replace(add_ons[place], capacity=capacity)

    with pytest.raises(commands.LimitIsFixed) as refused:
        revise(event, now, add_ons=tuple(add_ons))

    assert refused.value.thing == add_ons[place].public_id


@pytest.mark.parametrize(("name", "value"), [("slug", "elsewhere"), ("currency", "EUR")])
def test_what_was_printed_stays_once_the_public_has_seen_it(app: Flask, now: datetime, name: str, value: str) -> None:
    event = a_study_tour()

    with pytest.raises(commands.FixedOncePublic) as refused:
        revise(event, now, **{name: value})

    assert refused.value.fields == (name,)


def test_a_published_event_cannot_be_emptied(app: Flask, now: datetime) -> None:
    event = a_study_tour(minimum=0)

    with pytest.raises(EventIsNotReady) as refused:
        revise(event, now, title=Text(), stops=())

    assert [fault.code for fault in refused.value.faults] == ["title_missing", "stops_missing"]


@pytest.mark.parametrize("slug", ["", "Yangzhou", "扬州", "a b", "-a", "a--b", "a/b", "../a"])
def test_an_address_is_made_of_plain_letters(app: Flask, now: datetime, slug: str) -> None:
    with pytest.raises(commands.SlugIsUnfit):
        drafted(now, slug=slug)


def test_an_address_belongs_to_one_event(app: Flask, now: datetime) -> None:
    a_study_tour("performance-2027")

    with pytest.raises(commands.SlugIsTaken):
        drafted(now)


@pytest.mark.parametrize("prefix", ["", "Y", "yz27", "YANGZHOU", "Y-7", "扬州"])
def test_a_reference_begins_with_plain_capitals(app: Flask, now: datetime, prefix: str) -> None:
    with pytest.raises(commands.PrefixIsUnfit):
        drafted(now, reference_prefix=prefix)


@pytest.mark.both
def test_every_change_reaches_the_public_pages(app: Flask, now: datetime) -> None:
    event = a_study_tour(minimum=0)
    versions = [version()]

    revise(event, now, venue=Text("Town hall"))
    versions.append(version())
    step(commands.close, event, now)
    versions.append(version())

    assert versions == sorted(set(versions))


def version() -> int:
    db.session.rollback()
    return db.session.scalars(select(CatalogueVersion.version)).one()
