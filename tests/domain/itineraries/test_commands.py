"""Writing the days of an event down."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import a_published_summit, the_city
from tourreg.db import db, writing
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import commands, queries
from tourreg.domain.itineraries.commands import DayEdit, DaysEditedMeanwhile, SameDayTwice
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Day, Item, Speaker
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

BY = "staff:ren"


@pytest.fixture
def summit(app: Flask) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


def edit_of(day: Day, **changed: Any) -> DayEdit:
    plan = plan_of(day)
    return DayEdit(day.public_id, fingerprint(plan), replace(plan, **changed))


def rewrite(event: Event, *edits: DayEdit, now: datetime) -> None:
    with writing():
        commands.rewrite(desk.event_to_change(event.public_id), edits, now=now, by=BY)


def an_item(starts: time, **changed: Any) -> ItemPlan:
    return ItemPlan(**{"kind": "meeting", "starts": starts, "zone": "Asia/Shanghai", "title": Text("Talk"), **changed})


def dates(event: Event) -> list[int]:
    return [day.on_date.day for day in days_of(event)]


@pytest.mark.both
def test_rows_are_sorted_by_time_and_keep_who_they_are(summit: Event, now: datetime) -> None:
    opening = days_of(summit)[1]
    before = [item.public_id for item in opening.items]
    moved = replace(plan_of(opening).items[0], starts=time(21, 0), ends=None)

    rewrite(summit, edit_of(opening, items=(moved, *plan_of(opening).items[1:], an_item(time(7)))), now=now)

    items = days_of(summit)[1].items
    assert [item.public_id for item in items][1:] == [before[1], before[0]]
    assert [item.position for item in items] == [1, 2, 3]
    assert [item.starts for item in items][::2] == [time(7), time(21)]


@pytest.mark.both
def test_particulars_and_speakers_are_kept_as_they_were_written(summit: Event, now: datetime) -> None:
    with writing() as session:
        speakers = [Speaker(event_id=summit.id, name=Text(name)) for name in ("Amara Okafor", "Wang Lihua")]
        session.add_all(speakers)
    first, second = (speaker.public_id for speaker in queries.speakers_of(summit))
    opening = days_of(summit)[1]
    lecture, *others = plan_of(opening).items
    details = Details(room=Text("Hall 2", "二号厅"), leaves="08:20", minutes=35, host_phone="+1 303 555 0100")
    told: dict[str, Any] = {
        "details": details,
        "nature": "cultural",
        "group": "b",
        "optional": True,
        "capacity": 12,
        "fee_minor": 4_500,
    }
    wanted = replace(lecture, **told, speakers=(second, first), standing="held", standing_on=date(2027, 9, 1))

    rewrite(summit, edit_of(opening, items=(wanted, *others)), now=now)
    db.session.expire_all()
    assert plan_of(days_of(summit)[1]).items[0] == wanted

    rewrite(summit, edit_of(days_of(summit)[1], items=(replace(wanted, speakers=(first,)), *others)), now=now)
    db.session.expire_all()
    assert plan_of(days_of(summit)[1]).items[0].speakers == (first,)


@pytest.mark.both
def test_days_are_added_moved_and_taken_away_in_one_go(summit: Event, now: datetime) -> None:
    arrival, opening, second = days_of(summit)
    with writing():
        city = the_city("hangzhou").public_id
    new = DayPlan(date(2027, 10, 23), city, "", items=(an_item(time(9)),))

    rewrite(
        summit,
        DayEdit("", "", new),
        edit_of(opening, on_date=date(2027, 10, 22)),
        DayEdit(second.public_id, edit_of(second).seen, None),
        now=now,
    )

    assert dates(summit) == [16, 22, 23]
    kept = days_of(summit)[1]
    assert (kept.public_id, len(kept.items)) == (opening.public_id, 2)
    assert db.session.scalar(select(func.count()).select_from(Item)) == len(arrival.items) + 2 + 1


@pytest.mark.both
def test_an_end_on_another_day_moves_with_its_day(summit: Event, now: datetime) -> None:
    opening = days_of(summit)[1]
    night = an_item(time(23), kind="train", ends=time(6, 30), ends_days=1)
    rewrite(summit, edit_of(opening, items=(night,)), now=now)
    assert days_of(summit)[1].items[0].ends_on == date(2027, 10, 21)

    rewrite(summit, edit_of(days_of(summit)[1], on_date=date(2027, 10, 25)), now=now)

    assert days_of(summit)[-1].items[0].ends_on == date(2027, 10, 26)


@pytest.mark.both
def test_two_editors_of_different_days_both_have_their_way(summit: Event, now: datetime) -> None:
    arrival, opening, _second = days_of(summit)
    all_as_seen = [edit_of(day) for day in days_of(summit)]
    mine = [edit_of(opening, title=Text("Mine")), *(edit for edit in all_as_seen if edit.day != opening.public_id)]
    theirs = [edit_of(arrival, title=Text("Theirs")), *(edit for edit in all_as_seen if edit.day != arrival.public_id)]

    rewrite(summit, *theirs, now=now)
    rewrite(summit, *mine, now=now)

    assert [day.title.en for day in days_of(summit)][:2] == ["Theirs", "Mine"]


@pytest.mark.both
def test_the_later_editor_of_one_day_is_told_and_nothing_is_saved(summit: Event, now: datetime) -> None:
    arrival, opening, _second = days_of(summit)
    mine = [edit_of(opening, title=Text("Mine")), edit_of(arrival, title=Text("Mine too"))]
    rewrite(summit, edit_of(opening, title=Text("Theirs")), now=now)

    with pytest.raises(DaysEditedMeanwhile) as refused:
        rewrite(summit, *mine, now=now)

    assert list(refused.value.days) == [opening.public_id]
    assert (refused.value.days[opening.public_id].title.en, refused.value.by, refused.value.at) == ("Theirs", BY, now)
    assert [day.title.en for day in days_of(summit)][:2] == ["Arrival", "Theirs"]


def test_two_editors_who_want_the_same_are_not_told_off(summit: Event, now: datetime) -> None:
    opening = days_of(summit)[1]
    both_want = edit_of(opening, title=Text("Opening day"))

    rewrite(summit, both_want, now=now)
    rewrite(summit, both_want, now=now)

    assert days_of(summit)[1].title.en == "Opening day"


@pytest.mark.parametrize("mine_removes", [True, False])
def test_a_day_that_one_removes_and_another_edits_is_not_lost_unseen(
    summit: Event, now: datetime, mine_removes: bool
) -> None:
    opening = days_of(summit)[1]
    edited, removed = edit_of(opening, title=Text("Edited")), DayEdit(opening.public_id, edit_of(opening).seen, None)
    first, second = (edited, removed) if mine_removes else (removed, edited)
    rewrite(summit, first, now=now)

    with pytest.raises(DaysEditedMeanwhile):
        rewrite(summit, second, now=now)


def test_a_day_removed_by_both_is_gone(summit: Event, now: datetime) -> None:
    opening = days_of(summit)[1]
    removed = DayEdit(opening.public_id, edit_of(opening).seen, None)

    rewrite(summit, removed, now=now)
    rewrite(summit, removed, now=now)

    assert dates(summit) == [16, 21]


def test_a_date_is_lived_twice_only_in_two_places(summit: Event, now: datetime) -> None:
    opening = plan_of(days_of(summit)[1])

    with pytest.raises(SameDayTwice) as refused:
        rewrite(summit, DayEdit("", "", replace(opening, items=())), now=now)
    assert refused.value.on_date == opening.on_date

    rewrite(summit, DayEdit("", "", replace(opening, city="", items=())), now=now)
    assert dates(summit) == [16, 20, 20, 21]


@pytest.mark.both
def test_all_days_can_move_by_one(summit: Event, now: datetime) -> None:
    moved = [edit_of(day, on_date=date(2027, 10, day.on_date.day + 1)) for day in days_of(summit)]

    rewrite(summit, *moved, now=now)

    assert dates(summit) == [17, 21, 22]


def test_a_change_is_noted_with_who_made_it_and_a_removal_with_what_was_there(summit: Event, now: datetime) -> None:
    opening, second = days_of(summit)[1:]

    rewrite(
        summit,
        edit_of(opening, title=Text("New")),
        DayEdit(second.public_id, edit_of(second).seen, None),
        now=now,
    )

    edited, removed = last_change(opening.public_id), last_change(second.public_id)
    assert edited is not None
    assert removed is not None
    assert (edited.by, set(edited.after)) == (BY, {"title"})
    assert (removed.after["items"], len(removed.before["items"])) == (None, 2)


def test_saving_what_stands_there_already_notes_nothing(summit: Event, now: datetime) -> None:
    rewrite(summit, *(edit_of(day) for day in days_of(summit)), now=now)

    assert all(last_change(day.public_id) is None for day in days_of(summit))
