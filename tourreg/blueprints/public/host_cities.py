"""The cities that host: a list with maps by year, country, state and topic, and a page of each with what came to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from tourreg import formats
from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.blueprints.event_words import KINDS
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.kept_pages import is_small_number, kept
from tourreg.blueprints.languages import language
from tourreg.blueprints.maps import CityMap, Spot, city_map
from tourreg.blueprints.outside import files
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.particulars_form import GOVERNMENTS
from tourreg.blueprints.words import settings
from tourreg.domain.hosting import shown_cities
from tourreg.domain.hosting.shown_cities import Told, Visit, Wanted
from tourreg.kernel import clock

blueprint = Blueprint("host_cities", __name__)
COUNTRIES = ("CN", "US")
_YEAR = re.compile(r"20\d\d", re.ASCII)
# As the list's own choices are spelled; each good value is a page that is kept.
_REGION = re.compile(r"[^\W\d_][\w .,'’()-]{1,60}")
_TOPIC = re.compile(r"[a-z][a-z0-9-]{1,60}", re.ASCII)


def is_year(value: str) -> bool:
    return _YEAR.fullmatch(value) is not None


def is_region(value: str) -> bool:
    return _REGION.fullmatch(value) is not None


def is_topic(value: str) -> bool:
    return _TOPIC.fullmatch(value) is not None


@blueprint.get("/host-cities")
@everyone
@kept(year=is_year, country=COUNTRIES.__contains__, region=is_region, topic=is_topic, page=is_small_number)
def index() -> str:
    today, number = clock.utc_now().date(), asked_page()
    said = {name: request.args.get(name, "") for name in ("year", "country", "region", "topic")}
    year = int(said["year"]) if said["year"] else None
    wanted = Wanted(year, said["country"], said["region"], said["topic"])
    rows, total = shown_cities.shown_cities(wanted, today=today, page=number, size=PAGE_ROWS)
    return render_template(
        "public/host_cities.html",
        page=Page(rows, number, total),
        maps=_maps(shown_cities.shown_places(wanted, today=today)),
        years=shown_cities.years_of_visits(today),
        countries={code: formats.country(code, language()) for code in COUNTRIES},
        regions=shown_cities.regions_shown(today),
        topics=shown_cities.topics_shown(),
        wanted=wanted,
        asked={name: value for name, value in said.items() if value},
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
    shown, visits = shown_cities.shown_city(slug, today=today) or abort(404)
    told = shown_cities.told_by(shown)
    return render_template(
        "public/host_city.html",
        city=shown,
        told=told.particulars if told else None,
        photos=told.photos if told else [],
        languages=_languages(told),
        governments=GOVERNMENTS,
        ahead=[visit for visit in reversed(visits) if visit.last_on >= today],
        past=_by_year(visits, today),
        kinds=KINDS,
        country=formats.country(shown.country, language()),
        schema=_schema(shown, told),
    )


@blueprint.get("/host-cities/<slug>/photos/<photo>.jpg")
@everyone
def photo(slug: str, photo: str) -> Response:
    """Answer with a photograph while the city wants it shown; browsers ask each time whether it does."""
    shown, _visits = shown_cities.shown_city(slug, today=clock.utc_now().date()) or abort(404)
    told = shown_cities.told_by(shown) or abort(404)
    wanted = next((one for one in told.photos if one.public_id == photo), None) or abort(404)
    try:
        answer = make_response(files().get(wanted.sha256))
    except (FileMissing, FileDamaged):
        abort(404)
    answer.headers["Content-Type"] = "image/jpeg"
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.set_etag(wanted.sha256)
    answer.make_conditional(request)
    return answer


def _languages(told: Told | None) -> list[str]:
    return [formats.language_name(code, language()) for code in told.particulars.languages] if told else []


def _by_year(visits: Sequence[Visit], today: date) -> dict[int, list[Visit]]:
    """Return the visits that are over by the year in which they began, the latest first."""
    years: dict[int, list[Visit]] = {}
    for visit in visits:
        if visit.last_on < today:
            years.setdefault(visit.first_on.year, []).append(visit)
    return years


def _schema(shown: Any, told: Told | None) -> dict[str, Any]:
    """Return the city as schema.org has it, in the page's language."""
    base = settings().base_url
    photos = told.photos if told else ()
    return {
        "@context": "https://schema.org",
        "@type": "City",
        "name": shown.name.in_(language()),
        "alternateName": shown.name.in_("en" if language() == "zh" else "zh"),
        "url": base + url_for(".city", slug=shown.slug),
        "geo": {"@type": "GeoCoordinates", "latitude": shown.latitude, "longitude": shown.longitude},
        "containedInPlace": {"@type": "AdministrativeArea", "name": shown.region.in_(language())},
        "image": [base + url_for(".photo", slug=shown.slug, photo=one.public_id) for one in photos],
    }
