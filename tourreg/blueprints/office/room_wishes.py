"""With whom somebody wants to share a room, written down by the office for those who told it by letter or telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, Form

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import Choice
from tourreg.blueprints.office.hotel_words import KINDS
from tourreg.blueprints.office.hotels import event_and_stay
from tourreg.db import writing
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_text, subjects_agreeing
from tourreg.domain.registrations.models import Participant
from tourreg.domain.registrations.own_changes import RegistrationIsClosed
from tourreg.domain.travel import queries, telling
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.plans import TravelPlan, plan_of_travel
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_room_wishes", __name__)
SEXES = {"": _l("Not given, or not for rooms"), "female": _l("Female"), "male": _l("Male")}


class WishForm(Form):
    mate = Line(_l("Wants to share with"), most=120, hint=_l("A name of the group, in any order and script."))
    room_kind = Choice(_l("Prefers"), choices={"": _l("No preference"), **KINDS}, default="")
    sex = Choice(
        _l("Sex"), choices=SEXES, default="", hint=_l("Only as they gave it, and if rooms may be shared out by it.")
    )
    agreed = BooleanField(_l("They have read the text and agree that we keep this."))


@dataclass(frozen=True)
class Asked:
    """Of whom the page speaks, what they told, and the text they must have agreed to; none where they did before."""

    stay: Stay
    person: Participant
    plan: TravelPlan
    text: ConsentText | None
    agreed: bool

    @property
    def can_tell(self) -> bool:
        return self.agreed or self.text is not None


@blueprint.get("/events/<public_id>/hotels/<stay>/wishes/<person>")
@office("programme")
def edit(public_id: str, stay: str, person: str) -> Response:
    asked = _asked(public_id, stay, person)
    return _page(asked, WishForm(_typed_of(asked.plan)), fingerprint(asked.plan))


@blueprint.post("/events/<public_id>/hotels/<stay>/wishes/<person>")
@office("programme")
def save(public_id: str, stay: str, person: str) -> Response | Redirection:
    asked, form = _asked(public_id, stay, person), WishForm(request.form)
    seen = request.form.get("seen", "") or "nothing"
    if not _is_right(form, asked):
        return _page(asked, form, seen, 422)
    try:
        with writing():
            _tell(asked.person, form, seen)
    except telling.TravelEditedMeanwhile as refusal:
        return _page(_asked(public_id, stay, person), form, fingerprint(refusal.now), 409, theirs=refusal.now)
    except (RegistrationIsClosed, telling.NotTravelling, telling.NoConsent):
        problem = _("Their registration is closed, or the consent was taken back. Nothing was saved.")
        return _page(_asked(public_id, stay, person), form, seen, 409, problem=problem)
    flash(_("Saved."))
    return redirect(url_for("office_rooming.rooms", public_id=public_id, stay=stay), 303)


def _asked(public_id: str, stay: str, person: str) -> Asked:
    event, found = event_and_stay(public_id, stay)
    one = next((each for each in queries.people_of(event) if each.public_id == person), None) or abort(404)
    traveller = queries.traveller_of(one)
    plan = plan_of_travel(traveller) if traveller else TravelPlan()
    agreed = bool(subjects_agreeing([person], telling.TRAVEL))
    return Asked(found, one, plan, None if agreed else current_text(telling.TRAVEL, clock.utc_now()), agreed)


def _tell(person: Participant, form: Any, seen: str) -> None:
    """Write the wish down beside all else that they told, which this page does not show."""
    now, known = clock.utc_now(), queries.traveller_of(person)
    plan = plan_of_travel(known) if known else TravelPlan()
    sex = form.sex.data
    said = replace(plan, mate=form.mate.data, room_kind=form.room_kind.data, sex=sex, sex_for_rooms=bool(sex))
    text = current_text(telling.TRAVEL, now) if form.agreed.data else None
    telling.tell(person.registration_id, person.public_id, said, text, seen=seen, now=now, by=acting())


def _is_right(form: Any, asked: Asked) -> bool:
    form.validate()
    if not asked.agreed and not form.agreed.data:
        form.agreed.errors = [_("Without their consent nothing of this may be kept.")]
    elif asked.text and request.form.get("version") != asked.text.version_on.isoformat():
        form.agreed.errors = [_("The text was changed meanwhile. It stands below; ask them once more.")]
    return not any(control.errors for control in form)


def _typed_of(plan: TravelPlan) -> MultiDict[str, str]:
    sex = plan.sex if plan.sex_for_rooms else ""
    return MultiDict({"mate": plan.mate, "room_kind": plan.room_kind, "sex": sex})


def _page(asked: Asked, form: WishForm, seen: str, status: int = 200, **more: Any) -> Response:
    event = asked.stay.event
    page = render_template(
        "office/hotels/wish.html", event=event, asked=asked, form=form, seen=seen, kinds=KINDS, **more
    )
    return make_response(page, status)
