"""Whom thanks to a host city are addressed to: its head, and its council or, in China, its people's government."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.cities.full_names import in_full
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars_models import HostParticulars
from tourreg.kernel.bilingual import EMPTY, Text

# What the head of a Chinese place is called by the kind of place that its name ends with; of any other, the mayor.
_CHINESE_HEADS = {
    "县": Text("County Head", "县长"),
    "区": Text("District Head", "区长"),
    "旗": Text("Banner Head", "旗长"),
}


@dataclass(frozen=True)
class Officials:
    """Name and title of the head of the city, and what its council is called; each empty where nobody said.

    council  of a Chinese city its people's government, as long as the city names nothing else: it has no city council
    """

    mayor: Text = EMPTY
    mayor_title: Text = EMPTY
    council: Text = EMPTY


def officials_of(city: City) -> Officials:
    """Return who speaks for a city in public: as its contacts tell, whoever told first of each, else as is usual."""
    told = (
        select(HostParticulars)
        .join(HostProfile, HostProfile.id == HostParticulars.profile_id)
        .where(HostProfile.city_id == city.id, HostProfile.state == "accepted")
        .order_by(HostProfile.id)
    )
    rows = db.session.scalars(told).all()
    with_mayor = next((row for row in rows if row.mayor), None)
    with_council = next((row for row in rows if row.council), None)
    usual = _usual(city)
    return Officials(
        with_mayor.mayor if with_mayor else EMPTY,
        (with_mayor.mayor_title if with_mayor else EMPTY) or usual.mayor_title,
        with_council.council if with_council else usual.council,
    )


def _usual(city: City) -> Officials:
    """Return what is so in every city of a country, as far as we know."""
    if city.country != "CN":
        return Officials()
    chinese = in_full(city.name.zh)
    government = Text(
        f"The People’s Government of {city.name.en}" if city.name.en else "", f"{chinese}人民政府" if chinese else ""
    )
    return Officials(EMPTY, _CHINESE_HEADS.get(chinese[-1:], EMPTY), government)
