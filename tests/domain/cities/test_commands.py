"""Entering a city, and what is known of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.cities.commands import CityIsIncomplete, add_city, plan_of, revise_city
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


@pytest.mark.both
def test_what_is_known_of_a_city_is_revised_and_noted(app: Flask, now: datetime) -> None:
    city = a_new_city()
    with writing():
        plan = replace(plan_of(city), population=59_667, population_source=Text("2020 Census"))
        revise_city(city, plan, now=now, by="staff:x")

    change = db.session.scalars(select(Change).where(Change.subject == city.public_id)).one()
    assert plan_of(city) == plan
    assert (change.by, change.before["population"], change.after["population"]) == ("staff:x", None, 59_667)


def test_a_city_keeps_its_names_in_both_languages(app: Flask, now: datetime) -> None:
    city = a_new_city()

    with pytest.raises(CityIsIncomplete) as refusal, writing():
        revise_city(city, replace(plan_of(city), name=Text("Dubuque"), zone="x"), now=now, by="staff:x")

    assert refusal.value.fields == ["name_zh", "zone"]


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
