"""Papers of an event: print each as things stand, or issue it under a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.journey_papers import may_open, require_may_open
from tourreg.blueprints.office.papers import FRAME, paper_address
from tourreg.blueprints.paper_kinds import KINDS, SHELVES
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import written_at
from tourreg.domain.itineraries.comparison import compare
from tourreg.domain.papers import commands, queries, standing
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import Day
from tourreg.domain.reports.documents import named_in_books
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked, EventPaper, NotInVersion
from tourreg.domain.reports.subjects import Subject, Subjects
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize

blueprint = Blueprint("office_event_papers", __name__)
# Of what is issued the page shows the newest; the register has all.
MOST_SHOWN = 12


@blueprint.get("/events/<public_id>/papers")
@office()
def index(public_id: str) -> str:
    """Show every paper in one line; language and size are chosen once, by `in` and `size` of the address."""
    return _page(desk.event(public_id) or abort(404))


@blueprint.get("/events/<public_id>/papers/<kind>.pdf")
@office()
@paper_files.printable
def working_copy(public_id: str, kind: str) -> Response:
    """Print the paper as it stands now: stamped, without a number, kept nowhere."""
    event = desk.event(public_id) or abort(404)
    paper = _paper(kind)
    require_may_open([kind])
    asked = Asked(event, _subject(event, paper, request.args), clock.utc_now(), issued=False)
    try:
        sheet = paper.sheet(asked)
    except NotInVersion:
        abort(404)
    back = url_for("office_event_papers.index", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=_form(event, request.args))


@blueprint.post("/events/<public_id>/papers/<kind>")
@office("programme")
def issue(public_id: str, kind: str) -> Redirection | tuple[str, int]:
    """Issue the next version, or lead to a working copy where the form asks to print.

    The same form again leads to what its first sending issued.
    """
    event, paper = desk.event(public_id) or abort(404), _paper(kind)
    if request.form.get("do") == "print":
        return redirect(_copy_address(public_id, kind), 303)
    asked = Asked(event, _subject(event, paper, request.form), clock.utc_now(), issued=True)
    try:
        sheet = paper.sheet(asked)
    except NotInVersion as refusal:
        return _page(event, _not_in_version(asked, refusal)), 422
    _issue_once(asked, kind, sheet)
    flash(_said(kind, sheet))
    in_language, page_size = _form(event, request.form)
    chosen: dict[str, Any] = {"in": in_language, "size": page_size}
    return redirect(url_for(".index", public_id=public_id, **chosen), 303)


def _issue_once(asked: Asked, kind: str, sheet: Mapping[str, Any]) -> None:
    subject, now = asked.subject, asked.now
    in_language, page_size = _form(asked.event, request.form)
    key = f"{submission_key(request.form)}-{kind}"
    about = subject.public_id if subject else ""
    with writing():
        event = desk.event_to_change(asked.event.public_id)
        if queries.by_submission_key(key) is None:
            commands.issue(
                kind,
                dict(sheet),
                issuer=event.issuer,
                about=event.public_id,
                subject=about,
                recipient=subject.name.in_("en") if subject else "",
                language=in_language,
                page_size=page_size,
                now=now,
                by=acting(),
                replaces=queries.latest(event.public_id, kind, language=in_language, subject=about),
                submission_key=key,
            )


def _said(kind: str, sheet: Mapping[str, Any]) -> str:
    """Return what is said once a paper is issued; a paper of a programme without a version is a draft."""
    if sheet.get("programme_version", 0) is None:
        return _("“%(paper)s” is issued, marked as a draft. Its files are made in a moment.", paper=KINDS[kind])
    return _("“%(paper)s” is issued. Its files are made in a moment.", paper=KINDS[kind])


def _not_in_version(asked: Asked, refusal: NotInVersion) -> str:
    name = asked.subject.name.in_(language()) if asked.subject else ""
    return _(
        "“%(name)s” is not in version %(number)d, which issued papers show. Issue the next version first.",
        name=name,
        number=refusal.number,
    )


def _page(event: Event, problem: str = "") -> str:
    subjects = Subjects(event)
    issued = _issued(event)
    return render_template(
        "office/papers/event.html",
        event=event,
        problem=problem,
        shelves=[
            (shelf, name, [one for one in EVENT_PAPERS.values() if one.shelf == shelf and may_open(one.kind)])
            for shelf, name in SHELVES.items()
        ],
        subjects=_subjects_of_all(subjects),
        form=_form(event, request.values),
        listed=(len(named_in_books(subjects.participants)), len(subjects.participants)),
        unprinted=subjects.unprinted(),
        submission_key=new_public_id(),
        book_changed=_book_changed(event, issued["newest"].get("itinerary")),
        **issued,
        **_standing(subjects),
    )


def _standing(subjects: Subjects) -> dict[str, Any]:
    """Return the version that issued papers show, if there is one, and how many changes the draft has since."""
    version = next(iter(subjects.versions), None)
    changes = len(compare(cast(list[Day], version.days), subjects.draft)) if version else 0
    return {"version": version, "changes": changes}


def _book_changed(event: Event, book: Paper | None) -> bool:
    """Tell whether what the book says was changed since it was issued last."""
    written = written_at(event) if book else None
    return written is not None and book is not None and written > book.issued_at


def _copy_address(public_id: str, kind: str) -> str:
    """Return the address of the working copy that the form asks for."""
    said: dict[str, Any] = {name: request.form[name] for name in ("for", "in", "size") if name in request.form}
    return url_for(".working_copy", public_id=public_id, kind=kind, **said)


def _issued(event: Event) -> dict[str, Any]:
    """Return the newest papers that were issued, how many there are in all, and the newest of each kind."""
    issued = [paper for paper in queries.papers_of(event.public_id) if paper.kind in EVENT_PAPERS]
    shown = issued[:MOST_SHOWN]
    return {
        "issued": shown,
        "issued_in_all": len(issued),
        "newest": _newest(issued),
        "replaced": queries.replacements(shown),
        "withdrawn": standing.withdrawals(shown),
        "address": paper_address,
    }


def _newest(issued: Sequence[Paper]) -> dict[str, Paper]:
    """Return the newest paper of each kind."""
    return {paper.kind: paper for paper in reversed(issued)}


def _paper(kind: str) -> EventPaper:
    return EVENT_PAPERS.get(kind) or abort(404)


def _subjects_of_all(subjects: Subjects) -> dict[str, Sequence[Subject]]:
    """Return for whom each kind can be made, where it is made for each of several."""
    return {kind: paper.subjects(subjects) for kind, paper in EVENT_PAPERS.items() if paper.subjects}


def _subject(event: Event, paper: EventPaper, asked: Mapping[str, Any]) -> Subject | None:
    """Return for whom a paper is asked, the first where nobody is named; for nobody of them it is not found."""
    if paper.subjects is None:
        return None
    subjects = {subject.public_id: subject for subject in paper.subjects(Subjects(event))}
    wanted = asked.get("for") or next(iter(subjects), "")
    return subjects.get(wanted) or abort(404)


def _form(event: Event, asked: Mapping[str, str]) -> tuple[PaperLanguage, PageSize]:
    """Return language and size as asked; else both languages, on the paper that the seller's country uses."""
    languages: dict[str, PaperLanguage] = {"en": "en", "zh": "zh", "both": "both"}
    sizes: dict[str, PageSize] = {"letter": "letter", "a4": "a4"}
    usual: PageSize = "letter" if event.issuer.country == "US" else "a4"
    return languages.get(asked.get("in", ""), "both"), sizes.get(asked.get("size", ""), usual)
