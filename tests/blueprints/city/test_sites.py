"""What a city's contact does with its places, and with the approvals of its offers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.cast import the_city
from tests.forms import Fields, faults_of, fields_of, page_of, send, words_of
from tests.host_offers import an_offer, the_topics
from tests.hosts import MEMBER, a_host
from tests.visitors import granted
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN
from tourreg.db import db, writing
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import OfferStep, Site
from tourreg.domain.hosting.sites import SitePlan, write_site
from tourreg.kernel.bilingual import Text

TYPED: Fields = {
    "name_en": "River water works",
    "topics": ["water"],
    "capacity": "24",
    "walking_metres": "800",
    "step_free": "partly",
    "id_rule": "photo_id",
    "photo_rule": "ask",
    "safety_gear_en": "Hard hats, which we lend",
}


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def host(client: FlaskClient, now: datetime) -> HostProfile:
    """Davenport's contact, let in by a link just now."""
    profile = a_host("accepted", now=now)
    granted(client, profile.public_id, at=now)
    with writing():
        the_topics()
    return profile


@pytest.mark.both
def test_a_place_is_written_down_once_and_offers_show_it(client: FlaskClient, host: HostProfile) -> None:
    form = {**fields_of(client.get(f"{sites(host)}/new"), "site"), **TYPED}

    for _time in range(2):
        assert client.post(f"{sites(host)}/new", data=form).location == sites(host)

    page = words_of(page_of(client.get(sites(host))).find(".//main"))
    assert "up to 24 people, 800 m on foot, Partly step-free, Photo ID is shown at the gate" in page
    assert count() == 1
    offered = {"title_en": "Water", "largest": "9", "sites": [the_site().public_id]}
    answer = send(client, f"/city/{host.public_id}/offers/new/visit", "offer", **offered)
    assert "River water works" in client.get(answer.location).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_en": "x" * 10_000}, "name_en"),
        ({"words_en": "a\x00b"}, "words_en"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "-3"}, "capacity"),
        ({"walking_metres": "far"}, "walking_metres"),
        ({"step_free": "maybe"}, "step_free"),
        ({"topics": ["nonsense"]}, "topics"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_kept(
    client: FlaskClient, host: HostProfile, typed: Fields, field: str
) -> None:
    page = send(client, f"{sites(host)}/new", "site", **{**TYPED, **typed})

    assert (page.status_code, list(faults_of(page))) == (422, [field])
    assert fields_of(page, "site")["safety_gear_en"] == TYPED["safety_gear_en"]
    assert count() == 0


def test_the_second_of_two_editors_is_told(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    address = f"{sites(host)}/{a_site('davenport', now).public_id}"
    form = fields_of(client.get(address), "site")
    send(client, address, "site", capacity="30")

    page = client.post(address, data={**form, "capacity": "12"})

    assert (page.status_code, fields_of(page, "site")["capacity"], the_site().capacity) == (409, "12", 30)
    assert client.post(address, data=fields_of(page, "site")).status_code == 303
    assert the_site().capacity == 12


def test_a_place_is_shown_no_more_and_again(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    address = f"{sites(host)}/{a_site('davenport', now).public_id}"

    for state in ("closed", "open"):
        assert send(client, address, "move").status_code == 303
        assert the_site().state == state


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "O’Brien & \"Söhne\" 'x'"])
def test_hostile_words_stay_words(client: FlaskClient, host: HostProfile, text: str) -> None:
    send(client, f"{sites(host)}/new", "site", **{**TYPED, "name_en": text, "shown_by": text})

    assert text in words_of(page_of(client.get(sites(host))).find(".//main"))


def test_another_citys_place_is_answered_like_none(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    foreign = f"{sites(host)}/{a_site('charlotte', now).public_id}"
    form = fields_of(client.get(f"{sites(host)}/new"), "site")

    answers = [client.get(foreign), client.post(foreign, data=form), client.post(f"{foreign}/move", data=form)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Foreign works" not in client.get(sites(host)).text


def test_a_city_that_was_not_accepted_has_no_places(client: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    granted(client, profile.public_id, at=now)

    assert client.get(sites(profile)).status_code == 404


def test_writing_takes_a_link_of_just_now(
    client: FlaskClient, host: HostProfile, clock: Callable[[datetime], None], now: datetime
) -> None:
    form = {**fields_of(client.get(f"{sites(host)}/new"), "site"), **TYPED}

    clock(now + BEGUN_WITHIN + timedelta(seconds=1))
    assert "Open a new link first" in client.get(f"{sites(host)}/new").text
    clock(now + SENT_WITHIN + timedelta(seconds=1))
    assert client.post(f"{sites(host)}/new", data=form).status_code == 403
    assert count() == 0


def test_a_contact_notes_what_the_council_said(client: FlaskClient, host: HostProfile, now: datetime) -> None:
    offer = an_offer(now=now)
    address = f"/city/{host.public_id}/offers/{offer.public_id}/approvals"
    typed = {"council_approval-asked_on": "2027-01-04", "council_approval-done_on": "2027-01-12"}

    answer = send(client, address, "approvals", **typed)

    assert "done on 12 January 2027" in words_of(page_of(client.get(answer.location)).find(".//main"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"legal_review-done_on": "2027-01-16"}, "legal_review-done_on"),
        ({"legal_review-asked_on": "2027-01-14", "legal_review-done_on": "2027-01-13"}, "legal_review-done_on"),
        ({"legal_review-asked_on": "yesterday"}, "legal_review-asked_on"),
        ({"council_approval-note": "x" * 10_000}, "council_approval-note"),
    ],
)
def test_days_of_approvals_that_cannot_be_are_said(
    client: FlaskClient, host: HostProfile, now: datetime, typed: Fields, field: str
) -> None:
    address = f"/city/{host.public_id}/offers/{an_offer(now=now).public_id}/approvals"

    page = send(client, address, "approvals", **typed)

    assert (page.status_code, list(faults_of(page))) == (422, [field])
    assert {name: fields_of(page, "approvals")[name] for name in typed} == typed
    assert db.session.scalar(select(func.count()).select_from(OfferStep)) == 0


def sites(profile: HostProfile) -> str:
    return f"/city/{profile.public_id}/sites"


def a_site(city: str, now: datetime) -> Site:
    name = Text("River water works" if city == "davenport" else "Foreign works")
    with writing() as session:
        place = the_city(city)
        session.flush()
        return write_site(place, SitePlan(name), submission_key=None, now=now, by=MEMBER)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Site)) or 0


def the_site() -> Site:
    db.session.expire_all()
    return db.session.scalars(select(Site)).one()
