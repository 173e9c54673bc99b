"""Which city a row of a file means."""

from typing import Any

import pytest

from tourreg.domain.cities import places
from tourreg.domain.cities.places import places_named, plain_name
from tourreg.domain.hosting.city_matching import (
    Candidate,
    RowRefused,
    candidates,
    decide,
    plain_region,
    regions_known,
    sought,
    spellings,
)
from tourreg.kernel.bilingual import Text

IOWA, JIANGSU = Text("Iowa", "艾奥瓦州"), Text("Jiangsu", "江苏")
HERE = [
    Candidate("city:davenport", Text("Davenport", "达文波特"), IOWA, "US"),
    Candidate("city:yangzhou", Text("Yangzhou", "扬州"), JIANGSU, "CN"),
    Candidate("city:portland", Text("Portland", "波特兰"), Text("Oregon", "俄勒冈州"), "US"),
]
REGIONS = regions_known(places.regions(), HERE)


def meant(chosen: str = "", **row: Any) -> str:
    """Return the key of the city that a row means, "" for none."""
    wanted = sought(row, REGIONS)
    names = {spelling for name in wanted.names for spelling in spellings(name)}
    named: dict[str, list[Candidate]] = {}
    for name, found in places_named(names).items():
        listed = [Candidate(f"place:{one.key}", one.name, one.region, one.country, one.kind) for one in found]
        named.setdefault(plain_name(name), []).extend(listed)
    for one in HERE:
        for name in (one.name.en, one.name.zh):
            named.setdefault(plain_name(name), []).append(one)
    city = decide(wanted, candidates(wanted, named), chosen)
    return city.key if city else ""


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"name_en": "Davenport", "region_en": "Iowa", "country": "US"}, "city:davenport"),
        ({"name_en": "DAVENPORT", "region_en": "IA"}, "city:davenport"),
        ({"name_en": "City of Davenport", "region_en": "State of Iowa"}, "city:davenport"),
        ({"name_en": "Davenport, IA"}, "city:davenport"),
        ({"name_zh": "达文波特", "region_zh": "艾奥瓦"}, "city:davenport"),
        ({"name_zh": "扬州市", "region_zh": "江苏省"}, "city:yangzhou"),
        ({"name_zh": "扬州"}, "city:yangzhou"),
        ({"name_en": "Yangzhou", "region_en": "Jiangsu Province", "country": "CN"}, "city:yangzhou"),
        ({"name_en": "Davenport", "region_en": "Florida"}, "place:us-1216450"),
        ({"name_en": "Davenport", "region_en": "Florida", "country": "CN"}, None),
        ({"name_en": "St. Louis", "region_en": "MO"}, "place:us-2965000"),
        ({"name_en": "Saint Louis", "region_en": "Missouri"}, "place:us-2965000"),
        ({"name_en": "Kansas City", "region_en": "MO"}, "place:us-2938000"),
        ({"name_en": "New York City", "region_en": "NY"}, "place:us-3651000"),
        ({"name_en": "Suzhou", "name_zh": "宿州"}, "place:cn-3413"),
        ({"name_en": "Suzhou", "region_en": "Jiangsu"}, "place:cn-3205"),
        ({"name_en": "Davenport", "region_en": "Vermont"}, ""),
        ({"name_en": "Lyon", "region_en": "Rhône", "country": "FR"}, ""),
    ],
)
def test_a_city_is_known_by_its_name_its_state_and_its_country(row: dict[str, str], key: str | None) -> None:
    if key is None:
        with pytest.raises(RowRefused) as refused:
            meant(**row)
        assert refused.value.kind == "unknown_region"
    else:
        assert meant(**row) == key


@pytest.mark.parametrize(
    ("row", "least", "among"),
    [
        ({"name_en": "Springfield"}, 20, "Illinois"),
        ({"name_en": "Portland"}, 2, "Oregon"),
        ({"name_en": "Suzhou"}, 2, "Anhui"),
        ({"name_en": "Springfield", "region_en": "NJ"}, 2, "New Jersey"),
        ({"name_en": "Yangzhou", "name_zh": "苏州"}, 2, "Jiangsu"),
    ],
)
def test_where_several_may_be_meant_they_are_told(row: dict[str, str], least: int, among: str) -> None:
    with pytest.raises(RowRefused) as refused:
        meant(**row)

    choices = refused.value.facts["choices"]
    assert refused.value.kind == "several"
    assert len(choices) >= least
    assert among in {each.region.en for each in choices}


def test_what_was_chosen_is_meant_and_nothing_else_can_be_chosen() -> None:
    assert meant(name_en="Suzhou", chosen="place:cn-3413") == "place:cn-3413"
    with pytest.raises(RowRefused):
        meant(name_en="Suzhou", chosen="city:davenport")


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ({}, "name_en", "no_name"),
        ({"name_en": "Davenport", "region_en": "Iowaa"}, "region_en", "unknown_region"),
        ({"name_en": "Davenport", "region_en": "Jiangsu", "country": "US"}, "region_en", "unknown_region"),
        ({"name_en": "X", "region_en": "Iowa", "region_zh": "江苏"}, "region_en", "regions_differ"),
    ],
)
def test_a_row_that_names_no_city_or_state_says_in_which_column(row: dict[str, str], column: str, kind: str) -> None:
    with pytest.raises(RowRefused) as refused:
        sought(row, REGIONS)

    assert (refused.value.column, refused.value.kind) == (column, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jiangsu", "jiangsu province"), ("江苏", "江苏省"), ("内蒙古", "内蒙古自治区"), ("艾奥瓦州", "艾奥瓦"),
        ("D.C.", "DC"), ("北京", "北京市"), ("State of New York", "New York"),
    ],
)  # fmt: skip
def test_two_spellings_of_a_region_are_one(one: str, other: str) -> None:
    assert plain_region(one) == plain_region(other)


def test_guizhou_keeps_its_last_sign_and_shanxi_is_not_shaanxi() -> None:
    assert plain_region("贵州") == "贵州"
    assert plain_region("山西") != plain_region("陕西")
    assert plain_region("Shanxi") != plain_region("Shaanxi")
