"""The office writes the legs of a tour, sees which cities suit each and why, and weighs."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from tests.forms import Fields, faults_of, fields_of, send
from tests.host_offers import an_offer
from tests.hosting_cast import a_request, a_tour, the_host
from tests.matching_cast import DALLAS, a_tour_leg
from tests.staff import a_member, remember
from tourreg.blueprints.office.leg_form import LegForm, full_name
from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.places import find_places, place_of
from tourreg.domain.matching import weighing
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.values import Weights
from tourreg.kernel.bilingual import Language

TYPED: Fields = {
    "first_on": "2027-05-10", "last_on": "2027-05-16", "nights": "2", "people": "18", "near": "Dallas, Texas",
    "within_km": "1500", "words": "How a small city reuses water.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def officer(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> None:
    remember(client, a_member("programme"))


@pytest.fixture
def event() -> Event:
    return a_tour()


def address(event: Event, rest: str = "") -> str:
    return f"/office/events/{event.public_id}/legs{rest}"


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(TourLeg)) or 0


def test_a_leg_is_written_once_and_stands_in_the_list(client: FlaskClient, event: Event) -> None:
    form = {**fields_of(client.get(address(event, "/new")), "leg"), **TYPED}

    answers = [client.post(address(event, "/new"), data=form) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count() == 1
    page = client.get(address(event)).text
    assert "near Dallas" in page
    assert "2 nights, 18 people" in page
    assert db.session.scalars(select(TourLeg)).one().near == DALLAS


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_on": ""}, "first_on"),
        ({"last_on": "2027-05-09"}, "last_on"),
        ({"nights": "9"}, "nights"),
        ({"nights": "-1"}, "nights"),
        ({"people": "0"}, "people"),
        ({"near": "Springfield"}, "near"),
        ({"near": "Nowhere at all"}, "near"),
        ({"near": ""}, "near"),
        ({"towards": "Dallas, Texas"}, "towards"),
        ({"budget": "much"}, "budget"),
        ({"topics": "<script>"}, "topics"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_the_rest_stays(
    client: FlaskClient, event: Event, typed: Fields, field: str
) -> None:
    page = send(client, address(event, "/new"), "leg", **{**TYPED, **typed})

    assert page.status_code == 422
    assert list(faults_of(page)) == [field]
    assert "How a small city reuses water." in page.text
    assert count() == 0


def test_several_places_of_one_name_are_named_with_their_states(client: FlaskClient, event: Event) -> None:
    page = send(client, address(event, "/new"), "leg", **{**TYPED, "near": "Springfield"})

    assert "Springfield, Missouri" in faults_of(page)["near"]


def test_a_leg_is_changed_and_says_again_what_it_says(client: FlaskClient, event: Event, now: datetime) -> None:
    leg = a_tour_leg(event, now=now, near=DALLAS, budget_minor=50_000)

    page = client.get(address(event, f"/{leg.public_id}"))
    answer = send(client, address(event, f"/{leg.public_id}"), "leg", people="12")

    assert "Dallas, Texas" in page.text
    assert "500.00" in page.text
    assert answer.status_code == 303
    db.session.expire_all()
    kept = db.session.scalars(select(TourLeg)).one()
    assert (kept.people, kept.near, kept.budget_minor) == (12, DALLAS, 50_000)


def test_the_later_of_two_editors_is_told_and_keeps_what_was_typed(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    page = address(event, f"/{a_tour_leg(event, now=now).public_id}")
    as_opened = {**fields_of(client.get(page), "leg"), "words": "How a river is cleaned."}
    send(client, page, "leg", people="12")

    told = client.post(page, data=as_opened)
    kept = db.session.scalars(select(TourLeg)).one()
    people = kept.people

    assert told.status_code == 409
    assert "saved this leg while you had it open" in told.text
    again = fields_of(told, "leg")
    assert (people, again["people"], again["words"]) == (12, "18", "How a river is cleaned.")
    assert client.post(page, data=again).status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(TourLeg.people)).one() == 18


def test_a_state_in_which_nobody_offers_any_more_stays_wished_for(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    page = address(event, f"/{a_tour_leg(event, now=now, regions=('Wyoming',)).public_id}")

    assert send(client, page, "leg", people="12").status_code == 303

    assert db.session.scalars(select(TourLeg.regions)).one() == ["Wyoming"]


def test_a_leg_is_taken_away_and_the_second_click_finds_it_gone(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    leg = a_tour_leg(event, now=now)
    form = fields_of(client.get(address(event, f"/{leg.public_id}")), "remove")

    answers = [client.post(address(event, f"/{leg.public_id}/remove"), data=form) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count() == 0


def test_a_leg_of_another_tour_is_not_found(client: FlaskClient, event: Event, now: datetime) -> None:
    leg = a_tour_leg(a_tour("energy-2028"), now=now)

    for rest in ("", "/cities"):
        assert client.get(address(event, f"/{leg.public_id}{rest}")).status_code == 404


def test_the_cities_that_suit_are_shown_with_their_reasons(client: FlaskClient, event: Event, now: datetime) -> None:
    the_host(now)
    an_offer("offered", now=now)
    leg = a_tour_leg(event, now=now, near=DALLAS)

    page = client.get(address(event, f"/{leg.public_id}/cities")).text

    assert "Davenport" in page
    assert "Water and wastewater" in page
    assert "free on 10–16 May 2027" in page
    assert "takes 20" in page
    assert "km from Dallas" in page
    assert "was never asked" in page
    assert "brings an interpreter for Chinese" in page


def test_what_rules_a_city_out_is_shown_in_words(client: FlaskClient, event: Event, now: datetime) -> None:
    an_offer("offered", now=now, city="charlotte")
    leg = a_tour_leg(event, now=now, people=60, near=DALLAS, within_km=100)

    page = client.get(address(event, f"/{leg.public_id}/cities?show=out")).text

    assert "takes at most 20 of 60 people" in page
    assert "100 are the most" in page


def test_asking_from_a_leg_fills_the_form_in(client: FlaskClient, event: Event, now: datetime) -> None:
    the_host(now)
    offer = an_offer("offered", now=now)
    leg = a_tour_leg(event, now=now)
    asked = f"/office/events/{event.public_id}/hosting?leg={leg.public_id}&whom=offer:{offer.public_id}"

    fields = fields_of(client.get(f"{asked}&first_on=2027-05-10&last_on=2027-05-11"), "ask")

    assert (fields["people"], fields["words"]) == ("18", "How a small city reuses water.")
    assert (fields["first_on"], fields["last_on"]) == ("2027-05-10", "2027-05-11")
    assert fields["whom"] == f"offer:{offer.public_id}"


def test_a_city_is_asked_for_so_many_days_as_it_fills(client: FlaskClient, event: Event, now: datetime) -> None:
    the_host(now)
    an_offer("offered", now=now, days_most=1)
    leg = a_tour_leg(event, now=now, nights=3)

    page = client.get(address(event, f"/{leg.public_id}/cities")).text

    assert "fills 1 of 3 days" in page
    assert "first_on=2027-05-10&amp;last_on=2027-05-10" in page


def test_a_request_within_the_days_of_a_leg_stands_beside_it(client: FlaskClient, now: datetime) -> None:
    request = a_request("held", now=now)
    a_tour_leg(request.event, now=now)

    page = client.get(address(request.event)).text

    assert "Days held" in page
    assert "Davenport" in page


def test_the_office_weighs_and_goes_back_to_what_is_usual(client: FlaskClient) -> None:
    send(client, "/office/weights", "weights", topic="7")
    assert weighing.weights() == Weights(topic=7)

    send(client, "/office/weights", "weights", do="usual")
    db.session.expire_all()
    assert weighing.weights() == Weights()


@pytest.mark.parametrize("typed", ["", "many", "-1", "1001"])
def test_points_that_are_none_are_refused(client: FlaskClient, typed: str) -> None:
    page = send(client, "/office/weights", "weights", topic=typed)

    assert page.status_code == 422
    assert list(faults_of(page)) == ["topic"]
    assert weighing.weights() == Weights()


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_every_place_that_has_a_name_in_chinese_is_found_as_its_leg_shows_it(app: Flask, spoken: Language) -> None:
    """Among them: Jilin in Jilin, Kansas City in Kansas, Chesapeake beside West Virginia."""
    listed = [place for letter in ("州", "城", "市", "林", "克", "京", "海") for place in find_places(letter, most=500)]
    listed += [one for one in map(place_of, ("cn-2202", "us-2036000", "us-5116000")) if one]

    with app.test_request_context():
        g.language = spoken
        shown = {place.key: full_name(place) for place in listed}
        found = {key: LegForm(MultiDict({"near": name})) for key, name in shown.items()}
        lost = [shown[key] for key, form in found.items() if not form.near.validate(form) or form.near.value != key]

    assert lost == []


@pytest.mark.parametrize("typed", ["扬", "江"])
def test_the_beginning_of_a_name_in_chinese_is_no_name(client: FlaskClient, event: Event, typed: str) -> None:
    page = send(client, address(event, "/new"), "leg", **{**TYPED, "near": typed})

    assert (page.status_code, list(faults_of(page))) == (422, ["near"])
