"""Telling of one's journey: who of a registration has, and the form for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.consent_words import consent_words
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import fresh_code
from tourreg.blueprints.travel_form import TravelForm, read_form, typed_of, with_nothing_meant_by_sex
from tourreg.blueprints.travel_words import WAYS
from tourreg.db import writing
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_text, subjects_agreeing
from tourreg.domain.registrations import own_changes
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("my_travel", __name__)


@dataclass(frozen=True)
class Asked:
    """For whom the form is open, what stands there, and the text that they agree to; none where they agreed before."""

    registration: Registration
    person: Participant
    plan: TravelPlan
    text: ConsentText | None
    agreed: bool


@blueprint.get("/my/registrations/<public_id>/travel")
@registration_holder
def index(registration: Registration) -> str | Response:
    now = clock.utc_now()
    if not own_changes.is_open(registration, now):
        return _closed(registration, 200)
    people = taking_part(registration)
    return render_template(
        "my/travel.html",
        registration=registration,
        people=people,
        told=queries.travellers_of(people),
        call=queries.call_of(registration.event),
        can_tell=current_text(telling.TRAVEL, now) is not None,
    )


@blueprint.get("/my/registrations/<public_id>/travel/<person>")
@registration_holder
def tell(registration: Registration, person: str) -> str | Response | Redirection:
    asked = _asked(registration, person)
    if not own_changes.is_open(registration, clock.utc_now()):
        return _closed(registration, 200)
    way = fresh_code.turned_away(registration, "travel")
    if way is not None:
        return way
    return _page(asked, read_form(typed_of(asked.plan), registration.event, asked.plan))


@blueprint.post("/my/registrations/<public_id>/travel/<person>")
@registration_holder
def save(registration: Registration, person: str) -> Response | Redirection:
    asked = _asked(registration, person)
    form = read_form(request.form, registration.event, asked.plan)
    if fresh_code.is_too_late(registration):
        form.top.append(fresh_code.too_late())
        return _answer(asked, form, 403)
    if not (form.is_right() & _is_agreed(asked, form)):
        return _answer(asked, form, 422)
    return _saved(asked, form)


@blueprint.post("/my/registrations/<public_id>/travel/<person>/withdrawal")
@registration_holder
def take_back(registration: Registration, person: str) -> Response | Redirection:
    asked = _asked(registration, person)
    if fresh_code.is_too_late(registration):
        form = read_form(typed_of(asked.plan), registration.event, asked.plan)
        form.top.append(fresh_code.too_late())
        return _answer(asked, form, 403)
    with writing():
        telling.take_back(registration.id, person, now=clock.utc_now(), by=contact_actor(registration))
    flash(_("The consent is taken back, and what was told is deleted."))
    return redirect(url_for(".index", public_id=registration.public_id), 303)


def _saved(asked: Asked, form: TravelForm) -> Response | Redirection:
    registration_id, public_id = asked.registration.id, asked.registration.public_id
    person, event_plan, now = asked.person.public_id, with_nothing_meant_by_sex(form.plan()), clock.utc_now()
    seen, by, text_id = form.person.seen.data or "nothing", contact_actor(asked.registration), form.person.agreed.data

    def write() -> None:
        with writing():
            text = current_text(telling.TRAVEL, now) if text_id else None
            telling.tell(registration_id, person, event_plan, text, seen=seen, now=now, by=by)

    try:
        try_again(write)
    except own_changes.RegistrationIsClosed:
        return _closed(asked.registration, 409)
    except telling.TravelEditedMeanwhile as refusal:
        form.person.seen.data = fingerprint(refusal.now)
        form.top.append(
            _("Somebody told of this journey while you had the page open. Save again to replace what is saved now.")
        )
        return _answer(asked, form, 409)
    except ManyAtOnce:
        form.top.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return _answer(asked, form, 503)
    flash(_("Thank you. It is noted."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _is_agreed(asked: Asked, form: TravelForm) -> bool:
    """Tell whether the person has agreed, now or before, to the text that was shown."""
    version = asked.text.version_on.isoformat() if asked.text else ""
    if asked.agreed or (version and form.person.agreed.data == version):
        return True
    form.person.agreed.errors = [_("Tick this to go on.")]
    return False


def _asked(registration: Registration, public_id: str) -> Asked:
    """Return for whom the form is; nobody is found who takes part no more."""
    person = next((one for one in taking_part(registration) if one.public_id == public_id), None) or abort(404)
    known, now = queries.traveller_of(person), clock.utc_now()
    text, agreed = current_text(telling.TRAVEL, now), bool(subjects_agreeing([public_id], telling.TRAVEL))
    if text is None and not agreed:
        abort(404)
    return Asked(registration, person, plan_of_travel(known) if known else TravelPlan(), text, agreed)


def _answer(asked: Asked, form: TravelForm, status: int) -> Response:
    return make_response(_page(asked, form), status)


def _page(asked: Asked, form: TravelForm) -> str:
    return render_template(
        "my/travel_person.html",
        registration=asked.registration,
        person=asked.person,
        text=asked.text if not asked.agreed else None,
        is_told=asked.plan != TravelPlan(),
        agreed=asked.agreed,
        form=form,
        ways=WAYS,
        consent_words=consent_words,
    )


def _closed(registration: Registration, status: int) -> Response:
    return make_response(render_template("my/closed.html", registration=registration, over=False), status)
