"""The legs of a tour for which a city holds or has confirmed days already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import TAKING
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.values import Leg, Window


@dataclass(frozen=True)
class OwnStays:
    """What cities hold or have confirmed for a tour: by the public id of its leg, and what is on none."""

    by_leg: Mapping[str, HostingRequest]
    on_no_leg: Sequence[HostingRequest]


def own_stays(asked: Iterable[HostingRequest], legs: Sequence[TourLeg]) -> OwnStays:
    """Return the stays of a tour, each on the first leg that holds its days and has no stay yet.

    A city that was asked without an offer is on no leg, since routes are made of offers.
    asked  what the tour asked of cities, by days
    """
    by_leg: dict[str, HostingRequest] = {}
    on_no_leg = []
    for stay in asked:
        if stay.state not in TAKING:
            continue
        free = (leg for leg in legs if leg.public_id not in by_leg and _holds(leg, stay))
        leg = next(free, None) if stay.offer_id is not None else None
        if leg is None:
            on_no_leg.append(stay)
        else:
            by_leg[leg.public_id] = stay
    return OwnStays(by_leg, on_no_leg)


def settled(leg: Leg, stay: HostingRequest) -> Leg:
    """Return a leg with the days of its stay in the place of those that it looks for."""
    days = (stay.last_on - stay.first_on + timedelta(days=1)).days
    return replace(leg, window=Window(stay.first_on, stay.last_on), nights=days if days > 1 else min(leg.nights, 1))


def _holds(leg: TourLeg, stay: HostingRequest) -> bool:
    return leg.first_on <= stay.first_on and stay.last_on <= leg.last_on
