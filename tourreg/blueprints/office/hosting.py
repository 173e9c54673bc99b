"""Requests to host cities: what a programme asked, asking one more, and what waits across programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints import hosting_words
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, Day, WholeNumber
from tourreg.blueprints.office.hosting_days import STANDINGS
from tourreg.blueprints.office.hosting_steps import deed_of
from tourreg.blueprints.office.papers import paper_address
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.cities.queries import by_public_id as city_by_public_id
from tourreg.domain.hosting import confirmed_days, offer_queries, proposals, reports, requests, threads
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.contacts import speakers
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import AnsweredAlready, Asking, AskingIsUnfit, DaysAreTaken, Span
from tourreg.domain.matching.legs import leg_by_public_id
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers import standing
from tourreg.domain.reports.request_papers import issue_letter
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_hosting", __name__)


class AskForm(Form):
    """Whom to ask, for which days and people, by when."""

    whom = Choice(_l("City and offer"))
    first_on = Day(_l("First day"), needed=_l("Type the first day."))
    last_on = Day(_l("Last day"), needed=_l("Type the last day."))
    people = WholeNumber(_l("Number of people"), needed=_l("Type how many people come."))
    deadline_on = Day(_l("Answer by"), needed=_l("Type the day by which the city answers."))
    words = Lines(
        _l("What the group wants to learn"), most=4000, needed=_l("Say what the group comes for."),
        hint=_l("The city reads it in the letter and on its page. Write it in the city’s language."),
        printed=True, render_kw={"rows": "5"},
    )  # fmt: skip

    def validate_whom(self, control: Choice) -> None:
        if not control.data:
            raise StopValidation(_("Choose the city."))

    def asking(self) -> Asking:
        """Return what is asked; only after the form was found right."""
        said: Any = self
        days = Span(said.first_on.value, said.last_on.value)
        return Asking(days, said.people.value, said.words.data, said.deadline_on.value)


@blueprint.get("/hosting")
@office()
def waiting() -> str:
    """Show the requests that wait for a city or for the office, soonest deadline first."""
    number = asked_page()
    rows, total = queries.waiting_requests(page=number, size=PAGE_ROWS)
    return render_template(
        "office/hosting/waiting.html",
        page=Page(rows, number, total),
        states=hosting_words.STATES,
        late=_late(rows),
    )


@blueprint.get("/events/<public_id>/hosting")
@office()
def index(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    return _page(event, _form(event, MultiDict(_usual(event))))


@blueprint.post("/events/<public_id>/hosting")
@office("programme")
def ask(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    form, key = _form(event, request.form), submission_key(request.form)
    known = queries.request_of_submission(key)
    if known is not None:
        return _to_request(public_id, known.public_id)
    if not form.validate():
        return _page(event, form, 422, key)
    by = acting()
    try:
        made = with_free_name(lambda: _ask(public_id, form, key, by))
    except AskingIsUnfit as refusal:
        hosting_words.note_faults(form, refusal.faults)
        return _page(desk.event(public_id) or abort(404), form, 422, key)
    except DaysAreTaken as refusal:
        form.first_on.errors = [hosting_words.taken_words(refusal.left, refusal.others)]
        return _page(desk.event(public_id) or abort(404), form, 422, key)
    flash(_("The city is asked. The letter is on its way."))
    return _to_request(public_id, made)


@blueprint.get("/events/<public_id>/hosting/<asked>")
@office()
def show(public_id: str, asked: str) -> Response:
    return _request_page(asked_of(public_id, asked))


@blueprint.post("/events/<public_id>/hosting/<asked>/<any(remind, withdraw, take, again):step>")
@office("programme")
def step(public_id: str, asked: str, step: str) -> Response | Redirection:
    found = asked_of(public_id, asked)
    deed = deed_of(step, found)
    if isinstance(deed, str):
        return _request_page(found, deed, 422)
    try:
        with writing():
            sentence = deed(queries.request_to_change(asked))
    except AnsweredAlready as refusal:
        words = hosting_words.STATES[refusal.state][1]
        fault = _("The request has moved on: it now says “%(state)s”. Look at it first.", state=words)
        return _request_page(asked_of(public_id, asked), fault, 409)
    except DaysAreTaken as refusal:
        return _request_page(asked_of(public_id, asked), hosting_words.taken_words(refusal.left, refusal.others), 409)
    except AskingIsUnfit as refusal:
        return _request_page(asked_of(public_id, asked), hosting_words.fault_words(refusal.faults[0]), 422)
    flash(sentence)
    return _to_request(public_id, asked)


@blueprint.get("/events/<public_id>/hosting/<asked>/approvals/<approval>")
@office()
def download(public_id: str, asked: str, approval: str) -> Response:
    found = asked_of(public_id, asked)
    kept = next((one for one in found.approvals if one.public_id == approval and one.file_hash), None)
    return hosting_words.handed_over(kept or abort(404))


def _usual(event: Event) -> dict[str, str]:
    """Return what the form is filled in with: what the address names, and what the leg of the tour says."""
    usual = {"people": str(event.pool.capacity)}
    leg = leg_by_public_id(request.args.get("leg", ""))
    if leg is not None and leg.event_id == event.id:
        usual |= {"people": str(leg.people), "words": leg.words}
    return usual | {name: request.args.get(name, "") for name in ("whom", "first_on", "last_on")}


def _ask(public_id: str, form: AskForm, key: str, by: str) -> str:
    kind, _sign, named = (form.whom.data or "").partition(":")
    with writing():
        offer = offer_queries.offer_to_change(named) if kind == "offer" else None
        event = desk.event_to_change(public_id)
        city = offer.city if offer else city_by_public_id(named)
        if city is None:
            abort(404)
        now = clock.utc_now()
        asking = form.asking()
        made = requests.ask(event, city, offer, asking, submission_key=key, now=now, by=by, on_paper=issue_letter)
        return made.public_id


def _form(event: Event, said: MultiDict[str, str]) -> AskForm:
    form = AskForm(said)
    choices: Any = form.whom
    choices.offer({"": _("Choose"), **_whom()})
    return form


def _whom() -> dict[str, str]:
    """Return who can be asked: each offer that counts, and each city that somebody speaks for."""
    reached = queries.cities_to_ask()
    offers = {f"offer:{one.public_id}": _offer_words(one) for one in queries.offers_to_ask() if one.city_id in reached}
    bare = {
        f"city:{city.public_id}": _("%(city)s, without an offer", city=city.name.in_(language()))
        for city in all_cities()
        if city.id in reached
    }
    return {**offers, **bare}


def _offer_words(offer: HostOffer) -> str:
    spans = hosting_words.span_words(Span(one.first_on, one.last_on) for one in offer.windows)
    city, title = offer.city.name.in_(language()), offer.title.in_(language())
    return _("%(city)s: %(title)s (%(days)s)", city=city, title=title, days=spans)


def asked_of(public_id: str, asked: str) -> HostingRequest:
    found = queries.request_by_public_id(asked)
    if found is None or found.event.public_id != public_id:
        abort(404)
    return found


def _late(rows: Sequence[HostingRequest]) -> set[str]:
    return {row.public_id for row in rows if queries.late_answers(row)}


def _page(event: Event, form: AskForm, status: int = 200, key: str | None = None) -> Response:
    rows = queries.requests_of_event(event.id)
    page = render_template(
        "office/hosting/event.html",
        event=event,
        form=form,
        rows=rows,
        states=hosting_words.STATES,
        late=_late(rows),
        submission_key=key or submission_key({}),
    )
    return make_response(page, status)


def _request_page(found: HostingRequest, fault: str = "", status: int = 200) -> Response:
    moves, issued = moves_of(found.public_id), papers.papers_for(found.event.public_id, found.public_id)
    other = (found.counter_first_on, found.counter_last_on)
    page = render_template(
        "office/hosting/request.html",
        event=found.event,
        asked=found,
        contacts=queries.contacts_of(found.city_id),
        moves=moves,
        names=staff_names([found.asked_by, *(move.by for move in moves)]),
        late=queries.late_answers(found),
        others=queries.others_there(found),
        days=confirmed_days.confirmed_days(found),
        standings=STANDINGS,
        waits_for_yes=found.state == "confirmed" and not found.days,
        wrong=[("", fault)] if fault else [],
        typed=request.form,
        seen_days="/".join(day.isoformat() if day else "" for day in other),
        states=hosting_words.STATES,
        answers=hosting_words.ANSWERS,
        names_of_city=speakers([*(move.by for move in moves), *(one.given_by for one in found.answers)]),
        roles=ROLE_WORDS,
        submission_key=new_public_id(),
        papers=issued,
        paper_address=paper_address,
        gone=standing.withdrawals(issued),
        replaced=papers.replacements(issued),
        **_to_print(found),
        **_from_city(found),
        steps=hosting_words.STEPS,
        deadline=formats.deadline(found.deadline_on, found.city.zone, language()),
    )
    return make_response(page, status)


def _to_print(found: HostingRequest) -> dict[str, Any]:
    """Return which papers of the request can be made, and the language to begin with."""
    standing_papers = ("host_request", "host_confirmation") if found.state == "confirmed" else ("host_request",)
    contact = next(iter(queries.contacts_of(found.city_id)), None)
    return {
        "kinds": () if found.state in ("declined", "withdrawn") else standing_papers,
        "reads": contact.language if contact else "both",
    }


def _from_city(found: HostingRequest) -> dict[str, Any]:
    """Return what the city wrote on other pages: how much of it waits for the office, and its report."""
    return {
        "questions": threads.waiting_in([found.id]).get(found.id, 0),
        "proposed": proposals.waiting_of_event(found.event_id).get(found.public_id, 0),
        "report": reports.report_of(found),
    }


def _to_request(public_id: str, asked: str) -> Redirection:
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)
