"""What pages call journeys, and how they tell of flights and trains."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.travel.models import Traveller
from tourreg.domain.travel.plans import plan_of_leg

WAYS = {"arrival": _l("Outbound journey"), "departure": _l("Return journey")}
SEXES = {"": _l("Rather not say"), "female": _l("Female"), "male": _l("Male")}
LEG_FAULTS = {
    "zone_unknown": _l("Choose the time zone of the place."),
    "time_skipped": _l("The clocks skip this time that day. Look at the ticket again."),
    "arrives_first": _l("This lies before the departure. Look at the days and zones of both ends."),
    "too_long": _l("This is more than two days after the departure. Look at the days of both ends."),
}


def leg_words(traveller: Traveller | None, way: str) -> list[str]:
    """Return the flights of one way in a line each, with both ends in their own zones."""
    return [
        _(
            "%(number)s, %(from_place)s %(departs)s – %(to_place)s %(arrives)s",
            number=" ".join(part for part in (leg.carrier, leg.number) if part) or _("Not said by what"),
            from_place=leg.from_place,
            departs=formats.stamp(plan_of_leg(leg).departs_at, leg.departs_zone, language()),
            to_place=leg.to_place,
            arrives=formats.stamp(plan_of_leg(leg).arrives_at, leg.arrives_zone, language()),
        )
        for leg in (traveller.legs if traveller else [])
        if leg.way == way
    ]
