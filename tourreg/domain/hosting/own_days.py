"""What a host city reads of the programmes that come to it: its own days, as they were issued last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries.cuts import host_days
from tourreg.domain.itineraries.versions import Printed, latest_of_each
from tourreg.domain.papers.sheets import Day


@dataclass(frozen=True)
class HostedDays:
    """The days of one programme in a city; version is None, and there are no days, as long as none is issued."""

    event: Event
    version: int | None
    days: list[Day]


def hosted_days(city: City, events: Iterable[Event]) -> list[HostedDays]:
    """Return the city's days of each programme, with what is noted for its hosts and for nobody else."""
    coming = list(dict.fromkeys(events))
    latest = latest_of_each(coming)
    found = []
    for event in coming:
        issued = latest.get(event.id, Printed([], None))
        found.append(HostedDays(event, issued.version, host_days(issued.days, city.public_id)))
    return found
