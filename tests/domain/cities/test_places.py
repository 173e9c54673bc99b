"""Cities are looked up by name, so that nobody types coordinates."""

import pytest

from tourreg.domain.cities.places import SOURCE, _us_names_zh, find_places, place_of, places_named
from tourreg.kernel.clock import zones


def found(words: str) -> list[str]:
    return [f"{place.name.en}, {place.region.en}" for place in find_places(words)]


def test_places_that_have_a_chinese_name_are_in_the_list_under_it() -> None:
    numbers = _us_names_zh()

    assert len(numbers) == 178
    assert {(place := place_of(f"us-{number}")) and place.name.zh for number in numbers} == set(numbers.values())


def test_a_file_may_name_a_place_of_the_united_states_in_chinese() -> None:
    assert [place.name.en for place in places_named({"芝加哥"})["芝加哥"]] == ["Chicago"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Springfield, IL", "Springfield, Illinois"),
        ("springfield illinois", "Springfield, Illinois"),
        ("Saint Louis", "St. Louis, Missouri"),
        ("st louis mo", "St. Louis, Missouri"),
        ("Ft. Collins", "Fort Collins, Colorado"),
        ("Canon City", "Cañon City, Colorado"),
        ("ESPAÑOLA", "Española, New Mexico"),
        ("coeur d’alene", "Coeur d’Alene, Idaho"),
        ("dallas", "Dallas, Texas"),
        ("Missoula, MT", "Missoula, Montana"),
        ("New York", "New York, New York"),
        ("Kansas City", "Kansas City, Missouri"),
        ("winston salem", "Winston-Salem, North Carolina"),
        ("West Hartford", "West Hartford, Connecticut"),
        ("Honolulu", "Honolulu, Hawaii"),
        ("芝加哥", "Chicago, Illinois"),
        ("缅因州波特兰", "Portland, Maine"),
        ("扬州", "Yangzhou, Jiangsu"),
        ("扬州市", "Yangzhou, Jiangsu"),
        ("江苏省苏州市", "Suzhou, Jiangsu"),
        ("Xi'an", "Xi’an, Shaanxi"),
        ("xian", "Xi’an, Shaanxi"),
        ("Ｄａｖｅｎｐｏｒｔ， ＩＡ", "Davenport, Iowa"),
    ],
)
def test_a_city_is_found_as_people_write_it(words: str, first: str) -> None:
    assert found(words)[0] == first


def test_cities_of_one_name_are_told_apart_by_state_the_largest_first() -> None:
    places = find_places("Springfield")

    assert [place.region.en for place in places[:3]] == ["Missouri", "Massachusetts", "Illinois"]
    assert len({place.key for place in places}) == len(places)
    assert found("suzhou") == ["Suzhou, Jiangsu", "Suzhou, Anhui"]


@pytest.mark.parametrize("words", ["", " ", "a", "州", "zzzz", "(.*", "\\", "%", "x" * 10_000, "\x00", "😀", "市"])
def test_what_names_no_city_finds_none(words: str) -> None:
    assert find_places(words) == []


@pytest.mark.parametrize("key", ["", "us-", "us-0", "cn-", "cn-1772000", "us-1772000\n", "de-1"])
def test_no_place_has_a_key_that_is_not_in_the_list(key: str) -> None:
    assert place_of(key) is None


def test_a_place_has_its_coordinates_zone_and_population() -> None:
    dallas = place_of("us-4819000")

    assert dallas is not None
    assert (round(dallas.latitude, 1), round(dallas.longitude, 1), dallas.zone) == (32.8, -96.8, "America/Chicago")
    assert 1_300_000 < (dallas.population or 0) < 1_400_000
    assert dallas.region.zh == "得克萨斯州"


@pytest.mark.parametrize("key", ["us-0477000", "us-1571550", "us-0203000", "us-1836003", "cn-3210", "cn-6501"])
def test_zones_are_those_of_the_house(key: str) -> None:
    place = place_of(key)

    assert place is not None
    assert place.zone in zones()
    assert place.region.zh


def test_the_source_is_named_in_both_languages() -> None:
    assert "CC BY 4.0" in SOURCE.en
    assert "CC BY 4.0" in SOURCE.zh
