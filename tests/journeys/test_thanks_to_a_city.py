"""A visit is over: the city reports it on a phone, and the office thanks mayor and council and gives a certificate."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import FilePayload
from sqlalchemy import select

from tests.cast import a_summit
from tests.hosting_cast import answered, asked
from tests.journeys.booking import words_of
from tests.journeys.desk import go, sign_in
from tests.journeys.keyboard import press, write
from tests.journeys.traveller import Traveller, letters_to, link_in
from tourreg import create_app
from tourreg.db import db, writing
from tourreg.demo.servers import Place
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.papers.models import Issuer
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.settings import read_settings

PEOPLE = 14
THREE_DAYS, TWO_MONTHS, SEVEN_WEEKS = timedelta(days=3), timedelta(days=60), timedelta(days=49)
GIFT = "A bus for two days <b>and its driver</b>"
WHY = "It was meant for another programme."
STANDING = {"en": ("In force", "Withdrawn"), "zh": ("有效", "已撤回")}
GPS = 0x8825


@dataclass(frozen=True)
class Visit:
    """A visit that was over three days ago, by the names of its records; letters counts those that its city has had."""

    event: str
    request: str
    profile: str
    email: str
    city: dict[str, str]
    letters: int


@pytest.mark.parametrize(("slug", "theirs", "office"), [("boulder-colorado", "en", "zh"), ("quanzhou", "zh", "en")])
def test_a_city_reports_its_visit_and_is_thanked_in_both_languages(
    traveller: Callable[..., Traveller], slug: str, theirs: str, office: str
) -> None:
    city, officer = traveller(theirs, width=320), traveller(office)
    visit = a_visit_that_is_over(city.place, slug)

    come_in(city, visit)
    report_the_visit(city)
    send_a_photograph(city)
    sign_in(officer, "programme")
    read_the_report(officer, visit)
    number = give_the_certificate(officer, visit)
    read_the_thanks(officer, visit, number)
    hold_the_certificate(city, visit, number)
    revoke_the_certificate(officer, visit, number)
    city.page.reload()
    city.look()
    assert city.page.locator("section:has(#certificates) a[href*='.pdf']").count() == 0


def come_in(city: Traveller, visit: Visit) -> None:
    """Open the letter that asks how it was; the button opens the city's own pages."""
    city.visit(link_in(letters_to(city.place, visit.email)[-1]))
    press(city, "main button.button")
    city.visit(f"/city/{visit.profile}/requests/{visit.request}/after")


def report_the_visit(city: Traveller) -> None:
    """Type, with a value that is none first, and send; what was typed stays."""
    write(city, "#report [name=came_0]", str(PEOPLE))
    write(city, "#report [name=what_0]", GIFT)
    write(city, "#report [name=hours_0]", "12.5")
    write(city, "#report [name=value_0]", "about 900")
    write(city, "#report [name=went_well]", "Both evenings were full.")
    city.page.locator("#report [name=host_again][value=yes]").focus()
    city.page.keyboard.press("Space")
    press(city, "#report button[value=send]")
    assert city.page.locator(".errors a").count() == 1
    assert city.page.locator("#report [name=what_0]").input_value() == GIFT
    city.page.locator("#report [name=value_0]").fill("")
    write(city, "#report [name=value_0]", "900")
    press(city, "#report button[value=send]")
    assert city.page.locator("#report").count() == 0
    assert GIFT in city.page.locator("section:has(#gifts)").inner_text()


def send_a_photograph(city: Traveller) -> None:
    """Send a picture that tells where it was taken, which what is kept does not."""
    go(city, "/files")
    city.page.locator("#add [name=kind]").select_option("photo")
    picture: FilePayload = {"name": "evening.jpg", "mimeType": "image/jpeg", "buffer": a_picture_with_its_place()}
    city.page.locator("#add [name=sent]").set_input_files(picture)
    press(city, "#add button.button")
    link = city.page.locator("section:has(#kept) a[href*='/files/']").first.get_attribute("href")
    kept = Image.open(io.BytesIO(city.page.request.get(f"{city.place.site}{link}").body()))
    assert not kept.getexif().get_ifd(GPS)


def read_the_report(officer: Traveller, visit: Visit) -> None:
    officer.visit(f"/office/events/{visit.event}/hosting/{visit.request}/report")
    assert GIFT in officer.text()
    assert "900.00" in officer.text()


def give_the_certificate(officer: Traveller, visit: Visit) -> str:
    """Issue it in both languages by the keyboard alone; return its number."""
    officer.visit(f"/office/events/{visit.event}/certificates")
    officer.page.locator("#issue [name=language]").select_option("both")
    press(officer, "#issue button.button")
    return officer.page.locator("section:has(#issued) tbody th").first.inner_text().strip()


def read_the_thanks(officer: Traveller, visit: Visit, number: str) -> None:
    """Print the letters to mayor and council in each language; both name the certificate that comes with them."""
    for kind in ("thanks_mayor", "thanks_council"):
        for language, city in visit.city.items():
            officer.visit(f"/office/events/{visit.event}/papers?in={language}&size=letter")
            action = officer.page.locator(f"#issue-{kind}").get_attribute("action")
            whom = officer.page.locator(f"#{kind}-for").input_value()
            answer = officer.page.request.get(f"{officer.place.site}{action}.pdf?in={language}&size=letter&for={whom}")
            words = words_of(answer.body())
            assert city in words
            assert number in words


def hold_the_certificate(city: Traveller, visit: Visit, number: str) -> None:
    """Find it on the city's page once it is made: it says all in both languages, and its verify page that it holds."""
    letters_to(city.place, visit.email, at_least=visit.letters + 1)
    city.visit(f"/city/{visit.profile}/recognition")
    given = city.page.locator("section:has(#certificates) li").filter(has_text=number)
    pdf = given.locator("a[href$='.pdf']")
    pdf.or_(given.locator("a[href*='.pdf']")).first.wait_for()
    words = words_of(city.page.request.get(f"{city.place.site}{pdf.get_attribute('href')}").body())
    assert [part for part in (number, *visit.city.values()) if part not in words] == []
    given.locator("a[href*='/v/']").click()
    city.page.wait_for_load_state()
    city.look()
    assert STANDING[city.language][0] in city.text()
    city.visit(f"/city/{visit.profile}/recognition")


def revoke_the_certificate(officer: Traveller, visit: Visit, number: str) -> None:
    """Take it back by the keyboard; its verify page says so, and to nobody why."""
    officer.visit(f"/office/events/{visit.event}/certificates")
    officer.follow(number)
    verify = officer.page.locator("dd a[href*='/v/']").get_attribute("href") or ""
    write(officer, "#revoke [name=reason]", WHY)
    press(officer, "#revoke button")
    officer.visit(verify)
    assert STANDING[officer.language][1] in officer.text()
    assert WHY not in officer.text()


def a_visit_that_is_over(place: Place, slug: str) -> Visit:
    """Let a tour have been in the city of the sample season three days ago, as it was asked and confirmed in time."""
    now = clock.utc_now()
    with create_app(read_settings(place.environment())).app_context():
        city = db.session.scalars(select(City).where(City.slug == slug)).one()
        profile = db.session.scalars(select(HostProfile).where(HostProfile.city_id == city.id)).one()
        days = Span((now - THREE_DAYS).date(), (now - THREE_DAYS).date())
        event = a_tour_to(city, days, f"over-{uuid4().hex[:8]}")
        deadline = (now - SEVEN_WEEKS).date()
        request = asked(event, None, city=city, days=days, deadline_on=deadline, now=now - TWO_MONTHS).public_id
        answered(request, "confirmed", now=now - TWO_MONTHS, by=actor(profile))
        letters = len(letters_to(place, profile.contact_email, at_least=3))
        return Visit(event.public_id, request, profile.public_id, profile.contact_email, city.name.plain(), letters)


def a_tour_to(city: City, days: Span, slug: str) -> Event:
    """Return a saved tour that came to this city alone, for which people could register until seven weeks before."""
    event = a_summit(
        slug=slug, issuer=the_seller(), kind="study_tour", title=Text("Creeks in Towns", "城镇溪流"), add_ons=[],
        reference_prefix=slug[-4:].upper(), starts_on=days.first_on, ends_on=days.last_on,
        closes_on=days.first_on - SEVEN_WEEKS,
    )  # fmt: skip
    with writing() as session:
        event.stops = [Stop(position=1, city=session.merge(city), from_on=days.first_on, to_on=days.last_on)]
        session.add(event)
    return event


def the_seller() -> Issuer:
    """Return the seller of the sample season."""
    return db.session.scalars(select(Issuer).order_by(Issuer.id)).first() or pytest.fail("the season has no seller")


def a_picture_with_its_place() -> bytes:
    made, place = io.BytesIO(), Image.Exif()
    place.get_ifd(GPS)[1] = "N"
    Image.new("RGB", (640, 480), "teal").save(made, "JPEG", exif=place)
    return made.getvalue()
