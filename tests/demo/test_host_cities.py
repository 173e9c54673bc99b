"""The further cities of the demo are places of the list, and what they offer says that it is a sample."""

from datetime import UTC, datetime

from tourreg.demo.cities import CITIES
from tourreg.demo.host_cities import CHINESE_HOSTS, PLACES, _offers, _place
from tourreg.demo.host_offer_content import OFFERS
from tourreg.demo.tour_legs import LEGS
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text

NOW = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)


def a_city(country: str) -> City:
    return City(slug="place", name=Text("Place", "地方"), region=Text("Iowa", "艾奥瓦州"), country=country)


def test_sixty_cities_of_the_united_states_and_ten_of_china_have_figures() -> None:
    american = {entry["key"] for entry in CITIES if entry["country"] == "US"}
    places = [_place(key) for key in PLACES]

    assert len(american) + len({place.key for place in places}) >= 60
    assert all(place.population and place.country == "US" for place in places)
    assert len({place.name.zh for place in places} - {""}) == len(PLACES)
    assert {entry["key"] for entry in CITIES if entry["country"] == "CN"} >= set(CHINESE_HOSTS)
    assert len(CHINESE_HOSTS) == 10


def test_there_are_a_hundred_and_twenty_offers_and_each_says_that_it_is_a_sample() -> None:
    american, chinese = [a_city("US") for _place in PLACES], [a_city("CN") for _key in CHINESE_HOSTS]
    plans = [plan for _city, plan in _offers(american, chinese, NOW)]

    assert len(plans) + len(OFFERS) >= 120
    assert all(plan.title.en.startswith("Sample: ") and plan.title.zh.startswith("示例：") for plan in plans)


def test_three_tours_have_legs() -> None:
    assert sorted(len(legs) for legs in LEGS.values()) == [4, 4, 5]
