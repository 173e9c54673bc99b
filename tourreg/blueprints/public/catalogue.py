"""Programmes: the list with its filters, and the page of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from tourreg.blueprints.calendar_answers import calendar_answer
from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.event_words import DIRECTIONS, KINDS, conditions_of, who_may
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.kept_pages import changes_at, is_month, is_small_number, kept
from tourreg.blueprints.languages import language
from tourreg.blueprints.paging import Page, asked_page
from tourreg.blueprints.plan_words import plans_of
from tourreg.blueprints.public import route_drawings
from tourreg.blueprints.public.entries import by_season, entry_of, places_of
from tourreg.blueprints.public.search_engines import as_schema
from tourreg.blueprints.public.timeline import parts_of, zones_in_words
from tourreg.domain.catalogue import prices, queries, rules
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.queries import Wish
from tourreg.domain.itineraries.calendars import calendar_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.kernel import clock
from tourreg.kernel.bilingual import text_of

blueprint = Blueprint("catalogue", __name__)

# Programmes stay in the list this long after their end; their own pages stay for ever.
SHOWN_AFTER_END = timedelta(days=180)
LONGEST_LIST = 60
TOURS = ("pre_tour", "post_tour")


@blueprint.get("/events")
@everyone
@kept(kind=KINDS.__contains__, direction=DIRECTIONS.__contains__, month=is_month, page=is_small_number)
def events() -> str:
    now = clock.utc_now()
    wish, number = _wish(now), asked_page()
    shown = queries.events_on_show(wish, most=LONGEST_LIST, after=(number - 1) * LONGEST_LIST)
    changes_at(rules.next_change_at(event, now) for event in shown)
    entries = [entry_of(event, now) for event in shown]
    ahead = [entry for entry in entries if not entry.standing.past]
    return render_template(
        "public/catalogue.html",
        page=Page(entries, number, queries.count_on_show(wish), LONGEST_LIST),
        seasons=by_season(ahead),
        past=[entry for entry in entries if entry.standing.past],
        years=_years([entry.event for entry in ahead]),
        strip=route_drawings.strip(tuple(places_of(entry.event) for entry in ahead)),
        kinds=KINDS,
        directions=DIRECTIONS,
        months=queries.months_on_show(_since(now)),
        wish=wish,
        filtered=any((wish.kind, wish.direction, wish.month)),
    )


@blueprint.get("/events/<slug>")
@everyone
@kept()
def event(slug: str) -> str:
    now = clock.utc_now()
    shown = queries.public_event(slug) or abort(404)
    changes_at([rules.next_change_at(shown, now)])
    return event_page(shown, now)


@blueprint.get("/events/<slug>/calendar.ics")
@everyone
@kept()
def calendar(slug: str) -> Response:
    """Return the days of an event for calendars, which ask for them again and again."""
    shown = queries.public_event(slug) or abort(404)
    return calendar_answer(calendar_of(shown), slug)


@blueprint.get("/events/<slug>/calendar-<any(a, b, guests):group>.ics")
@everyone
@kept()
def group_calendar(slug: str, group: str) -> Response:
    """Return the days of one group of a divided programme, or of its guests."""
    shown = queries.public_event(slug) or abort(404)
    return calendar_answer(calendar_of(shown, groups=("all", group)), f"{slug}-{group}")


@blueprint.get("/events/<slug>/calendar-in-<city>.ics")
@everyone
@kept()
def city_calendar(slug: str, city: str) -> Response:
    """Return the days that a city on the route hosts."""
    shown = queries.public_event(slug) or abort(404)
    host = next((stop.city for stop in shown.stops if stop.city.slug == city), None) or abort(404)
    return calendar_answer(calendar_of(shown, city=host.public_id), f"{slug}-{city}")


def event_page(shown: Event, now: datetime, template: str = "public/event.html") -> str:
    """Return the page of an event, also for the office's look at a draft."""
    entry, days = entry_of(shown, now), days_of(shown)
    return render_template(
        template,
        event=shown,
        entry=entry,
        main_stops=[stop for stop in entry.stops if stop.part == "main"],
        map=route_drawings.route_map(places_of(shown)),
        parts=parts_of(days),
        zones=zones_in_words(days),
        fees=[fee for fee in shown.fees if not fee.withdrawn],
        fees_open=rules.fees_open(shown, now),
        tours=[add_on for add_on in rules.add_ons_offered(shown) if add_on.kind in TOURS],
        extras=[add_on for add_on in rules.add_ons_offered(shown) if add_on.kind not in TOURS],
        **_prices(shown, now),
        places_free=rules.places_free,
        partners=[text_of(partner.get("name")) for partner in shown.partners],
        city_names=[stop.city.name.in_(language()) for stop in entry.stops],
        cities=list({stop.city_id: stop.city for stop in shown.stops}.values()),
        register_address=url_for("register.form", slug=shown.slug),
        schema=as_schema(shown, entry.standing, now),
        policy=policy_of(shown),
        plans=plans_of(shown),
    )


def _prices(shown: Event, now: datetime) -> dict[str, Any]:
    """Return what the price list asks: what things cost now, until when, and what fees cost later."""
    costs, *others = (prices.price_list(shown, now, currency) for currency in prices.currencies_of(shown))
    return {
        "amount": costs.of,
        "in_other_currencies": lambda thing: [other.of(thing) for other in others if other.has(thing)],
        "who_may": who_may,
        "conditions_of": conditions_of,
        "step_now": lambda fee: prices.step_on(fee, costs.day),
        "steps_to_come": lambda fee: [
            (step, [on_day.of(fee) for on_day in _on_day([costs, *others], step) if on_day.has(fee)])
            for step in prices.steps_after(fee, costs.day)
        ],
    }


def _on_day(lists: list[prices.PriceList], step: prices.Step) -> list[prices.PriceList]:
    """Return the price lists as they are on the first day of a step that is still to come."""
    return [replace(one, day=step.from_on or one.day) for one in lists]


def _wish(now: datetime) -> Wish:
    """Return what the address asks for; the page before this one let only good values through."""
    month = request.args.get("month")
    return Wish(
        kind=request.args.get("kind"),
        direction=request.args.get("direction"),
        month=date.fromisoformat(f"{month}-01") if month else None,
        since=_since(now),
    )


def _years(events: list[Event]) -> str:
    """Return the years that the events lie in: 2027, or 2027–2028."""
    years = [day.year for event in events for day in (event.starts_on, event.ends_on)]
    if not years:
        return ""
    dash = "—" if language() == "zh" else "–"
    return str(min(years)) if min(years) == max(years) else f"{min(years)}{dash}{max(years)}"


def _since(now: datetime) -> date:
    return (now - SHOWN_AFTER_END).date()
