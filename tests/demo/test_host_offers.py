"""The sample cities' offers say that they are samples, and stand in every state."""

from tourreg.demo.host_offer_content import OFFERS, SITES
from tourreg.domain.hosting.offer_models import OFFER_KINDS, OFFER_MOVES


def test_every_kind_and_state_is_shown() -> None:
    states = {state for offer in OFFERS for state in (*offer["states"], "draft")} - {"renewed"}

    assert {offer["kind"] for offer in OFFERS} == set(OFFER_KINDS)
    assert states == set(OFFER_MOVES)


def test_every_offer_shows_places_of_its_own_city() -> None:
    cities = {key: city for key, city, _plan in SITES}

    assert all(cities[site] == offer["city"] for offer in OFFERS for site in offer["sites"])


def test_every_place_says_that_it_is_a_sample_in_both_languages() -> None:
    names = [plan.name for _key, _city, plan in SITES]

    assert all(name.en.startswith("Sample: ") and name.zh.startswith("示例：") for name in names)
