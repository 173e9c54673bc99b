"""Thanks to those who speak for a city in public: whom they name, and what the city gave by its own report."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.cast import the_city
from tests.certificate_cast import a_hosted_tour
from tests.domain.hosting.test_reports import AFTER, TOLD
from tests.hosting_cast import CITY
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import reports, request_queries
from tourreg.domain.hosting.report_rules import Gift
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.reports.thanks import ThanksKind, thanks_sheet
from tourreg.rendering import render_document

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tour(now: datetime) -> Event:
    return a_hosted_tour(now)


def sheet_of(event: Event, kind: ThanksKind = "thanks_mayor", *, now: datetime = AFTER) -> Any:
    return thanks_sheet(kind, event, the_city("davenport"), [], Printed([], None), now=now)


def letter(sheet: Any, language: Any) -> str:
    return render_document(sheet["kind"], sheet, language=language, page_size="letter")


def tell(event: Event, *gifts: Gift, sends: bool = True, currency: str = "USD") -> None:
    """Let the city report what it gave."""
    (request,) = request_queries.requests_of_event(event.id)
    told = replace(TOLD, gifts=gifts, currency=currency)
    report = reports.send if sends else reports.save
    with writing():
        report(request_queries.request_to_change(request.public_id), told, seen=0, now=AFTER, by=CITY)


@pytest.mark.parametrize("kind", ["thanks_mayor", "thanks_council"])
def test_thanks_name_what_the_city_says_that_it_gave(tour: Event, kind: ThanksKind) -> None:
    tell(tour, Gift("Guides", "Public Works", 750, 54_375), Gift("Bus", "", None, 45_000), Gift("Council chamber"))

    sheet = sheet_of(tour, kind)

    assert sheet["given"] == {"minutes": 750, "worth": [{"minor": 99_375, "currency": "USD"}]}
    assert "your colleagues gave 12.5 hours of their time" in letter(sheet, "en")
    assert "is worth USD 993.75 in all" in letter(sheet, "en")
    assert "12.5\u2009小时" in letter(sheet, "zh")
    assert "USD 993.75" in letter(sheet, "zh")


@pytest.mark.parametrize(
    ("gift", "english", "silent"),
    [
        (Gift("Guides", "", 60), "gave one hour of their time", "worth"),
        (Gift("Bus", "", None, 45_000), "worth USD 450.00", "colleagues gave"),
    ],
)
def test_what_the_city_does_not_name_is_not_thanked_for(tour: Event, gift: Gift, english: str, silent: str) -> None:
    tell(tour, gift)

    words = letter(sheet_of(tour), "en")

    assert english in words
    assert silent not in words


@pytest.mark.parametrize("gifts", [(), (Gift("Council chamber"),), (Gift("Bus", "", 0, 0),)])
def test_a_city_that_names_neither_time_nor_value_reads_no_figures(tour: Event, gifts: tuple[Gift, ...]) -> None:
    tell(tour, *gifts)

    assert "own report" not in letter(sheet_of(tour), "en")


def test_what_a_city_has_not_sent_yet_is_told_to_nobody(tour: Event) -> None:
    tell(tour, Gift("Bus", "Public Works", 90, 45_000), sends=False)

    assert sheet_of(tour)["given"] == {"minutes": 0, "worth": []}


def test_what_another_city_gave_is_not_thanked_for(tour: Event) -> None:
    tell(tour, Gift("Bus", "Public Works", 90, 45_000))

    with writing():
        other = the_city("yangzhou")

    sheet = thanks_sheet("thanks_mayor", tour, other, [], Printed([], None), now=AFTER)

    assert sheet["given"] == {"minutes": 0, "worth": []}


def test_a_letter_that_was_issued_before_reports_were_thanked_for_still_comes_out(tour: Event) -> None:
    earlier = {name: value for name, value in sheet_of(tour).items() if name != "given"}

    assert "own report" not in letter(earlier, "both")
