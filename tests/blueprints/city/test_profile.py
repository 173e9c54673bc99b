"""A city's own page: who may open it, what it says in each state, and changing the offer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import a_published_summit, a_registration, a_study_tour, saved
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.hosts import ANSWER, OFFER, a_host, changes_of
from tests.notice_cast import OPENING, WALK, a_receiving_city, issue, item_of
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN
from tourreg.db import db, writing
from tourreg.domain.accounts.models import OneTimeLink, Person
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact, Offer
from tourreg.domain.itineraries.details import Details
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

Show = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


def test_the_page_is_open_to_a_browser_that_used_its_link(client: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    opened(client, profile, at=now)

    page = client.get(address(profile))

    assert page.status_code == 200
    assert "Your offer is on our desk" in page.text
    assert OFFER.offers in page.text


def test_the_page_is_open_to_its_signed_in_contact(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    signed_in(client, "Joanne@example.org", at=now)

    assert client.get(address(profile)).status_code == 200


@pytest.mark.parametrize("who", ["nobody", "another city", "another person"])
def test_to_others_a_page_looks_as_if_it_were_not_there(client: FlaskClient, now: datetime, who: str) -> None:
    profile, other = a_host("accepted", now=now), a_host("accepted", email="lan@example.org", now=now)
    if who == "another city":
        opened(client, other, at=now)
    if who == "another person":
        signed_in(client, "lan@example.org", at=now)

    answers = [
        client.get(address(profile)),
        client.get(f"{address(profile)}/offer"),
        client.get("/city/no-such-city"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert all("Davenport" not in answer.text and "joanne" not in answer.text for answer in answers)


def test_an_address_that_nobody_confirmed_opens_no_page(client: FlaskClient, now: datetime) -> None:
    profile = a_host(now=now)
    signed_in(client, "joanne@example.org", at=now)

    assert client.get(address(profile)).status_code == 404


def test_a_link_that_was_taken_back_opens_nothing_more(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)
    saved(
        OneTimeLink(
            purpose="host_profile", subject=profile.public_id, token_hash="x", created_at=now,
            expires_at=now + timedelta(days=1), revoked_at=now + timedelta(minutes=1),
        )
    )  # fmt: skip

    assert client.get(address(profile)).status_code == 404


@pytest.mark.parametrize(
    ("state", "en", "zh"),
    [
        ("address_confirmed", "Your offer is on our desk", "接待意向已送达我方"),
        ("accepted", "You are one of our host cities", "贵市已成为接待城市"),
        ("declined", "We cannot take your offer up now", "目前无法采纳贵市的接待意向"),
    ],
)
def test_each_state_is_said_in_words(client: FlaskClient, now: datetime, state: str, en: str, zh: str) -> None:
    profile = a_host(state, now=now)
    opened(client, profile, at=now)

    pages = {language: client.get(f"{address(profile)}?language={language}").text for language in ("en", "zh")}

    assert (en in pages["en"], zh in pages["zh"]) == (True, True)
    assert (ANSWER in pages["en"]) == (state != "address_confirmed")


def test_an_accepted_city_sees_the_programmes_that_come_to_it_and_nobody_of_them(
    client: FlaskClient, now: datetime
) -> None:
    tour = a_study_tour()
    a_study_tour("draft-2027", state="draft")
    a_registration(tour, now=now, contact_name="Zhou Lan")
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)

    page = client.get(address(profile))

    assert programmes(page) == ["Energy Efficiency in City Buildings7–10 May 2027"]
    assert not [name for name in ("Zhou Lan", "Hart", "lan@example.org") if name in page.text]


def test_a_city_to_which_nothing_comes_reads_so(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)

    assert "None is planned yet" in client.get(address(profile)).text


@pytest.mark.both
def test_the_contact_changes_the_offer(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)

    answer = send(client, f"{address(profile)}/offer", "offer", available="Only October", group_size="１８")

    assert (answer.status_code, answer.location) == (303, address(profile))
    page = client.get(answer.location)
    assert "The offer is changed." in page.text
    assert "Only October" in page.text
    assert [change.after for change in changes_of(profile)] == [{"available": "Only October", "group_size": 18}]


def test_saving_what_stood_there_changes_nothing(client: FlaskClient, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)

    answer = send(client, f"{address(profile)}/offer", "offer")

    assert "Nothing was changed." in client.get(answer.location).text
    assert changes_of(profile) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("offers", ""),
        ("offers", "x" * 10_000),
        ("group_size", "many"),
        ("contact_phone", "<script>"),
        ("available", "a\x00b"),
    ],
)
def test_a_fault_keeps_what_was_typed_and_changes_nothing(
    client: FlaskClient, now: datetime, field: str, typed: str
) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)

    page = send(client, f"{address(profile)}/offer", "offer", **{field: typed})

    assert (page.status_code, list(faults_of(page))) == (422, [field])
    assert fields_of(page, "offer")[field].replace("\ufffd", "\x00") == typed
    assert changes_of(profile) == []


@pytest.mark.parametrize("by", ["link", "sign-in"])
def test_changing_takes_a_link_or_sign_in_of_just_now(client: FlaskClient, clock: Show, now: datetime, by: str) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now) if by == "link" else signed_in(client, "joanne@example.org", at=now)
    clock(now + BEGUN_WITHIN + timedelta(seconds=1))

    page = client.get(f"{address(profile)}/offer")

    assert "Open a new link first" in page.text
    assert 'id="offer"' not in page.text
    assert client.get(address(profile)).status_code == 200


def test_whoever_began_in_time_may_finish_typing(client: FlaskClient, clock: Show, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)
    form = {**fields_of(client.get(f"{address(profile)}/offer"), "offer"), "available": "Only October"}

    clock(now + SENT_WITHIN)
    assert client.post(f"{address(profile)}/offer", data=form).status_code == 303

    clock(now + SENT_WITHIN + timedelta(seconds=1))
    late = client.post(f"{address(profile)}/offer", data={**form, "available": "Never"})
    assert late.status_code == 403
    assert fields_of(late, "offer")["available"] == "Never"
    assert len(changes_of(profile)) == 1


def test_a_new_link_goes_to_the_address_of_the_contact_only(client: FlaskClient, clock: Show, now: datetime) -> None:
    profile = a_host("accepted", now=now)
    opened(client, profile, at=now)
    clock(now + timedelta(hours=1))

    answer = send(client, f"{address(profile)}/offer", "link")

    assert "A link is on its way to joanne@example.org." in client.get(answer.location).text
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    assert (letter.template, letter.to_address) == ("host_access", "joanne@example.org")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}{% raw %}", "مدينة دبي", "a" * 2000])
def test_hostile_words_stay_words(client: FlaskClient, now: datetime, text: str) -> None:
    contact = Contact(text[:120], text[:120], "joanne@example.org")
    profile = a_host(
        "declined", city_name=text[:120], region=text[:120], offer=Offer(text, text), contact=contact, now=now
    )
    opened(client, profile, at=now)

    page = client.get(address(profile))

    assert text in words_of(page_of(page).find(".//main"))


def test_a_host_city_reads_its_own_days_with_what_is_noted_for_it_and_nobody_elses(
    client: FlaskClient, now: datetime
) -> None:
    summit = a_published_summit()
    notes = Details(for_host=Text("Gate code 77"), for_driver=Text("Tip the driver"), for_escort=Text("Bring cash"))
    with writing():
        item_of(summit, OPENING).details = notes
    issue(summit, now)
    profile = a_receiving_city("yangzhou", now)
    opened(client, profile, at=now)

    page = client.get(address(profile)).text

    assert all(said in page for said in (OPENING, "Gate code 77", "Version 1 of the programme"))
    assert not [said for said in ("Tip the driver", "Bring cash", WALK) if said in page]


def test_a_host_city_finds_the_calendar_of_its_own_days(client: FlaskClient, now: datetime) -> None:
    summit = a_published_summit()
    issue(summit, now)
    profile = a_receiving_city("yangzhou", now)
    opened(client, profile, at=now)

    page = page_of(client.get(address(profile)))
    (calendar,) = {link.get("href") or "" for link in page.iter("a") if (link.get("href") or "").endswith(".ics")}
    feed = client.get(calendar).text

    assert calendar.endswith(f"/en/events/{summit.slug}/calendar-in-yangzhou.ics")
    assert OPENING in feed
    assert WALK not in feed


def test_what_is_not_issued_is_not_shown_yet(client: FlaskClient, now: datetime) -> None:
    summit = a_published_summit()
    profile = a_receiving_city("yangzhou", now)
    opened(client, profile, at=now)
    assert "not issued yet" in client.get(address(profile)).text
    issue(summit, now)
    with writing():
        item_of(summit, OPENING).title = Text("Another opening")

    page = client.get(address(profile)).text

    assert OPENING in page
    assert "Another opening" not in page


def test_a_city_that_we_have_not_accepted_reads_no_days(client: FlaskClient, now: datetime) -> None:
    issue(a_published_summit(), now)
    profile = a_receiving_city("yangzhou", now)
    with writing():
        profile.state = "declined"  # what leads here is tested with hosting
    opened(client, profile, at=now)

    page = client.get(address(profile)).text

    assert "Programmes that come to you" in page
    assert OPENING not in page
    assert ".ics" not in page


def test_the_bare_address_leads_on(app: Flask, client: FlaskClient) -> None:
    assert client.get("/city/").location == "/my/"


def address(profile: HostProfile) -> str:
    return f"/city/{profile.public_id}"


def opened(client: FlaskClient, profile: HostProfile, *, at: datetime) -> None:
    """Note in the session that the page was opened by its link."""
    with client.session_transaction() as session:
        session["open"] = {profile.public_id: int(at.timestamp())}


def signed_in(client: FlaskClient, email: str, *, at: datetime) -> None:
    person = saved(
        Person(
            public_id=new_public_id(), email=email.casefold(), language="en", confirmed_at=at,
            session_key=new_public_id(),
        )
    )  # fmt: skip
    with client.session_transaction() as session:
        session["person"] = {"id": person.public_id, "key": person.session_key, "at": int(at.timestamp())}


def programmes(page: TestResponse) -> list[str]:
    return [words_of(item) for item in page_of(page).findall(".//section[@aria-labelledby='coming']//li")]
