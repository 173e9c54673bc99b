"""Who sleeps in which room of a hotel: proposed all at once, and changed on one sheet by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.hotel_histories import history_of_hotel, place_words
from tourreg.blueprints.office.hotel_words import KINDS, WHY, snag_words
from tourreg.blueprints.office.hotels import event_and_stay
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.office.rooming_sheet import Sheet, sheet_of
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.travel import queries, rooms
from tourreg.domain.travel.lodging import Lodging, lodging_of
from tourreg.domain.travel.proposals import proposal_for
from tourreg.domain.travel.tallies import tally_of
from tourreg.kernel import clock

blueprint = Blueprint("office_rooming", __name__)


@blueprint.get("/events/<public_id>/hotels/<stay>/rooms", endpoint="rooms")
@office("programme")
def show(public_id: str, stay: str) -> Response:
    lodging = _lodging(public_id, stay)
    return _page(lodging, sheet_of(lodging))


@blueprint.post("/events/<public_id>/hotels/<stay>/rooms")
@office("programme")
def rearrange(public_id: str, stay: str) -> Response | Redirection:
    """Move people and change rooms as the sheet says."""
    lodging = _lodging(public_id, stay)
    sheet = sheet_of(lodging, request.form)
    if not sheet.is_right():
        return _page(lodging, sheet, 422)
    try:
        with writing():
            _rearrange(lodging_to_change(stay), sheet)
    except rooms.RoomsEditedMeanwhile as refusal:
        return _conflict(public_id, stay, refusal)
    except rooms.RoomIsFull as refusal:
        lodging = _lodging(public_id, stay)
        return _page(lodging, sheet_of(lodging, request.form), 422, problem=_full(refusal))
    except rooms.NoRoomTypes:
        return _page(_lodging(public_id, stay), sheet, 422, problem=_no_types())
    flash(_("Saved."))
    return _to(public_id, stay)


@blueprint.post("/events/<public_id>/hotels/<stay>/rooms/proposal")
@office("programme")
def accept(public_id: str, stay: str) -> Response | Redirection:
    """Give everybody the room that is proposed for them."""
    seen = request.form.get("seen", "") or "nothing"

    def propose(lodging: Lodging) -> int:
        return rooms.propose(lodging, seen=seen, now=clock.utc_now(), by=acting())

    try:
        placed = _in_writing(public_id, stay, propose)
    except rooms.ProposalChanged:
        lodging = _lodging(public_id, stay)
        problem = _("Something changed since the proposal was made. Below stands what is proposed now.")
        return _page(lodging, sheet_of(lodging), 409, problem=problem)
    except rooms.NoRoomTypes:
        lodging = _lodging(public_id, stay)
        return _page(lodging, sheet_of(lodging), 422, problem=_no_types())
    flash(ngettext("%(num)d person has a room now.", "%(num)d people have a room now.", placed))
    return _to(public_id, stay)


@blueprint.post("/events/<public_id>/hotels/<stay>/rooms/clear")
@office("programme")
def clear(public_id: str, stay: str) -> Response | Redirection:
    """Take everybody out of their rooms, once that was said twice."""
    if request.form.get("sure") != "y":
        lodging = _lodging(public_id, stay)
        problem = _("Tick that everybody shall lose their room.")
        return _page(lodging, sheet_of(lodging), 422, problem=problem)
    left = _in_writing(public_id, stay, lambda lodging: rooms.clear(lodging, now=clock.utc_now(), by=acting()))
    flash(ngettext("%(num)d person has no room any more.", "%(num)d people have no room any more.", left))
    return _to(public_id, stay)


def lodging_to_change(stay: str) -> Lodging:
    """Return the hotel as it is, locked until the transaction ends."""
    return lodging_of(queries.stay_to_change(stay))


def _lodging(public_id: str, stay: str) -> Lodging:
    _event, found = event_and_stay(public_id, stay)
    return lodging_of(found)


def _in_writing(public_id: str, stay: str, change: Callable[[Lodging], int]) -> int:
    event_and_stay(public_id, stay)
    with writing():
        return change(lodging_to_change(stay))


def _rearrange(lodging: Lodging, sheet: Sheet) -> None:
    placements = [row.placement() for row in sheet.people]
    edits = [room.edit() for room in sheet.rooms]
    rooms.rearrange(lodging, placements, edits, now=clock.utc_now(), by=acting())


def _conflict(public_id: str, stay: str, refusal: Any) -> Response:
    """Show the sheet as it was typed, and beside it where people are now; saving again replaces that."""
    lodging = _lodging(public_id, stay)
    sheet = sheet_of(lodging, request.form)
    for row in sheet.people:
        if row.person.public_id in refusal.people:
            row.was = row.now = refusal.people[row.person.public_id]
    known = {room.number: rooms.mark_of_room(room) for room in lodging.stay.rooms}
    for room in sheet.rooms:
        if room.number in refusal.rooms:
            room.was, room.changed = known.get(room.number, ""), True
    who = other_editor(refusal, lodging.stay.event.zone)
    return _page(lodging, sheet, 409, who=who)


def _full(refusal: Any) -> str:
    return ngettext(
        "Room %(room)s has a bed for %(num)d person only. Nothing was saved.",
        "Room %(room)s has beds for %(num)d people only. Nothing was saved.",
        refusal.most, room=refusal.room,
    )  # fmt: skip


def _no_types() -> str:
    return _("Write down first which types of rooms the hotel has.")


def _page(lodging: Lodging, sheet: Sheet, status: int = 200, **more: Any) -> Response:
    event = desk.event(lodging.stay.event.public_id) or abort(404)
    snags = [(snag, snag_words(snag, lodging)) for snag in lodging.snags]
    page = render_template(
        "office/hotels/rooms.html",
        event=event,
        stay=lodging.stay,
        lodging=lodging,
        sheet=sheet,
        faults=sheet.faults(),
        snags=[words for snag, words in snags if snag.kind != "no_room"],
        homeless=[words for snag, words in snags if snag.kind == "no_room"],
        proposal=proposal_for(lodging),
        types={each.public_id: each for each in lodging.stay.room_types},
        tally=tally_of(lodging),
        why=WHY,
        kinds=KINDS,
        place_words=place_words,
        history=history_of_hotel(event, lodging.stay),
        **more,
    )
    return make_response(page, status)


def _to(public_id: str, stay: str) -> Redirection:
    return redirect(url_for(".rooms", public_id=public_id, stay=stay), 303)
