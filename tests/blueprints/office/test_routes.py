"""The office has routes searched, fixes a city, searches again, and stops a search."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from tests.forms import fields_of, send
from tests.host_offers import an_offer
from tests.hosting_cast import a_request, a_tour
from tests.matching_cast import a_tour_leg
from tests.staff import a_member, remember
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.offer_plans import WindowPlan
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
