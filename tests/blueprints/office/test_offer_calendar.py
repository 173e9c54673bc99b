"""The page of the calendar of offers against needs."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.forms import page_of, words_of
from tests.hosting_cast import a_request
from tests.matching_cast import a_tour_leg

pytestmark = pytest.mark.usefixtures("clock_shows")
PAGE = "/office/offers/calendar"


def test_offers_and_needs_stand_in_words_under_their_months(officer: FlaskClient, now: datetime) -> None:
    request = a_request("confirmed", now=now)
    a_tour_leg(request.event, now=now)

    page = page_of(officer.get(f"{PAGE}?from=2027-05&country=US&topic=water"))

    need, offer = (words_of(row) for row in page.findall(".//tbody/tr"))
    assert "10–16" in need
    assert "18 people" in need
    assert "free 10, 13–16, 18–28" in offer
    assert "confirmed 11–12" in offer
    assert "closed 17" in offer
    assert [words_of(link) for link in page.findall(".//nav/a[@aria-current='page']")] == ["Host cities"]


@pytest.mark.parametrize(
    "asked", ["from=2027-13", "from=x", "from=0001-01", "from=2099-12", "page=99&country=XX&topic=%27"]
)
def test_what_an_address_cannot_mean_shows_this_month(officer: FlaskClient, asked: str) -> None:
    answer = officer.get(f"{PAGE}?{asked}")

    assert answer.status_code == 200
    assert "January 2027" in answer.text
