"""What a host city offers: its list, the form of each, and what its contact does with them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access, host_offer_saving
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN, ask_for_link, began_too_long_ago
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.host_offer_form import WrittenOffer, read_offer_form
from tourreg.blueprints.host_offer_pages import offer_words
from tourreg.blueprints.host_offer_saving import Meanwhile
from tourreg.blueprints.host_offer_typing import usual
from tourreg.blueprints.host_offer_words import STATES, fault_words
from tourreg.blueprints.host_steps_form import STEP_NAMES
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import OFFER_MOVES, HostOffer
from tourreg.domain.hosting.offer_steps import steps_of
from tourreg.domain.hosting.offers import OfferIsUnfit

blueprint = Blueprint("city_offers", __name__)

KIND = "<any(visit, homestay, lecture, internship, job_shadow):kind>"


@blueprint.get("/city/<public_id>/offers")
@host_holder
def index(profile: HostProfile) -> str:
    written = queries.offers_of_city(profile.city.id) if is_host(profile) and profile.city else []
    return render_template(
        "city/offers/index.html",
        profile=profile,
        offers=written,
        is_host=is_host(profile),
        **offer_words(),
    )


@blueprint.get(f"/city/<public_id>/offers/new/{KIND}")
@host_holder
def new(profile: HostProfile, kind: str) -> str | Response:
    city = city_of(profile)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    choices = host_offer_saving.choices_for(city)
    form = read_offer_form(usual(city, kind, profile.language), kind, theirs=profile.language, choices=choices)
    return _page(profile, None, form)


@blueprint.post(f"/city/<public_id>/offers/new/{KIND}")
@host_holder
def create(profile: HostProfile, kind: str) -> Response | Redirection:
    city = city_of(profile)
    form = read_offer_form(request.form, kind, theirs=profile.language, choices=host_offer_saving.choices_for(city))
    known = queries.offer_of_submission(form.submission_key)
    if known is not None and known.city_id == city.id:
        return _to_offer(profile, known.public_id)
    if not form.is_right():
        return _page(profile, None, form, 422)
    if not is_in_time(profile, form.top):
        return _page(profile, None, form, 403)
    by = access.host_actor(profile)
    try:
        made = try_again(lambda: host_offer_saving.write(form, city, by))
    except ManyAtOnce:
        form.top.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return _page(profile, None, form, 503)
    if made is None:
        return _page(profile, None, form, 422)
    flash(_("The offer counts from now on.") if made.state == "offered" else _("The draft is kept."))
    return _to_offer(profile, made.public_id)


@blueprint.get("/city/<public_id>/offers/<offer>")
@host_holder
def show(profile: HostProfile, offer: str) -> str:
    return _offer_page(profile, offer_of(profile, offer))


@blueprint.get("/city/<public_id>/offers/<offer>/edit")
@host_holder
def edit(profile: HostProfile, offer: str) -> str | Response:
    found = offer_of(profile, offer)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return _page(profile, found, host_offer_saving.form_of(found, profile.language))


@blueprint.post("/city/<public_id>/offers/<offer>/edit")
@host_holder
def save(profile: HostProfile, offer: str) -> Response | Redirection:
    found = offer_of(profile, offer)
    choices = host_offer_saving.choices_of(found)
    form = read_offer_form(request.form, found.kind, theirs=profile.language, choices=choices)
    if not form.is_right():
        return _page(profile, found, form, 422)
    if not is_in_time(profile, form.top):
        return _page(profile, found, form, 403)
    by = access.host_actor(profile)
    meanwhile = host_offer_saving.revise(form, offer, by)
    if meanwhile or form.faults():
        return _page(profile, offer_of(profile, offer), form, 409 if meanwhile else 422, meanwhile=meanwhile)
    flash(_("The offer is changed."))
    return _to_offer(profile, offer)


@blueprint.post("/city/<public_id>/offers/<offer>/move")
@host_holder
def move(profile: HostProfile, offer: str) -> Response | Redirection:
    """Offer it, pause it, withdraw it, or take it up again."""
    found, after = offer_of(profile, offer), request.form.get("to", "")
    if after not in OFFER_MOVES or after == "expired":
        return make_response(_offer_page(profile, found, [_("Choose what shall be done with the offer.")]), 422)
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    by = access.host_actor(profile)
    wrong = host_offer_saving.move(offer, after, seen=request.form.get("seen", ""), by=by)
    if wrong:
        return make_response(_offer_page(profile, offer_of(profile, offer), wrong), 422)
    flash(_("It now says “%(state)s”.", state=STATES[after][1]))
    return _to_offer(profile, offer)


@blueprint.post("/city/<public_id>/offers/<offer>/renew")
@host_holder
def renew(profile: HostProfile, offer: str) -> Response | Redirection:
    """Make the draft for the next year; pressed again, it leads to the same one."""
    offer_of(profile, offer)
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    by = access.host_actor(profile)
    try:
        made = host_offer_saving.renew(offer, by)
    except OfferIsUnfit as refusal:
        wrong = [fault_words(fault) for fault in refusal.faults]
        return make_response(_offer_page(profile, offer_of(profile, offer), wrong), 422)
    flash(_("This is the draft for the next year. Check the days, then offer it."))
    return _to_offer(profile, made.public_id)


def is_host(profile: HostProfile) -> bool:
    """Tell whether the city was accepted, so that it can offer and show places."""
    return profile.state == "accepted" and profile.city is not None


def city_of(profile: HostProfile) -> City:
    """Return the city that the contact speaks for, or answer that there is nothing."""
    if not is_host(profile) or profile.city is None:
        abort(404)
    return profile.city


def offer_of(profile: HostProfile, offer: str) -> HostOffer:
    """Return an offer of the contact's city; another city's is answered like none."""
    city = city_of(profile)
    found = queries.offer_by_public_id(offer)
    if found is None or found.city_id != city.id:
        abort(404)
    return found


def is_in_time(profile: HostProfile, top: list[str]) -> bool:
    """Tell whether a form may be sent; else say on top of it how it can be."""
    if access.opened_within(profile, SENT_WITHIN):
        return True
    top.append(began_too_long_ago())
    return False


def _offer_page(profile: HostProfile, offer: HostOffer, wrong: list[str] | None = None) -> str:
    return render_template(
        "city/offers/offer.html",
        profile=profile,
        offer=offer,
        wrong=[("", sentence) for sentence in wrong or ()],
        renewal=queries.renewal_of(offer),
        steps=steps_of(offer).steps,
        step_names=STEP_NAMES,
        **offer_words(),
    )


def _page(
    profile: HostProfile,
    offer: HostOffer | None,
    form: WrittenOffer,
    status: int = 200,
    *,
    meanwhile: Meanwhile | None = None,
) -> Response:
    values: dict[str, Any] = {"profile": profile, "offer": offer, "form": form, "meanwhile": meanwhile, **offer_words()}
    return make_response(render_template("city/offers/form.html", **values), status)


def _to_offer(profile: HostProfile, offer: str) -> Redirection:
    return redirect(url_for(".show", public_id=profile.public_id, offer=offer), 303)
