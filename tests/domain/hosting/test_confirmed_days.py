"""What a city confirms stands in the draft of the programme, once, and over nothing that staff wrote."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import an_add_on, the_city
from tests.host_offers import an_offer
from tests.hosting_cast import CITY, DAYS, a_request, a_tour, answered, asked, found, the_host
from tests.hosts import MEMBER
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.hosting import confirmed_days, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_queries import offer_to_change
from tourreg.domain.hosting.offer_steps import StepPlan, StepsPlan, note_steps, steps_of
from tourreg.domain.hosting.request_answers import Approved, note_approval
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.hosting.sites import SitePlan, write_site
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import issue_version, latest_version
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.usefixtures("app")
FIRST, LAST = DAYS.first_on, DAYS.last_on


def draft(event: Event) -> list[tuple[date, str, list[str]]]:
    """Return the days of the draft: date, city and what happens."""
    db.session.expire_all()
    return [(day.on_date, day.city.slug if day.city else "", [item.title.en for item in day.items])
            for day in days_of(event)]  # fmt: skip


def written(event: Event, on: date, city: str = "") -> str:
    """Let staff write a day with a train; return its public id."""
    train = Item(position=1, kind="train", starts=time(8), zone="America/Chicago", title=Text("Train to Chicago"))
    with writing() as session:
        day = Day(event=session.merge(event), city=the_city(city) if city else None, on_date=on, items=[train])
        session.add(day)
    return day.public_id


def standings(public_id: str) -> list[str]:
    return [one.standing for one in confirmed_days.confirmed_days(found(public_id))]


def of_office(public_id: str, deed: Any, *values: Any, now: datetime) -> None:
    with writing():
        deed(queries.request_to_change(public_id), *values, now=now, by=MEMBER)


@pytest.mark.both
def test_confirmed_days_come_into_the_draft_once(now: datetime) -> None:
    request = a_request(now=now)

    for _press in range(2):
        answered(request.public_id, "confirmed", now=now)
    of_office(request.public_id, confirmed_days.put_in, now=now)

    assert draft(request.event) == [
        (FIRST, "davenport", ["Hosted by Davenport"]), (LAST, "davenport", ["Hosted by Davenport"]),
    ]  # fmt: skip
    assert standings(request.public_id) == ["in_draft", "in_draft"]


@pytest.mark.both
def test_pressed_at_one_moment_they_come_in_once(app: Flask, now: datetime) -> None:
    request = a_request(now=now)
    public_id, event = request.public_id, request.event
    db.session.rollback()

    all_at_once(app, [outcome_of(partial(answered, public_id, "confirmed", now=now))] * 2)

    assert [on for on, _city, _items in draft(event)] == [FIRST, LAST]


@pytest.mark.parametrize("kind", ["held", "declined", "countered"])
def test_other_answers_leave_the_draft_alone(now: datetime, kind: str) -> None:
    assert draft(a_request(kind, now=now).event) == []


def test_the_item_says_who_confirmed_and_suggests_what_the_offer_shows(now: datetime) -> None:
    the_host(now)
    with writing():
        plan = SitePlan(name=Text("Water works", "自来水厂"), address=Text("1200 Water Street"))
        site = write_site(the_city("davenport"), plan, submission_key=None, now=now, by=CITY)
    offer = an_offer("offered", now=now, sites=(site.public_id,))
    request = asked(a_tour(), offer, now=now)

    answered(request.public_id, "confirmed", now=now, name="Ann Lee")

    item = days_of(found(request.public_id).event)[0].items[0]
    assert (item.standing, item.standing_by, item.standing_on) == ("confirmed", "Ann Lee", now.date())
    assert "Water works (1200 Water Street)" in item.details.for_host.en
    assert "自来水厂" in item.details.for_host.zh
    assert item.notes == EMPTY
    assert item.details.topics.en == "Energy; Water and wastewater"


def test_a_homestay_brings_its_nights_and_nothing_of_what_households_wish(now: datetime) -> None:
    the_host(now)
    request = asked(a_tour(), an_offer("offered", now=now, kind="homestay"), now=now)

    answered(request.public_id, "confirmed", now=now)

    days = days_of(found(request.public_id).event)
    assert [[item.kind for item in day.items] for day in days] == [["cultural", "hotel"], ["cultural"]]
    assert "cats" not in repr([item.details for day in days for item in day.items])


@pytest.mark.parametrize("city", ["", "charlotte", "davenport"])
def test_a_day_that_staff_wrote_stays_and_is_named(now: datetime, city: str) -> None:
    request = a_request(now=now)
    theirs = written(request.event, FIRST, city)

    answered(request.public_id, "confirmed", now=now)

    assert draft(request.event)[0] == (FIRST, city, ["Train to Chicago"])
    first, last = confirmed_days.confirmed_days(found(request.public_id))
    assert (first.standing, [day.public_id for day in first.others]) == ("in_the_way", [theirs])
    assert last.standing == "in_draft"
    letter = db.session.scalars(select(Letter).where(Letter.template == "hosting_told")).one()
    assert letter.facts["in_the_way"] == [FIRST.isoformat()]


@pytest.mark.both
@pytest.mark.parametrize(
    ("city", "then"),
    [
        ("charlotte", [["Train to Chicago"], ["Hosted by Davenport"]]),
        ("davenport", [["Train to Chicago", "Hosted by Davenport"]]),
    ],
)
def test_staff_puts_it_in_anyway_beside_what_stands_there(now: datetime, city: str, then: list[list[str]]) -> None:
    request = a_request(now=now)
    written(request.event, FIRST, city)
    answered(request.public_id, "confirmed", now=now)

    for _press in range(2):
        of_office(request.public_id, confirmed_days.put_in_anyway, [FIRST, date(2027, 6, 1)], now=now)

    assert [items for on, _city, items in draft(request.event) if on == FIRST] == then
    assert standings(request.public_id) == ["in_draft", "in_draft"]


def test_what_staff_leaves_out_stays_out(now: datetime) -> None:
    request = a_request(now=now)
    written(request.event, FIRST)
    answered(request.public_id, "confirmed", now=now)

    for _press in range(2):
        of_office(request.public_id, confirmed_days.leave_out, [FIRST, LAST], now=now)
    of_office(request.public_id, confirmed_days.put_in, now=now)

    assert standings(request.public_id) == ["left_out", "in_draft"]
    assert draft(request.event)[0] == (FIRST, "", ["Train to Chicago"])


def test_an_issued_itinerary_stays_as_it_was(now: datetime) -> None:
    request = a_request(now=now)
    written(request.event, date(2027, 5, 4), "fort-collins")
    with writing() as session:
        issue_version(session.merge(request.event), change_note=EMPTY, now=now, by=MEMBER)

    answered(request.public_id, "confirmed", now=now)

    version = latest_version(request.event)
    assert version is not None
    assert (version.number, len(version.days), len(draft(request.event))) == (1, 1, 3)


@pytest.mark.parametrize("has_stop", [True, False])
def test_days_of_a_tour_after_the_programme_belong_to_it(now: datetime, has_stop: bool) -> None:
    the_host(now)
    tour = an_add_on("post_tour", "Post-tour: Iowa", 76_000, from_on=date(2027, 5, 15), to_on=date(2027, 5, 22))
    event = a_tour(add_ons=[tour])
    days = Span(date(2027, 5, 18), date(2027, 5, 19))
    if has_stop:
        with writing() as session:
            stop = Stop(position=9, city=the_city("davenport"), part="post", from_on=days.first_on, to_on=days.last_on)
            session.merge(event).stops.append(stop)
    request = asked(event, an_offer("offered", now=now), now=now, days=days)

    answered(request.public_id, "confirmed", now=now)

    assert [day.add_on and day.add_on.kind for day in days_of(found(request.public_id).event)] == ["post_tour"] * 2


def council_is_asked(offer: HostOffer, now: datetime) -> None:
    asked_for = StepsPlan((StepPlan("legal_review"), StepPlan("council_approval", date(2027, 1, 4))))
    with writing():
        locked = offer_to_change(offer.public_id)
        note_steps(locked, asked_for, seen=fingerprint(steps_of(locked)), now=now, by=CITY)


def test_days_wait_for_the_yes_that_the_city_asked_its_council_for(now: datetime) -> None:
    request = a_request(now=now)
    assert request.offer is not None
    council_is_asked(request.offer, now)
    answered(request.public_id, "confirmed", now=now)
    before = draft(request.event)

    council = Approved("council", date(2027, 1, 12), "City Council, resolution 2027-31")
    with writing():
        note_approval(queries.request_to_change(request.public_id), council, submission_key=None, now=now, by=CITY)

    assert (before, [on for on, _city, _items in draft(request.event)]) == ([], [FIRST, LAST])


def test_what_was_confirmed_and_is_withdrawn_stays_marked(now: datetime) -> None:
    request = a_request("confirmed", now=now)

    with writing():
        locked = queries.request_to_change(request.public_id)
        requests.withdraw(locked, "The tour is put off.", seen="confirmed", now=now, by=MEMBER)

    items = [item for day in days_of(found(request.public_id).event) for item in day.items]
    assert [(item.standing, item.standing_by) for item in items] == [("declined", "The tour is put off.")] * 2
    assert standings(request.public_id) == ["in_draft", "in_draft"]


def test_a_day_that_staff_takes_out_again_is_not_put_in_a_second_time(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    with writing() as session:
        for day in days_of(session.merge(request.event)):
            for item in day.items:
                session.delete(item)
            session.delete(day)

    of_office(request.public_id, confirmed_days.put_in, now=now)

    assert standings(request.public_id) == ["taken_out", "taken_out"]
    assert draft(request.event) == []


@pytest.mark.parametrize("kind", ["confirmed", "declined"])
def test_the_office_hears_of_a_late_answer(now: datetime, kind: str) -> None:
    request = a_request(now=now)

    for _press in range(2):
        answered(request.public_id, kind, now=request.deadline_at + timedelta(hours=1), words="The mayor was away.")

    told = db.session.scalars(select(Letter).where(Letter.template == "hosting_told").order_by(Letter.id)).all()
    assert [(letter.to_address, letter.facts["answer"], letter.facts["is_late"]) for letter in told] == [
        ("finance@example.org", kind, True),
    ]
    assert told[0].facts["answer_words"] == "The mayor was away."
    assert draft(request.event) == []
