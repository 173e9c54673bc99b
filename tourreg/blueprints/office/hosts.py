"""Host cities: the list, each sign-up with its history, and the office's answer."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_words import STATES, host_zone
from tourreg.blueprints.office import histories, host_answers
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.host_answers import Answers
from tourreg.blueprints.office.registration_words import letter_title
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.db import writing
from tourreg.domain.cities import queries as cities
from tourreg.domain.hosting import commands, queries, threads
from tourreg.domain.hosting.contacts import actor_of, contacts_of
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import (
    AddressNotConfirmed,
    AnsweredMeanwhile,
    CityIsHere,
    OfficeNotConfirmed,
    is_personal,
)
from tourreg.domain.reports import host_files
from tourreg.kernel import clock
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("office_hosts", __name__)

_LONGEST_SEARCH = 100


@blueprint.get("/hosts")
@office()
def index() -> str:
    state = request.args.get("state")
    state = state if state in STATES else None
    search = " ".join(request.args.get("q", "").split())[:_LONGEST_SEARCH]
    number = asked_page()
    rows, total = queries.profiles(state, search, page=number, size=PAGE_ROWS)
    last = max(1, -(-total // PAGE_ROWS))
    if number > last:
        rows, total = queries.profiles(state, search, page=last, size=PAGE_ROWS)
    return render_template(
        "office/hosts/index.html",
        page=Page(rows, min(number, last), total),
        state=state,
        search=search,
        counts=queries.counts_by_state(),
        states=STATES,
        questions=threads.waiting_count(),
        zone=desk_zone(),
    )


@blueprint.get("/hosts/<public_id>")
@office()
def profile(public_id: str) -> str:
    return _page(public_id, host_answers.empty(_found(public_id), clock.utc_now()))


@blueprint.post("/hosts/<public_id>/accept")
@office("programme")
def accept(public_id: str) -> Response | Redirection:
    return _answer(public_id, "accept")


@blueprint.post("/hosts/<public_id>/decline")
@office("programme")
def decline(public_id: str) -> Response | Redirection:
    return _answer(public_id, "decline")


def _answer(public_id: str, sent: str) -> Response | Redirection:
    now = clock.utc_now()
    answers = host_answers.typed(_found(public_id), sent, request.form, now)
    if not answers.is_right():
        return make_response(_page(public_id, answers), 422)
    by = acting()
    try:
        with_free_name(lambda: _write(public_id, answers, now=now, by=by))
    except CityIsHere as refusal:
        answers = host_answers.typed(_found(public_id), sent, request.form, now, here=refusal.city)
        answers.accept.city.errors = [_("The city is on the list already; it is chosen here. Look, and accept again.")]
        return make_response(_page(public_id, answers), 422)
    except Refusal as refusal:
        form = answers.decline if sent == "decline" else answers.accept
        form.form_errors.append(_words(refusal))
        return make_response(_page(public_id, answers), 422)
    return redirect(url_for("office_hosts.profile", public_id=public_id), 303)


def _write(public_id: str, answers: Answers, *, now: datetime, by: str) -> None:
    with writing():
        _carry_out(_found(public_id), answers, now=now, by=by)


def _carry_out(profile: HostProfile, answers: Answers, *, now: datetime, by: str) -> None:
    form = answers.decline if answers.sent == "decline" else answers.accept
    before, answer, seen = profile.state, form.answer.data, form.seen.data
    told = answers.accept.office_confirmed.data or ""
    if answers.sent == "decline":
        after = commands.decline(profile, answer, now=now, by=by, seen=seen)
    elif answers.enters_city:
        after = commands.accept(
            profile, answers.entered(profile), answer, now=now, by=by, seen=seen, office_confirmed=told
        )
    else:
        city = cities.by_public_id(answers.accept.city.data) or abort(404)
        after = commands.accept(profile, city, answer, now=now, by=by, seen=seen, office_confirmed=told)
    if after.state != before:
        flash(_said(after))


def _said(profile: HostProfile) -> str:
    if profile.confirmed_at is None:
        return _("Declined. No letter goes out, since nobody has confirmed the address.")
    if profile.state == "accepted":
        return _("Accepted. The letter is on its way.")
    return _("Declined. The letter is on its way.")


def _words(refusal: Refusal) -> str:
    if isinstance(refusal, AnsweredMeanwhile):
        state = STATES[refusal.state][1]
        return _("Somebody answered while this page was open: it now says “%(state)s”. Look at it first.", state=state)
    if isinstance(refusal, AddressNotConfirmed):
        return _("Nobody has confirmed the address yet, so the offer cannot be accepted.")
    if isinstance(refusal, OfficeNotConfirmed):
        return _("The address is a personal one. Note how you confirmed that the contact writes for the city.")
    raise refusal


def _found(public_id: str) -> HostProfile:
    return queries.by_public_id(public_id) or abort(404)


def _page(public_id: str, answers: Answers) -> str:
    file = host_files.file_of(public_id) or abort(404)
    profile = file.profile
    of_city = {actor_of(one): one.name for one in contacts_of(profile)}
    actors = {**file.staff, **of_city, f"host:{public_id}": profile.contact_name}
    # The answer goes to what is shown now; whoever sends again has seen it.
    for form in (answers.accept, answers.decline):
        form.seen.data = profile.state
    return render_template(
        "office/hosts/profile.html",
        file=file,
        profile=profile,
        answers=answers,
        state=STATES[profile.state],
        states=STATES,
        personal=is_personal(profile.contact_email),
        others=queries.others_of_city(profile),
        history=histories.lines(file.history, {}, actors),
        letter_title=letter_title,
        zone=host_zone(profile),
    )
