"""Entering a city."""

from typing import Any

import pytest
from flask import Flask

from tourreg.db import writing
from tourreg.domain.cities.commands import CityIsIncomplete, add_city
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text


@pytest.mark.both
def test_cities_of_one_name_have_addresses_of_their_own(app: Flask) -> None:
    slugs = [a_new_city().slug for _ in range(3)]

    assert slugs == ["dubuque", "dubuque-2", "dubuque-3"]


def test_an_address_has_plain_letters(app: Flask) -> None:
    assert a_new_city(name=Text("Cañon City / São", "卡农")).slug == "canon-city-sao"


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"name": Text("Dubuque")}, ["name_zh"]),
        ({"region": Text(zh="艾奥瓦州")}, ["region_en"]),
        ({"zone": "America/Dubuque"}, ["zone"]),
        ({"latitude": 90.1, "longitude": -180.1}, ["latitude", "longitude"]),
        ({"latitude": float("nan")}, ["latitude"]),
    ],
)
def test_an_incomplete_city_is_refused_by_its_fields(app: Flask, changed: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(CityIsIncomplete) as refusal:
        a_new_city(**changed)

    assert refusal.value.fields == fields


def a_new_city(**changed: Any) -> City:
    values: dict[str, Any] = {
        "name": Text("Dubuque", "迪比克"),
        "region": Text("Iowa", "艾奥瓦州"),
        "country": "US",
        "zone": "America/Chicago",
        "latitude": 42.5,
        "longitude": -90.7,
    }
    with writing():
        return add_city(**{**values, **changed})
