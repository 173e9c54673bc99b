"""The calendar of offers against needs."""

from datetime import date, datetime

import pytest

from tests.host_offers import an_offer
from tests.hosting_cast import a_request, a_tour
from tests.matching_cast import a_tour_leg
from tourreg.db import db
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.matching.offer_calendar import MonthOfOffer, Row, months_from, needs_by_month, offers_by_month

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both]
MAY = date(2027, 5, 1)


def rows(first: date = MAY, country: str = "", topic: str = "") -> list[Row]:
    db.session.expire_all()
    found, total = offers_by_month(months_from(first), country=country, topic=topic, page=1, size=25)
    assert total == len(found)
    return found


def days(first: int, last: int) -> Span:
    return Span(date(2027, 5, first), date(2027, 5, last))


def test_months_follow_each_other_over_the_year() -> None:
    months = months_from(date(2027, 11, 30))

    assert months[0] == Span(date(2027, 11, 1), date(2027, 11, 30))
    assert [month.first_on.month for month in months] == [11, 12, 1, 2, 3, 4]
    assert months[3].last_on == date(2028, 2, 29)


def test_free_days_are_those_of_the_window_without_closed_ones(now: datetime) -> None:
    an_offer("offered", now=now)

    [row] = rows()

    assert row.months[0] == MonthOfOffer((days(10, 16), days(18, 28)), (days(17, 17),), ())
    assert row.months[1] == MonthOfOffer((), (), ())


@pytest.mark.parametrize("state", ["held", "confirmed"])
def test_days_that_a_group_keeps_are_not_free_and_say_for_whom(now: datetime, state: str) -> None:
    request = a_request(state, now=now)

    [row] = rows()

    month = row.months[0]
    assert month.free == (days(10, 10), days(13, 16), days(18, 28))
    assert [(one.days, one.state, one.event.id) for one in month.kept] == [(days(11, 12), state, request.event_id)]


def test_a_city_that_was_only_asked_is_free(now: datetime) -> None:
    a_request("asked", now=now)

    assert rows()[0].months[0].free == (days(10, 16), days(18, 28))


def test_offers_outside_the_months_or_the_filters_are_left_out(now: datetime) -> None:
    an_offer("offered", now=now)
    an_offer("draft", now=now)

    assert [len(found) for found in (rows(), rows(date(2027, 6, 1)), rows(country="CN"), rows(topic="water"))] == [
        1, 0, 0, 1
    ]  # fmt: skip
    assert rows(topic="culture-heritage") == []


def test_legs_of_tours_stand_in_their_months(now: datetime) -> None:
    leg = a_tour_leg(a_tour(), now=now, first_on=date(2027, 5, 28), last_on=date(2027, 6, 3))

    [need] = needs_by_month(months_from(MAY))

    assert need.leg.id == leg.id
    assert need.months[:3] == (days(28, 31), Span(date(2027, 6, 1), date(2027, 6, 3)), None)
    assert needs_by_month(months_from(date(2027, 7, 1))) == []
