"""The cities that host: a list by year and country, and a page of each with the programmes that came to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request, url_for

from tourreg import formats
from tourreg.blueprints.event_words import KINDS
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.kept_pages import is_small_number, kept
from tourreg.blueprints.languages import language
from tourreg.blueprints.maps import CityMap, Spot, city_map
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.domain.hosting import shown_cities
from tourreg.kernel import clock

blueprint = Blueprint("host_cities", __name__)
COUNTRIES = ("CN", "US")
_YEAR = re.compile(r"20\d\d", re.ASCII)


def is_year(value: str) -> bool:
    return _YEAR.fullmatch(value) is not None


@blueprint.get("/host-cities")
@everyone
@kept(year=is_year, country=COUNTRIES.__contains__, page=is_small_number)
def index() -> str:
    today = clock.utc_now().date()
    year, country, number = request.args.get("year", ""), request.args.get("country"), asked_page()
    rows, total = shown_cities.shown_cities(
        int(year) if year else None, country, today=today, page=number, size=PAGE_ROWS
    )
    return render_template(
        "public/host_cities.html",
        page=Page(rows, number, total),
        maps=_maps(shown_cities.shown_places(int(year) if year else None, country, today=today)),
        years=shown_cities.years_of_visits(today),
        countries={code: formats.country(code, language()) for code in COUNTRIES},
        year=year,
        country=country,
    )


def _maps(places: Sequence[shown_cities.Placed]) -> dict[str, CityMap]:
    """Return a map of each country that has any of them, by its letters."""
    spots: dict[str, list[Spot]] = {country: [] for country in COUNTRIES}
    for place in places:
        address = url_for(".city", slug=place.slug)
        spot = Spot(place.name.in_(language()), address, place.longitude, place.latitude, place.programmes)
        spots.setdefault(place.country, []).append(spot)
    return {country: city_map(country, spots[country]) for country in COUNTRIES if spots[country]}


@blueprint.get("/host-cities/<slug>")
@everyone
@kept()
def city(slug: str) -> str:
    today = clock.utc_now().date()
    found = shown_cities.shown_city(slug, today=today) or abort(404)
    shown, visits = found
    return render_template(
        "public/host_city.html",
        city=shown,
        ahead=[visit for visit in reversed(visits) if visit.last_on >= today],
        past=[visit for visit in visits if visit.last_on < today],
        kinds=KINDS,
        country=formats.country(shown.country, language()),
    )
