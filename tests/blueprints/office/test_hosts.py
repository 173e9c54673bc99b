"""The office finds host cities, reads what they offer, and answers once."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import saved, the_city
from tests.forms import Fields, faults_of, fields_of, page_of, send, words_of
from tests.hosts import ANSWER, OFFER, a_host
from tests.races import all_at_once, sent_at_once
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact, Offer
from tourreg.domain.outbox.models import Letter

NEW_CITY = {
    "city-name_en": "Davenport",
    "city-name_zh": "达文波特",
    "city-region_en": "Iowa",
    "city-region_zh": "艾奥瓦州",
    "city-zone": "America/Chicago",
    "city-latitude": "41.52",
    "city-longitude": "−90.58",
}
pytestmark = pytest.mark.usefixtures("clock_shows")


def test_the_list_counts_every_state_and_shows_one(officer: FlaskClient, now: datetime) -> None:
    a_host("address_confirmed", city_name="Dubuque", now=now)
    a_host("declined", city_name="Tacoma", now=now)

    page = officer.get("/office/hosts?state=address_confirmed")

    assert views(page) == ["All 2", "To answer 1", "Accepted as host 0", "Declined 1", "Not confirmed 0"]
    assert cities_of(page) == ["Dubuque"]


def test_a_city_is_found_in_either_script(officer: FlaskClient, now: datetime) -> None:
    a_host(city_name="厦门", region="福建", country="CN", now=now)
    a_host(now=now)

    assert cities_of(officer.get("/office/hosts?q=xiamen")) == ["厦门"]


@pytest.mark.parametrize("query", ["state=nonsense", "page=9999999", "page=-1", "page=x", "state=accepted'--"])
def test_what_the_address_cannot_ask_for_counts_as_left_out(officer: FlaskClient, now: datetime, query: str) -> None:
    a_host(now=now)

    page = officer.get(f"/office/hosts?{query}")

    assert (page.status_code, cities_of(page)) == (200, ["Davenport"])


def test_a_long_list_goes_by_pages(officer: FlaskClient, now: datetime) -> None:
    for day in range(27):
        a_host(city_name=f"City {day:02}", now=now + timedelta(days=day))

    assert cities_of(officer.get("/office/hosts?page=2")) == ["City 01", "City 00"]


def test_an_empty_list_says_how_it_fills(officer: FlaskClient) -> None:
    assert "No host cities yet" in officer.get("/office/hosts").text
    assert "Nothing fits" in officer.get("/office/hosts?q=nowhere").text
    assert "None in this state" in officer.get("/office/hosts?state=declined").text


def test_a_profile_shows_the_citys_words_and_its_history(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    with writing():
        commands.revise(
            profile,
            Offer(OFFER.offers, "Only October", 24),
            phone="",
            now=now + timedelta(hours=1),
            by=commands.actor(profile),
        )

    page = officer.get(address(profile))

    assert "Power from sludge, and two schools after their retrofit." in page.text
    assert "The contact changed it after the answer" in page.text
    assert [line for line in history(page) if line.startswith("When")] == ["When: April, May or October → Only October"]
    assert "Offer accepted" in history(page)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "مدينة", "a" * 4000])
def test_hostile_words_stay_words(officer: FlaskClient, now: datetime, text: str) -> None:
    profile = a_host(offer=Offer(text, text[:2000]), city_name=text[:120], now=now)

    page = page_of(officer.get(address(profile)))

    assert text in words_of(page.find(".//dl"))


@pytest.mark.both
def test_accepting_for_a_city_of_the_list_writes_to_the_contact(officer: FlaskClient, now: datetime) -> None:
    profile, davenport = a_host("address_confirmed", now=now), saved(the_city("davenport"))

    answer = send(officer, address(profile), "accept", **{"accept-answer": ANSWER})

    profile = reread(profile)
    assert answer.status_code == 303
    assert (profile.state, profile.answer, profile.city_id) == ("accepted", ANSWER, davenport.id)
    assert letters()[-1] == "host_accepted"
    assert "Accepted. The letter is on its way." in officer.get(answer.location).text


@pytest.mark.both
def test_accepting_enters_a_city_that_is_not_on_the_list(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    send(officer, address(profile), "accept", **{"accept-answer": ANSWER, **NEW_CITY})

    city = db.session.scalars(select(City)).one()
    assert (reread(profile).city_id, city.slug, city.country) == (city.id, "davenport", "US")
    assert (city.name.zh, city.region.zh, city.longitude) == ("达文波特", "艾奥瓦州", -90.58)


def test_the_form_proposes_the_city_of_the_sign_up_in_either_language(officer: FlaskClient, now: datetime) -> None:
    davenport = saved(the_city("davenport"))
    saved(the_city("charlotte"))
    chinese = a_host("address_confirmed", city_name="达文波特", region="艾奥瓦", language="zh", now=now)

    assert fields_of(officer.get(address(chinese)), "accept")["accept-city"] == davenport.public_id


@pytest.mark.parametrize("region", ["Florida", "FL", "Nowhere"])
def test_a_city_of_the_same_name_in_another_state_is_not_proposed(
    officer: FlaskClient, now: datetime, region: str
) -> None:
    saved(the_city("davenport"))
    other = a_host("address_confirmed", region=region, now=now)

    assert fields_of(officer.get(address(other)), "accept")["accept-city"] == "new"


@pytest.mark.parametrize(
    ("region", "offered"), [("IA", ["Davenport"]), ("Iowa", ["Davenport"]), ("Nowhere", ["Charlotte", "Davenport"])]
)
def test_the_cities_of_the_state_are_offered_or_all_where_none_is_known_there(
    officer: FlaskClient, now: datetime, region: str, offered: list[str]
) -> None:
    saved(the_city("davenport"))
    saved(the_city("charlotte"))
    profile = a_host("address_confirmed", city_name="Bettendorf", region=region, now=now)

    page = page_of(officer.get(address(profile)))

    listed = [words_of(each).split(",")[0] for each in page.findall(".//select[@id='accept-city']/option")]
    assert sorted(listed[:-1]) == offered


def test_a_new_city_that_is_on_the_list_in_another_state_is_chosen_there(officer: FlaskClient, now: datetime) -> None:
    davenport = saved(the_city("davenport"))
    profile = a_host("address_confirmed", region="Florida", now=now)

    page = send(officer, address(profile), "accept", **{"accept-answer": ANSWER, "accept-city": "new", **NEW_CITY})

    assert (page.status_code, list(faults_of(page))) == (422, ["accept-city"])
    assert officer.post(f"{address(profile)}/accept", data=fields_of(page, "accept")).status_code == 303
    assert reread(profile).city_id == davenport.id


@pytest.mark.both
def test_two_who_signed_the_same_new_city_up_speak_for_one_city(officer: FlaskClient, now: datetime) -> None:
    first = a_host("address_confirmed", now=now)
    second = a_host("address_confirmed", email="lan@example.org", now=now)
    as_opened = {**fields_of(officer.get(address(second)), "accept"), "accept-answer": ANSWER, **NEW_CITY}
    send(officer, address(first), "accept", **{"accept-answer": ANSWER, **NEW_CITY})

    page = officer.post(f"{address(second)}/accept", data=as_opened)

    city = db.session.scalars(select(City)).one()
    assert (page.status_code, list(faults_of(page))) == (422, ["accept-city"])
    assert fields_of(page, "accept")["accept-city"] == city.public_id
    officer.post(f"{address(second)}/accept", data={**fields_of(page, "accept")})
    assert (reread(second).state, reread(second).city_id) == ("accepted", city.id)


@pytest.mark.both
def test_two_who_are_accepted_at_once_for_the_same_new_city_enter_it_once(
    app: Flask, officer: FlaskClient, now: datetime
) -> None:
    hosts = [a_host("address_confirmed", email=f"{name}@example.org", now=now) for name in ("joanne", "lan")]
    forms = [
        (f"{address(one)}/accept",
         {**fields_of(officer.get(address(one)), "accept"), "accept-answer": ANSWER, **NEW_CITY})
        for one in hosts
    ]  # fmt: skip

    db.session.rollback()
    answers = all_at_once(app, [partial(sent_by_another_browser, app, officer, *form) for form in forms])

    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert len(db.session.scalars(select(City)).all()) == 1


def sent_by_another_browser(app: Flask, signed_in: FlaskClient, to: str, form: Fields) -> TestResponse:
    browser, cookie = app.test_client(), signed_in.get_cookie("session")
    assert cookie is not None
    browser.set_cookie("session", cookie.value)
    return browser.post(to, data=form)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["accept-answer"]),
        ({"accept-answer": "x" * 2001}, ["accept-answer"]),
        ({"accept-answer": ANSWER, "accept-city": "nowhere"}, ["accept-city"]),
        ({"accept-answer": ANSWER, "city-name_zh": ""}, ["city-name_zh"]),
        ({"accept-answer": ANSWER, "city-zone": "Mars/Olympus"}, ["city-zone"]),
        ({"accept-answer": ANSWER, "city-latitude": "91"}, ["city-latitude"]),
        ({"accept-answer": ANSWER, "city-latitude": "north"}, ["city-latitude"]),
        ({"accept-answer": ANSWER, "city-longitude": "-180.5"}, ["city-longitude"]),
        ({"accept-answer": ANSWER, "city-latitude": "nan"}, ["city-latitude"]),
    ],
)  # fmt: skip
def test_a_fault_keeps_what_was_typed_and_answers_nobody(
    officer: FlaskClient, now: datetime, typed: dict[str, str], wrong: list[str]
) -> None:
    profile = a_host("address_confirmed", now=now)

    page = send(officer, address(profile), "accept", **{**NEW_CITY, **typed})

    assert page.status_code == 422
    assert list(faults_of(page)) == wrong
    assert fields_of(page, "accept")["city-region_zh"] == "艾奥瓦州"
    assert '<details class="fold" open>' in page.text or "accept-city" in wrong
    assert reread(profile).state == "address_confirmed"
    assert db.session.scalars(select(City)).all() == []


@pytest.mark.both
def test_a_second_click_answers_nothing_more(app: Flask, officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    form = {**fields_of(officer.get(address(profile)), "accept"), "accept-answer": ANSWER, **NEW_CITY}

    answers = sent_at_once(app, officer, f"{address(profile)}/accept", [form] * 4)

    db.session.rollback()
    assert [answer.status_code for answer in answers] == [303] * 4
    assert letters().count("host_accepted") == 1
    assert len(db.session.scalars(select(City)).all()) == 1


def test_a_colleagues_answer_is_not_turned_round_unseen(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    form = {**fields_of(officer.get(address(profile)), "decline"), "decline-answer": "We have no group for you."}
    send(officer, address(profile), "accept", **{"accept-answer": ANSWER, **NEW_CITY})

    page = officer.post(f"{address(profile)}/decline", data=form)

    assert page.status_code == 422
    assert "it now says “Accepted as host”" in page.text
    assert fields_of(page, "decline")["decline-answer"] == "We have no group for you."
    assert reread(profile).state == "accepted"

    again = officer.post(f"{address(profile)}/decline", data=fields_of(page, "decline"))

    assert (again.status_code, reread(profile).state) == (303, "declined")


def test_declining_goes_out_with_its_sentence(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    answer = send(officer, address(profile), "decline", **{"decline-answer": "We have no group for you."})

    assert reread(profile).answer == "We have no group for you."
    assert letters()[-1] == "host_declined"
    assert "Declined. The letter is on its way." in officer.get(answer.location).text


def test_an_unconfirmed_offer_can_only_be_declined_and_without_a_letter(officer: FlaskClient, now: datetime) -> None:
    profile = a_host(now=now)
    page = officer.get(address(profile))
    assert 'id="accept"' not in page.text

    answer = send(officer, address(profile), "decline", **{"decline-answer": "Not a city."})

    assert letters() == ["host_confirm"]
    assert "No letter goes out" in officer.get(answer.location).text


def test_an_unconfirmed_offer_cannot_be_accepted_by_hand(officer: FlaskClient, now: datetime) -> None:
    profile = a_host(now=now)
    form = fields_of(officer.get(address(profile)), "decline")
    typed = {
        "csrf_token": form["csrf_token"],
        "accept-answer": ANSWER,
        "accept-city": "new",
        "accept-seen": "signed_up",
    }

    page = officer.post(f"{address(profile)}/accept", data={**typed, **NEW_CITY})

    assert page.status_code == 422
    assert "Nobody has confirmed the address yet" in page.text
    assert reread(profile).state == "signed_up"


@pytest.mark.parametrize("role", ["finance", "read-only", "programme"])
def test_only_programme_officers_and_administrators_answer(client: FlaskClient, now: datetime, role: str) -> None:
    profile = a_host("address_confirmed", now=now)
    sign_in(client, role)

    page = client.get(address(profile))
    form = {"csrf_token": csrf_token(client), "decline-answer": ANSWER, "decline-seen": "address_confirmed"}
    answer = client.post(f"{address(profile)}/decline", data=form)

    assert page.status_code == 200
    assert ('id="decline"' in page.text) == (role == "programme")
    assert answer.status_code == (303 if role == "programme" else 403)


def test_strangers_are_sent_to_sign_in(client: FlaskClient, now: datetime) -> None:
    profile = a_host(now=now)

    for where in ("/office/hosts", address(profile)):
        assert client.get(where).status_code == 303


def test_a_profile_that_is_not_there_is_not_found(officer: FlaskClient) -> None:
    assert officer.get("/office/hosts/no-such-profile").status_code == 404


def test_a_contacts_name_stands_in_the_history(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", contact=Contact("苏明玥", "副处长", "mingyue@example.org"), now=now)

    assert any(line.startswith("苏明玥, ") for line in history(officer.get(address(profile))))


def address(profile: HostProfile) -> str:
    return f"/office/hosts/{profile.public_id}"


def reread(profile: HostProfile) -> HostProfile:
    db.session.rollback()
    return db.session.get_one(HostProfile, profile.id)


def csrf_token(client: FlaskClient) -> str:
    token = page_of(client.get("/office/account")).find(".//input[@name='csrf_token']")
    assert token is not None
    return token.attrib["value"]


def letters() -> list[str]:
    return list(db.session.scalars(select(Letter.template).order_by(Letter.id)))


def views(page: TestResponse) -> list[str]:
    nav = page_of(page).find(".//nav[@class='views']")
    assert nav is not None
    return [words_of(link) for link in nav.findall("a")]


def cities_of(page: TestResponse) -> list[str]:
    return [words_of(link) for link in page_of(page).findall(".//tbody//th/a")]


def history(page: TestResponse) -> list[str]:
    return [words_of(line) for line in page_of(page).findall(".//ol[@class='history']//p")]


def test_a_personal_address_is_marked_and_accepted_once_the_office_was_confirmed(
    officer: FlaskClient, now: datetime
) -> None:
    profile, city = a_host("address_confirmed", email="joanne@gmail.com", now=now), saved(the_city("davenport"))
    address = f"/office/hosts/{profile.public_id}"
    assert "Personal address" in officer.get(address).text
    typed = {"accept-answer": ANSWER, "accept-city": city.public_id}

    refused = send(officer, address, "accept", **typed)
    assert refused.status_code == 422
    assert "Note how you confirmed" in refused.text

    told = "The city hall’s own number put us through to her."
    send(officer, address, "accept", **typed, **{"accept-office_confirmed": told})
    db.session.rollback()
    assert (profile.state, profile.office_confirmed) == ("accepted", told)
    assert told in officer.get(address).text


def test_an_official_address_asks_for_no_note(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    page = officer.get(f"/office/hosts/{profile.public_id}")

    assert "accept-office_confirmed" not in fields_of(page, "accept")
    assert "Personal address" not in page.text


def test_a_place_of_the_list_fills_the_new_city_in(officer: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now, place_key="us-1919000")
    address = f"/office/hosts/{profile.public_id}"

    fields = fields_of(officer.get(address), "accept")
    assert (fields["city-zone"], fields["city-latitude"]) == ("America/Chicago", "41.5568")

    typed = {"accept-answer": ANSWER, "city-name_zh": "达文波特", "accept-city": "new"}
    assert send(officer, address, "accept", **typed).status_code == 303
    city = db.session.scalars(select(City)).one()
    assert (city.region.zh, city.population, city.population_source.en[:8]) == ("艾奥瓦州", 102_582, "GeoNames")


def test_others_who_signed_up_the_same_city_are_shown(officer: FlaskClient, now: datetime) -> None:
    first = a_host("accepted", now=now)
    second = a_host("address_confirmed", now=now, email="lan@example.org", contact=Contact("Lan Zhou", "", "l@x.org"))
    third = a_host("address_confirmed", now=now, region="Florida")

    page = officer.get(f"/office/hosts/{second.public_id}").text

    assert "Others have signed this city up too" in page
    assert f"/office/hosts/{first.public_id}" in page
    assert f"/office/hosts/{third.public_id}" not in page
