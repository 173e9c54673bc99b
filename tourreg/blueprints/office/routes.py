"""Routes for a tour: a city for each leg, searched by the worker; fixing some and searching again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg import formats
from tourreg.blueprints import hosting_words
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.matching_words import reason_words, ruled_out_words
from tourreg.blueprints.office.legs import asking_address, topic_names
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import requests_of_event
from tourreg.domain.hosting.request_rules import ENDED, Span
from tourreg.domain.matching import outcomes, route_searches, weighing
from tourreg.domain.matching.blocking import Blocked, Opening
from tourreg.domain.matching.legs import legs_of
from tourreg.domain.matching.models import RouteSearch, TourLeg
from tourreg.domain.matching.outcomes import FoundStop
from tourreg.domain.matching.own_stays import OwnStays, own_stays
from tourreg.domain.matching.reading import Named, Read, read_offers
from tourreg.domain.matching.routes import Fixed
from tourreg.domain.matching.scoring import scores
from tourreg.domain.matching.values import Score
from tourreg.kernel import clock

blueprint = Blueprint("office_routes", __name__)

STATES = {
    "waiting": ("news", _l("Begins")),
    "running": ("news", _l("Searches")),
    "done": ("good", _l("Done")),
    "stopped": ("wait", _l("Stopped")),
    "broke_off": ("stop", _l("Broke off")),
}
# Of how many offers a leg's city can be fixed in the list; the others by their routes.
MOST_LISTED = 40


@blueprint.get("/events/<public_id>/routes")
@office()
def index(public_id: str) -> Response:
    return _page(desk.event(public_id) or abort(404))


@blueprint.post("/events/<public_id>/routes")
@office("programme")
def search(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    rows, key = legs_of(event.id), submission_key(request.form)
    if not rows:
        return _page(event, _("Add a leg first."), 422)
    fixed = _chosen(rows)
    by = acting()
    with_free_name(lambda: _begin(public_id, fixed, key, by))
    return redirect(url_for(".index", public_id=public_id), 303)


@blueprint.post("/events/<public_id>/routes/<search>/stop")
@office("programme")
def stop(public_id: str, search: str) -> Redirection:
    """End a search; a second click, or one that comes too late, changes nothing."""
    known = route_searches.search_by_public_id(search)
    if known is None or known.event.public_id != public_id:
        abort(404)
    with writing():
        locked = route_searches.search_to_change(search)
        was_under_way = locked.state in route_searches.UNDER_WAY
        route_searches.stop_search(locked, now=clock.utc_now(), by=acting())
    flash(_("It ends, and keeps the best that it has found.") if was_under_way else _("It had ended already."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _begin(public_id: str, fixed: Mapping[str, Fixed], key: str, by: str) -> None:
    with writing():
        event = desk.event_to_change(public_id)
        route_searches.begin_search(event, fixed, submission_key=key, now=clock.utc_now(), by=by)


def _chosen(rows: Sequence[TourLeg]) -> dict[str, Fixed]:
    """Return what the form fixes; what is no offer or no day leaves the leg open."""
    chosen = {}
    for leg in rows:
        offer, _at, day = request.form.get(f"fixed-{leg.public_id}", "").partition("@")
        try:
            start_on = date.fromisoformat(day) if day else None
        except ValueError:
            start_on = None
        if offer and len(offer) <= 22:
            chosen[leg.public_id] = Fixed(offer, start_on)
    return chosen


def _page(event: Event, fault: str = "", status: int = 200) -> Response:
    rows, last, topics = legs_of(event.id), route_searches.last_search(event.id), topic_names()
    read, weights = read_offers(event), weighing.weights()
    today = clock.local_day(clock.utc_now(), event.zone)
    requests = requests_of_event(event.id)
    stays = own_stays(requests, rows)
    asked = route_searches.asked_of(last, rows, stays)[0].values()
    of_legs = [scores(leg, read.offers, weights, taken=read.taken, today=today) for leg in asked]
    found = outcomes.found_of(last.outcome) if last else None
    offers = {offer.key: offer for offer in read.offers}
    page = render_template(
        "office/routes.html",
        event=event,
        legs=[(leg, _choices(leg, each, read)) for leg, each in zip(rows, of_legs, strict=True)],
        numbers={leg.public_id: (number, leg) for number, leg in enumerate(rows, start=1)},
        fixed=_fixed(stays, last),
        own=list(stays.by_leg),
        left_out=_left_out(stays, last),
        search=last,
        state=_state(last) if last else "",
        states=STATES,
        request_states=hosting_words.STATES,
        found=found,
        has_changed=bool(found and last and last.made_of != outcomes.made_of(of_legs, weights)),
        named=read.named,
        fixed_words=lambda now: fixed_words(now, read),
        asked_for=lambda stop: _asked_for(requests, read.named.get(stop.offer), stop),
        words=lambda reason: reason_words(reason, topics),
        blocked_words=blocked_words,
        opening_words=opening_words,
        asking=lambda leg, stop: asking_address(event, leg, offers[stop.offer], stop.first_on),
        submission_key=submission_key({}),
        wrong=[("", fault)] if fault else [],
    )
    return make_response(page, status)


def _state(search: RouteSearch) -> str:
    return "broke_off" if route_searches.broke_off(search) else search.state


def _choices(leg: TourLeg, of_leg: Sequence[Score], read: Read) -> list[tuple[str, str]]:
    """Return the offers that can be fixed for a leg, the best first."""
    best = [score for score in of_leg if not score.ruled_out][:MOST_LISTED]
    return [(score.offer.key, offer_words(score.offer.key, read)) for score in best]


def offer_words(key: str, read: Read) -> str:
    name = read.named.get(key)
    return _("an offer that is gone") if name is None else f"{name.city.in_(language())} – {name.title.in_(language())}"


def fixed_words(now: str, read: Read) -> str:
    """Return what is fixed with its day, such as "offer@2027-05-11", in words."""
    offer, _at, day = now.partition("@")
    if not day:
        return offer_words(offer, read)
    shown = formats.short_date(date.fromisoformat(day), language())
    return _("%(offer)s, from %(day)s", offer=offer_words(offer, read), day=shown)


def _fixed(stays: OwnStays, last: RouteSearch | None) -> dict[str, str]:
    """Return what is fixed, by leg, as the form sends it: what cities hold or confirmed, else as in the last search."""
    fixed = {leg: route_searches.fixed_by(stay) for leg, stay in stays.by_leg.items()}
    chosen = {**(last.fixed if last else {}), **fixed}
    return {leg: one["offer"] + (f"@{one['start_on']}" if one["start_on"] else "") for leg, one in chosen.items()}


def _asked_for(requests: Sequence[HostingRequest], named: Named | None, stop: FoundStop) -> HostingRequest | None:
    """Return what was asked of the city of a stop for days of it, and has not come to nothing."""
    of_city = (one for one in requests if named and one.city.public_id == named.city_id)
    days = Span(stop.first_on, stop.last_on)
    standing = (one for one in of_city if one.state not in (*ENDED, "lapsed"))
    return next((one for one in standing if Span(one.first_on, one.last_on).meets(days)), None)


def _left_out(stays: OwnStays, last: RouteSearch | None) -> list[HostingRequest]:
    """Return what cities hold or confirmed and the last search does not know, or what no search can know."""
    known = last.fixed if last else {leg: route_searches.fixed_by(stay) for leg, stay in stays.by_leg.items()}
    unknown = [stay for leg, stay in stays.by_leg.items() if known.get(leg) != route_searches.fixed_by(stay)]
    return sorted([*unknown, *stays.on_no_leg], key=lambda stay: stay.first_on)


def blocked_words(one: Blocked) -> str:
    """Return why some legs leave no route, in a sentence."""
    legs = formats.listing([str(number + 1) for number in one.legs], language())
    if one.kind == "no_city":
        why = ("；" if language() == "zh" else "; ").join(ruled_out_words(*each) for each in one.counts.items())
        if not why:
            return _("Leg %(legs)s: no city offers anything.", legs=legs)
        return _("Leg %(legs)s: no city can take it (%(why)s).", legs=legs, why=why)
    if one.kind == "dates":
        return _("Legs %(legs)s do not fit behind one another: the second begins before the first is over.", legs=legs)
    if one.kind == "too_few_cities":
        return _("Legs %(legs)s have fewer cities between them than they are.", legs=legs)
    return _("Legs %(legs)s: each has cities, and no choice of them fits one behind the other.", legs=legs)


def opening_words(one: Opening) -> str:
    """Return one change that alone opens a route, in a sentence."""
    if one.leg is None:
        return _("Let one city come twice.")
    sentence = _OPENINGS[one.kind]
    leg = _("Leg %(number)d", number=one.leg + 1)
    return f"{leg}{'：' if language() == 'zh' else ': '}{sentence(one.facts)}"


_OPENINGS: Mapping[str, Any] = {
    "wider_dates": lambda facts: ngettext(
        "let it begin or end %(num)d day earlier or later.", "let it begin or end %(num)d days earlier or later.",
        facts["days"]
    ),
    "smaller_group": lambda facts: _("come with %(people)d people.", people=facts["people"]),
    "larger_group": lambda facts: _("come with %(people)d people.", people=facts["people"]),
    "no_homestay": lambda facts: _("let the group stay at a hotel."),
    "farther": lambda facts: _("look farther away."),
    "more_budget": lambda facts: _("raise the budget."),
    "less_notice": lambda facts: _("ask a city to take you at shorter notice."),
    "share": lambda facts: _("ask a city to take two groups on the same days."),
    "unfix": lambda facts: _("choose another city than the one that is fixed."),
}  # fmt: skip
