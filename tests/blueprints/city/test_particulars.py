"""A city's contact fills in its profile over time, with photographs; nobody else does."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.forms import faults_of, fields_of, page_of, words_of
from tests.hosts import a_host
from tests.staff import sign_in
from tests.visitors import granted
from tourreg.adapters.pictures import LARGEST_PHOTO_FILE
from tourreg.db import db, writing
from tourreg.domain.cities.models import Topic
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars import particulars_of, photos_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

Show = Callable[[datetime], None]
pytestmark = pytest.mark.usefixtures("clock_shows")
TYPED = {
    "name_zh": "达文波特", "government": "council_manager", "staff": "1,000", "budget": "245,000,000",
    "budget_currency": "USD", "budget_year": "2026", "languages": ["en", "es"], "topics": ["fishing"],
    "sisters_en": "Kaiserslautern, Germany", "why_en": "The river",
}  # fmt: skip
TYPED["staff"] = "1000"


@pytest.fixture
def davenport(client: FlaskClient, now: datetime) -> HostProfile:
    """A city whose page this browser has just opened."""
    with writing() as session:
        session.add(Topic(slug="fishing", name=Text("Fishing", "渔业"), active=True))
    profile = a_host("address_confirmed", now=now, place_key="us-1919000")
    granted(client, profile.public_id, at=now)
    return profile


def at(profile: HostProfile) -> str:
    return f"/city/{profile.public_id}/profile"


def saved(client: FlaskClient, address: str, **typed: object) -> TestResponse:
    page = client.get(address)
    return client.post(address, data={**fields_of(page, "particulars"), **typed})


def a_photo(size: tuple[int, int] = (800, 600)) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#225577").save(drawn, "JPEG")
    return drawn.getvalue()


def sent_photo(client: FlaskClient, profile: HostProfile, content: bytes, **typed: str) -> TestResponse:
    token = fields_of(client.get(at(profile)), "photo-form")["csrf_token"]
    fields = {"csrf_token": token, "caption_en": "The river", "photo": (io.BytesIO(content), "river.jpg"), **typed}
    return client.post(f"/city/{profile.public_id}/photos", data=fields, content_type="multipart/form-data")


def test_a_profile_is_filled_in_and_says_what_is_missing(client: FlaskClient, davenport: HostProfile) -> None:
    assert "3 of 12 parts are filled in" in client.get(at(davenport)).text

    assert saved(client, at(davenport), **TYPED).status_code == 303

    db.session.rollback()
    told = particulars_of(davenport)
    assert (told.name, told.population) == (Text("Davenport", "达文波特"), 102_582)
    assert (told.budget, told.staff, told.topics) == (Money(24_500_000_000, "USD"), 1_000, ("fishing",))
    page = client.get(at(davenport))
    assert "10 of 12 parts are filled in" in page.text
    missing = page_of(page).find(".//section[@aria-labelledby='complete']/p[last()]")
    assert words_of(missing) == "Still missing: Why come here, Photographs of the city"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"latitude": "91"}, ["latitude"]),
        ({"latitude": ""}, ["longitude"]),
        ({"population": "-1", "staff": "many"}, ["population", "staff"]),
        ({"budget": "1e9"}, ["budget"]),
        ({"budget": "-5"}, ["budget"]),
        ({"budget_year": "26"}, ["budget_year"]),
        ({"budget_currency": "XXX", "government": "monarchy", "zone": "Mars/Olympus"},
         ["zone", "government", "budget_currency"]),
        ({"name_en": "x" * 121, "why_zh": "😀"}, ["name_en", "why_zh"]),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_said_beside_its_field(
    client: FlaskClient, davenport: HostProfile, typed: dict[str, str], fields: list[str]
) -> None:
    answer = saved(client, at(davenport), **{**TYPED, **typed})

    assert (answer.status_code, list(faults_of(answer))) == (422, fields)
    assert fields_of(answer, "particulars")["sisters_en"] == "Kaiserslautern, Germany"


def test_topics_and_languages_that_there_are_not_are_left_out(client: FlaskClient, davenport: HostProfile) -> None:
    data = MultiDict({**fields_of(client.get(at(davenport)), "particulars")})
    data.setlist("topics", ["fishing", "'; DROP TABLE topics"])
    data.setlist("languages", ["en", "xx"])

    assert client.post(at(davenport), data=data).status_code == 303
    db.session.rollback()
    assert particulars_of(davenport).topics == ("fishing",)
    assert particulars_of(davenport).languages == ("en",)


def test_the_later_of_two_editors_is_told(client: FlaskClient, davenport: HostProfile) -> None:
    first = second = fields_of(client.get(at(davenport)), "particulars")
    assert client.post(at(davenport), data={**first, "staff": "5"}).status_code == 303

    answer = client.post(at(davenport), data={**second, "staff": "6"})
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile" in answer.text

    assert client.post(at(davenport), data=fields_of(answer, "particulars")).status_code == 303
    db.session.rollback()
    assert particulars_of(davenport).staff == 6


def test_a_photograph_is_kept_shown_and_taken_off(client: FlaskClient, davenport: HostProfile) -> None:
    assert sent_photo(client, davenport, a_photo()).status_code == 303

    page = client.get(at(davenport))
    picture = page_of(page).find(".//div[@class='photos']//img")
    assert picture is not None
    assert picture.attrib["alt"] == "The river"
    answer = client.get(picture.attrib["src"])
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    token = fields_of(page, "particulars")["csrf_token"]
    removal = picture.attrib["src"].replace(".jpg", "/removal").partition("?")[0]
    assert client.post(removal, data={"csrf_token": token}).status_code == 303
    assert client.get(picture.attrib["src"]).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no PNG and no JPEG"),
        (b"<script>alert(1)</script>", "no PNG and no JPEG"),
        (b"\xff\xd8\xff cut short", "cannot be read to its end"),
        (a_photo((100, 100)), "too small"),
        (b"\xff\xd8\xff" + bytes(LARGEST_PHOTO_FILE), "more than 20 MB"),
    ],
)
def test_what_is_no_photograph_is_refused(
    client: FlaskClient, davenport: HostProfile, content: bytes, words: str
) -> None:
    answer = sent_photo(client, davenport, content)

    assert answer.status_code == 422
    assert words in faults_of(answer)["photo"]
    assert list(photos_of(davenport)) == []


def test_sixty_megabytes_are_not_read(client: FlaskClient, davenport: HostProfile) -> None:
    assert sent_photo(client, davenport, bytes(60 * 1024 * 1024)).status_code == 413


def test_a_photograph_without_words_is_refused(client: FlaskClient, davenport: HostProfile) -> None:
    assert list(faults_of(sent_photo(client, davenport, a_photo(), caption_en=""))) == ["caption_en"]


def test_another_city_sees_and_changes_nothing(client: FlaskClient, davenport: HostProfile, now: datetime) -> None:
    sent_photo(client, davenport, a_photo())
    photo = photos_of(davenport)[0].public_id
    other = a_host("accepted", now=now, city_name="Dubuque", email="lan@example.org")
    with client.session_transaction() as session:
        session["open"] = {}
    granted(client, other.public_id, at=now)

    token = fields_of(client.get(at(other)), "particulars")["csrf_token"]
    answers = [
        client.get(at(davenport)),
        client.get(f"/city/{davenport.public_id}/photos/{photo}.jpg"),
        client.get(f"/city/{other.public_id}/photos/{photo}.jpg"),
        client.post(at(davenport), data={"csrf_token": token, "staff": "1"}),
        client.post(f"/city/{davenport.public_id}/photos/{photo}/removal", data={"csrf_token": token}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    client.post(f"/city/{other.public_id}/photos/{photo}/removal", data={"csrf_token": token})
    db.session.rollback()
    assert len(photos_of(davenport)) == 1


def test_whoever_came_too_long_ago_opens_a_new_link_first(
    client: FlaskClient, davenport: HostProfile, clock_shows: Show, now: datetime
) -> None:
    clock_shows(now + timedelta(hours=4))

    assert "Open a new link first" in client.get(at(davenport)).text


def test_the_office_fills_in_what_it_knows_and_read_only_members_look(
    client: FlaskClient, davenport: HostProfile
) -> None:
    address = f"/office/hosts/{davenport.public_id}/profile"
    sign_in(client, "programme")
    assert saved(client, address, staff="7").status_code == 303
    db.session.rollback()
    assert particulars_of(davenport).staff == 7

    sign_in(client, "read-only", name="Only Reads")
    page = client.get(address)
    assert page.status_code == 200
    assert '<fieldset class="form" disabled' in page.text


def test_the_office_keeps_nothing_of_a_city_that_nobody_confirmed(client: FlaskClient, now: datetime) -> None:
    profile = a_host(now=now)
    address = f"/office/hosts/{profile.public_id}/profile"
    sign_in(client, "programme")

    answer = saved(client, address, staff="7")

    assert answer.status_code == 303
    assert "nothing is kept of this city" in client.get(address).text
    assert particulars_of(profile).staff is None
