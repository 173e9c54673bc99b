"""What host cities offer, for the office: looked through by city, kind, topic, days and state, and one offer's page."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import host_offer_saving
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office, reads
from tourreg.blueprints.host_offer_pages import offer_words
from tourreg.blueprints.host_offer_words import KINDS, STATES, fault_words
from tourreg.blueprints.host_steps_form import STEP_NAMES
from tourreg.blueprints.office.host_offer_histories import history_of_offer
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.offer_models import OFFER_MOVES, HostOffer
from tourreg.domain.hosting.offer_queries import Wanted
from tourreg.domain.hosting.offer_steps import steps_of
from tourreg.domain.hosting.offers import OfferIsUnfit

blueprint = Blueprint("office_offers", __name__)

_LONGEST_SEARCH = 100


@blueprint.get("/offers")
@office()
def index() -> str:
    topics = all_topics(retired=True)
    wanted = _wanted({topic.slug for topic in topics})
    number = asked_page()
    rows, total = queries.offers(wanted, page=number, size=PAGE_ROWS)
    last = max(1, -(-total // PAGE_ROWS))
    if number > last:
        rows, total = queries.offers(wanted, page=last, size=PAGE_ROWS)
    return render_template(
        "office/offers/index.html",
        page=Page(rows, min(number, last), total),
        wanted=wanted,
        counts=queries.offers_by_state(wanted),
        topics=topics,
        **offer_words(),
    )


@blueprint.get("/offers/new")
@office("programme")
def begin() -> str | Redirection:
    """Choose for which city that called an offer is written, and of which kind."""
    city, kind = request.args.get("city", ""), request.args.get("kind", "")
    cities = all_cities()
    if kind in KINDS and city in {each.public_id for each in cities}:
        return redirect(url_for("office_offer_writing.new", public_id=city, kind=kind), 303)
    return render_template("office/offers/begin.html", cities=cities, city=city, kind=kind, **offer_words())


@blueprint.get("/offers/<public_id>")
@office()
def show(public_id: str) -> str:
    return _page(found_offer(public_id))


@blueprint.post("/offers/<public_id>/move")
@office("programme")
def move(public_id: str) -> Response | Redirection:
    """Offer it, pause it, withdraw it, or take it up again, as the city asked."""
    offer, after = found_offer(public_id), request.form.get("to", "")
    if after not in OFFER_MOVES or after == "expired":
        return make_response(_page(offer, [_("Choose what shall be done with the offer.")]), 422)
    by = acting()
    wrong = host_offer_saving.move(public_id, after, seen=request.form.get("seen", ""), by=by)
    if wrong:
        return make_response(_page(found_offer(public_id), wrong), 422)
    flash(_("It now says “%(state)s”.", state=STATES[after][1]))
    return redirect(url_for(".show", public_id=public_id), 303)


@blueprint.post("/offers/<public_id>/renew")
@office("programme")
def renew(public_id: str) -> Response | Redirection:
    """Make the draft for the next year; pressed again, it leads to the same one."""
    found_offer(public_id)
    by = acting()
    try:
        made = host_offer_saving.renew(public_id, by)
    except OfferIsUnfit as refusal:
        wrong = [fault_words(fault) for fault in refusal.faults]
        return make_response(_page(found_offer(public_id), wrong), 422)
    flash(_("This is the draft for the next year. Check the days, then offer it."))
    return redirect(url_for(".show", public_id=made.public_id), 303)


def found_offer(public_id: str) -> HostOffer:
    return queries.offer_by_public_id(public_id) or abort(404)


def _page(offer: HostOffer, wrong: list[str] | None = None) -> str:
    return render_template(
        "office/offers/offer.html",
        offer=offer,
        wrong=[("", sentence) for sentence in wrong or ()],
        renewal=queries.renewal_of(offer),
        steps=steps_of(offer).steps,
        step_names=STEP_NAMES,
        history=history_of_offer(offer),
        reads_wishes=reads("programme"),
        **offer_words(),
    )


def _wanted(slugs: set[str]) -> Wanted:
    """Return what the address asks for; what it cannot ask for counts as left out."""
    asked = request.args
    return Wanted(
        search=" ".join(asked.get("q", "").split())[:_LONGEST_SEARCH],
        kind=asked.get("kind") if asked.get("kind") in KINDS else None,
        topic=asked.get("topic") if asked.get("topic") in slugs else None,
        state=asked.get("state") if asked.get("state") in STATES else None,
        first_on=_day("from"),
        last_on=_day("to"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
