"""A city proposes changes of its own days; the draft changes only when the office accepts, and nothing is lost."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.hosting_cast import CITY, found
from tests.hosts import MEMBER
from tests.proposal_cast import ELSEWHERE, LUNCH, WORKS, a_visit, issued, item_now, new_key, proposed
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.hosting import proposals
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.proposal_fields import overlap_of, particulars_of
from tourreg.domain.hosting.proposals import EndsTooEarly, ItemIsNewer, NotOfTheCity, ProposalIsSettled, Proposed
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.commands import ItemEditedMeanwhile, revise_item
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.usefixtures("app")


def accepted(request: HostingRequest, proposal: str, *, now: datetime, seen: str = "") -> str:
    with writing():
        locked = queries.request_to_change(request.public_id)
        looked_at = seen or fingerprint(item_now(request))
        return proposals.accept(locked, proposal, "Thank you.", seen=looked_at, now=now, by=MEMBER).state


def changed_by_staff(request: HostingRequest, *, now: datetime, **changed: Any) -> None:
    with writing():
        event, plan = desk.event_to_change(request.event.public_id), item_now(request)
        wanted = replace(plan, **changed)
        revise_item(event, WORKS, wanted, seen=fingerprint(plan), now=now, by=MEMBER)


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_address).where(Letter.template == template)))


def test_what_a_city_proposes_changes_nothing_until_the_office_accepts(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, starts="09:30", entrance="South gate, no identification")
    assert made.before == {"starts": "09:00", "entrance": ""}
    assert item_now(request).starts == time(9)

    assert accepted(request, made.public_id, now=now) == "accepted"

    item = item_now(request)
    assert (item.starts, item.details.entrance.en) == (time(9, 30), "South gate, no identification")
    assert (item.title, item.details.driver, item.details.for_driver.en) == (
        Text("Water works", "水厂"), "Dan Reed", "Gate code 4711",
    )  # fmt: skip


def test_rides_and_rooms_are_the_offices(now: datetime) -> None:
    request = a_visit(now=now)
    changed_by_staff(request, now=now, kind="flight")

    with pytest.raises(NotOfTheCity):
        proposed(request, now=now, room="Gate 4")

    day = proposals.days_of_city(request)[0]
    assert proposals.open_items(request, day, now) == [LUNCH]


def test_the_other_language_stays_as_it_is(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, language="zh", place="河畔老水厂")

    accepted(request, made.public_id, now=now)

    assert item_now(request).place == Text("Works on the river", "河畔老水厂")


def test_both_sides_are_written_to(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, room="Hall 2")
    assert len(letters("hosting_proposed")) == 1

    with writing():
        locked = queries.request_to_change(request.public_id)
        proposals.decline(locked, made.public_id, "The bus cannot turn there.", now=now, by=MEMBER)

    assert letters("hosting_proposal_answered") == ["joanne@example.org"]
    assert item_now(request).details.room == Text()


@pytest.mark.parametrize("item", [ELSEWHERE, "no-such-item-000000000", ""])
def test_items_of_another_city_are_none_of_its_business(now: datetime, item: str) -> None:
    request = a_visit(now=now)

    with pytest.raises(NotOfTheCity):
        proposed(request, now=now, item=item)


@pytest.mark.parametrize("times", [{"ends": "08:00"}, {"starts": "11:30"}, {"starts": "23:00", "ends": "22:00"}])
def test_an_item_cannot_end_before_it_begins(now: datetime, times: dict[str, str]) -> None:
    request = a_visit(now=now)

    with pytest.raises(EndsTooEarly):
        proposed(request, now=now, **times)


def test_an_end_after_midnight_is_after_the_beginning(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, starts="22:00", ends="01:00+1")

    accepted(request, made.public_id, now=now)

    assert (item_now(request).ends, item_now(request).ends_days) == (time(1), 1)


@pytest.mark.parametrize("meanwhile", ["changed", "issued"])
def test_a_city_is_told_what_became_of_the_item_meanwhile(now: datetime, meanwhile: str) -> None:
    request = a_visit(now=now)
    _day, plan = proposals.item_of_city(request, WORKS)
    seen, wanted = proposals.seen_of(request, plan, "en"), particulars_of(plan, "en")
    if meanwhile == "changed":
        changed_by_staff(request, now=now, starts=time(10))
    else:
        issued(request, now=now)

    typed = Proposed(wanted, "en", "", "Joanne Miller")
    with writing():
        locked = queries.request_to_change(request.public_id)
        with pytest.raises(ItemIsNewer) as refusal:
            proposals.propose(locked, WORKS, typed, seen=seen, submission_key=new_key(), now=now, by=CITY)

    facts: Any = refusal.value
    assert (facts.now.starts, facts.version) == (("10:00", 0) if meanwhile == "changed" else ("09:00", 1))


def test_what_staff_changed_beside_it_stays_when_a_proposal_is_accepted(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, room="Hall 2")
    changed_by_staff(request, now=now, starts=time(9, 15))

    accepted(request, made.public_id, now=now)

    assert (item_now(request).starts, item_now(request).details.room.en) == (time(9, 15), "Hall 2")


def test_staff_who_look_at_an_old_page_accept_nothing(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, room="Hall 2")
    seen = fingerprint(item_now(request))
    changed_by_staff(request, now=now, starts=time(9, 15))

    with pytest.raises(ItemEditedMeanwhile):
        accepted(request, made.public_id, now=now, seen=seen)

    assert proposals.proposals_of(found(request.public_id))[0].state == "proposed"


def test_a_later_proposal_takes_the_place_of_an_earlier_one(now: datetime) -> None:
    request = a_visit(now=now)
    proposed(request, now=now, room="Hall 2")
    proposed(request, now=now, item=LUNCH, place="Canteen")
    proposed(request, now=now, room="Hall 3")

    states = [(one.item, one.state) for one in proposals.proposals_of(found(request.public_id))]

    assert states == [(WORKS, "proposed"), (LUNCH, "proposed"), (WORKS, "overtaken")]
    assert proposals.waiting_of_event(request.event_id) == {request.public_id: 2}


def test_a_form_that_was_sent_twice_proposes_once(now: datetime) -> None:
    request, key = a_visit(now=now), new_key()

    made = {proposed(request, now=now, room="Hall 2", key=key).public_id for _press in range(2)}

    assert len(made) == 1


def test_what_was_taken_back_is_not_accepted(now: datetime) -> None:
    request = a_visit(now=now)
    made = proposed(request, now=now, room="Hall 2")
    with writing():
        proposals.withdraw(queries.request_to_change(request.public_id), made.public_id, now=now, by=CITY)

    with pytest.raises(ProposalIsSettled):
        accepted(request, made.public_id, now=now)


def test_days_that_are_over_or_not_held_take_no_proposal(now: datetime) -> None:
    asked = a_visit("asked", now=now)
    with pytest.raises(proposals.VisitIsClosed):
        proposed(asked, now=now, room="Hall 2")

    day, _plan = proposals.item_of_city(asked, WORKS)
    asked.state = "held"
    assert proposals.is_open(asked, day, now)
    assert not proposals.is_open(asked, day, now + timedelta(days=900))


def test_an_overlap_is_told_with_its_minutes(now: datetime) -> None:
    day, plan = proposals.item_of_city(a_visit(now=now), WORKS)

    found_overlap = overlap_of(day, replace(plan, ends=time(12, 20)))

    assert found_overlap is not None
    assert (found_overlap[0].public_id, found_overlap[1]) == (LUNCH, 20)
    assert overlap_of(day, plan) is None


@pytest.mark.both
def test_of_two_who_answer_at_one_moment_one_does(app: Flask, now: datetime) -> None:
    request = a_visit(now=now)
    request_id, made = request.public_id, proposed(request, now=now, room="Hall 2").public_id
    seen = fingerprint(item_now(request))
    db.session.rollback()

    def accepts() -> str:
        with writing():
            locked = queries.request_to_change(request_id)
            return proposals.accept(locked, made, "Yes.", seen=seen, now=now, by=MEMBER).state

    def declines() -> str:
        with writing():
            return proposals.decline(queries.request_to_change(request_id), made, "No.", now=now, by=MEMBER).state

    answers = all_at_once(app, [outcome_of(accepts), outcome_of(declines)])

    assert sum(isinstance(one, ProposalIsSettled) for one in answers) == 1
    assert sum(one in ("accepted", "declined") for one in answers) == 1
