"""Events: the office's list, and the page on which one is written, shown to the public and called off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.event_words import KINDS
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office import event_refusals, event_words
from tourreg.blueprints.office.event_form import EventForm, other_currencies, read_form
from tourreg.blueprints.office.event_typing import Typed, rearranged, typed_of
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.public.catalogue import event_page
from tourreg.db import writing
from tourreg.domain.catalogue import commands, desk, languages, readiness
from tourreg.domain.catalogue.cancellation import amounts_written_in
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.plans import plan_of
from tourreg.domain.hosting.request_queries import has_standing_requests
from tourreg.domain.itineraries.commands import require_no_day_lost
from tourreg.kernel import clock, typed
from tourreg.kernel.clock import local_day
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import MoveRefused

blueprint = Blueprint("office_events", __name__)

MOST_REASON = 500
NEXT = {
    "draft": ("publish", "cancel"),
    "published": ("close", "cancel"),
    "closed": ("reopen", "cancel"),
    "cancelled": (),
}
STEP_NAMES = {
    "publish": _l("Publish"),
    "close": _l("Close registration"),
    "reopen": _l("Open registration again"),
    "cancel": _l("Cancel the event"),
}


@blueprint.get("/office/events")
@office()
def index() -> str:
    wanted = desk.Wanted(state=_asked("state", event_words.STATES), kind=_asked("kind", KINDS))
    counts, number = desk.count_by_state(wanted.kind), asked_page()
    total = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    rows = desk.events(wanted, most=PAGE_ROWS, after=(number - 1) * PAGE_ROWS)
    return render_template(
        "office/events/index.html",
        page=Page(rows, number, total),
        wanted=wanted,
        counts=counts,
        kinds=KINDS,
        states=event_words.STATES,
        tags=event_words.TAGS,
        missing=lambda event: languages.missing(plan_of(event)),
        names=event_words.NAMES,
    )


@blueprint.get("/office/events/new")
@office("programme")
def new() -> Response:
    return _new_page(read_form(Typed({"kind": ""}), clock.utc_now()))


@blueprint.post("/office/events/new")
@office("programme")
def create() -> Response | Redirection:
    now = clock.utc_now()
    if wish := request.form.get("do", ""):
        return _new_page(read_form(rearranged(request.form, wish), now))
    form = read_form(request.form, now)
    made = desk.event_of_submission(form.submission_key)
    if made is not None:
        return _to(made)
    if not form.is_right():
        return _new_page(form, 422)
    try:
        made = _draft(form, now)
    except Refusal as refusal:
        form = read_form(request.form, now)
        event_refusals.note(refusal, form)
        return _new_page(form, 422)
    flash(_("The draft is saved. Only the office sees it until it is published."))
    return _to(made)


@blueprint.get("/office/events/<public_id>")
@office()
def edit(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    plan = plan_of(event)
    form = read_form(typed_of(plan), clock.utc_now())
    form.seen = fingerprint(plan)
    return _edit_page(event, form)


@blueprint.post("/office/events/<public_id>")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    event, now = desk.event(public_id) or abort(404), clock.utc_now()
    if wish := request.form.get("do", ""):
        return _edit_page(event, read_form(rearranged(request.form, wish), now))
    form = read_form(_with_what_is_fixed(event, request.form), now)
    if not form.is_right():
        return _edit_page(event, form, 422)
    try:
        with_free_name(lambda: _revise(public_id, form, now))
    except Refusal as refusal:
        event = desk.event(public_id) or abort(404)
        theirs = event_refusals.note(refusal, form, event)
        return _edit_page(event, form, 409 if theirs else 422, theirs=theirs)
    flash(_("Saved."))
    return _to(event)


@blueprint.get("/office/events/<public_id>/preview")
@office()
def preview(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    return event_page(event, clock.utc_now(), "office/events/preview.html")


@blueprint.get("/office/events/<public_id>/<any(publish, close, reopen, cancel):step>")
@office("programme")
def ask(public_id: str, step: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    return _step_page(event, step) if step in NEXT[event.state] else _to(event)


@blueprint.post("/office/events/<public_id>/<any(publish, close, reopen, cancel):step>")
@office("programme")
def take(public_id: str, step: str) -> Response | Redirection:
    event, why = desk.event(public_id) or abort(404), _reason()
    if step == "cancel" and event.state != "cancelled" and not why:
        return _step_page(event, step, _("Say why; it is kept with the event."))
    if len(why) > MOST_REASON:
        return _step_page(event, step, _("At most %(most)d characters.", most=MOST_REASON))
    try:
        with writing():
            event = desk.event_to_change(public_id)
            _take(event, step, why)
    except (MoveRefused, readiness.EventIsNotReady):
        # Somebody was faster, or the event changed while the question stood open: its page says what is so now.
        return _to(event)
    flash(str(_DONE[step]))
    if step == "cancel" and has_standing_requests(event.id):
        flash(_("Cities were asked to host it. Withdraw the requests under “Host cities”, so that they know."))
    return _to(event)


_DONE = {
    "publish": _l("The event is published."),
    "close": _l("Registration is closed."),
    "reopen": _l("Registration is open again."),
    "cancel": _l("The event is cancelled."),
}


def _take(event: Event, step: str, why: str) -> None:
    now, by = clock.utc_now(), acting()
    if step == "cancel":
        commands.cancel(event, now=now, by=by, why=why)
    elif step == "close":
        commands.close(event, now=now, by=by, why=why)
    elif step == "reopen":
        commands.reopen(event, now=now, by=by)
    else:
        commands.publish(event, now=now, by=by)


def _revise(public_id: str, form: EventForm, now: datetime) -> None:
    with writing():
        event, plan = desk.event_to_change(public_id), form.plan()
        require_no_day_lost(event, plan)
        commands.revise_event(event, plan, seen=form.seen, now=now, by=acting())


def _draft(form: EventForm, now: datetime) -> Event:
    """Write the draft down, or return what the same form made when it was sent twice at once."""

    def draft() -> Event:
        known = desk.event_of_submission(form.submission_key)
        if known is not None:
            return known
        with writing():  # the plan too, whose address is one that is free now
            return commands.draft_event(form.plan(), submission_key=form.submission_key, now=now, by=acting())

    try:
        return with_free_name(draft, commands.SlugIsTaken)
    except Refusal:
        made = desk.event_of_submission(form.submission_key)
        if made is None:
            raise
        return made


def _with_what_is_fixed(event: Event, sent: Typed) -> Typed:
    """Return what was typed with what the public has seen already, which its page does not ask for again."""
    if event.state == "draft":
        return sent
    fixed = {"slug": event.slug, "issuer": event.issuer.public_id, "currency": event.currency}
    return Typed([*((name, value) for name, value in sent.items(multi=True) if name not in fixed), *fixed.items()])


def _new_page(form: EventForm, status: int = 200) -> Response:
    page = render_template("office/events/new.html", form=form, faults=form.faults(), **_words())
    return make_response(page, status)


def _edit_page(event: Event, form: EventForm, status: int = 200, *, theirs: Any = None) -> Response:
    plan = plan_of(event)
    page = render_template(
        "office/events/edit.html",
        event=event,
        form=form,
        faults=form.faults(),
        lacking=_lacking(event),
        missing=languages.missing(plan),
        steps=[(step, STEP_NAMES[step]) for step in NEXT[event.state]],
        theirs=theirs,
        **_words(),
    )
    return make_response(page, status)


def _step_page(event: Event, step: str, fault: str = "") -> Response:
    page = render_template(
        "office/events/step.html",
        event=event,
        step=step,
        name=STEP_NAMES[step],
        lacking=_lacking(event) if step in ("publish", "reopen") else [],
        missing=languages.missing(plan_of(event)),
        fault=fault,
        why=request.form.get("why", ""),
        most_reason=MOST_REASON,
        **_words(),
    )
    return make_response(page, 422 if fault else 200)


def _lacking(event: Event) -> list[tuple[str, str]]:
    """Return what keeps the event from the public, with the fields in question; nothing once it is called off."""
    if event.state == "cancelled":
        return []
    today = None if event.state == "published" else local_day(clock.utc_now(), event.zone)
    faults = readiness.faults_of(
        plan_of(event), currencies=event.issuer.banks.keys(), terms_in=amounts_written_in(event), today=today
    )
    return [event_words.wrong(fault) for fault in faults]


def _words() -> dict[str, Any]:
    return {
        "names": event_words.NAMES,
        "states": event_words.STATES,
        "tags": event_words.TAGS,
        "covers": event_words.COVERS,
        "kinds": KINDS,
        "other_currencies": other_currencies,
    }


def _reason() -> str:
    return typed.tidy(request.form.get("why", ""))


def _asked(name: str, known: Any) -> str | None:
    value = request.args.get(name, "")
    return value if value in known else None


def _to(event: Event) -> Redirection:
    return redirect(url_for(".edit", public_id=event.public_id), 303)
