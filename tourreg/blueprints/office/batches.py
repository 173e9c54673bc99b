"""Many papers of an event at once: chosen here, made by the workers, watched, stopped and resumed, and downloaded."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.batching import DISK_IS_FULL, NO_ADDRESS, NOT_IN_VERSION
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.journey_papers import require_may_open
from tourreg.blueprints.outside import files
from tourreg.blueprints.paper_kinds import LANGUAGES, PAGE_SIZES, SHELVES
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.batches import choosing, commands, queries
from tourreg.domain.batches.choosing import OWN_LANGUAGE, Choice, NothingChosen, Outcome, TooMany
from tourreg.domain.batches.models import OUTCOMES, PaperBatch
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.kinds import NAMING
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.event_papers import EVENT_PAPERS
from tourreg.domain.reports.subjects import Subjects
from tourreg.kernel import clock
from tourreg.kernel.file_names import in_plain_letters
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.states import MoveRefused

blueprint = Blueprint("office_batches", __name__)
STATES = {"running": _l("Runs"), "stopped": _l("Stopped"), "done": _l("Done"), "expired": _l("Expired")}
TAGS = {"running": "news", "stopped": "wait", "done": "good", "expired": "over"}
OUTCOME_WORDS = {
    "joined": _l("One PDF, in order"),
    "zip": _l("A ZIP with a file for each paper"),
    "mail": _l("Mailed, each to whom it is for"),
}
REASONS = {
    DISK_IS_FULL: _l("The disk is full. Make room, then resume; nothing is made twice."),
    NO_ADDRESS: _l("There is no e-mail address to send it to."),
    NOT_IN_VERSION: _l("The latest version of the itinerary, which issued papers show, does not have it."),
}
CHOOSABLE_LANGUAGES = {**LANGUAGES, OWN_LANGUAGE: _l("Each in the reader’s own")}
TYPES = {"joined": "application/pdf", "zip": "application/zip"}
GONE = 410


@blueprint.get("/events/<public_id>/batches")
@office()
def index(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    asked = {"kinds": frozenset(request.args.getlist("kind")), "outcome": "joined", "subjects": frozenset()}
    return _form_page(event, asked)


@blueprint.post("/events/<public_id>/batches")
@office("programme")
def begin(public_id: str) -> Redirection | tuple[str, int]:
    """Begin a batch; the same form again leads to the batch that its first sending began."""
    event = desk.event(public_id) or abort(404)
    choice, key = _choice(event), submission_key(request.form)
    try:
        with writing():
            changing = desk.event_to_change(public_id)
            batch = commands.begin(changing, choice, submission_key=key, now=clock.utc_now(), by=acting())
            address = url_for(".progress", public_id=batch.public_id)
    except NothingChosen:
        return _form_page(event, vars(choice), _("Choose at least one paper that this can be done with.")), 422
    except TooMany as refusal:
        facts = {"papers": refusal.papers, "most": refusal.most}
        return _form_page(event, vars(choice), _("These are %(papers)d papers; a batch takes %(most)d.", **facts)), 422
    return redirect(address, 303)


@blueprint.get("/batches/<public_id>")
@office()
def progress(public_id: str) -> str:
    """Show how far a batch is; whoever leaves finds it here again."""
    return _progress_page(_found(public_id))


def _progress_page(batch: PaperBatch) -> str:
    return render_template(
        "office/batches/progress.html",
        batch=batch,
        event=batch.event,
        progress=queries.progress_of([batch])[batch.id],
        failed=queries.failed_papers(batch),
        unprinted=_unprinted(batch),
        reason=REASONS.get(batch.failure, batch.failure),
        reasons=REASONS,
        **WORDS,
    )


def _unprinted(batch: PaperBatch) -> list[Participant]:
    """Return whose native names the papers of a batch that is done could not print."""
    if batch.state != "done" or not set(queries.kinds_of(batch)) & set(NAMING):
        return []
    return Subjects(batch.event).unprinted()


@blueprint.post("/batches/<public_id>/<any(stop, resume):step>")
@office("programme")
def take(public_id: str, step: str) -> Redirection:
    batch = _found(public_id)
    try:
        with writing():
            (commands.stop if step == "stop" else commands.resume)(batch, now=clock.utc_now(), by=acting())
    except MoveRefused:
        flash(_("Somebody was faster, or it has come to its end."))
    else:
        flash(_("It rests; what is under way is finished.") if step == "stop" else _("It goes on."))
    return redirect(url_for(".progress", public_id=public_id), 303)


@blueprint.get("/batches/<public_id>/file")
@office()
def download(public_id: str) -> Response | tuple[str, int]:
    batch = _found(public_id)
    require_may_open(queries.kinds_of(batch))
    if batch.file_sha256 is None:
        return _progress_page(batch), GONE
    try:
        content = files().get(batch.file_sha256)
    except (FileMissing, FileDamaged):
        return _progress_page(batch), GONE
    answer = make_response(content)
    answer.headers.update(_headers(batch))
    answer.set_etag(batch.file_sha256)
    answer.make_conditional(request)
    return answer


def _headers(batch: PaperBatch) -> dict[str, str]:
    ending = "zip" if batch.outcome == "zip" else "pdf"
    day = batch.begun_at.date().isoformat()
    plain = f"{in_plain_letters(batch.event.title.en) or 'papers'}-{day}.{ending}"
    whole = f"{batch.event.title.zh or batch.event.title.en} {day}.{ending}"
    return {
        "Content-Type": TYPES[batch.outcome],
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole)}",
        "Cache-Control": "private, no-cache",
    }


def _form_page(event: Event, chosen: dict[str, Any], fault: str = "") -> str:
    batches, subjects = queries.batches_of(event), Subjects(event)
    return render_template(
        "office/batches/index.html",
        event=event,
        shelves=[
            (name, [paper for paper in EVENT_PAPERS.values() if paper.shelf == shelf])
            for shelf, name in SHELVES.items()
        ],
        everybody=choosing.everybody(subjects),
        version=next(iter(subjects.versions), None),
        chosen={"language": "both", "page_size": _usual_size(event), **chosen},
        fault=fault,
        batches=batches,
        progress=queries.progress_of(batches),
        choosable=CHOOSABLE_LANGUAGES,
        submission_key=submission_key(request.form) if request.method == "POST" else new_public_id(),
        **WORDS,
    )


def _choice(event: Event) -> Choice:
    """Return what the form asks for; anything that it cannot ask for counts as left out."""
    typed = request.form
    outcome, language, size = typed.get("outcome", ""), typed.get("in", ""), typed.get("size", "")
    return Choice(
        frozenset(typed.getlist("kind")) & frozenset(EVENT_PAPERS),
        cast(Outcome, outcome if outcome in OUTCOMES else "joined"),
        language if language in CHOOSABLE_LANGUAGES else "both",
        size if size in PAGE_SIZES else _usual_size(event),
        subjects=frozenset(typed.getlist("for")),
        numbered=typed.get("numbered") == "1",
    )


def _usual_size(event: Event) -> str:
    return "letter" if event.issuer.country == "US" else "a4"


def _found(public_id: str) -> PaperBatch:
    return queries.by_public_id(public_id) or abort(404)


WORDS: dict[str, Any] = {"states": STATES, "tags": TAGS, "outcomes": OUTCOME_WORDS}
