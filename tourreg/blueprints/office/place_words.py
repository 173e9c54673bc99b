"""What the office's forms call cities and time zones, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from tourreg import formats
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.cities.models import City


def city_words(city: City) -> str:
    """Return the city with its state or province: Davenport, Iowa."""
    return _("%(city)s, %(region)s", city=city.name.in_(language()), region=city.region.in_(language()))


def zone_choices(zones: Iterable[str], now: datetime) -> dict[str, str]:
    """Return zones with their names and present offsets, from west to east."""
    moments = {zone: now.astimezone(ZoneInfo(zone)) for zone in zones}
    return {
        zone: _("%(zone)s, %(name)s", zone=zone, name=formats.zone(moments[zone], language()))
        for zone in west_to_east(moments)
    }


def west_to_east(moments: Mapping[str, datetime]) -> list[str]:
    """Return zones by the offset that a moment in each has; those of one offset by their names."""
    return sorted(moments, key=lambda zone: (moments[zone].utcoffset(), zone))
