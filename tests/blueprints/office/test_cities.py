"""The office's cities: written down once, and chosen by every event."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_published_summit, the_city
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tests.races import sent_at_once
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

pytestmark = pytest.mark.usefixtures("clock_shows")
INDEX, NEW = "/office/cities", "/office/cities/new"


@pytest.fixture
def dubuque(officer: FlaskClient) -> Fields:
    return {
        **fields_of(officer.get(NEW), "city"),
        "name_en": "Dubuque", "name_zh": "迪比克", "region_en": "Iowa", "region_zh": "艾奥瓦州", "country": "US",
        "zone": "America/Chicago", "latitude": "42.5", "longitude": "−90.66", "population": "59667",
        "population_source_en": "2020 Census",
    }  # fmt: skip


def cities() -> list[City]:
    db.session.rollback()
    return list(db.session.scalars(select(City).order_by(City.id)))


def test_a_city_is_written_down_and_can_be_chosen(officer: FlaskClient, dubuque: Fields) -> None:
    assert officer.post(NEW, data=dubuque).status_code == 303

    city = cities()[0]
    assert (city.slug, city.name, city.longitude, city.population) == (
        "dubuque",
        Text("Dubuque", "迪比克"),
        -90.66,
        59_667,
    )
    event = a_published_summit()
    options = page_of(officer.get(f"/office/events/{event.public_id}")).findall(".//select[@id='stops-0-city']/option")
    assert "Dubuque, Iowa" in [words_of(option) for option in options]


def test_a_city_is_looked_up_instead_of_typing_coordinates(officer: FlaskClient) -> None:
    found = officer.get(f"{NEW}?q=dubuque")
    link = next(link.attrib["href"] for link in page_of(found).findall(".//main//ul//a"))

    fields = fields_of(officer.get(link), "city")

    named = {name: fields[name] for name in ("name_en", "name_zh", "region_zh", "country", "zone", "latitude")}
    assert named == {
        "name_en": "Dubuque", "name_zh": "", "region_zh": "艾奥瓦州", "country": "US", "zone": "America/Chicago",
        "latitude": "42.4989",
    }  # fmt: skip
    assert officer.post(NEW, data={**fields, "name_zh": "迪比克"}).status_code == 303
    assert "GeoNames" in cities()[0].population_source.en


def test_a_form_sent_twice_makes_one_city(officer: FlaskClient, dubuque: Fields) -> None:
    answers = [officer.post(NEW, data=dubuque).location for _ in range(2)]

    assert answers == [INDEX, INDEX]
    assert len(cities()) == 1


@pytest.mark.both
def test_cities_of_one_name_written_down_at_once_get_an_address_each(
    app: Flask, officer: FlaskClient, dubuque: Fields
) -> None:
    states = (("Iowa", "艾奥瓦州"), ("Indiana", "印第安纳州"), ("Pennsylvania", "宾夕法尼亚州"))
    forms = [
        {**dubuque, "submission_key": new_public_id(), "region_en": english, "region_zh": chinese}
        for english, chinese in states
    ]

    answers = sent_at_once(app, officer, NEW, forms)

    assert [answer.status_code for answer in answers] == [303] * 3
    assert {city.slug for city in cities()} == {"dubuque", "dubuque-2", "dubuque-3"}


@pytest.mark.both
def test_a_city_that_two_members_write_down_at_once_is_entered_once(
    app: Flask, officer: FlaskClient, dubuque: Fields
) -> None:
    forms = [{**dubuque, "submission_key": new_public_id()} for _ in range(2)]

    answers = sent_at_once(app, officer, NEW, forms)

    refused = next(answer for answer in answers if answer.status_code == 422)
    assert list(faults_of(refused)) == ["name_en"]
    assert fields_of(refused, "city")["population"] == "59667"
    assert [city.slug for city in cities()] == ["dubuque"]


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "name_en": "", "name_zh": "\N{BUG}", "region_en": "x" * 121, "country": "XX", "zone": "Mars/Olympus",
            "latitude": "91", "longitude": "east", "population": "-1",
        },
        {"name_zh": "", "region_zh": "", "latitude": "nan", "longitude": "180.1", "population": "1e9"},
        {"zone": "", "latitude": "", "longitude": ""},
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_said_beside_its_field(officer: FlaskClient, dubuque: Fields, wrong: Fields) -> None:
    answer = officer.post(NEW, data={**dubuque, **wrong})

    assert (answer.status_code, list(faults_of(answer))) == (422, list(wrong))
    again = fields_of(answer, "city")
    kept = [name for name in dubuque if name not in wrong and name != "csrf_token"]
    assert {name: again[name] for name in kept} == {name: dubuque[name] for name in kept}
    assert cities() == []


def test_the_later_of_two_editors_is_told(officer: FlaskClient) -> None:
    with writing():
        city = the_city("yangzhou")
    address = f"/office/cities/{city.public_id}"
    first = second = fields_of(officer.get(address), "city")
    assert officer.post(address, data={**first, "population": "1"}).status_code == 303

    answer = officer.post(address, data={**second, "summary_en": "Water"})
    assert answer.status_code == 409
    assert "Ren Hui saved this city" in words_of(page_of(answer).find(".//div[@role='alert']"))
    assert (cities()[0].population, cities()[0].summary.en) == (1, "")

    assert officer.post(address, data=fields_of(answer, "city")).status_code == 303
    assert cities()[0].summary.en == "Water"


def test_saving_what_stands_there_already_changes_nothing(officer: FlaskClient) -> None:
    with writing():
        city = the_city("yangzhou")
    address = f"/office/cities/{city.public_id}"
    fields = fields_of(officer.get(address), "city")

    officer.post(address, data=fields)

    assert {**fields_of(officer.get(address), "city"), "csrf_token": ""} == {**fields, "csrf_token": ""}


def test_a_reader_reads_and_changes_nothing(client: FlaskClient, app: Flask) -> None:
    with writing():
        city = the_city("yangzhou")
    sign_in(client, "read-only")
    address = f"/office/cities/{city.public_id}"

    sent = fields_of(client.get(address), "city")

    assert client.post(address, data={**sent, "population": "5"}).status_code == 403
    assert client.get(NEW).status_code == 403
