"""Papers of an event: print each as things stand, or issue it under a number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.journey_papers import may_open, require_may_open
from tourreg.blueprints.office.papers import FRAME, paper_address
from tourreg.blueprints.paper_kinds import LANGUAGES, PAGE_SIZES, SHELVES
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers import commands, queries, standing
from tourreg.domain.reports.documents import named_in_books
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked, EventPaper
from tourreg.domain.reports.queries import participants_of
from tourreg.domain.reports.subjects import Subject, Subjects
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize

blueprint = Blueprint("office_event_papers", __name__)


@blueprint.get("/events/<public_id>/papers")
@office()
def index(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    issued = [paper for paper in queries.papers_of(event.public_id) if paper.kind in EVENT_PAPERS]
    return render_template(
        "office/papers/event.html",
        event=event,
        shelves=[
            (name, [paper for paper in EVENT_PAPERS.values() if paper.shelf == shelf and may_open(paper.kind)])
            for shelf, name in SHELVES.items()
        ],
        subjects=_subjects_of_all(event),
        issued=issued,
        replaced=queries.replacements(issued),
        withdrawn=standing.withdrawals(issued),
        address=paper_address,
        form=_usual_form(event),
        listed=_listed(event),
        submission_key=new_public_id(),
    )


@blueprint.get("/events/<public_id>/papers/<kind>.pdf")
@office()
@paper_files.printable
def working_copy(public_id: str, kind: str) -> Response:
    """Print the paper as it stands now: stamped, without a number, kept nowhere."""
    event = desk.event(public_id) or abort(404)
    paper = _paper(kind)
    require_may_open([kind])
    sheet = paper.sheet(Asked(event, _subject(event, paper, request.args), clock.utc_now(), issued=False))
    back = url_for("office_event_papers.index", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=_usual_form(event))


@blueprint.post("/events/<public_id>/papers/<kind>")
@office("programme")
def issue(public_id: str, kind: str) -> Redirection:
    """Issue the next version; the same form again leads to what its first sending issued."""
    now = clock.utc_now()
    event, paper = desk.event(public_id) or abort(404), _paper(kind)
    subject = _subject(event, paper, request.form)
    sheet = paper.sheet(Asked(event, subject, now, issued=True))
    language, page_size = _wanted(event)
    key = f"{submission_key(request.form)}-{kind}"
    about = subject.public_id if subject else ""
    with writing():
        event = desk.event_to_change(public_id)
        if queries.by_submission_key(key) is None:
            commands.issue(
                kind,
                dict(sheet),
                issuer=event.issuer,
                about=event.public_id,
                subject=about,
                recipient=subject.name.in_("en") if subject else "",
                language=language,
                page_size=page_size,
                now=now,
                by=acting(),
                replaces=queries.latest(event.public_id, kind, language=language, subject=about),
                submission_key=key,
            )
    flash(_("It is issued. Its files are made in a moment."))
    return redirect(url_for("office_event_papers.index", public_id=public_id), 303)


def _listed(event: Event) -> tuple[int, int]:
    """Return how many of those who take part agreed to be listed, and how many take part."""
    people = participants_of(event)
    return len(named_in_books(people)), len(people)


def _paper(kind: str) -> EventPaper:
    return EVENT_PAPERS.get(kind) or abort(404)


def _subjects_of_all(event: Event) -> dict[str, list[Subject]]:
    """Return for whom each kind can be made, where it is made for each of several."""
    subjects = Subjects(event)
    return {kind: list(paper.subjects(subjects)) for kind, paper in EVENT_PAPERS.items() if paper.subjects}


def _subject(event: Event, paper: EventPaper, asked: Mapping[str, Any]) -> Subject | None:
    """Return for whom a paper is asked, the first where nobody is named; for nobody of them it is not found."""
    if paper.subjects is None:
        return None
    subjects = {subject.public_id: subject for subject in paper.subjects(Subjects(event))}
    wanted = asked.get("for") or next(iter(subjects), "")
    return subjects.get(wanted) or abort(404)


def _usual_form(event: Event) -> tuple[PaperLanguage, PageSize]:
    """Return both languages, on the paper that the seller's country uses."""
    return "both", "letter" if event.issuer.country == "US" else "a4"


def _wanted(event: Event) -> tuple[str, str]:
    language, page_size = _usual_form(event)
    asked, size = request.form.get("in", ""), request.form.get("size", "")
    return asked if asked in LANGUAGES else language, size if size in PAGE_SIZES else page_size
