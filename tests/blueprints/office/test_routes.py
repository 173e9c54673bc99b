"""The office has routes searched, fixes a city, searches again, and stops a search."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.cast import the_city
from tests.forms import fields_of, send
from tests.host_offers import an_offer, moved
from tests.hosting_cast import a_request, a_tour, answered, asked, found
from tests.hosts import ANSWER, MEMBER, a_sign_up
from tests.matching_cast import a_tour_leg
from tests.staff import a_member, remember
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_plans import WindowPlan
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.matching import outcomes, route_searches
from tourreg.domain.matching.models import RouteSearch
from tourreg.domain.matching.search import Progress

MAY = (WindowPlan(date(2027, 5, 1), date(2027, 5, 31)),)


@pytest.fixture(autouse=True)
def officer(client: FlaskClient, clock_shows: Callable[[datetime], None]) -> None:
    remember(client, a_member("programme"))


@pytest.fixture
def event(now: datetime) -> Event:
    """Return a tour with two legs, and three cities that could host either."""
    tour = a_tour()
    for city in ("davenport", "charlotte", "fort-collins"):
        an_offer("offered", now=now, city=city, windows=MAY, blackouts=())
    a_tour_leg(tour, now=now)
    a_tour_leg(tour, now=now, first_on=date(2027, 5, 13), last_on=date(2027, 5, 20))
    return tour


def address(event: Event, rest: str = "") -> str:
    return f"/office/events/{event.public_id}/routes{rest}"


def newest(event: Event) -> RouteSearch:
    db.session.expire_all()
    found = route_searches.last_search(event.id)
    assert found is not None
    return found


def searched(client: FlaskClient, event: Event, **fixed: str) -> str:
    assert send(client, address(event), "search", **fixed).status_code == 303
    worker.run_due()
    return client.get(address(event)).text


def test_the_best_routes_are_shown_with_their_reasons(client: FlaskClient, event: Event) -> None:
    page = searched(client, event)

    assert "These are the best there are." in page
    assert "Route 1" in page
    assert "Route 3" in page
    assert "Topics met" in page
    assert "Keep Davenport" in page


def test_points_of_a_route_are_those_of_its_stops_less_what_is_lost(client: FlaskClient, event: Event) -> None:
    searched(client, event)

    for route in newest(event).outcome["routes"]:
        stops = sum(stop["points"] for stop in route["stops"])
        assert stops >= route["points"]
        assert all(stop["points"] == sum(each["points"] for each in stop["reasons"]) for stop in route["stops"])


def test_a_city_that_is_fixed_stays_and_the_rest_is_searched_again(client: FlaskClient, event: Event) -> None:
    searched(client, event)
    route = newest(event).outcome["routes"][2]
    stop = route["stops"][0]

    page = searched(client, event, **{f"fixed-{stop['leg']}": f"{stop['offer']}@{stop['first_on']}"})

    again = newest(event)
    assert again.fixed == {stop["leg"]: {"offer": stop["offer"], "start_on": stop["first_on"]}}
    firsts = {(each["stops"][0]["offer"], each["stops"][0]["first_on"]) for each in again.outcome["routes"]}
    assert firsts == {(stop["offer"], stop["first_on"])}
    assert "checked" in page


def test_the_same_form_again_begins_no_second_search(client: FlaskClient, event: Event) -> None:
    form = fields_of(client.get(address(event)), "search")

    for _press in range(2):
        client.post(address(event), data=form)

    assert db.session.query(RouteSearch).count() == 1


def test_a_search_that_is_stopped_before_it_began_finds_nothing(client: FlaskClient, event: Event) -> None:
    send(client, address(event), "search")
    form = fields_of(client.get(address(event)), "stop")
    path = address(event, f"/{newest(event).public_id}/stop")

    answers = [client.post(path, data=form) for _press in range(2)]
    worker.run_due()

    assert [answer.status_code for answer in answers] == [303, 303]
    assert newest(event).state == "stopped"
    assert "stopped before it found anything" in client.get(address(event)).text


def test_a_search_that_runs_shows_how_far_it_is_and_hears_that_it_shall_stop(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    send(client, address(event), "search")
    public_id = newest(event).public_id
    with writing():
        assert route_searches.take_up(route_searches.search_to_change(public_id), now=now)
    with writing():
        goes_on = route_searches.note_progress(route_searches.search_to_change(public_id), Progress(600, 41, 50))
    assert goes_on

    page = client.get(address(event)).text
    client.post(address(event, f"/{public_id}/stop"), data=fields_of(client.get(address(event)), "stop"))
    with writing():
        goes_on = route_searches.note_progress(route_searches.search_to_change(public_id), Progress(900, 44, 50))

    assert "600 ways looked at" in page
    assert "the best so far has 41 points" in page
    assert not goes_on


def test_a_search_that_broke_off_says_so_and_is_asked_for_again(
    client: FlaskClient, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.delattr(outcomes, "find")
        page = searched(client, event)

    assert "Something went wrong while it searched." in page
    assert "Searches" not in page
    assert "These are the best there are." in searched(client, event)


def test_a_tour_without_a_route_says_which_legs_why_and_what_would_help(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    a_tour_leg(event, now=now, first_on=date(2027, 5, 20), last_on=date(2027, 5, 24), people=40)

    page = searched(client, event)

    assert "This tour has no route." in page
    assert "Leg 3: no city can take it (the group is too large: 3)." in page
    assert "Leg 3: come with 20 people." in page


def test_what_changed_since_is_said(client: FlaskClient, event: Event, now: datetime) -> None:
    searched(client, event)
    assert "have changed since" not in client.get(address(event)).text

    a_tour_leg(event, now=now, first_on=date(2027, 5, 20), last_on=date(2027, 5, 24))

    assert "have changed since" in client.get(address(event)).text


def test_a_city_that_holds_the_days_is_fixed_by_itself(client: FlaskClient, now: datetime) -> None:
    request = a_request("held", now=now)
    leg = a_tour_leg(request.event, now=now)
    assert request.offer is not None

    fields = fields_of(client.get(address(request.event)), "search")

    assert fields[f"fixed-{leg.public_id}"] == f"{request.offer.public_id}@2027-05-11"


@pytest.fixture
def two_stays(now: datetime) -> tuple[HostingRequest, HostingRequest]:
    """Return what Davenport confirmed and what Charlotte holds behind it, both within the second of two legs, too."""
    first = a_request("confirmed", now=now)
    a_tour_leg(first.event, now=now)
    a_tour_leg(first.event, now=now, first_on=date(2027, 5, 11))
    with writing():
        contact = commands.sign_up(a_sign_up(city_name="Charlotte", email="ann@example.org"), now=now)
    with writing():
        commands.confirm_address(contact, now=now)
    with writing():
        commands.accept(contact, the_city("charlotte"), ANSWER, now=now, by=MEMBER)
    days = Span(date(2027, 5, 13), date(2027, 5, 15))
    offer = an_offer("offered", now=now, city="charlotte", windows=MAY, blackouts=(), days_most=3)
    second = asked(first.event, offer, now=now, days=days)
    answered(second.public_id, "held", now=now, by="host:charlotte")
    return found(first.public_id), found(second.public_id)


def test_each_stay_is_fixed_on_a_leg_of_its_own(
    client: FlaskClient, two_stays: tuple[HostingRequest, HostingRequest]
) -> None:
    event = two_stays[0].event
    fields = fields_of(client.get(address(event)), "search")
    wanted = [f"{stay.offer.public_id}@{stay.first_on}" for stay in two_stays if stay.offer]

    page = searched(client, event)

    assert [value for name, value in fields.items() if name.startswith("fixed-")] == wanted
    (route,) = newest(event).outcome["routes"]
    assert [(stop["first_on"], stop["last_on"]) for stop in route["stops"]] == [
        (stay.first_on.isoformat(), stay.last_on.isoformat()) for stay in two_stays
    ]
    assert "not in this search" not in page
    assert "have changed since" not in page


def test_a_confirmed_stay_holds_though_its_offer_takes_nobody_any_more(
    client: FlaskClient, two_stays: tuple[HostingRequest, HostingRequest], now: datetime
) -> None:
    """Neither a pause nor too short a notice undoes what was agreed."""
    event, offer = two_stays[0].event, two_stays[0].offer
    assert offer is not None
    with writing() as session:
        session.execute(update(HostOffer).where(HostOffer.id == offer.id).values(notice_days=300))
    moved(offer, "paused", now=now)

    searched(client, event)

    (route,) = newest(event).outcome["routes"]
    assert route["stops"][0]["offer"] == offer.public_id


def test_what_a_search_does_not_know_of_is_named(
    client: FlaskClient, two_stays: tuple[HostingRequest, HostingRequest], now: datetime
) -> None:
    event = two_stays[0].event
    legs = [name for name in fields_of(client.get(address(event)), "search") if name.startswith("fixed-")]

    page = searched(client, event, **{legs[1]: ""})

    assert "Held or confirmed, and not in this search:" in page
    assert "13–15 May 2027" in page
    assert fields_of(client.get(address(event)), "keep-1")[legs[1]].startswith(two_stays[1].offer.public_id)  # type: ignore[union-attr]


def test_what_is_fixed_stays_in_the_list_when_its_offer_is_paused(
    client: FlaskClient, event: Event, now: datetime
) -> None:
    page = fields_of(client.get(address(event)), "search")
    leg = next(name for name in page if name.startswith("fixed-"))
    offer = db.session.scalars(select(HostOffer)).first()
    assert offer is not None
    searched(client, event, **{leg: offer.public_id})
    moved(offer, "paused", now=now)

    assert fields_of(client.get(address(event)), "search")[leg] == offer.public_id


def test_a_fixed_offer_that_is_nonsense_leaves_no_route_and_no_crash(client: FlaskClient, event: Event) -> None:
    leg = fields_of(client.get(address(event)), "search")
    name = next(name for name in leg if name.startswith("fixed-"))

    page = searched(client, event, **{name: "nothing@2027-99-99"})

    assert "the offer that is fixed is gone" in page


def test_without_legs_there_is_nothing_to_search(client: FlaskClient) -> None:
    tour = a_tour("empty-2027")

    page = client.get(address(tour))
    token = fields_of(client.get(f"/office/events/{tour.public_id}/legs/new"), "leg")["csrf_token"]
    answer = client.post(address(tour), data={"csrf_token": token})

    assert "No leg yet" in page.text
    assert answer.status_code == 422
    assert "Add a leg first." in answer.text


def test_a_search_of_another_tour_is_not_stopped_here(client: FlaskClient, event: Event, now: datetime) -> None:
    send(client, address(event), "search")
    other = a_tour("energy-2028")
    form = fields_of(client.get(address(event)), "stop")

    answer = client.post(address(other, f"/{newest(event).public_id}/stop"), data=form)

    assert answer.status_code == 404
    assert newest(event).state == "waiting"
