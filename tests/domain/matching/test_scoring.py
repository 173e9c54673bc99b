"""What an offer is worth for a leg, and what rules it out."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from tests.domain.matching import cases
from tests.domain.matching.cases import ALBANY, DALLAS, TODAY, a_leg, an_offer, on, window
from tourreg.domain.matching.scoring import score, scores
from tourreg.domain.matching.values import Charge, Taken, Weights

WEIGHTS = Weights()


def kinds(leg, offer, **more):
    return [reason.kind for reason in score(leg, offer, WEIGHTS, today=TODAY, **more).ruled_out]


@settings(max_examples=300, deadline=None)
@given(cases.legs, cases.offers_at, cases.weights)
def test_the_points_of_the_reasons_add_up_and_only_what_is_not_ruled_out_can_begin(leg, offer, weights):
    found = score(leg, offer, weights, today=TODAY)

    assert found.points == sum(reason.points for reason in found.reasons)
    assert all(isinstance(reason.points, int) for reason in found.reasons)
    assert all(reason.points == 0 for reason in found.ruled_out)
    assert bool(found.starts) == (not found.ruled_out)


def test_reasons_carry_their_facts_and_points():
    leg = a_leg(topics=("water", "energy"), near=ALBANY, languages=("zh",))
    offer = an_offer(topics={"water": 2}, interpreted=frozenset({"zh"}), hosted=1, asked=2, tours=12)

    found = score(leg, offer, WEIGHTS, today=TODAY)

    assert [(reason.kind, reason.points) for reason in found.reasons] == [
        ("topic", 40), ("topic_missing", 0), ("free", 3), ("unfilled_days", -10), ("size", 0),
        ("near", -68), ("interpreted", 5), ("hosted", -6),
    ]  # fmt: skip
    assert found.reasons[2].facts == {"first_on": on(0), "last_on": on(4)}
    assert found.reasons[-1].facts == {"hosted": 1, "tours": 12}


def test_a_city_on_the_way_is_no_detour():
    (near, *_) = [
        reason
        for reason in score(a_leg(near=DALLAS, towards=ALBANY), an_offer(), WEIGHTS, today=TODAY).reasons
        if reason.kind == "detour"
    ]

    assert (near.points, near.facts["km"]) == (0, 0)


@pytest.mark.parametrize(("people", "ruled_out"), [(20, []), (21, ["too_large"]), (5, []), (4, ["too_small"])])
def test_a_group_fits_up_to_the_largest_and_from_the_smallest(people, ruled_out):
    assert kinds(a_leg(people=people), an_offer(smallest=5)) == ruled_out


@pytest.mark.parametrize(
    ("blackout", "first", "last", "ruled_out"),
    [
        (2, 0, 1, []),  # the morning of leaving
        (1, 0, 1, ["blackout"]),
        (0, 0, 1, ["blackout"]),
        (2, 0, 4, []),
        (2, 1, 3, ["blackout"]),
    ],
)
def test_a_stay_keeps_clear_of_blackout_days(blackout, first, last, ruled_out):
    assert kinds(a_leg(first, last), an_offer(blackouts=frozenset({on(blackout)}))) == ruled_out


@pytest.mark.parametrize(("notice_days", "ruled_out"), [(38, []), (39, ["short_notice"])])
def test_notice_is_kept_to_the_day(notice_days, ruled_out):
    assert kinds(a_leg(0, 4), an_offer(notice_days=notice_days)) == ruled_out  # it can begin 35 to 38 days from now


@pytest.mark.parametrize(
    ("first", "last", "ruled_out"),
    [(0, 1, []), (3, 9, []), (4, 9, ["not_free"]), (0, 0, ["not_free"]), (5, 9, ["not_free"])],
)
def test_one_window_holds_the_whole_stay(first, last, ruled_out):
    assert kinds(a_leg(0, 4), an_offer(first=first, last=last)) == ruled_out


def test_two_windows_side_by_side_do_not_make_one():
    assert kinds(a_leg(0, 1), an_offer(windows=(window(0, 0), window(1, 1)))) == ["not_free"]


def test_days_over_a_change_of_clocks_are_days():
    leg = a_leg(5, 8, nights=3)

    found = score(leg, an_offer(first=5, last=7), WEIGHTS, today=TODAY)

    assert found.starts == (on(5),)
    assert found.reasons[0].facts["last_on"] == on(5) + timedelta(days=2)


def test_two_tours_share_a_window_on_days_of_their_own_and_the_same_days_only_where_the_city_takes_two():
    leg, taken = a_leg(0, 4), [Taken("a", window(1, 2))]

    assert score(leg, an_offer(), WEIGHTS, taken=taken, today=TODAY).starts == (on(3),)
    assert kinds(a_leg(0, 2), an_offer(), taken=taken) == ["taken"]
    assert kinds(a_leg(0, 2), an_offer(may_share=True), taken=taken) == []


def test_an_offer_is_ruled_out_for_beds_distance_budget_and_being_closed():
    leg = a_leg(homestay=True, near=ALBANY, within_km=100, budget_minor=100)
    offer = an_offer(homestay_places=17, charges=(Charge(6, "person"),), is_open=False)

    assert kinds(leg, offer) == ["closed", "too_few_beds", "too_far", "over_budget"]


def test_what_is_charged_in_another_currency_rules_nothing_out():
    offer = an_offer(charges=(Charge(10**6, "group"),), currency="CNY")

    assert kinds(a_leg(budget_minor=1), offer) == []


def test_offers_that_can_be_come_first_and_the_best_of_them_before():
    offers = [an_offer("small", largest=2), an_offer("plain"), an_offer("water", topics={"water": 1})]

    found = scores(a_leg(topics=("water",)), offers, WEIGHTS, today=TODAY)

    assert [each.offer.key for each in found] == ["water", "plain", "small"]
