"""The cities of the office's list on maps: how ready each is to host, and how often it hosted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, render_template, url_for

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import office
from tourreg.blueprints.languages import language
from tourreg.blueprints.maps import FRAMES, CityMap, Spot, city_map, key_mark
from tourreg.blueprints.office.city_list import READINESS, holes, wanted_cities
from tourreg.blueprints.office.desk_time import desk_day
from tourreg.domain.hosting import city_register as register
from tourreg.domain.hosting.city_register import Listed
from tourreg.kernel import clock

blueprint = Blueprint("office_city_map", __name__)


@blueprint.get("/office/cities/map")
@office()
def show() -> str:
    """Show the cities that the filters of the list find, each with the mark of how ready it is."""
    today = desk_day(clock.utc_now())
    wanted = wanted_cities(today)
    rows = register.every_city(wanted, today=today)
    counted = Counter(row.readiness for row in rows)
    return render_template(
        "office/cities/map.html",
        maps=_maps(rows),
        total=len(rows),
        asked=holes(wanted),
        key=[(key_mark(name), READINESS[name][1], counted[name]) for name in READINESS],
    )


def _maps(rows: Sequence[Listed]) -> dict[str, CityMap]:
    """Return a map of each country that has any of them, by its name."""
    spots: dict[str, list[Spot]] = {country: [] for country in FRAMES}
    for row in rows:
        if row.city.country in spots:
            spots[row.city.country].append(_spot(row))
    return {formats.country(one, language()): city_map(one, spots[one]) for one in spots if spots[one]}


def _spot(row: Listed) -> Spot:
    city = row.city
    address = url_for("office_cities.edit", public_id=city.public_id)
    name = city.name.in_(language())
    return Spot(name, address, city.longitude, city.latitude, row.hosted + 1, row.readiness, told=_told(row, name))


def _told(row: Listed, name: str) -> str:
    """Return what a pointer that rests on the mark reads."""
    if not row.last_on:
        return _("%(city)s: %(readiness)s; never hosted", city=name, readiness=READINESS[row.readiness][1])
    return ngettext(
        "%(city)s: %(readiness)s; hosted %(num)d time, last until %(day)s",
        "%(city)s: %(readiness)s; hosted %(num)d times, last until %(day)s",
        row.hosted,
        city=name,
        readiness=READINESS[row.readiness][1],
        day=formats.long_date(row.last_on, language()),
    )
