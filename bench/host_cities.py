"""The public list of three thousand host cities: its first page made anew, beside reading all of them, and kept."""

import random
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text, update

from bench.figures import Figure, fastest_side_by_side, milliseconds
from bench.site import DATABASES, Kind, site
from tests.cast import U_S_CENSUS, a_study_tour
from tourreg.blueprints.paging import PAGE_ROWS
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import CatalogueVersion, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.shown_cities import Wanted, shown_cities
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

CITIES, EVENTS = 3_000, 20
TODAY, FIRST_ON = date(2027, 1, 4), date(2027, 5, 3)
LIST = "/en/host-cities"


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        with site(kind, partial(_fill, kind)) as place, place.app.app_context():
            yield _paged(kind)
            yield _kept(kind, place.app)


def _paged(kind: Kind) -> Figure:
    """Compare one page, paged in SQL, with reading all cities at once, as paging in Python would."""
    every, page = fastest_side_by_side(_all_cities, _first_page, turns=7)
    ratio = page / every
    work = f"a page of {CITIES:,} host cities, paged in SQL, {kind}"
    return Figure(work, milliseconds(page), f"{ratio:.2f} of reading all ({milliseconds(every)})", "≤ 1", ratio <= 1)


def _kept(kind: Kind, app: Flask) -> Figure:
    anew, kept = fastest_side_by_side(partial(_anew, app), partial(_asked, app), turns=7)
    ratio = kept / anew
    work = f"the list of {CITIES:,} host cities with its map, made anew, {kind}"
    return Figure(work, milliseconds(anew), f"kept: {ratio:.3f} of it ({milliseconds(kept)})", "≤ 0.1", ratio <= 0.1)


def _all_cities() -> object:
    db.session.rollback()
    return db.session.scalars(select(City).order_by(City.slug)).all()


def _first_page() -> object:
    db.session.rollback()
    return shown_cities(Wanted(), today=TODAY, page=1, size=PAGE_ROWS)


def _anew(app: Flask) -> None:
    """Ask for the list after something that it shows was changed."""
    with writing() as session:
        session.execute(update(CatalogueVersion).values(version=CatalogueVersion.version + 1))
    _asked(app)


def _asked(app: Flask) -> None:
    answer = app.test_client().get(LIST)
    if answer.status_code != 200 or "/host-cities/place-" not in answer.text:
        raise SystemExit(f"bench: {LIST} answered {answer.status_code}")


def _fill(kind: Kind) -> None:
    chance = random.Random(34)
    events = [a_study_tour(f"tour-{number}", state="published") for number in range(EVENTS)]
    with writing() as session:
        session.execute(insert(City), [_city(number, chance) for number in range(CITIES)])
        cities = session.scalars(select(City.id).where(City.slug.startswith("place-"))).all()
        stops = [
            {
                "event_id": events[number % EVENTS].id, "city_id": city, "position": 10 + number, "part": "main",
                "from_on": FIRST_ON, "to_on": FIRST_ON,
            }
            for number, city in enumerate(cities)
        ]  # fmt: skip
        session.execute(insert(Stop), stops)
    if kind == "PostgreSQL":
        db.session.execute(text("ANALYZE"))  # as its own housekeeping does after a minute
        db.session.rollback()


def _city(number: int, chance: random.Random) -> dict[str, Any]:
    return {
        "public_id": new_public_id(), "slug": f"place-{number}", "name": Text(f"Place {number}"), "country": "US",
        "region": Text("Iowa", "艾奥瓦州"), "zone": "America/Chicago", "latitude": chance.uniform(28, 47),
        "longitude": chance.uniform(-122, -72), "population": 50_000, "population_source": U_S_CENSUS,
    }  # fmt: skip
