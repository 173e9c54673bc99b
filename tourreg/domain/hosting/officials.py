"""Whom thanks to a host city are addressed to: its mayor and its council, as the city names them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.particulars_models import HostParticulars
from tourreg.kernel.bilingual import EMPTY, Text


@dataclass(frozen=True)
class Officials:
    """Name and title of the head of the city, and what its council is called; each empty where nobody said."""

    mayor: Text = EMPTY
    mayor_title: Text = EMPTY
    council: Text = EMPTY


def officials_of(city: City) -> Officials:
    """Return what those who speak for a city have told of its mayor and council, whoever told first of each."""
    told = (
        select(HostParticulars)
        .join(HostProfile, HostProfile.id == HostParticulars.profile_id)
        .where(HostProfile.city_id == city.id, HostProfile.state == "accepted")
        .order_by(HostProfile.id)
    )
    rows = db.session.scalars(told).all()
    with_mayor = next((row for row in rows if row.mayor), None)
    with_council = next((row for row in rows if row.council), None)
    return Officials(
        with_mayor.mayor if with_mayor else EMPTY,
        with_mayor.mayor_title if with_mayor else EMPTY,
        with_council.council if with_council else EMPTY,
    )
