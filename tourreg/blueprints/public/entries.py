"""Programmes as lists show them: one entry each, by season."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask_babel import force_locale

from tourreg.blueprints import event_words
from tourreg.blueprints.event_words import Standing
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import LOCALES, language
from tourreg.blueprints.public import route_drawings
from tourreg.blueprints.public.route_drawings import Drawing, Place
from tourreg.domain.catalogue import rules
from tourreg.domain.catalogue.models import Event, Fee, Stop
from tourreg.domain.catalogue.prices import price_list, step_on
from tourreg.kernel.bilingual import EMPTY, Language, Text
from tourreg.kernel.money import Money


@dataclass(frozen=True)
class Entry:
    """One programme in a list.

    words  what it is and how long it lasts
    price  of the lowest fee that can be chosen now; none once registration is over
    until_on  its last day, where it has one
    price_name  the fee's name, with the name of its price where it has several
    dearer  whether other fees are higher
    """

    event: Event
    standing: Standing
    words: str
    stops: list[Stop]
    cover: Drawing | None
    fee: Fee | None
    price: Money | None
    until_on: date | None
    price_name: Text
    dearer: bool


@dataclass(frozen=True)
class Season:
    """The programmes that begin in one season, named in the page's language and in the other one."""

    key: str
    name: str
    other_name: str
    other_language: Language
    entries: list[Entry]


def entry_of(event: Event, now: datetime) -> Entry:
    standing = event_words.standing_of(event, now)
    fee = None if standing.past else event_words.lowest_fee(event, now)
    prices = price_list(event, now)
    price = prices.of(fee) if fee else None
    return Entry(
        event=event,
        standing=standing,
        words=_kind_and_length(event),
        stops=cities_once(event.stops),
        cover=route_drawings.cover(places_of(event)),
        fee=fee,
        price=price,
        until_on=step_on(fee, prices.day).until_on if fee else None,
        price_name=prices.label_of(fee) if fee else EMPTY,
        dearer=any(price and price < prices.of(other) for other in rules.fees_open(event, now)),
    )


def by_season(entries: Iterable[Entry]) -> list[Season]:
    """Return the entries, which come by date, in their seasons: spring begins in March, winter spans two years."""
    groups = groupby(entries, key=lambda entry: _season(entry.event.starts_on))
    return [_named(season, list(members)) for season, members in groups]


def places_of(event: Event) -> tuple[Place, ...]:
    """Return the event's route for drawing, named in the page's language."""
    return tuple(
        Place(
            name=stop.city.name.in_(language()),
            longitude=stop.city.longitude,
            latitude=stop.city.latitude,
            optional=stop.part != "main",
        )
        for stop in event.stops
    )


def cities_once(stops: Sequence[Stop]) -> list[Stop]:
    """Return the stops without those that come back to the city before."""
    return [stop for place, stop in enumerate(stops) if place == 0 or stop.city_id != stops[place - 1].city_id]


def _kind_and_length(event: Event) -> str:
    words = {"kind": event_words.kind_in_full(event), "length": event_words.length(event)}
    if any(stop.part != "main" for stop in event.stops):
        return _("%(kind)s, %(length)s, with optional tours", **words)
    return _("%(kind)s, %(length)s", **words)


def _season(day: date) -> tuple[int, int]:
    """Return the year in which the season begins, and 0 for spring to 3 for winter."""
    return (day.year - 1, 3) if day.month < 3 else (day.year, (day.month - 3) // 3)


def _named(season: tuple[int, int], entries: list[Entry]) -> Season:
    other: Language = "en" if language() == "zh" else "zh"
    with force_locale(LOCALES[other]):
        other_name = _season_name(*season)
    return Season("season-{}-{}".format(*season), _season_name(*season), other_name, other, entries)


def _season_name(year: int, quarter: int) -> str:
    if quarter == 3:
        return _("Winter %(year)d–%(next)d", year=year, next=year + 1)
    names = (_("Spring %(year)d", year=year), _("Summer %(year)d", year=year), _("Autumn %(year)d", year=year))
    return names[quarter]
