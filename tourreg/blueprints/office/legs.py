"""The legs of a tour, and for each the cities that offer to host: what speaks for each and what rules it out."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints import hosting_words
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.matching_words import WEIGHTS, reason_words, wishes_of
from tourreg.blueprints.office.event_fields import WholeNumber
from tourreg.blueprints.office.leg_form import LegForm, leg_form, said_by
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities import places
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting import request_queries
from tourreg.domain.matching import legs, weighing
from tourreg.domain.matching.legs import LegEditedMeanwhile, LegIsUnfit, TooManyLegs, legs_of
from tourreg.domain.matching.models import TourLeg
from tourreg.domain.matching.reading import read_offers, regions_for
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Offer, Weights, last_day
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_legs", __name__)
NEW = "new"


@blueprint.get("/events/<public_id>/legs")
@office()
def index(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    rows, topics = legs_of(event.id), topic_names()
    asked = request_queries.requests_of_event(event.id) if rows else ()
    return render_template(
        "office/legs/index.html",
        event=event,
        rows=[(leg, wishes_of(leg, topics), [one for one in asked if is_for(one, leg)]) for leg in rows],
        states=hosting_words.STATES,
    )


@blueprint.get("/events/<public_id>/legs/<leg>")
@office("programme")
def edit(public_id: str, leg: str) -> Response:
    event = desk.event(public_id) or abort(404)
    known = _leg(event, leg)
    said = said_by(legs.plan_of(known), known.currency) if known else _usual(event)
    return _page(event, known, _form(event, said, known))


@blueprint.post("/events/<public_id>/legs/<leg>")
@office("programme")
def save(public_id: str, leg: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form, key = _form(event, request.form, _leg(event, leg)), submission_key(request.form)
    if form.validate():
        try:
            with_free_name(lambda: _save(public_id, leg, form, key, acting()))
        except LegIsUnfit as refusal:
            form.note(refusal.faults)
        except LegEditedMeanwhile as refusal:
            event = desk.event(public_id) or abort(404)
            return _page(event, _leg(event, leg), form, 409, who=other_editor(refusal, event.zone))
        except TooManyLegs as refusal:
            form.form_errors.append(_("A tour has at most %(most)d legs.", most=refusal.most))
        else:
            flash(_("Saved."))
            return redirect(url_for(".index", public_id=public_id), 303)
    event = desk.event(public_id) or abort(404)
    return _page(event, _leg(event, leg), form, 422, key, seen=request.form.get("seen", ""))


@blueprint.post("/events/<public_id>/legs/<leg>/remove")
@office("programme")
def remove(public_id: str, leg: str) -> Redirection:
    """Take a leg away; a second click finds it gone."""
    with writing():
        event = desk.event(public_id) or abort(404)
        known = legs.leg_by_public_id(leg)
        if known is not None and known.event_id == event.id:
            legs.remove_leg(known, now=clock.utc_now(), by=acting())
    flash(_("The leg is gone. What was asked of cities stays."))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.get("/events/<public_id>/legs/<leg>/cities")
@office()
def cities(public_id: str, leg: str) -> str:
    """Show which offers suit a leg and why, the best first; or which do not."""
    event = desk.event(public_id) or abort(404)
    known = _leg(event, leg) or abort(404)
    read, topics = read_offers(event), topic_names()
    today = clock.local_day(clock.utc_now(), event.zone)
    found = scores(legs.wanted(known), read.offers, weighing.weights(), taken=read.taken, today=today)
    out = request.args.get("show") == "out"
    rows = [score for score in found if bool(score.ruled_out) == out]
    number = asked_page()
    shown = Page(rows[(number - 1) * PAGE_ROWS : number * PAGE_ROWS], number, len(rows))
    return render_template(
        "office/legs/cities.html",
        event=event,
        leg=known,
        wishes=wishes_of(known, topics),
        page=shown,
        out=out,
        counts=(sum(not score.ruled_out for score in found), sum(bool(score.ruled_out) for score in found)),
        named=read.named,
        asking=lambda score: asking_address(event, known, score.offer, score.starts[0]),
        words=lambda reason: reason_words(reason, topics),
        reached=request_queries.names_of_cities_to_ask(),
    )


class WeightsForm(Form):
    """Points for each thing; its fields are made from the weights that there are."""


for _name, _words in WEIGHTS.items():
    setattr(WeightsForm, _name, WholeNumber(_words, most=weighing.MOST_POINTS, needed=_l("Type a number.")))


@blueprint.get("/weights")
@office()
def weights() -> Response:
    usual = {name: str(points) for name, points in vars(weighing.weights()).items()}
    return _weights_page(WeightsForm(MultiDict(usual)))


@blueprint.post("/weights")
@office("programme")
def weigh() -> Response | Redirection:
    usual = request.form.get("do") == "usual"
    form = WeightsForm(request.form)
    if not usual and not form.validate():
        return _weights_page(form, 422)
    chosen = Weights() if usual else Weights(**{name: form[name].value for name in WEIGHTS})
    with writing():
        weighing.set_weights(chosen, now=clock.utc_now(), by=acting())
    flash(_("Saved. It counts from the next look and the next search on."))
    return redirect(url_for(".weights"), 303)


def topic_names() -> dict[str, Text]:
    """Return the names of all topics by their slugs, also of those that are retired."""
    return {topic.slug: topic.name for topic in all_topics(retired=True)}


def is_for(one: Any, leg: TourLeg) -> bool:
    """Tell whether a request lies within the days of a leg and still stands."""
    stands = one.state not in ("declined", "withdrawn", "lapsed")
    return stands and leg.first_on <= one.first_on and one.last_on <= leg.last_on


def asking_address(event: Event, leg: TourLeg, offer: Offer, first_on: date) -> str:
    """Return where a city is asked for a leg from that day on, for so many of its days as the city fills."""
    days = min(max(1, leg.nights), offer.days_most)
    asked: dict[str, Any] = {
        "whom": f"offer:{offer.key}",
        "first_on": first_on.isoformat(),
        "last_on": last_day(first_on, days).isoformat(),
    }
    return url_for("office_hosting.index", public_id=event.public_id, leg=leg.public_id, **asked, _anchor="one")


def _usual(event: Event) -> MultiDict[str, str]:
    days = {"first_on": event.starts_on.isoformat(), "last_on": event.ends_on.isoformat()}
    said = MultiDict({**days, "people": str(event.pool.capacity), "nights": "2"})
    said.setlist("languages", ["zh" if event.direction == "to_us" else "en"] if event.direction != "none" else [])
    return said


def _leg(event: Event, public_id: str) -> TourLeg | None:
    """Return the leg that an address names; None where it asks for a new one."""
    if public_id == NEW:
        return None
    known = legs.leg_by_public_id(public_id)
    return known if known is not None and known.event_id == event.id else abort(404)


def _form(event: Event, said: MultiDict[str, str], leg: TourLeg | None) -> LegForm:
    chosen = said.getlist("topics")
    topics = [topic for topic in all_topics(retired=True) if topic.active or topic.slug in chosen]
    return leg_form(event, said, topics, _regions(event, leg))


def _regions(event: Event, leg: TourLeg | None) -> list[Text]:
    """Return the states and provinces that can be chosen: where cities offer to host, and those that the leg has."""
    offered = {region.en: region for region in regions_for(event)}
    listed = {region.en: region for of_country in places.regions().values() for _letters, region in of_country}
    kept = {name: listed.get(name, Text(name, name)) for name in (leg.regions if leg else ()) if name not in offered}
    return sorted([*offered.values(), *kept.values()], key=lambda region: region.en)


def _save(public_id: str, leg: str, form: LegForm, key: str, by: str) -> None:
    with writing():
        event = desk.event_to_change(public_id)
        known, now = _leg(event, leg), clock.utc_now()
        today = clock.local_day(now, event.zone)
        if known is None:
            legs.add_leg(event, form.plan(), today=today, submission_key=key, now=now, by=by)
        else:
            seen = request.form.get("seen", "")
            legs.change_leg(known, form.plan(), seen=seen, today=today, now=now, by=by)


def _page(
    event: Event,
    leg: TourLeg | None,
    form: LegForm,
    status: int = 200,
    key: str | None = None,
    *,
    seen: str = "",
    who: tuple[str, str] | None = None,
) -> Response:
    page = render_template(
        "office/legs/leg.html",
        event=event,
        leg=leg,
        form=form,
        submission_key=key or submission_key({}),
        seen=seen or (fingerprint(legs.plan_of(leg)) if leg else ""),
        who=who,
    )
    return make_response(page, status)


def _weights_page(form: Form, status: int = 200) -> Response:
    return make_response(render_template("office/legs/weights.html", form=form, names=list(WEIGHTS)), status)
