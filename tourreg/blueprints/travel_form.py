"""The form in which somebody tells of a journey: the same under /my/ and in the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.fields import Line, Lines, Telephone
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, Day, Typed
from tourreg.blueprints.office.hotel_words import KINDS as ROOM_KINDS
from tourreg.blueprints.travel_words import LEG_FAULTS, SEXES, WAYS
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.rules import TimeUnreadable, read_clock
from tourreg.domain.travel.legs import MOST_LEGS, LegPlan, faults_of
from tourreg.domain.travel.plans import TOLD, TravelPlan
from tourreg.kernel.clock import zones
from tourreg.kernel.plans import fingerprint

# Where people come from and change planes; the zones of the route and those already told are offered beside them.
USUAL_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Toronto", "America/Vancouver", "America/Mexico_City",
    "America/Sao_Paulo", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul",
    "Asia/Dubai", "Asia/Qatar", "Asia/Kolkata", "Asia/Bangkok", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Shanghai",
    "Asia/Ulaanbaatar", "Asia/Taipei", "Asia/Manila", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney",
    "Pacific/Auckland",
)  # fmt: skip
NAMES = {"arrival": "a", "departure": "d"}


class Clock(Typed):
    """A time of day, typed as in an itinerary: 1840, 18:40, 9."""

    def read(self, text: str) -> time:
        try:
            return read_clock(text)
        except TimeUnreadable:
            raise StopValidation(_("Type the time as 18:40.")) from None


class LegForm(Form):
    """One flight or train; it counts once anything but its zones is typed."""

    carrier = Line(_l("Airline or railway"), most=80, printed=True)
    number = Line(_l("Flight or train number"), most=20, wide=False, printed=True)
    from_place = Line(_l("From: airport or station"), most=120, printed=True)
    departs_on = Day(_l("Departs on"))
    departs = Clock(_l("Departs at, local time"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    departs_zone = Choice(_l("Zone of the departure"))
    to_place = Line(_l("To: airport or station"), most=120, printed=True)
    arrives_on = Day(_l("Arrives on"))
    arrives = Clock(_l("Arrives at, local time"), render_kw={"inputmode": "numeric", "autocomplete": "off"})
    arrives_zone = Choice(_l("Zone of the arrival"))

    NEEDED = ("from_place", "departs_on", "departs", "to_place", "arrives_on", "arrives")

    @property
    def is_filled(self) -> bool:
        return any(control.data for control in self if not control.short_name.endswith("zone"))

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        self.validate()
        if not self.is_filled:
            return not any(control.errors for control in self)
        for name in self.NEEDED:
            control: Any = self[name]
            if not control.data and not control.errors:
                control.errors = [_("Type this too, or empty the whole journey.")]
        if not any(control.errors for control in self):
            for name, fault in faults_of(self.plan("arrival")).items():
                control = self[name]
                control.errors = [LEG_FAULTS[fault]]
        return not any(control.errors for control in self)

    def plan(self, way: Any) -> LegPlan:
        """Return what the fields say; only after they were found right."""
        typed: Any = self
        return LegPlan(
            way=way,
            carrier=typed.carrier.data,
            number=typed.number.data,
            from_place=typed.from_place.data,
            to_place=typed.to_place.data,
            departs_on=typed.departs_on.value,
            departs=typed.departs.value,
            departs_zone=typed.departs_zone.data,
            arrives_on=typed.arrives_on.value,
            arrives=typed.arrives.value,
            arrives_zone=typed.arrives_zone.data,
        )


class PersonForm(Form):
    """What somebody tells beside the journey itself.

    agreed  the tick under the text of consent, whose value is the version that was shown
    """

    agreed = HiddenField()
    seen = HiddenField()
    diet = Lines(_l("What you do not eat"), most=500, printed=True, render_kw={"rows": 2},
                 hint=_l("Vegetarian, halal, allergies: as a kitchen should read it."))  # fmt: skip
    access = Lines(_l("What makes the way easier for you"), most=500, printed=True, render_kw={"rows": 2},
                   hint=_l("A wheelchair, no stairs, a seat in front: as an escort should read it."))  # fmt: skip
    sex = Choice(_l("Sex"), choices=SEXES, hint=_l("Asked only to share rooms."))
    sex_for_rooms = BooleanField(_l("You may use it to propose whom I share a room with"))
    mate = Line(_l("I want to share a room with"), most=120, hint=_l("The name of another participant."))
    room_kind = Choice(_l("Room I prefer"), choices={"": _l("No preference"), **ROOM_KINDS})
    phone = Telephone(_l("Telephone on the road"), own=True)
    wechat = Line(_l("WeChat"), most=60, printed=True)
    emergency_name = Line(_l("Whom we call in an emergency"), most=120, printed=True)
    emergency_relation = Line(_l("Who this is to you"), most=80, printed=True)
    emergency_phone = Telephone(_l("Their telephone"))

    def validate_emergency_phone(self, control: Telephone) -> None:
        if self.emergency_name.data and not control.data:
            raise StopValidation(_("Type how we reach them."))


@dataclass(frozen=True)
class TravelForm:
    """The whole form: the person, and two flights or trains for each way.

    top  sentences about the form as a whole
    """

    person: PersonForm
    legs: list[tuple[str, int, LegForm]]
    top: list[str]

    def is_right(self) -> bool:
        right = [leg.is_right() for _way, _place, leg in self.legs]
        return self.person.validate() and all(right)

    def plan(self) -> TravelPlan:
        """Return what the form says; only after it was found right."""
        told = {name: getattr(self.person, name).data for name in TOLD}
        legs: Any = [leg.plan(way) for way, _place, leg in self.legs if leg.is_filled]
        return TravelPlan(**told, legs=tuple(legs))

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        found = [("", sentence) for sentence in self.top]
        if self.person.agreed.errors:
            found.append(("agreed", str(self.person.agreed.errors[0])))
        for way, place, leg in self.legs:
            found += [(one.id, _named(way, place, one)) for one in leg if one.errors]
        return found + [(one.id, str(one.errors[0])) for one in self.person if one.errors and one.id != "agreed"]

    def of_way(self, way: str) -> list[LegForm]:
        return [leg for other, _place, leg in self.legs if other == way]


def read_form(typed: MultiDict[str, str], event: Event, plan: TravelPlan) -> TravelForm:
    """Return the form with all that was typed.

    plan  what was told before, whose zones are offered too
    """
    offered = _zone_choices(event, plan)
    legs = []
    for way, letter in NAMES.items():
        for place in range(1, MOST_LEGS + 1):
            leg: Any = LegForm(typed, prefix=f"{letter}{place}")
            for control in (leg.departs_zone, leg.arrives_zone):
                control.offer(offered)
                control.data = control.data or event.zone
            legs.append((way, place, leg))
    return TravelForm(PersonForm(typed), legs, [])


def typed_of(plan: TravelPlan) -> MultiDict[str, str]:
    """Return the form as it stands when nobody has typed yet."""
    typed: MultiDict[str, str] = MultiDict({name: str(getattr(plan, name)) for name in TOLD if name != "sex_for_rooms"})
    if plan.sex_for_rooms:
        typed["sex_for_rooms"] = "y"
    typed["seen"] = fingerprint(plan)
    for way, letter in NAMES.items():
        for place, leg in enumerate((leg for leg in plan.legs if leg.way == way), start=1):
            typed.update({f"{letter}{place}-{name}": value for name, value in _cells(leg).items()})
    return typed


def _cells(leg: LegPlan) -> dict[str, str]:
    days = {name: getattr(leg, name).isoformat() for name in ("departs_on", "arrives_on")}
    times = {name: formats.clock(getattr(leg, name)) for name in ("departs", "arrives")}
    names = ("carrier", "number", "from_place", "to_place", "departs_zone", "arrives_zone")
    return {**{name: getattr(leg, name) for name in names}, **days, **times}


def _zone_choices(event: Event, plan: TravelPlan) -> dict[str, str]:
    """Return zones by the name of their place, in the order of these names."""
    told = [zone for leg in plan.legs for zone in (leg.departs_zone, leg.arrives_zone)]
    route = [stop.city.zone for stop in event.stops]
    known = {zone for zone in (*USUAL_ZONES, event.zone, *route, *told) if zone in zones()}
    named = {zone: formats.zone_place(zone, language()) for zone in known}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _named(way: str, place: int, control: Any) -> str:
    where = _("%(way)s, %(number)d", way=WAYS[way], number=place) if place > 1 else str(WAYS[way])
    return _("%(who)s: %(what)s", who=where, what=f"{control.label.text}. {control.errors[0]}")


def with_nothing_meant_by_sex(plan: TravelPlan) -> TravelPlan:
    """Return the plan without leave to use a sex that was not given."""
    return plan if plan.sex else replace(plan, sex_for_rooms=False)
