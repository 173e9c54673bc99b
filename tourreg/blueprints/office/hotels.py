"""The hotels of an event: listed with what is slept in, written down, revised and taken away."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.hotel_form import StayForm, differences, read_form, typed_of, usual
from tourreg.blueprints.office.hotel_histories import history_of_hotel
from tourreg.blueprints.office.hotel_words import snag_words
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.travel import queries, stays
from tourreg.domain.travel.lodging import lodgings_of
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.plans import plan_of_stay
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_hotels", __name__)


@blueprint.get("/events/<public_id>/hotels")
@office()
def index(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    lodgings = lodgings_of(event)
    snags = {lodging.stay.id: [snag_words(snag, lodging) for snag in lodging.snags] for lodging in lodgings}
    return render_template("office/hotels/index.html", event=event, lodgings=lodgings, snags=snags)


@blueprint.get("/events/<public_id>/hotels/new")
@office("programme")
def new(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    return _page(event, None, read_form(usual(event), event))


@blueprint.post("/events/<public_id>/hotels/new")
@office("programme")
def create(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form = read_form(request.form, event)
    made = queries.stay_of_submission(form.submission_key)
    if made is not None:
        return _to_hotel(public_id, made.public_id)
    if not form.is_right():
        return _page(event, None, form, 422)
    try:
        with writing():
            locked, now = desk.event_to_change(public_id), clock.utc_now()
            made = queries.stay_of_submission(form.submission_key)
            if made is None:
                key = form.submission_key
                made = stays.write_stay(locked, form.plan(), submission_key=key, now=now, by=acting())
    except stays.StayIsUnfit as refusal:
        form.note(refusal.faults)
        return _page(desk.event(public_id) or abort(404), None, form, 422)
    return _to_hotel(public_id, made.public_id)


@blueprint.get("/events/<public_id>/hotels/<stay>")
@office()
def edit(public_id: str, stay: str) -> Response:
    event, found = event_and_stay(public_id, stay)
    plan = plan_of_stay(found)
    form = read_form(typed_of(plan), event)
    form.seen = fingerprint(plan)
    return _page(event, found, form)


@blueprint.post("/events/<public_id>/hotels/<stay>")
@office("programme")
def save(public_id: str, stay: str) -> Response | Redirection:
    """Write down what was changed of the hotel, or take it away where that is asked."""
    event, found = event_and_stay(public_id, stay)
    form = read_form(request.form, event)
    wants_drop = request.form.get("do") == "drop"
    if not wants_drop and not form.is_right():
        return _page(event, found, form, 422)
    theirs: Any = None
    try:
        with writing():
            _change(stay, None if wants_drop else form)
    except stays.StayEditedMeanwhile as refusal:
        event, found = event_and_stay(public_id, stay)
        form.seen = fingerprint(refusal.now)
        saved = differences(form, read_form(typed_of(refusal.now), event))
        theirs = (*other_editor(refusal, event.zone), saved)
    except stays.StayIsUnfit as refusal:
        form.note(refusal.faults)
    except (stays.TypeIsInUse, stays.TypeIsTooSmall, stays.StayIsInUse) as refusal:
        form.top.append(_why_not(refusal))
    else:
        return _to_list(public_id) if wants_drop else _to_hotel(public_id, stay)
    event, found = event_and_stay(public_id, stay)
    return _page(event, found, form, 409 if theirs else 422, theirs=theirs)


def event_and_stay(public_id: str, stay: str) -> tuple[Event, Stay]:
    """Return what an address names, or answer that it is not found."""
    event = desk.event(public_id) or abort(404)
    found = queries.stay_by_public_id(stay)
    if found is None or found.event_id != event.id:
        abort(404)
    return event, found


def _change(stay: str, form: StayForm | None) -> None:
    """Bring the hotel in line with the form; without one it goes."""
    locked, now = queries.stay_to_change(stay), clock.utc_now()
    if form is None:
        stays.drop_stay(locked, now=now, by=acting())
    else:
        stays.revise_stay(locked, form.plan(), seen=form.seen, now=now, by=acting())


def _why_not(refusal: Any) -> str:
    if isinstance(refusal, stays.StayIsInUse):
        return ngettext(
            "%(num)d person has a bed here. Take everybody out of their rooms first.",
            "%(num)d people have beds here. Take everybody out of their rooms first.",
            refusal.people,
        )
    label = refusal.label.in_(language())
    if isinstance(refusal, stays.TypeIsInUse):
        rooms = ", ".join(str(number) for number in refusal.rooms)
        return _("Rooms are of the type “%(type)s” still: %(rooms)s. Give them another first.", type=label, rooms=rooms)
    return _("In room %(room)s sleep more people than “%(type)s” shall have beds for.", room=refusal.room, type=label)


def _page(event: Event, stay: Stay | None, form: StayForm, status: int = 200, *, theirs: Any = None) -> Response:
    page = render_template(
        "office/hotels/hotel.html",
        event=event,
        stay=stay,
        form=form,
        faults=form.faults(),
        theirs=theirs,
        history=history_of_hotel(event, stay) if stay else [],
    )
    return make_response(page, status)


def _to_hotel(public_id: str, stay: str) -> Redirection:
    flash(_("Saved."))
    return redirect(url_for(".edit", public_id=public_id, stay=stay), 303)


def _to_list(public_id: str) -> Redirection:
    flash(_("The hotel is taken off the event."))
    return redirect(url_for(".index", public_id=public_id), 303)
