"""Routes: checked against all that there are, where there are few."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.matching import cases
from tests.domain.matching.cases import ALBANY, TODAY, a_leg, an_offer, every_route, on, window
from tourreg.domain.matching.blocking import Opening, blocked, openings
from tourreg.domain.matching.routes import Fixed, propose_routes
from tourreg.domain.matching.search import Progress
from tourreg.domain.matching.values import Taken, Weights


@settings(max_examples=300, deadline=None)
@given(cases.leg_lists, cases.offer_lists, cases.weights)
def test_the_three_best_routes_are_those_that_trying_all_finds(legs, offers, weights):
    best = sorted(every_route(legs, offers, weights).values(), reverse=True)[:3]

    proposal = propose_routes(legs, offers, weights, today=TODAY)

    assert [route.points for route in proposal.routes] == best
    assert (proposal.is_proven, proposal.gap) == (True, 0)


@settings(max_examples=200, deadline=None)
@given(cases.leg_lists, cases.equal_offers, cases.weights)
def test_among_equal_offers_the_three_best_routes_are_those_that_trying_all_finds(legs, offers, weights):
    every = every_route(legs, offers, weights)
    best = sorted(every.values(), reverse=True)[:3]

    proposal = propose_routes(legs, offers, weights, today=TODAY)

    rows = [tuple(stop.score.offer.city for stop in route.stops) for route in proposal.routes]
    assert [route.points for route in proposal.routes] == best
    assert [every[cities] for cities in rows] == best
    assert len(set(rows)) == len(rows)
    assert proposal.is_proven


def test_a_tour_without_a_route_is_refuted_without_trying_every_order_of_equal_cities():
    legs = [*[a_leg(0, 9)] * 3, a_leg(10, 13, people=20), a_leg(14, 15), a_leg(10, 19)]
    offers = [an_offer(f"{number}") for number in range(40)]
    offers += [
        an_offer("before and after", windows=(window(10, 13), window(16, 19))),
        an_offer("between", first=14, last=15),
        an_offer("too early", first=10, last=12, largest=18),
    ]
    looked = iter(range(500))

    proposal = propose_routes(legs, offers, Weights(), today=TODAY, go_on=lambda _: next(looked, None) is not None)

    assert (proposal.routes, proposal.is_proven) == ((), True)


def test_three_hundred_equal_offers_are_proven_at_once():
    legs = [a_leg(number, number + 30) for number in range(0, 24, 3)]
    offers = [an_offer(f"{number}", last=60) for number in range(300)]
    looked = iter(range(500))

    proposal = propose_routes(legs, offers, Weights(), today=TODAY, go_on=lambda _: next(looked, None) is not None)

    assert (len(proposal.routes), proposal.is_proven) == (3, True)


@settings(max_examples=200, deadline=None)
@given(cases.leg_lists, cases.offer_lists, cases.weights, cases.spans)
def test_no_route_breaks_a_rule(legs, offers, weights, days):
    taken = [Taken(offer.key, days) for offer in offers[:2]]
    possible = every_route(legs, offers, weights, taken=taken)

    for route in propose_routes(legs, offers, weights, taken=taken, today=TODAY).routes:
        cities = tuple(stop.score.offer.city for stop in route.stops)
        assert possible[cities] == route.points
        for stop, leg in zip(route.stops, legs, strict=True):
            assert stop.start_on in stop.score.starts
            assert stop.start_on + timedelta(days=leg.days - 1) <= leg.window.last_on


@settings(max_examples=150, deadline=None)
@given(cases.leg_lists, cases.offer_lists.filter(bool), cases.weights, st.data())
def test_a_fixed_choice_stays_and_the_rest_is_solved_again(legs, offers, weights, drawn):
    chosen = drawn.draw(st.sampled_from(offers))
    fixed = {0: Fixed(chosen.key)}
    best = sorted(every_route(legs, offers, weights, fixed=fixed).values(), reverse=True)[:3]

    routes = propose_routes(legs, offers, weights, fixed=fixed, today=TODAY).routes

    assert [route.points for route in routes] == best
    assert all(route.stops[0].score.offer == chosen for route in routes)


@settings(max_examples=100, deadline=None)
@given(cases.leg_lists, cases.offer_lists, cases.weights, st.integers(1, 6))
def test_a_search_that_is_stopped_tells_how_much_better_a_route_may_be(legs, offers, weights, patience):
    asked = iter(range(patience))
    points = every_route(legs, offers, weights).values()

    proposal = propose_routes(legs, offers, weights, today=TODAY, go_on=lambda _: next(asked, None) is not None)

    assert (proposal.gap is None) == (not proposal.routes and not proposal.is_proven)
    if proposal.routes:
        assert proposal.gap is not None
        assert proposal.routes[0].points <= max(points) <= proposal.routes[0].points + proposal.gap


@settings(max_examples=150, deadline=None)
@given(cases.leg_lists, cases.offer_lists)
def test_a_tour_is_blocked_exactly_when_it_has_no_route(legs, offers):
    proposal = propose_routes(legs, offers, Weights(), today=TODAY)

    assert bool(blocked(legs, proposal.scores, fixed={})) == (not proposal.routes)


def test_no_legs_or_no_offers_make_no_route():
    assert propose_routes([], [an_offer()], Weights(), today=TODAY).routes == ()
    assert propose_routes([a_leg()], [], Weights(), today=TODAY).routes == ()


def test_a_search_tells_how_far_it_is():
    told: list[Progress] = []

    def note(progress: Progress) -> bool:
        told.append(progress)
        return True

    propose_routes(
        [a_leg(), a_leg(0, 9)], [an_offer("a"), an_offer("b", at=ALBANY)], Weights(), today=TODAY, go_on=note
    )

    preparing = told[:4]
    assert [progress.seen for progress in preparing] == [1, 2, 3, 4]
    assert all(progress.best is not None and progress.bound is not None for progress in preparing)


def test_a_search_that_is_stopped_at_once_has_a_route_all_the_same():
    legs = [a_leg(0, 300), a_leg(0, 300), a_leg(100, 300)]
    offers = [an_offer(key, first=0, last=300) for key in "abcd"]

    proposal = propose_routes(legs, offers, Weights(), today=TODAY, go_on=lambda _: False)

    (route,) = proposal.routes
    assert not proposal.is_proven
    assert proposal.gap is not None
    assert route.idle_days == 0


def test_a_stop_begins_when_the_one_before_has_ended():
    legs = [a_leg(0, 1), a_leg(2, 5)]

    (route, *_) = propose_routes(legs, [an_offer("a"), an_offer("b")], Weights(), today=TODAY).routes

    assert [stop.start_on for stop in route.stops] == [on(0), on(2)]
    assert route.idle_days == 0


def test_a_leg_without_a_city_is_named_with_what_rules_the_offers_out():
    legs = [a_leg(), a_leg(5, 9, people=25)]
    offers = [an_offer("a"), an_offer("b")]
    proposal = propose_routes(legs, offers, Weights(), today=TODAY)

    (block,) = blocked(legs, proposal.scores, fixed={})

    assert (block.legs, block.kind, block.counts) == ((1,), "no_city", {"too_large": 2})
    assert openings(legs, offers, fixed={}, today=TODAY) == [Opening(1, "smaller_group", {"people": 20})]


def test_legs_that_share_their_only_city_are_named():
    legs = [a_leg(), a_leg(5, 9)]
    offers = [an_offer("a"), an_offer("b", first=12, last=15)]
    proposal = propose_routes(legs, offers, Weights(), today=TODAY)

    (block,) = blocked(legs, proposal.scores, fixed={})

    assert (block.legs, block.kind) == ((0, 1), "too_few_cities")
    assert Opening(None, "city_twice") in openings(legs, offers, fixed={}, today=TODAY)
    assert Opening(1, "wider_dates", {"days": 7}) in openings(legs, offers, fixed={}, today=TODAY)


def test_legs_in_the_wrong_order_are_named():
    legs = [a_leg(5, 9), a_leg(0, 4)]
    offers = [an_offer("a"), an_offer("b")]
    proposal = propose_routes(legs, offers, Weights(), today=TODAY)

    (block,) = blocked(legs, proposal.scores, fixed={})

    assert (block.legs, block.kind) == ((0, 1), "dates")
    assert Opening(1, "wider_dates", {"days": 7}) in openings(legs, offers, fixed={}, today=TODAY)


def test_days_that_another_tour_has_open_once_they_are_shared_or_others_are_taken():
    taken = [Taken("a", window(0, 4))]
    legs, offers = [a_leg()], [an_offer("a")]
    proposal = propose_routes(legs, offers, Weights(), taken=taken, today=TODAY)

    (block,) = blocked(legs, proposal.scores, fixed={})

    assert block.counts == {"taken": 1}
    assert openings(legs, offers, fixed={}, taken=taken, today=TODAY) == [
        Opening(0, "wider_dates", {"days": 3}), Opening(0, "share")
    ]  # fmt: skip


def test_a_choice_that_leaves_no_route_is_named_and_may_be_given_up():
    legs, offers = [a_leg()], [an_offer("a"), an_offer("b", largest=10)]
    fixed = {0: Fixed("b")}
    proposal = propose_routes(legs, offers, Weights(), fixed=fixed, today=TODAY)

    (block,) = blocked(legs, proposal.scores, fixed=fixed)

    assert block.counts == {"too_large": 1}
    assert Opening(0, "unfix") in openings(legs, offers, fixed=fixed, today=TODAY)
