"""What search engines read: robots.txt, the map of the site, and an event in the words of schema.org."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from tourreg.blueprints.event_words import Standing
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.kept_pages import kept
from tourreg.blueprints.languages import TAGS, language
from tourreg.blueprints.words import settings
from tourreg.domain.catalogue import queries, rules
from tourreg.domain.catalogue.models import Event, Fee
from tourreg.domain.catalogue.prices import PriceList, currencies_of, price_list, step_on
from tourreg.domain.hosting.shown_cities import shown_slugs
from tourreg.formats import decimal_amount
from tourreg.kernel.bilingual import LANGUAGES
from tourreg.kernel.clock import end_of_day, utc_now

blueprint = Blueprint("search_engines", __name__)

FRONT_PAGES = (
    "front.home",
    "catalogue.events",
    "host.explain",
    "host_cities.index",
    "front.contact",
    "front.accessibility",
)
PRIVATE = ("/my/", "/office/", "/city/", "/hooks/")
AVAILABILITY = {"open": "InStock", "full": "SoldOut", "not_open": "PreOrder"}


@blueprint.get("/robots.txt")
@everyone
@kept()
def robots() -> Response:
    closed = ("/",) if settings().demo else PRIVATE
    rows = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {settings().base_url}/sitemap.xml",
    ]
    return Response("\n".join(rows) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@everyone
@kept()
def sitemap() -> Response:
    pages = [_in_each_language(endpoint) for endpoint in FRONT_PAGES]
    pages += [_in_each_language("catalogue.event", slug=slug) for slug in queries.public_slugs()]
    pages += [_in_each_language("host_cities.city", slug=slug) for slug in shown_slugs(utc_now().date())]
    answer = make_response(render_template("public/sitemap.xml", pages=pages))
    answer.mimetype = "application/xml"
    return answer


def as_schema(event: Event, standing: Standing, now: datetime) -> dict[str, Any]:
    """Return the event as schema.org has it, in the page's language; prices only while there is something to sell."""
    address = settings().base_url + url_for("catalogue.event", slug=event.slug)
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent" if event.kind == "training_forum" else "BusinessEvent",
        "name": event.title.in_(language()),
        "description": event.summary.in_(language()),
        "url": address,
        "inLanguage": TAGS[language()],
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if standing.is_ == 'cancelled' else 'Scheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "maximumAttendeeCapacity": standing.capacity,
        "remainingAttendeeCapacity": standing.free,
        "location": [_location(event, stop.city) for stop in event.stops if stop.part == "main"],
        "organizer": {"@type": "Organization", "name": event.organiser.in_(language())},
        "offers": [
            _offer(event, fee, standing, prices, address)
            for prices in (price_list(event, now, currency) for currency in currencies_of(event))
            for fee in rules.fees_open(event, now)
            if not standing.past and prices.has(fee)
        ],
    }


def _location(event: Event, city: Any) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": event.venue.in_(language()) or city.name.in_(language()),
        "address": {
            "@type": "PostalAddress",
            "addressLocality": city.name.in_(language()),
            "addressRegion": city.region.in_(language()),
            "addressCountry": city.country,
        },
    }


def _offer(event: Event, fee: Fee, standing: Standing, prices: PriceList, address: str) -> dict[str, Any]:
    opens_at, step = rules.first_instant(event.opens_on, event.zone), step_on(fee, prices.day)
    last_on = min(step.until_on or event.closes_on, event.closes_on)
    return {
        "@type": "Offer",
        "name": fee.label.in_(language()),
        "price": decimal_amount(prices.of(fee)),
        "priceCurrency": prices.currency,
        "availability": f"https://schema.org/{AVAILABILITY[standing.is_]}",
        "validFrom": opens_at.isoformat(),
        "validThrough": end_of_day(last_on, event.zone).isoformat(),
        "url": address,
    }


def _in_each_language(endpoint: str, **values: Any) -> list[tuple[str, str]]:
    """Return the page's address in each language with its tag."""
    base = settings().base_url
    return [(TAGS[code], base + url_for(endpoint, language=code, **values)) for code in LANGUAGES]
