"""Two people wish to share a room: the office shares the rooms out, and the hotel's list has them in one."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pypdf
import pytest
from playwright.sync_api import Locator

from tests.cast import a_fee, a_person, a_published_summit, a_registration
from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller
from tests.travel_cast import TWIN
from tourreg import create_app
from tourreg.db import writing
from tourreg.demo.servers import Place
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock
from tourreg.settings import read_settings

PEOPLE = (("Chen", "Guoliang", "陈国梁"), ("Vega", "Marisol", ""), ("Han", "Xuemei", "韩雪梅"))


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("zh", 320, False)])
def test_two_who_wish_each_other_have_one_room_on_the_hotels_list(
    traveller: Callable[..., Traveller], language: str, width: int, scripts: bool
) -> None:
    officer = traveller(language, width=width, scripts=scripts)
    event = an_event_with_people(officer.place)
    sign_in(officer, "programme")
    officer.visit(f"/office/events/{event}")
    go(officer, f"/office/events/{event}/hotels")
    book_a_hotel(officer, event)
    go(officer, "/rooms")
    write_a_wish(officer, "CHEN", "Han Xuemei")
    write_a_wish(officer, "HAN", "陈国梁")

    send(officer, "#accept")
    assert rooms_of(officer) == {"Guoliang": "1", "Marisol": "2", "Xuemei": "1"}

    move(officer, "VEGA", "5", dragged=scripts)
    assert rooms_of(officer) == {"Guoliang": "1", "Marisol": "5" if not scripts else "3", "Xuemei": "1"}
    assert "CHEN Guoliang 陈国梁" in printed(officer)


def an_event_with_people(place: Place) -> str:
    """Write an event for which three people are sure; return its public id."""
    now = clock.utc_now()
    with create_app(read_settings(place.environment())).app_context():
        opens_on, slug = now.date() - timedelta(days=2), f"rooms-{uuid4().hex[:6]}"
        event = a_published_summit(slug, opens_on=opens_on, fees=[a_fee("Full fee", "全价")], add_ons=[])
        people = [replace(a_person(surname, given, native=native), country="CN") for surname, given, native in PEOPLE]
        registration = a_registration(event, *people, now=now)
        with writing() as session:
            confirm(session.get_one(Registration, registration.id), now=now, by="staff:journey")
            session.get_one(Event, event.id).state = "closed"
        return event.public_id


def book_a_hotel(officer: Traveller, event: str) -> None:
    page = officer.page
    go(officer, f"/office/events/{event}/hotels/new")
    typed = {
        "hotel_en": "Canal House", "hotel_zh": "运河之家", "check_in_on": date(2027, 10, 19).isoformat(),
        "check_out_on": date(2027, 10, 22).isoformat(), "contract": "CH-1", "types-0-label_en": TWIN.label.en,
        "types-0-sleeps": "2", "types-0-contracted": "6", "types-0-rate": "480.00",
    }  # fmt: skip
    for name, words in typed.items():
        page.locator(f"[name='{name}']").fill(words)
    send(officer, "#hotel")


def write_a_wish(officer: Traveller, surname: str, mate: str) -> None:
    row_of(officer, surname).locator("a").click()
    officer.page.wait_for_load_state()
    officer.page.locator("[name=mate]").fill(mate)
    officer.page.locator("[name=agreed]").check()
    send(officer, "#wish")


def move(officer: Traveller, surname: str, number: str, *, dragged: bool) -> None:
    """Move somebody to another room by its number, or drag them to the place for a new one."""
    row = row_of(officer, surname)
    if dragged:
        row.locator(".grip").drag_to(officer.page.locator("tbody.vacant.by-hand"))
    else:
        row.locator("input[name$='-room']").fill(number)
    send(officer, "#rooms .savebar")


def row_of(officer: Traveller, surname: str) -> Locator:
    return officer.page.locator(f"tr[data-who*='{surname}']")


def rooms_of(officer: Traveller) -> dict[str, str]:
    """Return the room that the sheet has for each person, by given name."""
    return {
        given: row_of(officer, surname.upper()).locator("input[name$='-room']").input_value()
        for surname, given, _native in PEOPLE
    }


def printed(officer: Traveller) -> str:
    """Return the words of the rooming list that the page leads to."""
    address = officer.page.locator("a[href*='rooming_list.pdf']").get_attribute("href")
    answer = officer.page.request.get(officer.place.site + str(address) + "&in=both&size=a4")
    assert answer.headers["content-type"] == "application/pdf"
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    return " ".join(words.split())
