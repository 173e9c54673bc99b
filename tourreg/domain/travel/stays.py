"""Hotels of an event: written down, revised and taken away by the office."""

from __future__ import annotations

from datetime import datetime

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue.models import AddOn, Event
from tourreg.domain.travel.models import RoomType, Stay
from tourreg.domain.travel.plans import OF_TYPE, WRITTEN, RoomTypePlan, StayPlan, plan_of_stay
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

TOURS = ("pre_tour", "post_tour")
LONGEST_STAY_NIGHTS = 60


class StayIsUnfit(Refusal):
    """The hotel cannot be so; facts: faults (by field)."""


class StayEditedMeanwhile(Refusal):
    """Somebody changed the hotel after the editor had read it; facts: now (its plan as it is), by, at."""


class TypeIsInUse(Refusal):
    """Rooms are of a type that shall go; facts: label, rooms (their numbers)."""


class TypeIsTooSmall(Refusal):
    """More people sleep in a room of the type than it shall have beds for; facts: label, room, most."""


class StayIsInUse(Refusal):
    """People have beds in the hotel; facts: people (how many)."""


def write_stay(event: Event, plan: StayPlan, *, submission_key: str, now: datetime, by: str) -> Stay:
    """Write a new hotel down.

    raises  StayIsUnfit
    """
    _require_fit(event, plan)
    stay = Stay(event=event, public_id=new_public_id(), submission_key=submission_key)
    _write(stay, plan)
    db.session.add(stay)
    _write_types(stay, plan)
    note_change(stay.public_id, "stay", {}, plain(plan), now=now, by=by)
    return stay


def revise_stay(stay: Stay, plan: StayPlan, *, seen: str, now: datetime, by: str) -> None:
    """Write down what was changed of a hotel; who sleeps in it stays where they are.

    stay    from `queries.stay_to_change`
    seen    fingerprint of the plan that the editor began from
    raises  StayEditedMeanwhile, StayIsUnfit, TypeIsInUse, TypeIsTooSmall
    """
    before = plan_of_stay(stay)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(stay.public_id)
        raise StayEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    _require_fit(stay.event, plan)
    _require_types(stay, plan)
    _write(stay, plan)
    _write_types(stay, plan)
    note_change(stay.public_id, "stay", plain(before), plain(plan), now=now, by=by)


def drop_stay(stay: Stay, *, now: datetime, by: str) -> None:
    """Take a hotel away in which nobody has a bed.

    stay    from `queries.stay_to_change`
    raises  StayIsInUse
    """
    people = sum(len(room.beds) for room in stay.rooms)
    if people:
        raise StayIsInUse(people=people)
    note_change(stay.event.public_id, "stay", plain(plan_of_stay(stay)), {}, now=now, by=by)
    for room in stay.rooms:
        db.session.delete(room)
    db.session.flush()
    db.session.delete(stay)


def faults_of(plan: StayPlan) -> dict[str, str]:
    """Return what is wrong with a hotel, by field, in words that pages translate."""
    faults = {}
    if not plan.hotel:
        faults["hotel_en"] = "hotel_missing"
    nights = (plan.check_out_on - plan.check_in_on).days
    if nights < 1:
        faults["check_out_on"] = "no_night"
    elif nights > LONGEST_STAY_NIGHTS:
        faults["check_out_on"] = "too_long"
    if plan.cut_off_on and plan.cut_off_on > plan.check_in_on:
        faults["cut_off_on"] = "cut_off_late"
    return faults


def tours_of(event: Event) -> list[AddOn]:
    """Return the tours of an event, whose people may sleep elsewhere."""
    return [add_on for add_on in event.add_ons if add_on.kind in TOURS]


def _require_fit(event: Event, plan: StayPlan) -> None:
    faults = faults_of(plan)
    if plan.add_on and plan.add_on not in {tour.public_id for tour in tours_of(event)}:
        faults["add_on"] = "tour_unknown"
    if faults:
        raise StayIsUnfit(faults=faults)


def _require_types(stay: Stay, plan: StayPlan) -> None:
    wanted = {each.public_id: each for each in plan.room_types if each.public_id}
    for room in stay.rooms:
        kept = wanted.get(room.room_type.public_id)
        if kept is None:
            same = [one.number for one in stay.rooms if one.room_type is room.room_type]
            raise TypeIsInUse(label=room.room_type.label, rooms=same)
        if len(room.beds) > kept.sleeps:
            raise TypeIsTooSmall(label=kept.label, room=room.number, most=kept.sleeps)


def _write(stay: Stay, plan: StayPlan) -> None:
    for name in WRITTEN:
        setattr(stay, name, getattr(plan, name))
    stay.add_on = next((tour for tour in tours_of(stay.event) if tour.public_id == plan.add_on), None)


def _write_types(stay: Stay, plan: StayPlan) -> None:
    """Bring the types in line with the plan; places are unique, so all of them move out of the way first."""
    known = {each.public_id: each for each in stay.room_types}
    kept = [known[each.public_id] for each in plan.room_types if each.public_id in known]
    stay.room_types[:] = kept
    for place, each in enumerate(kept, start=1):
        each.position = -place
    db.session.flush()
    for place, wanted in enumerate(plan.room_types, start=1):
        _write_type(known.get(wanted.public_id) or _new_type(stay), wanted, place)
    db.session.flush()
    stay.room_types.sort(key=lambda each: each.position)


def _new_type(stay: Stay) -> RoomType:
    made = RoomType(public_id=new_public_id())
    stay.room_types.append(made)
    return made


def _write_type(room_type: RoomType, plan: RoomTypePlan, place: int) -> None:
    for name in OF_TYPE:
        setattr(room_type, name, getattr(plan, name))
    room_type.position = place
