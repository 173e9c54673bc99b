"""An offer written or changed by the office, for a city that called."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import host_offer_saving, host_steps_form
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_offer_form import WrittenOffer, read_offer_form
from tourreg.blueprints.host_offer_pages import offer_words
from tourreg.blueprints.host_offer_saving import Meanwhile
from tourreg.blueprints.host_offer_typing import usual
from tourreg.blueprints.host_steps_form import STEP_NAMES, WrittenSteps
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.offers import found_offer
from tourreg.domain.cities import queries as cities
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.offer_models import HostOffer

blueprint = Blueprint("office_offer_writing", __name__)

KIND = "<any(visit, homestay, lecture, internship, job_shadow):kind>"


@blueprint.get(f"/cities/<public_id>/offers/new/{KIND}")
@office("programme")
def new(public_id: str, kind: str) -> Response:
    city = _city(public_id)
    choices = host_offer_saving.choices_for(city)
    return _page(city, None, read_offer_form(usual(city, kind, language()), kind, theirs=language(), choices=choices))


@blueprint.post(f"/cities/<public_id>/offers/new/{KIND}")
@office("programme")
def create(public_id: str, kind: str) -> Response | Redirection:
    city = _city(public_id)
    form = read_offer_form(request.form, kind, theirs=language(), choices=host_offer_saving.choices_for(city))
    made = queries.offer_of_submission(form.submission_key)
    if made is None:
        if not form.is_right():
            return _page(city, None, form, 422)
        by = acting()
        made = host_offer_saving.write(form, city, by)
    if made is None:
        return _page(city, None, form, 422)
    flash(_("The offer counts from now on.") if made.state == "offered" else _("The draft is kept."))
    return _to_offer(made.public_id)


@blueprint.get("/offers/<public_id>/edit")
@office("programme")
def edit(public_id: str) -> Response:
    offer = found_offer(public_id)
    return _page(offer.city, offer, host_offer_saving.form_of(offer, language()))


@blueprint.post("/offers/<public_id>/edit")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    offer = found_offer(public_id)
    choices = host_offer_saving.choices_of(offer)
    form = read_offer_form(request.form, offer.kind, theirs=language(), choices=choices)
    if not form.is_right():
        return _page(offer.city, offer, form, 422)
    by = acting()
    meanwhile = host_offer_saving.revise(form, public_id, by)
    if meanwhile or form.faults():
        offer = found_offer(public_id)
        return _page(offer.city, offer, form, 409 if meanwhile else 422, meanwhile=meanwhile)
    flash(_("The offer is changed."))
    return _to_offer(public_id)


@blueprint.get("/offers/<public_id>/approvals")
@office("programme")
def approvals(public_id: str) -> Response:
    offer = found_offer(public_id)
    return _approvals_page(offer, host_steps_form.steps_form_of(offer))


@blueprint.post("/offers/<public_id>/approvals")
@office("programme")
def note_approvals(public_id: str) -> Response | Redirection:
    """Note what lawyers and council of the city said, as it told us."""
    offer, form = found_offer(public_id), host_steps_form.read_steps_form(request.form)
    if not form.is_right():
        return _approvals_page(offer, form, 422)
    by = acting()
    is_stale = host_steps_form.note(form, public_id, by)
    if form.faults():
        return _approvals_page(found_offer(public_id), form, 409 if is_stale else 422)
    flash(_("Saved."))
    return _to_offer(public_id)


def _city(public_id: str) -> City:
    return cities.by_public_id(public_id) or abort(404)


def _page(
    city: City, offer: HostOffer | None, form: WrittenOffer, status: int = 200, *, meanwhile: Meanwhile | None = None
) -> Response:
    values: dict[str, Any] = {"city": city, "offer": offer, "form": form, "meanwhile": meanwhile, **offer_words()}
    return make_response(render_template("office/offers/form.html", **values), status)


def _approvals_page(offer: HostOffer, form: WrittenSteps, status: int = 200) -> Response:
    page = render_template("office/offers/approvals.html", offer=offer, form=form, step_names=STEP_NAMES)
    return make_response(page, status)


def _to_offer(public_id: str) -> Redirection:
    return redirect(url_for("office_offers.show", public_id=public_id), 303)
