"""A quote for whoever has to ask at home first: it is sent by letter, holds no places and binds nobody."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import everyone_with_form
from tourreg.blueprints.quote_form import QuoteForm, read_quote_form
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.queries import event_to_book
from tourreg.domain.catalogue.rules import fees_open, standing
from tourreg.domain.settlements.quotes import NothingQuoted, issue_quote
from tourreg.kernel import clock

blueprint = Blueprint("quotes", __name__)

# Each quote takes a number and sends a letter to whatever address was typed; correcting costs far less.
MOST_QUOTES = "20/hour"
MOST_TO_ONE_ADDRESS = "5/hour"
MOST_SENDINGS = "300/hour"
BY = "visitor"


@blueprint.get("/events/<slug>/quote")
@everyone_with_form
def ask(slug: str) -> Response:
    return _page(read_quote_form(_event(slug), MultiDict(), clock.utc_now()))


def _was_sent(answer: Response) -> bool:
    return answer.status_code == 303


def _typed_address() -> str:
    return f"{get_remote_address()} {request.form.get('email', '').strip().casefold()[:254]}"


@blueprint.post("/events/<slug>/quote")
@everyone_with_form
@limiter.limit(MOST_SENDINGS)
@limiter.limit(MOST_QUOTES, deduct_when=_was_sent)
@limiter.limit(MOST_TO_ONE_ADDRESS, key_func=_typed_address, deduct_when=_was_sent)
def send(slug: str) -> Response | Redirection:
    now = clock.utc_now()
    filled = read_quote_form(_event(slug), request.form, now)
    if not filled.is_right():
        return _page(filled, status=422)
    asked = filled.asked()
    try:
        with writing():
            issue_quote(_event(slug), asked, now=now, by=BY)
    except NothingQuoted:
        filled.whom.form_errors.append(_("What you chose is not offered any more. Look below and send it again."))
        return _page(filled, status=422)
    return redirect(url_for("quotes.sent", slug=slug), 303)


@blueprint.get("/events/<slug>/quote/sent")
@everyone_with_form
def sent(slug: str) -> str:
    return render_template("public/quote_sent.html", event=_event(slug))


def _event(slug: str) -> Event:
    """Return an event that can be registered for, or will be; a full one still has prices."""
    event = event_to_book(slug) or abort(404)
    now = clock.utc_now()
    if standing(event, 1, now) not in ("open", "not_open") or not fees_open(event, now):
        abort(404)
    return event


def _page(filled: QuoteForm, *, status: int = 200) -> Response:
    answer = make_response(render_template("public/quote.html", form=filled, event=filled.event), status)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
