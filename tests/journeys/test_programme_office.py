"""An organizer makes an event, publishes it and prints its itinerary."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_an_event_is_made_published_and_printed(traveller: Callable[..., Traveller], language: str, width: int) -> None:
    officer, visitor = traveller(language, width=width), traveller(language, width=width)
    title = f"Water {uuid4().hex[:6]}"

    sign_in(officer, "programme")
    officer.visit("/office/events")
    go(officer, "/office/events/new")
    fill_in_the_event(officer, title)
    send(officer, "form#event")
    event = officer.page.url.partition("#")[0].rpartition("/")[2]
    go(officer, f"/office/events/{event}/publish")
    send(officer, "main form")
    officer.visit(f"/office/events/{event}/papers")
    for kind in ("itinerary", "roster"):
        printed = officer.page.request.get(f"{officer.place.site}/office/events/{event}/papers/{kind}.pdf?in=both")
        assert printed.body().startswith(b"%PDF")

    visitor.visit(f"/{language}/events")
    visitor.page.get_by_role("link", name=title).first.click()
    visitor.page.wait_for_load_state()
    visitor.look()
    assert title in visitor.text()


def fill_in_the_event(officer: Traveller, title: str) -> None:
    page = officer.page
    first, last = date.today() + timedelta(days=120), date.today() + timedelta(days=121)  # noqa: DTZ011
    page.locator("[name=kind]").select_option("training_forum")
    for name, words in {
        "title": title,
        "summary": "Two days on pipes",
        "description": "What lies under a street.",
    }.items():
        page.locator(f"[name={name}_en]").fill(words)
        page.locator(f"[name={name}_zh]").fill(f"{words} 中文")
    dates = {"starts_on": first, "ends_on": last, "opens_on": date.today(), "closes_on": first - timedelta(days=7)}  # noqa: DTZ011
    for name, day in dates.items():
        page.locator(f"[name={name}]").fill(day.isoformat())
    page.locator("[name=capacity]").fill("40")
    page.locator("[name=minimum]").fill("12")
    if not page.locator("[name=fees-0-label_en]").count():
        page.locator("button[name=do][value=add-fees]").click()
        page.wait_for_load_state()
    page.locator("[name=fees-0-label_en]").fill("Everyone")
    page.locator("[name=fees-0-label_zh]").fill("统一收费")
    page.locator("[name=fees-0-amount]").fill("540.00")
