"""The approvals that an offer needs inside its city, noted by the contact."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access, host_steps_form
from tourreg.blueprints.city.offers import is_in_time, offer_of
from tourreg.blueprints.city.profile import BEGUN_WITHIN, ask_for_link
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.host_steps_form import STEP_NAMES, WrittenSteps
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import HostOffer

blueprint = Blueprint("city_offer_approvals", __name__)


@blueprint.get("/city/<public_id>/offers/<offer>/approvals")
@host_holder
def edit(profile: HostProfile, offer: str) -> str | Response:
    found = offer_of(profile, offer)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return _page(profile, found, host_steps_form.steps_form_of(found))


@blueprint.post("/city/<public_id>/offers/<offer>/approvals")
@host_holder
def save(profile: HostProfile, offer: str) -> Response | Redirection:
    found = offer_of(profile, offer)
    form = host_steps_form.read_steps_form(request.form)
    if not form.is_right():
        return _page(profile, found, form, 422)
    if not is_in_time(profile, form.top):
        return _page(profile, found, form, 403)
    by = access.host_actor(profile)
    is_stale = host_steps_form.note(form, offer, by)
    if form.faults():
        return _page(profile, offer_of(profile, offer), form, 409 if is_stale else 422)
    flash(_("Saved."))
    return redirect(url_for("city_offers.show", public_id=profile.public_id, offer=offer), 303)


def _page(profile: HostProfile, offer: HostOffer, form: WrittenSteps, status: int = 200) -> Response:
    page = render_template("city/offers/approvals.html", profile=profile, offer=offer, form=form, step_names=STEP_NAMES)
    return make_response(page, status)
