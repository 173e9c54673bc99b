"""What a search for routes found, as plain values that are kept, and read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tourreg.domain.matching.blocking import Blocked, Opening, blocked, openings
from tourreg.domain.matching.reading import Read
from tourreg.domain.matching.routes import Fixed, Proposal, Route, Stop, propose_routes
from tourreg.domain.matching.search import GoOn
from tourreg.domain.matching.values import Leg, Reason, Score, Weights
from tourreg.kernel.plans import fingerprint


@dataclass(frozen=True)
class FoundStop:
    """One leg of a route that was found; `leg` and `offer` are public ids, the days the first and the last."""

    leg: str
    offer: str
    first_on: date
    last_on: date
    points: int
    reasons: tuple[Reason, ...]
    km: int
    idle_days: int


@dataclass(frozen=True)
class FoundRoute:
    """A route that was found; numbers as in `routes.Route`, and `lost` what ways and idle days cost."""

    stops: tuple[FoundStop, ...]
    points: int
    lost: int
    km: int
    idle_days: int
    topics_met: int
    topics_wanted: int
    hosted: int


@dataclass(frozen=True)
class Found:
    """What a search found: routes, or why there is none and what would help; as in `Proposal`."""

    routes: tuple[FoundRoute, ...]
    is_proven: bool
    gap: int | None
    blocked: tuple[Blocked, ...]
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class _Made:
    """What decides the routes: of each leg the offers that can be with their points and days, and the weights."""

    choices: tuple[tuple[tuple[str, int, tuple[date, ...]], ...], ...]
    weights: Weights


def find(
    legs: Mapping[str, Leg], read: Read, weights: Weights, fixed: Mapping[int, Fixed], *, today: date, go_on: GoOn
) -> tuple[dict[str, Any], str]:
    """Return what a search finds, as plain values, and the fingerprint of what it was made of.

    legs  by their public ids, in order
    """
    asked = list(legs.values())
    proposal = propose_routes(asked, read.offers, weights, fixed=fixed, taken=read.taken, today=today, go_on=go_on)
    why: tuple[Blocked, ...] = ()
    help_: list[Opening] = []
    if not proposal.routes and proposal.is_proven:
        why = blocked(asked, proposal.scores, fixed=fixed, go_on=go_on)
        help_ = openings(asked, read.offers, fixed=fixed, taken=read.taken, today=today, go_on=go_on)
    return _plain(legs, proposal, why, help_), made_of(proposal.scores, weights)


def made_of(of_legs: Sequence[Sequence[Score]], weights: Weights) -> str:
    """Return what two looks at the same legs, offers and weights share."""
    choices = (
        tuple((score.offer.key, score.points, score.starts) for score in each if score.starts) for each in of_legs
    )
    return fingerprint(_Made(tuple(choices), weights))


def found_of(outcome: Mapping[str, Any]) -> Found | None:
    """Return what `find` wrote; None where there is nothing yet."""
    if not outcome:
        return None
    return Found(
        tuple(_route(each) for each in outcome["routes"]),
        outcome["is_proven"],
        outcome["gap"],
        tuple(Blocked(tuple(each["legs"]), each["kind"], each["counts"]) for each in outcome["blocked"]),
        tuple(Opening(each["leg"], each["kind"], each["facts"]) for each in outcome["openings"]),
    )


def _plain(
    legs: Mapping[str, Leg], proposal: Proposal, why: Sequence[Blocked], help_: Sequence[Opening]
) -> dict[str, Any]:
    return {
        "routes": [_plain_route(legs, route) for route in proposal.routes],
        "is_proven": proposal.is_proven,
        "gap": proposal.gap,
        "blocked": [{"legs": list(each.legs), "kind": each.kind, "counts": dict(each.counts)} for each in why],
        "openings": [{"leg": each.leg, "kind": each.kind, "facts": dict(each.facts)} for each in help_],
    }


def _plain_route(legs: Mapping[str, Leg], route: Route) -> dict[str, Any]:
    numbers = ("points", "km", "idle_days", "topics_met", "topics_wanted", "hosted")
    stops = [_plain_stop(leg, stop) for leg, stop in zip(legs.items(), route.stops, strict=True)]
    return {**{name: getattr(route, name) for name in numbers}, "stops": stops}


def _plain_stop(named: tuple[str, Leg], stop: Stop) -> dict[str, Any]:
    public_id, leg = named
    last_on = stop.start_on + timedelta(days=leg.days - 1)
    return {
        "leg": public_id, "offer": stop.score.offer.key, "points": stop.score.points, "km": stop.km,
        "first_on": stop.start_on.isoformat(), "last_on": last_on.isoformat(), "idle_days": stop.idle_days,
        "reasons": [
            {"kind": each.kind, "points": each.points, "facts": _plain_facts(each.facts)}
            for each in stop.score.reasons
        ],
    }  # fmt: skip


def _plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _facts(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name.endswith("_on") else value for name, value in plain.items()}


def _route(plain: Mapping[str, Any]) -> FoundRoute:
    stops = tuple(_stop(each) for each in plain["stops"])
    lost = sum(stop.points for stop in stops) - plain["points"]
    return FoundRoute(**{**plain, "stops": stops}, lost=lost)


def _stop(plain: Mapping[str, Any]) -> FoundStop:
    days = {name: date.fromisoformat(plain[name]) for name in ("first_on", "last_on")}
    reasons = tuple(Reason(each["kind"], each["points"], _facts(each["facts"])) for each in plain["reasons"])
    return FoundStop(**{**plain, **days, "reasons": reasons})
