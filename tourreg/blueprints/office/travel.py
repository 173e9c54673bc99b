"""Journeys of an event's people: who has told, asking for the rest, and writing down what they said otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import Day
from tourreg.blueprints.travel_form import TravelForm, read_form, typed_of, with_nothing_meant_by_sex
from tourreg.blueprints.travel_words import WAYS, leg_words
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_text, subjects_agreeing
from tourreg.domain.registrations.models import Participant
from tourreg.domain.registrations.own_changes import RegistrationIsClosed
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_travel", __name__)


class CallForm(Form):
    due_on = Day(_l("Last day to tell"), needed=_l("Type the last day on which people should tell."))


@dataclass(frozen=True)
class Told:
    """One participant, what they told, and the text that they agree to; none where they agreed before."""

    event: Event
    person: Participant
    plan: TravelPlan
    text: ConsentText | None
    agreed: bool


@blueprint.get("/events/<public_id>/travel")
@office("programme")
def index(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    call = queries.call_of(event)
    return _list(event, CallForm(data={"due_on": call.due_on.isoformat() if call else ""}))


@blueprint.post("/events/<public_id>/travel")
@office("programme")
def ask(public_id: str) -> Response | Redirection:
    """Ask everybody who has not told, by letter; asking again on one day writes to nobody twice."""
    event, form, now = desk.event(public_id) or abort(404), CallForm(request.form), clock.utc_now()
    if request.form.get("do") == "stop":
        with writing():
            telling.stop_calling(desk.event_to_change(public_id), now=now, by=acting())
        flash(_("Nobody is asked for travel details any more. What was told stays."))
        return redirect(url_for(".index", public_id=public_id), 303)
    form.validate()
    if form.due_on.value and form.due_on.value < local_day(now, event.zone):
        form.due_on.errors = [_("This day is over.")]
    if form.due_on.errors:
        return _list(event, form, 422)
    with writing():
        asked = telling.call(desk.event_to_change(public_id), form.due_on.value, now=now, by=acting())
    told = ngettext("%(num)d registration is asked by letter.", "%(num)d registrations are asked by letter.", asked)
    flash(told if asked else _("Everybody has told already; nobody is asked."))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.get("/events/<public_id>/travel/<person>")
@office("programme")
def tell(public_id: str, person: str) -> str:
    told = _told(public_id, person)
    return _page(told, read_form(typed_of(told.plan), told.event, told.plan))


@blueprint.post("/events/<public_id>/travel/<person>")
@office("programme")
def save(public_id: str, person: str) -> Response | Redirection:
    told = _told(public_id, person)
    form = read_form(request.form, told.event, told.plan)
    right, version = form.is_right(), told.text.version_on.isoformat() if told.text else ""
    if not told.agreed and not (version and form.person.agreed.data == version):
        form.person.agreed.errors = [_("Without this consent nothing may be written down.")]
    if not right or form.person.agreed.errors:
        return make_response(_page(told, form), 422)
    try:
        with writing():
            now = clock.utc_now()
            text = None if told.agreed else current_text(telling.TRAVEL, now)
            registration, plan = told.person.registration_id, with_nothing_meant_by_sex(form.plan())
            telling.tell(registration, person, plan, text, seen=form.person.seen.data or "", now=now, by=acting())
    except telling.TravelEditedMeanwhile as refusal:
        form.person.seen.data = fingerprint(refusal.now)
        form.top.append(
            _("Somebody told of this journey while you had the page open. Save again to replace what is saved now.")
        )
        return make_response(_page(told, form), 409)
    except (RegistrationIsClosed, telling.NotTravelling):
        abort(404)
    flash(_("Saved."))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.post("/events/<public_id>/travel/<person>/withdrawal")
@office("programme")
def take_back(public_id: str, person: str) -> Redirection:
    """End the consent, as the person asked by another way, and delete what was told."""
    told = _told(public_id, person)
    with writing():
        telling.take_back(told.person.registration_id, person, now=clock.utc_now(), by=acting())
    flash(_("The consent is taken back, and what was told is deleted."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _told(public_id: str, person: str) -> Told:
    """Return for whom the form is; nobody is found who has no confirmed place."""
    event = desk.event(public_id) or abort(404)
    found = next((one for one in queries.people_of(event) if one.public_id == person), None) or abort(404)
    known, text = queries.traveller_of(found), current_text(telling.TRAVEL, clock.utc_now())
    agreed = bool(subjects_agreeing([person], telling.TRAVEL))
    if text is None and not agreed:
        abort(404)
    return Told(event, found, plan_of_travel(known) if known else TravelPlan(), text, agreed)


def _list(event: Event, form: Any, status: int = 200) -> Response:
    people = queries.people_of(event)
    told = queries.travellers_of(people)
    page = render_template(
        "office/travel/index.html",
        event=event,
        people=people,
        told=told,
        ways=WAYS,
        leg_words=leg_words,
        call=queries.call_of(event),
        can_tell=current_text(telling.TRAVEL, clock.utc_now()) is not None,
        form=form,
    )
    return make_response(page, status)


def _page(told: Told, form: TravelForm) -> str:
    return render_template(
        "office/travel/person.html",
        event=told.event,
        person=told.person,
        text=None if told.agreed else told.text,
        agreed=told.agreed,
        form=form,
        ways=WAYS,
        consent_words=_office_consent_words,
    )


def _office_consent_words(text: ConsentText) -> str:
    return _(
        "The participant has agreed to “%(text)s”, and we can show it: a letter, a form, a message.",
        text=text.title.in_("en"),
    )
