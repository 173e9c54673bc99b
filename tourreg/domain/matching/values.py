"""What a tour needs, what cities offer, and what the two are worth together, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_KM = 6371.0
NO_FACTS: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Point:
    """A place on the map, in degrees, and its name for the words of a reason."""

    latitude: float
    longitude: float
    name: str = ""


@dataclass(frozen=True)
class Window:
    """Days in a row, first and last included."""

    first_on: date
    last_on: date

    def days(self) -> Iterator[date]:
        for past in range((self.last_on - self.first_on).days + 1):
            yield self.first_on + timedelta(days=past)


@dataclass(frozen=True)
class Leg:
    """One stop of a tour that looks for its city.

    window     the days in which the stay lies; the group leaves on the morning after its last day
    nights     0 is a visit of one day
    topics, languages  what is wanted, each once
    regions    the city lies in one of them; none for wherever it lies
    near       the place that the city should be near
    towards    with `near`, the leg is on the way from the one to the other
    within_km  how far from `near`, or how long a detour, is too much; None for no limit
    """

    window: Window
    nights: int
    people: int
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    near: Point | None = None
    towards: Point | None = None
    within_km: int | None = None
    homestay: bool = False
    budget_minor: int | None = None
    currency: str = "USD"

    @property
    def days(self) -> int:
        """Return how many days of the city the stay takes."""
        return max(1, self.nights)


@dataclass(frozen=True)
class Charge:
    """What a city charges; `per` is group, group_day, person, person_day or person_night."""

    amount_minor: int
    per: str


@dataclass(frozen=True)
class Offer:
    """What a city offers, with all that decides whom it fits.

    key       names the offer; `city` names its city, and two offers may name the same one
    topics    the number of sites of each topic
    homestay_places  guests that households take, and nothing else is offered; None where it is no homestay
    asked, hosted    of the last `tours` tours, how many asked the city and came to it
    may_share whether two tours may come on the same days
    """

    key: str
    city: str
    at: Point
    windows: tuple[Window, ...]
    blackouts: frozenset[date] = frozenset()
    notice_days: int = 0
    smallest: int = 1
    largest: int = 1
    days_most: int = 1
    topics: Mapping[str, int] = field(default_factory=dict)
    spoken: frozenset[str] = frozenset()
    interpreted: frozenset[str] = frozenset()
    homestay_places: int | None = None
    charges: tuple[Charge, ...] = ()
    currency: str = "USD"
    region: str = ""
    asked: int = 0
    hosted: int = 0
    tours: int = 0
    may_share: bool = False
    is_open: bool = True


@dataclass(frozen=True)
class Weights:
    """How many points each thing is worth, none below nought; the office sets them.

    spare_day     for each further day on which the stay could begin, up to three
    unfilled_day  lost for each day that the city cannot fill
    apart_100_km  lost for each 100 km from where the leg should be
    budget_tenth  lost for each tenth of the budget that is charged
    hosted        lost for each of the last tours that the city hosted
    never_asked   for a city that no tour asked
    between_100_km, idle_day  lost between two legs
    """

    topic: int = 30
    site: int = 5
    most_sites: int = 3
    spare_day: int = 1
    language: int = 10
    homestay: int = 15
    unfilled_day: int = 10
    apart_100_km: int = 3
    budget_tenth: int = 1
    hosted: int = 6
    never_asked: int = 8
    between_100_km: int = 3
    idle_day: int = 10


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for an offer, against it, or rules it out: its kind, its points and its facts."""

    kind: str
    points: int = 0
    facts: Mapping[str, Any] = field(default_factory=lambda: NO_FACTS)


@dataclass(frozen=True)
class Score:
    """What an offer is worth for a leg: reasons that add up to its points, and those that rule it out.

    starts  the days on which the stay can begin, in order; empty where something rules the offer out
    """

    offer: Offer
    reasons: tuple[Reason, ...]
    ruled_out: tuple[Reason, ...]
    starts: tuple[date, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True)
class Taken:
    """Days that another tour spends on an offer."""

    offer: str
    days: Window


def distance_km(one: Point, other: Point) -> int:
    """Return the great circle's whole kilometres between two places."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((south - north) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return round(2 * EARTH_KM * asin(min(1.0, sqrt(across + cos(north) * cos(south) * along))))


def last_day(start_on: date, days: int) -> date:
    """Return the last of so many days."""
    return start_on + timedelta(days=days - 1)
