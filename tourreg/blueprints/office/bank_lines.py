"""A statement's lines: which bills each may pay, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office import bank_words
from tourreg.blueprints.office.bank_shares import Shares, chosen_shares
from tourreg.blueprints.office.event_fields import Choice
from tourreg.blueprints.office.money_words import MEANS
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.db import writing
from tourreg.domain.banking import bills, commands, queries
from tourreg.domain.banking.matching import Match, find_bills
from tourreg.domain.banking.models import BankLine, BankStatement
from tourreg.domain.billing.refunds import NotToPayOut
from tourreg.kernel import clock
from tourreg.kernel.money import CurrenciesDiffer, Money

blueprint = Blueprint("office_bank_lines", __name__)
LONGEST_SEARCH = 80


class AsideForm(FlaskForm):
    reason = Choice(_l("Why"), choices=bank_words.ASIDE)
    note = Line(_l("Note"), most=300)
    seen = HiddenField()


@blueprint.get("/money/bank/statements/<public_id>")
@office("finance", "read-only")
def statement(public_id: str) -> str:
    found = queries.statement_by_public_id(public_id) or abort(404)
    counted, number = queries.counted(found), asked_page()
    state = request.args.get("state", "")
    state = state if state in queries.STATES else ""
    rows = queries.lines(found, state, page=number, size=PAGE_ROWS)
    total = counted.states.get(state, 0) if state else counted.total
    return render_template(
        "office/bank/statement.html",
        statement=found,
        counted=counted,
        state=state,
        states=bank_words.STATES,
        aside=bank_words.ASIDE,
        page=Page(rows, number, total),
        matches=_matches(found, rows),
        shares=queries.shares_of(rows),
        reason=bank_words.reason,
    )


@blueprint.route("/money/bank/lines/<public_id>", methods=["GET", "POST"])
@office("finance", "read-only")
def line(public_id: str) -> Response | tuple[str, int]:
    found = _found(public_id)
    if request.method == "GET":
        return _page(found, Shares()), 200
    shares = chosen_shares(request.form, found)
    if found.rest.minor != shares.seen_minor:
        return _moved(found)
    return (_page(found, shares), 422) if shares.faults else _apply(found, shares)


@blueprint.post("/money/bank/lines/<public_id>/aside")
@office("finance")
def aside(public_id: str) -> Response | tuple[str, int]:
    found = _found(public_id)
    form = AsideForm()
    if not form.validate_on_submit():
        return _page(found, Shares(), form), 422
    try:
        with writing():
            seen = _whole(form.seen.data)
            commands.set_aside(
                found.id, form.reason.data, form.note.data, seen_minor=seen, now=clock.utc_now(), by=acting()
            )
    except commands.LineMoved:
        return _moved(found)
    flash(_("Set aside."))
    return redirect(_onward(found), 303)


@blueprint.post("/money/bank/lines/<public_id>/back")
@office("finance")
def back(public_id: str) -> Response:
    found = _found(public_id)
    with writing():
        commands.bring_back(found.id, now=clock.utc_now(), by=acting())
    flash(_("The line is open again."))
    return redirect(url_for(".line", public_id=public_id), 303)


@blueprint.post("/money/bank/lines/<public_id>/payment")
@office("finance")
def payment(public_id: str) -> Response:
    """Say that the line is a payment that was recorded by hand."""
    found = _found(public_id)
    try:
        with writing():
            commands.tie_payment(found.id, request.form.get("entry", ""), now=clock.utc_now(), by=acting())
    except (commands.LineMoved, commands.NotThisPayment):
        flash(_("Somebody has done something with this line or this payment meanwhile. Nothing was changed."))
        return redirect(url_for(".line", public_id=public_id), 303)
    flash(_("The line is that payment. Nothing was posted again."))
    return redirect(_onward(found), 303)


@blueprint.post("/money/bank/lines/<public_id>/refund")
@office("finance")
def refund(public_id: str) -> Response:
    """Say that the line is a refund that was paid out."""
    found = _found(public_id)
    try:
        with writing():
            commands.tie_refund(found.id, request.form.get("refund", ""), now=clock.utc_now(), by=acting())
    except (commands.LineMoved, commands.NotThisRefund, NotToPayOut):
        flash(_("Somebody has done something with this line or this refund meanwhile. Nothing was changed."))
        return redirect(url_for(".line", public_id=public_id), 303)
    flash(_("The line is that refund, and the refund is paid out."))
    return redirect(_onward(found), 303)


def _apply(found: BankLine, shares: Shares) -> Response | tuple[str, int]:
    try:
        with writing():
            commands.apply_line(found.id, shares.chosen, seen_minor=shares.seen_minor, now=clock.utc_now(), by=acting())
    except commands.LineMoved:
        return _moved(found)
    except (commands.MoreThanTheLine, commands.BillUnknown, CurrenciesDiffer):
        shares.faults.append(("", _("These parts do not fit the line. Choose the bills again.")))
        return _page(found, shares), 422
    flash(_("Applied. Receipts are on their way to the payers."))
    return redirect(_onward(found), 303)


def _moved(found: BankLine) -> Response:
    flash(_("Somebody has done something with this line meanwhile. Nothing was changed."))
    return redirect(url_for(".line", public_id=found.public_id), 303)


def _page(found: BankLine, shares: Shares, form: AsideForm | None = None) -> str:
    account = found.account
    known = bills.bills(account.issuer, account.currency) if found.is_waiting else []
    match = bills.matches(known, account, [found]).get(found.id, Match(()))
    words = request.args.get("q", "")[:LONGEST_SEARCH]
    proposed = {proposal.bill.public_id for proposal in match.proposals}
    others = [bill for bill in find_bills(known, words) if bill.public_id not in proposed] if words else []
    others += [bill for bill in known if bill.public_id in shares.typed and bill.public_id not in proposed]
    return render_template(
        "office/bank/line.html",
        line=found,
        states=bank_words.STATES,
        aside_words=bank_words.ASIDE,
        match=match,
        others=list(dict.fromkeys(others)),
        shares=shares,
        twin=queries.twin_of(found),
        taken=queries.shares_of([found]).get(found.id, []),
        recorded=bills.recorded_payments(found) if found.is_waiting else [],
        refunds=bills.refunds_for(found) if found.state == "outgoing" else [],
        form=form or AsideForm(formdata=None, data={"seen": found.rest.minor}),
        words=words,
        reason=bank_words.reason,
        means=MEANS,
        money_of=lambda minor: Money(minor, found.currency),
    )


def _matches(found: BankStatement, rows: Sequence[BankLine]) -> dict[int, Any]:
    if not any(one.is_waiting for one in rows):
        return {}
    return bills.matches(bills.bills(found.account.issuer, found.account.currency), found.account, rows)


def _found(public_id: str) -> BankLine:
    return queries.line_by_public_id(public_id) or abort(404)


def _onward(found: BankLine) -> str:
    """Return the address of what is open in the line's statement."""
    return url_for(".statement", public_id=found.statement.public_id, state="open")


def _whole(typed: str | None) -> int:
    """Return the number that a page of ours has put into its form; what is none fits no line."""
    text = typed or ""
    return int(text) if text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 18 else -1
