"""Statements of account and payment reminders of one bill: looked at, printed, issued and sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.money_words import AGES, page_of
from tourreg.blueprints.office.papers import FRAME
from tourreg.blueprints.statement_page import shown
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.reminding import LEVELS, NothingToRemind, open_demands, reminder_sheet
from tourreg.domain.billing.rules import paper_form
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.sheets import StatementSheet
from tourreg.domain.settlements import reminders, statements
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_account_papers", __name__)
REMINDERS = {1: _l("First, polite"), 2: _l("Second, asking what holds it up"), 3: _l("Last, firm")}


@blueprint.get("/money/bills/<public_id>/statement")
@office("finance", "read-only")
def statement(public_id: str) -> str:
    """Show every movement with its running balance, of this bill or of all of its payer's."""
    folio = _folio(public_id)
    sheet = _statement(folio, request.args, includes_days=False)
    return render_template(
        "office/money/statement.html",
        folio=folio,
        statement=shown(sheet),
        of_all=_of_all(request.args),
        since=_since(request.args),
        ages=AGES,
        form=paper_form(folio),
        submission_key=new_public_id(),
    )


@blueprint.get("/money/bills/<public_id>/statement.pdf")
@office("finance", "read-only")
@paper_files.printable
def print_statement(public_id: str) -> Response:
    folio = _folio(public_id)
    sheet = _statement(folio, request.args)
    back = url_for("office_account_papers.statement", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(folio))


@blueprint.post("/money/bills/<public_id>/statement")
@office("finance")
def issue_statement(public_id: str) -> Redirection:
    """Issue what the page shows under a number and send it; the same form again sends nothing more."""
    folio = _folio(public_id)
    typed = request.form
    key = f"{submission_key(typed)}-statement"
    of_all, since = _of_all(typed), _since(typed)
    with writing():
        statements.issue_statement(folio.id, of_all=of_all, since=since, key=key, now=clock.utc_now(), by=acting())
    flash(_("The statement is issued and on its way."))
    return redirect(_page_of(folio), 303)


@blueprint.get("/money/bills/<public_id>/reminder")
@office("finance", "read-only")
def reminder(public_id: str) -> str:
    """Show what is open on invoices, and offer the next reminder of it."""
    folio = _folio(public_id)
    sent = [paper for paper in papers.papers_of(folio.public_id) if paper.kind == "reminder"]
    today = local_day(clock.utc_now(), folio.issuer.zone)
    return render_template(
        "office/money/reminder.html",
        folio=folio,
        demands=open_demands(folio),
        today=today,
        sent=sent,
        level=min(len(sent) + 1, LEVELS[-1]),
        levels=REMINDERS,
        submission_key=new_public_id(),
    )


@blueprint.get("/money/bills/<public_id>/reminder.pdf")
@office("finance", "read-only")
@paper_files.printable
def print_reminder(public_id: str) -> Response:
    folio = _folio(public_id)
    try:
        sheet = reminder_sheet(folio, _level(request.args), purpose_of(bill_of(folio.id)), now=clock.utc_now())
    except NothingToRemind:
        abort(404)
    back = url_for("office_account_papers.reminder", public_id=public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(folio))


@blueprint.post("/money/bills/<public_id>/reminder")
@office("finance")
def issue_reminder(public_id: str) -> Redirection:
    """Issue the reminder and send it; the same form again sends nothing more."""
    folio = _folio(public_id)
    key = f"{submission_key(request.form)}-reminder"
    try:
        with writing():
            reminders.remind(folio.id, _level(request.form), key=key, now=clock.utc_now(), by=acting())
    except NothingToRemind:
        flash(_("Nothing that an invoice asks for is open any more."))
    else:
        flash(_("The reminder is issued and on its way."))
    return redirect(_page_of(folio), 303)


def _statement(folio: Folio, asked: Any, *, includes_days: bool = True) -> StatementSheet:
    of_all, since = _of_all(asked), _since(asked)
    return statements.statement_of(folio, of_all=of_all, since=since, includes_days=includes_days, now=clock.utc_now())


def _folio(public_id: str) -> Folio:
    return billing.folio_by_public_id(public_id) or abort(404)


def _page_of(folio: Folio) -> str:
    """Return the page of the registration that the bill is first for."""
    return page_of(bill_of(folio.id).lead)


def _of_all(asked: Any) -> bool:
    return bool(asked.get("of") == "all")


def _since(asked: Any) -> date | None:
    """Return the day that is asked for; what is no day counts as left out."""
    try:
        return date.fromisoformat(asked.get("since", ""))
    except ValueError:
        return None


def _level(asked: Any) -> int:
    wanted = asked.get("level", "")
    return int(wanted) if wanted in {str(level) for level in LEVELS} else LEVELS[0]
