"""An organizer makes an event with its days, publishes it, prints its itinerary and roster and issues them."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pypdf
import pytest

from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller

TODAY = date.today()  # noqa: DTZ011
FIRST = TODAY + timedelta(days=120)
LAST = FIRST + timedelta(days=1)
PLACE = {"en": "Pumping station", "zh": "泵站"}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_an_event_is_made_published_and_printed(traveller: Callable[..., Traveller], language: str, width: int) -> None:
    officer, visitor = traveller(language, width=width), traveller(language, width=width)
    title = f"Water {uuid4().hex[:6]}"

    sign_in(officer, "programme")
    officer.visit("/office/events")
    go(officer, "/office/events/new")
    fill_in_the_event(officer, title)
    send(officer, "#event")
    event = officer.page.url.rpartition("/")[2]
    write_a_day(officer, event)
    officer.visit(f"/office/events/{event}")
    go(officer, f"/office/events/{event}/publish")
    send(officer, "main")

    visitor.visit(f"/{language}/events")
    visitor.follow(title)
    assert PLACE[language] in visitor.text()
    for kind in ("itinerary", "roster"):
        officer.visit(f"/office/events/{event}/papers")
        assert title in printed(officer, kind)
        officer.page.locator(f"#issue-{kind} button[value=issue]").click()
        officer.page.wait_for_load_state()
        officer.look()
    assert officer.page.locator("main #issued ~ ul li").count() == 2


def fill_in_the_event(officer: Traveller, title: str) -> None:
    page = officer.page
    page.locator("[name=kind]").select_option("training_forum")
    page.locator("[name=zone]").select_option("America/New_York")
    page.locator("[name=issuer]").select_option(index=0)
    both = {
        "title": title,
        "summary": "Two days on pipes.",
        "description": "What lies under a street.",
        "audience": "Engineers of cities",
        "cancellation_policy": "The whole fee goes back until four weeks before the first day.",
        "included": "Lunch on both days",
        "organiser": "Institute of City Works",
    }
    for name, words in both.items():
        page.locator(f"[name={name}_en]").fill(words)
        page.locator(f"[name={name}_zh]").fill(words if name == "title" else f"{words} 中文")
    dates = {"starts_on": FIRST, "ends_on": LAST, "opens_on": TODAY, "closes_on": FIRST - timedelta(days=7)}
    for name, day in dates.items():
        page.locator(f"[name={name}]").fill(day.isoformat())
    page.locator("[name=capacity]").fill("40")
    page.locator("[name=minimum]").fill("12")
    add_a_row(officer, "fees")
    page.locator("[name=fees-0-label_en]").fill("Everyone")
    page.locator("[name=fees-0-label_zh]").fill("统一收费")
    page.locator("[name=fees-0-amount]").fill("540.00")
    add_a_row(officer, "stops")
    page.locator("[name=stops-0-city]").select_option(index=1)
    page.locator("[name=stops-0-from_on]").fill(FIRST.isoformat())
    page.locator("[name=stops-0-to_on]").fill(LAST.isoformat())


def add_a_row(officer: Traveller, rows: str) -> None:
    officer.page.locator(f"[name=do][value=add-{rows}]").click()
    officer.page.wait_for_load_state()
    officer.look()


def write_a_day(officer: Traveller, event: str) -> None:
    page = officer.page
    go(officer, f"/office/events/{event}/itinerary")
    page.locator(".add-day [name$=-on]").fill(FIRST.isoformat())
    page.locator(".add-day ~ p button").click()
    page.wait_for_load_state()
    officer.look()
    page.locator("[name=d0r0-start]").fill("930")
    page.locator("[name=d0r0-kind]").select_option("site_visit")
    for ending, words in PLACE.items():
        page.locator(f"[name=d0r0-title_{ending}]").fill(words)
    send(officer, ".savebar")


def printed(officer: Traveller, kind: str) -> str:
    """Return the words of the working copy that the form of a paper leads to."""
    address = officer.place.site + str(officer.page.locator(f"#issue-{kind}").get_attribute("action")) + ".pdf"
    answer = officer.page.request.get(address, params={"in": "both", "size": "letter"})
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
