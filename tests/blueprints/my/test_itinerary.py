"""A participant's own programme and calendar, opened by an address that nobody can guess."""

from collections.abc import Callable
from datetime import datetime, timedelta

import ics
import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import a_person, a_published_summit, a_study_tour
from tests.travel_cast import a_leg, a_stay, lodging_to_change, people_on_tour, told
from tests.visitors import granted
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import openings
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.versions import issue_version
from tourreg.domain.registrations.corrections import Person
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.replacing import replace_participant
from tourreg.domain.travel.rooms import propose
from tourreg.kernel.bilingual import Text
from tourreg.kernel.names import PersonName

pytestmark = pytest.mark.usefixtures("clock_shows", "without_tokens")
BY = "staff:ren"
SECRETS = ("gate code", "tip the driver", "escort waits", "told to all of them")


@pytest.fixture
def summit(app: object) -> Event:
    event = a_published_summit()
    with writing():
        lunch = days_of(event)[1].items[1]
        lunch.details = Details(
            host_name=Text("Mr. Gu"),
            for_host=Text("gate code"),
            for_driver=Text("tip the driver"),
            for_escort=Text("escort waits"),
            for_participants=Text("Bring a hat"),
        )
    return event


@pytest.fixture
def place(summit: Event, now: datetime) -> Registration:
    return people_on_tour(a_person("Hart", "Emily"), now=now, event=summit)


def door(person: Participant, now: datetime, purpose: str = "itinerary", days: int = 30) -> str:
    with writing():
        link = links.make_link(
            purpose, person.public_id, expires_at=now + timedelta(days), now=now, secret=settings().secret_key
        )
    token = links.token_of(link, settings().secret_key)
    return f"/my/itinerary/{token}" if purpose == "itinerary" else f"/my/calendar/{token}.ics"


def issue(event: Event, now: datetime) -> None:
    with writing():
        issue_version(desk.event_to_change(event.public_id), change_note=Text(), now=now, by=BY)


def test_everybody_sees_their_own_days_and_nothing_of_tours_they_do_not_take(
    client: FlaskClient, place: Registration, now: datetime
) -> None:
    answer = client.get(door(place.participants[0], now))

    assert answer.status_code == 200
    assert all(said in answer.text for said in ("Emily", "Sanwan Canal Park", "Draft of the programme"))
    assert "Yangmeizhu" not in answer.text


def test_notes_for_participants_are_told_and_notes_for_others_never(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    issue(summit, now)
    page = client.get(door(place.participants[0], now)).text
    feed = client.get(door(place.participants[0], now, "calendar")).text

    assert "Bring a hat" in page
    assert "Version 1 of the programme" in page
    assert not [secret for secret in SECRETS if secret in page or secret in feed]


def test_the_draft_that_follows_a_version_is_not_shown(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    issue(summit, now)
    with writing():
        days_of(summit)[1].items[1].title = Text("Not issued lunch")

    assert "Not issued lunch" not in client.get(door(place.participants[0], now)).text


def test_no_proxy_keeps_the_page_and_no_search_engine_finds_it(
    client: FlaskClient, place: Registration, now: datetime
) -> None:
    headers = client.get(door(place.participants[0], now)).headers

    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "'unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("purpose", ["itinerary", "calendar"])
def test_a_link_that_ended_or_was_taken_back_opens_nothing(
    client: FlaskClient, place: Registration, now: datetime, purpose: str
) -> None:
    person = place.participants[0]
    ended, taken_back = door(person, now, purpose, days=-1), door(person, now, purpose)
    with writing():
        links.revoke_links(person.public_id, now=now, by=BY)

    answers = [client.get(address) for address in (ended, taken_back)]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert not [answer for answer in answers if "Emily" in answer.text]


def test_a_forged_link_and_one_for_something_else_are_unknown(
    client: FlaskClient, place: Registration, now: datetime
) -> None:
    calendar = door(place.participants[0], now, "calendar").removeprefix("/my/calendar/").removesuffix(".ics")
    itinerary = door(place.participants[0], now).removeprefix("/my/itinerary/")

    for address in (f"/my/itinerary/{calendar}", f"/my/calendar/{itinerary}.ics", f"/my/itinerary/{itinerary[::-1]}"):
        assert client.get(address).status_code == 404
    assert client.get(f"/my/link/{itinerary}").status_code == 404


def test_whoever_gave_the_place_up_finds_no_programme_and_an_empty_calendar(
    client: FlaskClient, place: Registration, now: datetime
) -> None:
    page, feed = door(place.participants[0], now), door(place.participants[0], now, "calendar")
    with writing() as session:
        for seat in session.get_one(Participant, place.participants[0].id).seats:
            seat.state = "released"  # what leads here is tested with registrations

    assert client.get(page).status_code == 410
    assert client.get(page + "/programme.pdf").status_code == 410
    assert list(ics.Calendar(client.get(feed).text).events) == []


def test_who_comes_instead_does_not_share_the_address(client: FlaskClient, place: Registration, now: datetime) -> None:
    page, person = door(place.participants[0], now), place.participants[0].public_id
    with writing():
        replace_participant(place.id, person, Person(PersonName("Moore", "Anne")), why="ill", now=now, by=BY)

    assert client.get(page).status_code == 410


def test_the_journey_and_the_bed_stand_on_the_page_of_their_person_only(client: FlaskClient, now: datetime) -> None:
    tour = a_study_tour()
    first, second = people_on_tour(now=now, event=tour).participants
    told(first, now, legs=(a_leg(number="UA 88"),))
    told(second, now, legs=(a_leg(number="CA 981"),))
    stay = a_stay(tour, now)
    with writing():
        propose(lodging_to_change(stay.public_id), now=now, by=BY)
    page = client.get(door(first, now)).text

    assert "UA 88" in page
    assert "CA 981" not in page
    assert "Hotel Poudre River" in page


def test_the_programme_prints_as_a_paper(client: FlaskClient, place: Registration, now: datetime) -> None:
    answer = client.get(door(place.participants[0], now) + "/programme.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_contact_makes_addresses_and_a_new_one_ends_the_one_before(
    client: FlaskClient, place: Registration, now: datetime
) -> None:
    granted(client, place.public_id, at=now)
    address = f"/my/registrations/{place.public_id}/itineraries"
    fields = {"person": place.participants[0].public_id, "purpose": "calendar", "do": "make"}

    client.post(address, data=fields)
    first = feeds_on(client.get(address).text)
    client.post(address, data=fields)
    again = feeds_on(client.get(address).text)
    client.post(address, data={**fields, "do": "renew"})
    renewed = feeds_on(client.get(address).text)

    assert (len(first), again) == (1, first)
    assert renewed != first
    assert client.get(first[0]).status_code == 410
    assert client.get(renewed[0]).status_code == 200


def test_nobody_makes_addresses_for_people_of_another_registration(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    other = people_on_tour(a_person("Moore", "Anne"), now=now, event=summit)
    granted(client, place.public_id, at=now)
    fields = {"person": other.participants[0].public_id, "purpose": "itinerary"}

    assert client.post(f"/my/registrations/{place.public_id}/itineraries", data=fields).status_code == 404
    assert client.get(f"/my/registrations/{other.public_id}/itineraries").status_code == 404


def test_a_calendar_that_has_not_changed_is_not_sent_again(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    address = door(place.participants[0], now, "calendar")
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    issue(summit, now)
    after = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert after.status_code == 200


def test_two_other_programs_read_the_calendar_and_find_changed_items_under_their_first_name(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    address = door(place.participants[0], now, "calendar")
    issue(summit, now)
    before = read(client.get(address).text)
    with writing():
        opening = days_of(summit)[1].items[0]
        opening.starts = opening.starts.replace(hour=8)
        db.session.delete(days_of(summit)[2].items[0])
    issue(summit, now + timedelta(days=1))
    after = read(client.get(address).text)

    assert before.keys() == after.keys()
    changed = {title for uid, (title, *_rest) in after.items() if after[uid] != before[uid]}
    assert changed == {"Opening and keynote", "Coaches to Sanwan"}
    assert sorted(sequence for _title, _at, sequence, _status in after.values()) == [1, 1, 2, 2]
    assert [title for title, _at, _sequence, status in after.values() if status == "CANCELLED"] == ["Coaches to Sanwan"]


def test_the_worker_serves_these_pages_only_and_marks_its_copies(client: FlaskClient, app: object) -> None:
    answer = client.get("/my/itinerary/offline.js")

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert "Service-Worker-Allowed" not in answer.headers
    assert all(said in answer.text for said in ("stored-copy", "[404, 410]", "respondWith"))


def test_the_page_holds_the_note_that_the_worker_shows(client: FlaskClient, place: Registration, now: datetime) -> None:
    page, worker = client.get(door(place.participants[0], now)).text, client.get("/my/itinerary/offline.js").text

    assert ' id="stored-copy" hidden' in page
    assert """' id="stored-copy" hidden'""" in worker
    assert 'data-worker="/my/itinerary/offline.js"' in page


def test_a_look_at_the_page_notes_nothing_since_a_mail_scanner_looks_too(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    issue(summit, now)
    page = door(place.participants[0], now)

    for method in ("GET", "HEAD"):
        assert client.open(page, method=method).status_code == 200

    assert openings.openings_of(summit.id) == []
    assert "I have read version 1" in client.get(page).text


def test_pressing_the_button_notes_the_version_once(
    client: FlaskClient, summit: Event, place: Registration, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    issue(summit, now)
    person = place.participants[0]
    page = door(person, now)

    answer = client.post(f"{page}/opened", data={"version": "1"})
    clock_shows(now + timedelta(hours=1))
    again = client.post(f"{page}/opened", data={"version": "1", "quietly": "1"})

    assert (answer.status_code, answer.location) == (303, page)
    assert (again.status_code, again.data) == (204, b"")
    assert openings.openings_of(summit.id) == [(person.public_id, 1, now)]
    shown = client.get(page).text
    assert "The office knows that you have read version 1." in shown
    assert "I have read version" not in shown


def test_the_next_version_is_noted_for_itself(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    issue(summit, now)
    page = door(place.participants[0], now)
    client.post(f"{page}/opened", data={"version": "1", "quietly": "1"})
    with writing():
        days_of(summit)[1].items[1].title = Text("Another lunch")
    issue(summit, now)

    assert "I have read version 2" in client.get(page).text


@pytest.mark.parametrize("typed", ["", "2", "0", "-1", "x", "²", "9" * 9])
def test_what_is_no_version_is_not_noted(
    client: FlaskClient, summit: Event, place: Registration, now: datetime, typed: str
) -> None:
    issue(summit, now)

    answer = client.post(f"{door(place.participants[0], now)}/opened", data={"version": typed})

    assert answer.status_code == 404
    assert openings.openings_of(summit.id) == []


def test_a_draft_and_an_ended_or_forged_link_note_nothing(
    client: FlaskClient, summit: Event, place: Registration, now: datetime
) -> None:
    page, person = door(place.participants[0], now), place.participants[0]
    assert "I have read version" not in client.get(page).text
    issue(summit, now)
    doors = (door(person, now, days=-1), "/my/itinerary/forged", door(person, now, "calendar").removesuffix(".ics"))

    answers = [client.post(f"{address}/opened", data={"version": "1"}).status_code for address in doors]

    assert answers == [410, 404, 404]
    assert openings.openings_of(summit.id) == []


def test_another_site_cannot_say_that_somebody_has_read_it(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch, summit: Event, place: Registration, now: datetime
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    issue(summit, now)

    answer = client.post(f"{door(place.participants[0], now)}/opened", data={"version": "1"})

    assert answer.status_code == 400
    assert openings.openings_of(summit.id) == []


def feeds_on(page: str) -> list[str]:
    """Return the addresses of calendars that a page shows, without the host."""
    return [part.split('"')[0].partition("/my/")[1] + part.split('"')[0].partition("/my/")[2]
            for part in page.split('href="')[1:] if ".ics" in part.split('"')[0]]  # fmt: skip


def read(feed: str) -> dict[str, tuple[str, datetime, int, str]]:
    """Return each item by its name as two programs read it, which have to agree on when it is."""
    begins = {event.uid: event.begin.datetime for event in ics.Calendar(feed).events}
    found = {}
    for event in vobject.readOne(feed).vevent_list:
        uid = event.uid.value
        assert event.dtstart.value == begins[uid]
        found[uid] = (event.summary.value, begins[uid], int(event.sequence.value), event.status.value)
    return found
