"""An organizer finds cities for the legs of a tour, keeps one, searches again and asks; the cities answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from playwright.sync_api import Page
from sqlalchemy import select

from tests.journeys.desk import go, send, sign_in, text_of_letter
from tests.journeys.traveller import Traveller, letters_to, link_in
from tourreg import create_app
from tourreg.db import db
from tourreg.demo.servers import Place
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.settings import read_settings

ANSWER_BY = datetime.now(UTC).date() + timedelta(days=20)
PATIENCE = 60_000
ANSWERS = ("confirmed", "confirmed", "countered")


@dataclass(frozen=True)
class Asked:
    """What a city was asked: the request's name, the offer, where letters go, and the days."""

    request: str
    offer: str
    email: str
    first_on: str
    last_on: str


def test_an_organizer_keeps_a_city_asks_three_and_two_confirm(traveller: Callable[..., Traveller]) -> None:
    officer = traveller("en")
    sign_in(officer, "programme")
    event = event_of(officer.place, "districts-around-transit")

    before = counts_of(officer, event, ("Confirmed", "Other dates proposed"))
    officer.visit(f"/office/events/{event}/legs")
    go(officer, "/routes")
    kept = keep_the_first_city_of_the_second_route(officer)
    asked = [ask_by_keyboard(officer, event) for _city in range(3)]

    assert f"{asked[0].offer}@{asked[0].first_on}" == kept
    answer_each(traveller, asked, event)
    after = counts_of(officer, event, ("Confirmed", "Other dates proposed"))
    assert [now - then for now, then in zip(after, before, strict=True)] == [2, 1]
    officer.visit(f"/office/events/{event}/itinerary")
    assert all(day in officer.page.content() for day in (asked[0].first_on, asked[1].first_on))


def test_on_a_phone_in_chinese_a_tour_without_a_route_gets_one(traveller: Callable[..., Traveller]) -> None:
    officer = traveller("zh", width=320)
    sign_in(officer, "programme")
    event = event_of(officer.place, "old-quarters-new-uses")

    officer.visit(f"/office/events/{event}/routes")
    assert "没有可行路线" in officer.text()
    assert "第4段：改为" in officer.text()
    officer.visit(f"/office/events/{event}/legs")
    officer.page.get_by_role("link", name=re.compile("^变更")).last.click()
    officer.page.locator("#leg [name=people]").fill("16")
    send(officer, "#leg")
    officer.visit(f"/office/events/{event}/routes")
    send(officer, "#search")
    wait_for_routes(officer.page)
    asked = [ask_by_keyboard(officer, event) for _city in range(2)]

    answer_each(traveller, asked, event, language="zh", width=320)
    assert counts_of(officer, event, ("已确认",)) == [2]


def counts_of(officer: Traveller, event: str, states: tuple[str, ...]) -> list[int]:
    """Return how many requests of the event stand in each state."""
    officer.visit(f"/office/events/{event}/hosting")
    return [officer.page.get_by_text(state, exact=True).count() for state in states]


def keep_the_first_city_of_the_second_route(officer: Traveller) -> str:
    """Tick it and search again, by the keyboard alone; return what is kept of it."""
    tick = officer.page.locator("#keep-2 input[type=checkbox]").first
    kept = tick.get_attribute("value") or ""
    tick.focus()
    officer.page.keyboard.press("Space")
    officer.page.locator("#keep-2 .actions button").last.focus()
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    wait_for_routes(officer.page)
    officer.look()
    firsts = {
        box.get_attribute("value")
        for number in (1, 2, 3)
        for box in officer.page.locator(f"#keep-{number} input[type=checkbox]").all()[:1]
    }
    assert firsts == {kept}
    return kept


def wait_for_routes(page: Page) -> None:
    """Wait until the page that looks again by itself shows what the search has found."""
    page.locator("#progress[data-state=done] #keep-1, #keep-1").first.wait_for(timeout=PATIENCE)


def ask_by_keyboard(officer: Traveller, event: str) -> Asked:
    """Ask the next city of the first route that is not asked yet; the form has its days and aims already."""
    officer.visit(f"/office/events/{event}/routes")
    link = officer.page.locator("#keep-1 a.button").first
    link.focus()
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    whom, first_on, last_on = (
        officer.page.locator(f"#ask [name={name}]").input_value() for name in ("whom", "first_on", "last_on")
    )
    officer.page.locator("#ask [name=deadline_on]").fill(ANSWER_BY.isoformat())
    assert officer.page.locator("#ask [name=words]").input_value().startswith("Sample.")
    officer.page.locator("#ask button.button").focus()
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    officer.look()
    assert officer.page.locator(".errors").all_inner_texts() == []
    offer = whom.partition(":")[2]
    request = officer.page.url.rpartition("/")[2].partition("?")[0]
    return Asked(request, offer, email_of(officer.place, offer), first_on, last_on)


def answer_each(
    traveller: Callable[..., Traveller], asked: list[Asked], event: str, *, language: str = "en", width: int = 320
) -> None:
    """Let each city open its letter on a phone and answer; opening alone changes nothing."""
    pages = []
    for request, answer in zip(asked, ANSWERS, strict=False):
        city = traveller(language, width=width)
        city.visit(link_in(letter_about(city.place, request)))
        send(city, "main")
        if "/requests/" not in city.page.url:
            go(city, "/requests")
            city.page.locator("main ul a").first.click()
            city.page.wait_for_load_state()
        city.page.locator(f"#reply input[value={answer}]").check()
        if answer == "countered":
            city.page.locator("#reply [name=first_on]").fill(a_week_after(request.first_on))
            city.page.locator("#reply [name=last_on]").fill(a_week_after(request.last_on))
            city.page.locator("#reply [name=words]").fill("The council sits that week.")
        city.page.locator("#reply [name=name]").fill("Alex Sample")
        send(city, "#reply")
        pages.append((city, city.page.url))
    for (city, _own), (_other, theirs) in zip(pages, pages[1:] + pages[:1], strict=True):
        answer_to_stranger = city.visit(theirs)
        assert answer_to_stranger is not None
        assert answer_to_stranger.status == 404


def letter_about(place: Place, asked: Asked) -> EmailMessage:
    """Return the letter that leads to the request; the city may have had others before."""
    count = 1
    while True:
        letters = letters_to(place, asked.email, at_least=count)
        found = [letter for letter in letters if asked.request in text_of_letter(letter)]
        if found:
            return found[-1]
        count = len(letters) + 1


def a_week_after(day: str) -> str:
    return (datetime.fromisoformat(day) + timedelta(days=7)).date().isoformat()


def event_of(place: Place, slug: str) -> str:
    with create_app(read_settings(place.environment())).app_context():
        return db.session.scalars(select(Event.public_id).where(Event.slug == slug)).one()


def email_of(place: Place, offer: str) -> str:
    """Return where letters to the city of an offer go; contacts of the sample cities are called by the city's slug."""
    with create_app(read_settings(place.environment())).app_context():
        its_city = select(City.slug).join(HostOffer, HostOffer.city_id == City.id)
        return f"{db.session.scalars(its_city.where(HostOffer.public_id == offer)).one()}@example.org"
