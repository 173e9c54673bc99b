"""Quotes that the office makes: printed as a working copy, or issued under a number and sent."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.papers import FRAME, paper_address
from tourreg.blueprints.quote_form import QuoteForm, read_quote_form
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.rules import fees_open
from tourreg.domain.papers import queries as papers
from tourreg.domain.settlements.quotes import NothingQuoted, issue_quote, paper_form, quote_sheet
from tourreg.kernel import clock

blueprint = Blueprint("office_quotes", __name__)


@blueprint.get("/events/<public_id>/quotes")
@office()
def index(public_id: str) -> Response:
    """List the quotes of an event, and offer the form for another."""
    return _page(read_quote_form(_event(public_id), MultiDict(), clock.utc_now()))


@blueprint.post("/events/<public_id>/quotes")
@office("finance", "programme")
def send(public_id: str) -> Response | Redirection:
    now = clock.utc_now()
    filled = read_quote_form(_event(public_id), request.form, now)
    if not filled.is_right():
        return _page(filled, status=422)
    asked = filled.asked()
    try:
        if request.form.get("do") == "print":
            sheet, back = quote_sheet(filled.event, asked, now=now), url_for(".index", public_id=public_id)
            return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(asked))
        with writing():
            paper = issue_quote(_event(public_id), asked, now=now, by=acting())
            number = paper.number
    except NothingQuoted:
        filled.whom.form_errors.append(_("What was chosen is not offered any more."))
        return _page(filled, status=422)
    flash(_("Quote %(number)s is issued and on its way to %(address)s.", number=number, address=asked.email))
    return redirect(url_for(".index", public_id=public_id), 303)


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _page(filled: QuoteForm, *, status: int = 200) -> Response:
    issued = [paper for paper in papers.papers_of(filled.event.public_id) if paper.kind == "quote"]
    has_fees = bool(fees_open(filled.event, clock.utc_now()))
    page = render_template(
        "office/events/quotes.html",
        form=filled,
        event=filled.event,
        issued=issued,
        address=paper_address,
        has_fees=has_fees,
    )
    return make_response(page, status)
