"""What people tell of their journey, and what the office writes down about a hotel: plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from tourreg.domain.travel.legs import LegPlan
from tourreg.domain.travel.models import Leg, RoomType, Stay, Traveller
from tourreg.kernel.bilingual import EMPTY, Text


@dataclass(frozen=True)
class TravelPlan:
    """What one participant told, as `models.Traveller` describes it; the legs as `legs.in_order` returns them."""

    legs: tuple[LegPlan, ...] = ()
    diet: str = ""
    access: str = ""
    sex: str = ""
    sex_for_rooms: bool = False
    mate: str = ""
    room_kind: str = ""
    phone: str = ""
    wechat: str = ""
    emergency_name: str = ""
    emergency_relation: str = ""
    emergency_phone: str = ""


@dataclass(frozen=True)
class RoomTypePlan:
    """One type of room, as `models.RoomType` describes it; `public_id` is empty for a new one."""

    kind: str
    label: Text
    beds: Text
    sleeps: int
    contracted: int
    rate_minor: int
    public_id: str = ""


@dataclass(frozen=True)
class StayPlan:
    """One hotel of an event, as `models.Stay` describes it; add_on is the public id of a tour, or ""."""

    hotel: Text
    check_in_on: date
    check_out_on: date
    currency: str
    add_on: str = ""
    address: Text = EMPTY
    phone: str = ""
    contact: str = ""
    email: str = ""
    contract: str = ""
    cut_off_on: date | None = None
    billing: str = "master"
    billing_note: Text = EMPTY
    breakfast: bool = True
    comps: int = 0
    room_types: tuple[RoomTypePlan, ...] = ()


TOLD = tuple(field.name for field in fields(TravelPlan) if field.name != "legs")
WRITTEN = tuple(field.name for field in fields(StayPlan) if field.name not in ("add_on", "room_types"))
OF_LEG = tuple(field.name for field in fields(LegPlan))
OF_TYPE = tuple(field.name for field in fields(RoomTypePlan) if field.name != "public_id")


def plan_of_travel(traveller: Traveller) -> TravelPlan:
    """Return what somebody told."""
    told = {name: getattr(traveller, name) for name in TOLD}
    return TravelPlan(legs=tuple(plan_of_leg(leg) for leg in traveller.legs), **told)


def plan_of_leg(leg: Leg) -> LegPlan:
    return LegPlan(**{name: getattr(leg, name) for name in OF_LEG})


def plan_of_stay(stay: Stay) -> StayPlan:
    """Return what is written down about a hotel now."""
    return StayPlan(
        **{name: getattr(stay, name) for name in WRITTEN},
        add_on=stay.add_on.public_id if stay.add_on else "",
        room_types=tuple(_type(each) for each in stay.room_types),
    )


def _type(room_type: RoomType) -> RoomTypePlan:
    return RoomTypePlan(**{name: getattr(room_type, name) for name in OF_TYPE}, public_id=room_type.public_id)
