"""The list of cities: filtered, in the order of whom to ask next, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.adapters.workbooks import Value, write_table
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.desk_time import desk_day
from tourreg.blueprints.office.itinerary_spreadsheet import EXCEL
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.spreadsheets import csv_file, harmless
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting import city_register as register
from tourreg.domain.hosting.city_register import Listed, WantedCities
from tourreg.kernel import clock

blueprint = Blueprint("office_city_list", __name__)

READINESS = {
    "ready": ("good", _l("Ready: an offer counts")),
    "steps": ("wait", _l("Offer waits for lawyers or council")),
    "no_offer": ("", _l("Signed up, no offer open")),
    "nobody": ("over", _l("Nobody speaks for it")),
}
ORDERS = {
    "name": _l("By country and name"),
    "next": _l("Whom to ask next"),
    "longest_ago": _l("Hosted longest ago first"),
    "population": _l("Largest first"),
}
_LONGEST_SEARCH, _LONGEST_REGION, _MOST_YEARS, _YEARS_OF_LAST = 100, 120, 30, 10
_WIDTHS = (22, 22, 20, 16, 12, 30, 36, 8, 10, 10, 12, 12, 10, 14, 36)


def list_page() -> str:
    """Return the page of the list, as its address asks for it."""
    number, today = asked_page(), desk_day(clock.utc_now())
    wanted = wanted_cities(today)
    rows, total = register.listed_cities(wanted, today=today, page=number, size=PAGE_ROWS)
    last = max(1, -(-total // PAGE_ROWS))
    if number > last:
        rows, total = register.listed_cities(wanted, today=today, page=last, size=PAGE_ROWS)
    return render_template(
        "office/cities/index.html",
        page=Page(rows, min(number, last), total),
        wanted=wanted,
        asked=holes(wanted),
        topics_of=register.topics_of_cities([row.city.id for row in rows]),
        last_programmes=register.programmes_hosted_last([row.city.id for row in rows], today=today),
        topics=all_topics(retired=True),
        regions=register.regions_of_cities(wanted.country),
        years=_years(today),
        last_choices=last_choices(today),
        readiness=READINESS,
        orders=ORDERS,
    )


@blueprint.get("/office/cities/list.csv")
@office()
def csv_list() -> Response:
    rows = ([harmless(_shown(cell)) for cell in row] for row in _rows())
    return csv_file("cities.csv", _headings(), rows)


@blueprint.get("/office/cities/list.xlsx")
@office()
def excel_list() -> Response:
    content = write_table(_headings(), _rows(), widths=_WIDTHS, name=_("Cities"))
    answer = make_response(content)
    answer.mimetype = EXCEL
    answer.headers["Content-Disposition"] = 'attachment; filename="cities.xlsx"'
    return answer


def wanted_cities(today: date) -> WantedCities:
    """Return what the address asks for; what it cannot mean is left out."""
    said = {name: " ".join(request.args.get(name, "").split()) for name in ("q", "country", "region", "topic")}
    readiness, order = request.args.get("readiness", ""), request.args.get("order", "")
    since, last = request.args.get("since", ""), request.args.get("last", "")
    return WantedCities(
        search=said["q"][:_LONGEST_SEARCH],
        country=said["country"] if said["country"] in ("US", "CN") else "",
        region=said["region"][:_LONGEST_REGION],
        topic=said["topic"][:_LONGEST_SEARCH],
        readiness=readiness if readiness in READINESS else "",
        since=int(since) if since in {str(year) for year in _years(today)} else None,
        last=last if last in {value for value, _words in last_choices(today)} else "",
        order=order if order in ORDERS else "name",
    )


def holes(wanted: WantedCities) -> dict[str, Any]:
    """Return the holes of an address that asks for the same cities."""
    return {
        "q": wanted.search or None,
        "country": wanted.country or None,
        "region": wanted.region or None,
        "topic": wanted.topic or None,
        "readiness": wanted.readiness or None,
        "since": wanted.since,
        "last": wanted.last or None,
        "order": wanted.order if wanted.order != "name" else None,
    }


def _years(today: date) -> list[int]:
    """Return the years that the counts may begin with, the latest first."""
    return list(range(today.year, today.year - _MOST_YEARS, -1))


def last_choices(today: date) -> list[tuple[str, str]]:
    """Return what may be asked of when a city hosted last, with its words."""
    years = _years(today)[:_YEARS_OF_LAST]
    return [
        ("never", _("Never")),
        *((f"before-{year}", _("Not since %(year)s, or never", year=year)) for year in years),
        *((f"since-{year}", _("In %(year)s or later", year=year)) for year in years),
    ]


def _headings() -> list[str]:
    return [
        _("City"), _("City, in Chinese"), _("State or province"), _("Country or region"), _("Population"),
        _("Readiness"), _("Topics"), _("Asked"), _("Answered"), _("Declined"), _("No answer"), _("Confirmed"),
        _("Hosted"), _("Hosted last, until"), _("Programme hosted last"),
    ]  # fmt: skip


def _rows() -> Iterator[list[Value]]:
    today = desk_day(clock.utc_now())
    listed = register.every_city(wanted_cities(today), today=today)
    cities = [row.city.id for row in listed]
    topics, last = register.topics_of_cities(cities), register.programmes_hosted_last(cities, today=today)
    for row in listed:
        named = "; ".join(topic.name.in_(language()) for topic in topics.get(row.city.id, ()))
        title = last[row.city.id].title.in_(language()) if row.city.id in last else ""
        yield _row(row, named, title)


def _row(row: Listed, topics: str, last: str) -> list[Value]:
    city = row.city
    return [
        city.name.en, city.name.zh, city.region.in_(language()), formats.country(city.country, language()),
        city.population, str(READINESS[row.readiness][1]), topics, row.asked, row.answered, row.declined, row.lapsed,
        row.confirmed, row.hosted, row.last_on, last,
    ]  # fmt: skip


def _shown(cell: Value) -> str:
    return "" if cell is None else str(cell)
