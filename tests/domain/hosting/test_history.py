"""What a city has hosted, as its pages, certificates and the public list tell it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.cast import the_city
from tests.hosting_cast import DAYS, a_request, a_tour, answered, asked, the_host
from tests.hosts import MEMBER
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import requests
from tourreg.domain.hosting.history import Hosted, hosted, hosted_by
from tourreg.domain.hosting.request_rules import Span

pytestmark = pytest.mark.usefixtures("app")
AFTER = date(2027, 5, 20)


def of_davenport(today: date = AFTER) -> list[Hosted]:
    db.session.expire_all()
    return hosted(the_city("davenport"), today=today)


def publish(event: Event, state: str = "published") -> None:
    with writing():
        db.session.merge(event).state = state


@pytest.mark.both
def test_a_confirmed_visit_that_is_over_tells_days_people_and_topics(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    publish(request.event)

    [visit] = of_davenport()

    assert (visit.event.id, visit.first_on, visit.last_on) == (request.event_id, DAYS.first_on, DAYS.last_on)
    assert (visit.people, visit.by_request) == (18, True)
    assert {topic.slug for topic in visit.topics} == {"energy", "water"}


def test_a_visit_counts_from_the_day_after_its_last(now: datetime) -> None:
    publish(a_request("confirmed", now=now).event)

    assert [len(of_davenport(day)) for day in (DAYS.last_on, date(2027, 5, 13))] == [0, 1]


@pytest.mark.both
def test_where_nobody_was_asked_the_route_of_a_programme_tells_it(now: datetime) -> None:
    event = a_tour()
    publish(event)
    with writing():
        db.session.merge(event).pool.taken = 14

    [visit] = of_davenport()

    assert (visit.first_on, visit.last_on, visit.people) == (date(2027, 5, 7), date(2027, 5, 10), 14)
    assert (visit.topics, visit.by_request) == ((), False)


@pytest.mark.parametrize("state", ["asked", "declined", "lapsed"])
def test_a_city_that_was_asked_and_did_not_confirm_has_hosted_nobody(now: datetime, state: str) -> None:
    publish(a_request(state, now=now).event)

    assert of_davenport() == []


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_a_programme_that_did_not_take_place_counts_for_nobody(now: datetime, state: str) -> None:
    publish(a_request("confirmed", now=now).event, state)

    assert of_davenport() == []


def test_two_confirmed_requests_of_one_programme_are_one_visit(now: datetime) -> None:
    the_host(now)
    event = a_tour()
    publish(event)
    for days, people in ((DAYS, 18), (Span(date(2027, 5, 14), date(2027, 5, 15)), 20)):
        request = asked(event, None, now=now, days=days, people=people)
        answered(request.public_id, "confirmed", now=now)

    [visit] = of_davenport()

    assert (visit.first_on, visit.last_on, visit.people) == (DAYS.first_on, date(2027, 5, 15), 20)


def test_a_withdrawn_request_takes_the_visit_back(now: datetime) -> None:
    request = a_request("confirmed", now=now)
    publish(request.event)
    with writing():
        requests.withdraw(
            queries.request_to_change(request.public_id), "Cancelled.", seen="confirmed", now=now, by=MEMBER
        )

    assert of_davenport() == []


def test_many_cities_are_told_in_three_statements(now: datetime, statements: Callable[[], list[str]]) -> None:
    publish(a_request("confirmed", now=now).event)
    for slug in ("a-2027", "b-2027"):
        publish(a_tour(slug))
    cities = [the_city(slug).id for slug in ("davenport", "fort-collins", "charlotte")]
    before = len(statements())

    found = hosted_by(cities, today=AFTER)

    assert [len(found[city]) for city in cities] == [3, 3, 3]
    assert len(statements()) - before == 3
