"""What host cities report after visits: all of them with their totals, one of them, and opening one again."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.hosting import asked_of
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.report_form import CHOICE_WORDS, QUESTIONS
from tourreg.db import writing
from tourreg.domain.hosting import reports
from tourreg.domain.hosting import request_queries as queries
from tourreg.kernel import clock

blueprint = Blueprint("office_hosting_reports", __name__)
HERE = "/events/<public_id>/hosting/<asked>/report"
# By the state of the report, its tag in the style sheet and the words.
STATES = {"none": "wait", "draft": "news", "sent": "good"}


@blueprint.get("/hosting/reports")
@office()
def index() -> str:
    """Show the visits that are over, the latest first, and what was given in kind in each currency."""
    number = asked_page()
    today = clock.local_day(clock.utc_now(), desk_zone())
    rows, total = reports.visits_over(today, page=number, size=PAGE_ROWS)
    return render_template(
        "office/hosting/reports.html", page=Page(rows, number, total), totals=reports.totals_in_kind(), tags=STATES
    )


@blueprint.get(HERE)
@office()
def show(public_id: str, asked: str) -> str:
    found = asked_of(public_id, asked)
    report = reports.report_of(found) or abort(404)
    return render_template(
        "office/hosting/report.html",
        event=found.event,
        asked=found,
        report=report,
        questions=QUESTIONS,
        choices=CHOICE_WORDS,
    )


@blueprint.post(HERE)
@office("programme")
def open_again(public_id: str, asked: str) -> Response:
    """Let the city change its report; a second press changes nothing."""
    asked_of(public_id, asked)
    by = acting()
    with writing():
        reports.open_again(queries.request_to_change(asked), now=clock.utc_now(), by=by)
    flash(_("The city can change its report and send it again."))
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)
