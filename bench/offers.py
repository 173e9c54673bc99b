"""Two thousand offers of three hundred cities: read, and scored for one leg of a tour with reasons in words."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from flask_babel import force_locale
from sqlalchemy import insert, select, text

from bench.figures import Figure, fastest_side_by_side, milliseconds
from bench.site import DATABASES, Kind, site
from tests.cast import U_S_CENSUS, a_study_tour
from tourreg.blueprints.matching_words import reason_words
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City, Topic
from tourreg.domain.hosting.offer_models import (
    HostOffer,
    OfferBlackout,
    OfferCharge,
    OfferLanguage,
    OfferTopic,
    OfferWindow,
)
from tourreg.domain.matching.reading import Read, read_offers
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Leg, Point, Weights, Window
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

OFFERS, CITIES, MOST_TIMES = 2_000, 300, 3
FIRST_ON = date(2027, 5, 3)
LEG = Leg(
    Window(FIRST_ON, FIRST_ON + timedelta(days=13)), 3, 18, topics=("water", "energy"), languages=("zh",),
    near=Point(32.79, -96.77, "us-4819000"), within_km=2_000, budget_minor=200_000,
)  # fmt: skip
TODAY = date(2027, 1, 4)
ONE_WEEK = timedelta(days=7)


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        with site(kind, partial(_fill, kind)) as place, place.app.test_request_context("/"), force_locale("en"):
            yield _scored(kind)


def _scored(kind: Kind) -> Figure:
    read, scored = fastest_side_by_side(_read, _read_and_scored, turns=9, clock=_clock(kind))
    ratio = scored / read
    return Figure(
        f"scores of {OFFERS:,} offers for one leg, reasons in words, {kind}",
        milliseconds(scored),
        f"{ratio:.2f} times reading the offers ({milliseconds(read)})",
        f"≤ {MOST_TIMES} times",
        ratio <= MOST_TIMES,
    )


def _clock(kind: Kind) -> Callable[[], float]:
    """Return the CPU time where all is done in this process; PostgreSQL reads in another, so there the clock's."""
    return time.process_time if kind == "SQLite" else time.perf_counter


def _read() -> Read:
    db.session.rollback()
    return read_offers(db.session.scalars(select(Event)).one())


def _read_and_scored() -> Sequence[str]:
    read = _read()
    found = scores(LEG, read.offers, Weights(), taken=read.taken, today=TODAY)
    first = found[:25]
    return [reason_words(reason, {}) for score in first for reason in (*score.reasons, *score.ruled_out)]


def _fill(kind: Kind) -> None:
    with writing():
        a_study_tour()
    fill_offers(OFFERS)
    if kind == "PostgreSQL":
        db.session.execute(text("ANALYZE"))  # as its own housekeeping does after a minute
        db.session.rollback()


def fill_offers(count: int) -> None:
    """Write so many offers of three hundred cities in the middle of the United States."""
    chance = random.Random(31)
    with writing():
        db.session.add_all(_city(number, chance) for number in range(CITIES))
    with writing():
        cities = db.session.scalars(select(City.id).where(City.slug.startswith("place-"))).all()
        now = clock.utc_now()
        db.session.execute(insert(HostOffer), [_offer(number, cities, now) for number in range(count)])
        offers = db.session.scalars(select(HostOffer.id)).all()
        kept = db.session.scalars(select(Topic.id).where(Topic.slug.in_(LEG.topics))).all()
        for table, rows in _parts(offers, kept, chance):
            db.session.execute(insert(table), rows)


def _city(number: int, chance: random.Random) -> City:
    return City(
        slug=f"place-{number}", name=Text(f"Place {number}"), region=Text("Iowa", "艾奥瓦州"), country="US",
        zone="America/Chicago", latitude=chance.uniform(28, 47), longitude=chance.uniform(-122, -72),
        population=50_000, population_source=U_S_CENSUS,
    )  # fmt: skip


def _offer(number: int, cities: Sequence[int], now: Any) -> dict[str, Any]:
    return {
        "public_id": new_public_id(), "city_id": cities[number % len(cities)], "kind": "visit", "state": "offered",
        "title": Text(f"Offer {number}"), "words": Text("What a group sees."), "notice_days": 45, "smallest": 6,
        "largest": 15 + number % 20, "days_most": 1 + number % 3, "provided": Text(), "currency": "USD",
        "may_share": False, "search_key": "", "written_at": now, "written_by": "worker",
    }  # fmt: skip


def _parts(
    offers: Sequence[int], topics: Sequence[int], chance: random.Random
) -> Iterator[tuple[type, list[dict[str, Any]]]]:
    """Yield two windows, a closed day, two topics, two languages and a charge for each offer."""
    begins = {offer: FIRST_ON + timedelta(days=chance.randrange(20)) for offer in offers}
    yield (
        OfferWindow,
        [
            {
                "public_id": new_public_id(),
                "offer_id": offer,
                "first_on": day + later,
                "last_on": day + later + ONE_WEEK,
            }
            for offer, day in begins.items()
            for later in (timedelta(), timedelta(days=60))
        ],
    )
    yield OfferBlackout, [{"offer_id": offer, "day_on": day + timedelta(days=2)} for offer, day in begins.items()]
    yield (
        OfferTopic,
        [{"offer_id": offer, "topic_id": topic} for offer in offers for topic in topics],
    )
    yield (
        OfferLanguage,
        [
            {"offer_id": offer, "language": language, "means": means}
            for offer in offers
            for language, means in (("en", "spoken"), ("zh", "interpreted"))
        ],
    )
    yield (
        OfferCharge,
        [
            {"offer_id": offer, "position": 1, "label": Text("Lunch"), "amount_minor": 1_850, "per": "person"}
            for offer in offers
        ],
    )
