"""The last step of an itinerary taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask

from tests.cast import a_published_summit
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import commands, steps
from tourreg.domain.itineraries.commands import DayEdit, SameDayTwice
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Day, Speaker
from tourreg.domain.itineraries.plans import DayPlan, SpeakerPlan, plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.speakers import remove_speaker, write_speaker
from tourreg.domain.itineraries.steps import CannotBeUndone, NotTheLastStep
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.both
BY, OTHER = "staff:ren", "staff:okafor"


@pytest.fixture
def summit(app: Flask) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


def plans(event: Event) -> dict[str, DayPlan]:
    db.session.rollback()
    return {day.public_id: plan_of(day) for day in days_of(event)}


def days(event: Event) -> list[Day]:
    db.session.rollback()
    return list(days_of(event))


def edit(day: Day, plan: DayPlan | None) -> DayEdit:
    return DayEdit(day.public_id, fingerprint(plan_of(day)), plan)


def rewrite(event: Event, *edits: DayEdit, now: datetime, by: str = BY) -> None:
    with writing():
        commands.rewrite(desk.event_to_change(event.public_id), edits, now=now, by=by)


def undo(event: Event, now: datetime, step: int | None = None) -> None:
    with writing():
        locked = desk.event_to_change(event.public_id)
        last = steps.last_step(locked)
        assert last is not None
        steps.undo(locked, step or last.number, now=now, by=OTHER)


def change_a_day(event: Event) -> list[DayEdit]:
    opening = days(event)[1]
    first, *others = plan_of(opening).items
    changed = replace(first, title=Text("Changed"), starts=time(22), ends=None, details=Details(room=Text("Hall 2")))
    return [edit(opening, replace(plan_of(opening), items=(*others, changed)))]


def add_a_day(event: Event) -> list[DayEdit]:
    opening = plan_of(days(event)[1])
    fresh = tuple(replace(item, public_id="") for item in opening.items)
    return [DayEdit("", "", replace(opening, on_date=date(2027, 10, 24), items=fresh))]


def remove_a_day(event: Event) -> list[DayEdit]:
    return [edit(days(event)[1], None)]


def move_an_item(event: Event) -> list[DayEdit]:
    _pre_tour, opening, closing = days(event)
    moved, *others = plan_of(opening).items
    into = replace(plan_of(closing), items=(*plan_of(closing).items, moved))
    return [edit(opening, replace(plan_of(opening), items=tuple(others))), edit(closing, into)]


def shift_all(event: Event) -> list[DayEdit]:
    return [edit(day, replace(plan_of(day), on_date=day.on_date + timedelta(3))) for day in days(event)]


@pytest.mark.parametrize("step", [change_a_day, add_a_day, remove_a_day, move_an_item, shift_all])
def test_what_a_step_did_is_taken_back_whole(
    summit: Event, now: datetime, step: Callable[[Event], list[DayEdit]]
) -> None:
    before = plans(summit)
    rewrite(summit, *step(summit), now=now)
    assert plans(summit) != before

    undo(summit, now)

    assert plans(summit) == before


def test_steps_are_taken_back_one_after_the_other(summit: Event, now: datetime) -> None:
    known = [plans(summit)]
    for step in (change_a_day, move_an_item, shift_all):
        rewrite(summit, *step(summit), now=now)
        known.append(plans(summit))

    for expected in known[-2::-1]:
        undo(summit, now)
        assert plans(summit) == expected

    assert steps.last_step(summit) is None


def test_a_step_is_told_with_its_author_and_its_days(summit: Event, now: datetime) -> None:
    assert steps.last_step(summit) is None

    rewrite(summit, *move_an_item(summit), now=now)

    last = steps.last_step(summit)
    assert last is not None
    assert (last.days, last.at, last.by) == (2, now, BY)


def test_saving_what_stands_is_no_step(summit: Event, now: datetime) -> None:
    rewrite(summit, *(edit(day, plan_of(day)) for day in days(summit)), now=now)

    assert steps.last_step(summit) is None


def test_the_second_click_takes_nothing_more_back(summit: Event, now: datetime) -> None:
    rewrite(summit, *change_a_day(summit), now=now)
    rewrite(summit, *shift_all(summit), now=now)
    last = steps.last_step(summit)
    assert last is not None
    undo(summit, now)
    after = plans(summit)

    with pytest.raises(NotTheLastStep):
        undo(summit, now, last.number)

    assert plans(summit) == after


def test_an_item_moved_by_an_editor_stays_the_same_item(summit: Event, now: datetime) -> None:
    moved = days(summit)[1].items[0].public_id

    rewrite(summit, *move_an_item(summit), now=now)

    assert moved in {item.public_id for item in days(summit)[2].items}
    assert moved not in {item.public_id for item in days(summit)[1].items}


def test_an_item_named_twice_is_kept_once_and_written_anew_once(summit: Event, now: datetime) -> None:
    opening = days(summit)[1]
    first, *others = plan_of(opening).items

    rewrite(summit, edit(opening, replace(plan_of(opening), items=(first, first, *others))), now=now)

    ids = [item.public_id for item in days(summit)[1].items]
    assert len(ids) == len(set(ids)) == len(others) + 2


def test_items_of_days_that_are_not_edited_are_not_taken(summit: Event, now: datetime) -> None:
    _pre_tour, opening, closing = days(summit)
    stolen = plan_of(opening).items[0]

    rewrite(summit, edit(closing, replace(plan_of(closing), items=(*plan_of(closing).items, stolen))), now=now)

    assert stolen.public_id in {item.public_id for item in days(summit)[1].items}
    assert stolen.public_id not in {item.public_id for item in days(summit)[2].items}


def test_a_speaker_taken_off_meanwhile_stays_off(summit: Event, now: datetime) -> None:
    with writing():
        event = desk.event_to_change(summit.public_id)
        speaker = write_speaker(event, None, SpeakerPlan(Text("Amara Okafor")), now=now, by=BY).public_id
    opening = days(summit)[1]
    first, *others = plan_of(opening).items
    rewrite(
        summit, edit(opening, replace(plan_of(opening), items=(replace(first, speakers=(speaker,)), *others))), now=now
    )
    rewrite(summit, edit(days(summit)[1], None), now=now)
    with writing() as session:
        remove_speaker(session.query(Speaker).filter_by(public_id=speaker).one(), now=now, by=BY)

    undo(summit, now)

    assert plan_of(days(summit)[1]).items[0].speakers == ()


def test_a_day_changed_by_another_way_is_not_overwritten(summit: Event, now: datetime) -> None:
    rewrite(summit, *change_a_day(summit), now=now)
    with writing():
        days_of(desk.event_to_change(summit.public_id))[1].items[0].title = Text("Changed by hand")
    after = plans(summit)

    with pytest.raises(CannotBeUndone):
        undo(summit, now)

    assert plans(summit) == after


def test_a_day_does_not_return_beside_another_of_its_date_city_and_part(summit: Event, now: datetime) -> None:
    rewrite(summit, *remove_a_day(summit), now=now)
    with writing() as session:
        event = desk.event_to_change(summit.public_id)
        city = days_of(event)[1].city
        session.add(Day(public_id="n" * 22, event=event, city=city, on_date=date(2027, 10, 20), title=Text("New")))
    with pytest.raises(SameDayTwice):
        undo(summit, now)
