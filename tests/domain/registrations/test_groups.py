"""People are put into the groups of a programme, many at once, and find their own days."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration, a_study_tour
from tests.many import many_registrations
from tests.notice_cast import change, hand_out, issue, item_of, standings
from tests.option_cast import BOAT, MARKET, a_summit_with_options, choose, wish
from tests.races import all_at_once, outcome_of
from tests.travel_cast import people_on_tour
from tourreg.db import db, writing
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.calendars import calendar_of
from tourreg.domain.itineraries.groups import groups_seen, heads_by_group
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.registrations import groups
from tourreg.domain.registrations.groups import GroupsChangedMeanwhile, RestChangedMeanwhile, even_split, people_of
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.options import OptionIsNotTheirs
from tourreg.domain.reports.own_programmes import own_parts, own_sheet, participant_by_public_id
from tourreg.domain.travel.journeys import Journey
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

BY = "staff:ren"
LUNCH, PARK, COACHES = "Lunch", "Sanwan Canal Park", "Coaches to Sanwan"


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


@pytest.fixture
def place(summit: Event, now: datetime) -> Registration:
    """Chen, Han, Hart and Zhou, who come to the summit."""
    people = (a_person(name, "Ann", email=f"{name}@example.org") for name in ("Chen", "Han", "Hart", "Zhou"))
    return people_on_tour(*people, now=now, event=summit)


def put(event: Event, chosen: dict[str, str], group: str, now: datetime) -> groups.Put:
    with writing():
        return groups.put_into(desk.event_to_change(event.public_id), chosen, group, now=now, by=BY)


def split(event: Event, seen: str, now: datetime) -> int:
    with writing():
        return groups.split_rest(desk.event_to_change(event.public_id), seen=seen, now=now, by=BY)


def ids(registration: Registration) -> list[str]:
    return [person.public_id for person in registration.participants]


def groups_now(event: Event) -> list[str]:
    db.session.rollback()
    return [person.group for person in people_of(event)]


def only_for(event: Event, **titles: str) -> None:
    """Let an item be for one group."""
    with writing():
        for group, title in titles.items():
            item_of(event, title).group = group


def own_titles(public_id: str, now: datetime) -> set[str]:
    db.session.rollback()
    person = participant_by_public_id(public_id)
    assert person
    printed = days_for_print(person.registration.event, issued=True)
    sheet = own_sheet(person, printed, parts=own_parts(person), journey=Journey([], []), now=now)
    return {item["title"]["en"] for day in sheet["days"] for item in day["items"]}


def told_by_calendar(public_id: str) -> dict[str, bool]:
    """Return the titles in somebody's calendar, each with whether it is cancelled there."""
    person = participant_by_public_id(public_id)
    assert person
    found = calendar_of(person.registration.event, parts=own_parts(person), groups=person.groups)
    return {entry.shown.title.en: entry.cancelled for entry in found.entries}


@pytest.mark.parametrize(
    ("assigned", "brings_guest", "seen"),
    [
        ("", False, {"all", "a", "b", "guests"}),
        ("a", False, {"all", "a"}),
        ("b", True, {"all", "b", "guests"}),
        ("guests", False, {"all", "guests"}),
    ],
)
def test_whoever_is_in_a_group_sees_what_is_for_everybody_and_for_it(
    assigned: str, brings_guest: bool, seen: set[str]
) -> None:
    assert groups_seen(assigned, brings_guest=brings_guest) == seen


@pytest.mark.parametrize(
    ("people", "heads"),
    [
        ([("", False), ("", True)], {}),
        ([("a", False), ("a", True), ("b", False), ("guests", False)], {"a": 2, "b": 1, "guests": 2}),
        ([("a", False), ("", False)], {"a": 2, "b": 1, "guests": 0}),
    ],
)
def test_a_host_of_one_group_learns_how_many_come(people: list[tuple[str, bool]], heads: dict[str, int]) -> None:
    assert heads_by_group(people) == heads


def test_four_hundred_people_are_put_into_a_group_in_as_many_statements_as_four(
    app: Flask, statements: Callable[[], list[str]], now: datetime
) -> None:
    asked = []
    for slug, size in (("few", 4), ("many", 400)):
        event = a_published_summit(slug)
        many_registrations(event, size, now=now, first=size * 10)
        chosen = {person.public_id: "" for person in people_of(event)}
        db.session.remove()
        before = len(statements())
        put(event, chosen, "a", now)
        asked.append(len(statements()) - before)

    assert asked[1] <= asked[0]


def test_many_are_put_into_a_group_at_once_and_each_is_noted(summit: Event, place: Registration, now: datetime) -> None:
    chen, _han, hart, _zhou = ids(place)

    done = put(summit, {chen: "", hart: ""}, "a", now)

    assert (done.changed, done.gone) == (2, 0)
    assert groups_now(summit) == ["a", "", "a", ""]
    noted = last_change(hart, "group")
    assert noted
    assert (noted.before, noted.after, noted.by) == ({"group": ""}, {"group": "a"}, BY)


def test_putting_them_there_again_changes_and_notes_nothing(summit: Event, place: Registration, now: datetime) -> None:
    chosen = dict.fromkeys(ids(place), "")

    assert [put(summit, chosen, "b", now).changed for _ in range(2)] == [4, 0]


def test_of_two_editors_the_second_moves_nobody_whom_the_first_has_moved(
    summit: Event, place: Registration, now: datetime
) -> None:
    chen, han, *_ = ids(place)
    put(summit, {chen: ""}, "a", now)

    with pytest.raises(GroupsChangedMeanwhile) as refusal:
        put(summit, {chen: "", han: ""}, "b", now)

    assert (refusal.value.people, refusal.value.by, refusal.value.at) == ({chen: "a"}, BY, now)
    assert groups_now(summit) == ["a", "", "", ""]


@pytest.mark.both
def test_two_editors_at_one_moment_do_not_both_move_somebody(
    app: Flask, summit: Event, place: Registration, now: datetime
) -> None:
    chosen, event = dict.fromkeys(ids(place), ""), summit.public_id
    db.session.rollback()

    def put_all(group: str) -> groups.Put:
        with writing():
            return groups.put_into(desk.event_to_change(event), chosen, group, now=now, by=BY)

    outcomes = all_at_once(app, [outcome_of(partial(put_all, group)) for group in ("a", "b")])

    assert sorted(type(one).__name__ for one in outcomes) == ["GroupsChangedMeanwhile", "Put"]
    assert groups_now(summit) in (["a"] * 4, ["b"] * 4)


def test_somebody_of_another_event_and_nobody_at_all_stay_where_they_are(
    summit: Event, place: Registration, now: datetime
) -> None:
    tour = a_study_tour()
    stranger = people_on_tour(now=now, event=tour).participants[0].public_id

    done = put(summit, {stranger: "", "A" * 22: "", ids(place)[0]: ""}, "a", now)

    assert (done.changed, done.gone) == (1, 2)
    assert groups_now(tour) == ["", ""]


def test_whoever_gave_the_place_up_drops_out(summit: Event, place: Registration, now: datetime) -> None:
    with writing() as session:
        for seat in session.get_one(Registration, place.id).participants[1].seats:
            seat.state = "released"  # what leads here is tested with registrations
    a_registration(summit, a_person("Held"), now=now, contact_email="held@example.org")

    done = put(summit, dict.fromkeys(ids(place), ""), "a", now)

    assert (done.changed, done.gone) == (3, 1)
    assert groups_now(summit) == ["a", "a", "a"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["", "", "", ""], ["a", "a", "b", "b"]),
        (["a", "", "", ""], ["a", "a", "b", "b"]),
        (["a", "a", "a", ""], ["a", "a", "a", "b"]),
        (["b", "b", "", ""], ["b", "b", "a", "a"]),
        (["guests", "", "", ""], ["guests", "a", "a", "b"]),
    ],
)
def test_the_rest_goes_evenly_into_both_groups(
    summit: Event, place: Registration, now: datetime, before: list[str], after: list[str]
) -> None:
    with writing():
        for person, group in zip(place.participants, before, strict=True):
            person.group = group

    placed = split(summit, fingerprint(even_split(people_of(summit))), now)

    assert placed == before.count("")
    assert groups_now(summit) == after


def test_the_rest_is_not_shared_out_otherwise_than_was_seen(summit: Event, place: Registration, now: datetime) -> None:
    seen = fingerprint(even_split(people_of(summit)))
    put(summit, {ids(place)[3]: ""}, "a", now)

    with pytest.raises(RestChangedMeanwhile):
        split(summit, seen, now)

    assert groups_now(summit) == ["", "", "", "a"]


def test_sharing_out_twice_finds_nobody_the_second_time(summit: Event, place: Registration, now: datetime) -> None:
    seen = fingerprint(even_split(people_of(summit)))

    assert [split(summit, seen, now) for _ in range(2)] == [4, 0]


def test_each_finds_what_is_for_their_group(summit: Event, place: Registration, now: datetime) -> None:
    chen, han, hart, zhou = ids(place)
    only_for(summit, a=LUNCH, b=PARK, guests=COACHES)
    for person, group in ((chen, "a"), (han, "b"), (hart, "guests")):
        put(summit, {person: ""}, group, now)

    seen = [own_titles(person, now) & {LUNCH, PARK, COACHES} for person in (chen, han, hart, zhou)]

    assert seen == [{LUNCH}, {PARK}, {COACHES}, {LUNCH, PARK, COACHES}]


def test_whoever_brings_a_guest_finds_what_the_guest_does(summit: Event, place: Registration, now: datetime) -> None:
    only_for(summit, b=PARK, guests=COACHES)
    with writing():
        place.participants[0].guest = "Otto Lind"
    put(summit, {ids(place)[0]: ""}, "a", now)

    assert own_titles(ids(place)[0], now) & {PARK, COACHES} == {COACHES}


def test_what_leaves_a_group_is_cancelled_in_its_calendars(summit: Event, place: Registration, now: datetime) -> None:
    put(summit, {ids(place)[0]: ""}, "a", now)
    issue(summit, now)

    change(summit, PARK, now, group="b")

    told = [told_by_calendar(person) for person in ids(place)[:2]]
    assert [one[PARK] for one in told] == [True, False]
    assert not told[0][LUNCH]


def test_a_change_for_the_other_group_is_no_change(summit: Event, place: Registration, now: datetime) -> None:
    only_for(summit, a=LUNCH)
    chen, han, *_ = ids(place)
    for person, group in ((chen, "a"), (han, "b")):
        put(summit, {person: ""}, group, now)
    issue(summit, now)
    for one in place.participants[:3]:
        hand_out(summit, one.public_id, 1, now, to=one.email)

    change(summit, LUNCH, now, place=Text("Another hall"))

    told = standings(summit, now)
    assert [told[name] for name in ("Ann Chen", "Ann Han", "Ann Hart")] == ["to_tell", "unchanged", "to_tell"]


def test_an_option_of_another_group_cannot_be_chosen_and_one_that_was_stays(app: Flask, now: datetime) -> None:
    summit = a_summit_with_options(now)
    registration = people_on_tour(a_person("Chen", "Ann"), now=now, event=summit)
    choose(registration, [wish(registration, BOAT)], now)
    put(summit, {ids(registration)[0]: ""}, "a", now)
    with writing():
        for day in days_of(summit):
            for item in day.items:
                item.group = "b" if item.optional else item.group
    issue(summit, now)

    with pytest.raises(OptionIsNotTheirs):
        choose(registration, [wish(registration, MARKET)], now)

    assert own_titles(ids(registration)[0], now) & {BOAT, MARKET} == {BOAT}
    assert told_by_calendar(ids(registration)[0])[BOAT] is False
