"""Applying all lines of a statement that are certain, after they were shown."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office import bank_words
from tourreg.db import writing
from tourreg.domain.banking import bills, commands, queries
from tourreg.domain.banking.commands import Share
from tourreg.domain.banking.matching import Match
from tourreg.domain.banking.models import BankLine, BankStatement
from tourreg.kernel import clock
from tourreg.kernel.money import total

blueprint = Blueprint("office_bank_certain", __name__)
# Each is a transaction with its receipts, and a person waits for all of them.
MOST_AT_ONCE = 40


@blueprint.route("/money/bank/statements/<public_id>/certain", methods=["GET", "POST"])
@office("finance")
def certain(public_id: str) -> Response | str:
    found = queries.statement_by_public_id(public_id) or abort(404)
    rows = _certain(found)
    if request.method == "POST":
        shown = set(request.form.getlist("line"))
        wanted = [(line.id, line.rest.minor, match.shares) for line, match in rows if line.public_id in shown]
        done = sum(_is_applied(*one) for one in wanted[:MOST_AT_ONCE])
        _tell(done, len(shown))
        here = ".certain" if len(rows) > len(wanted) else "office_bank_lines.statement"
        return redirect(url_for(here, public_id=public_id), 303)
    first = rows[:MOST_AT_ONCE]
    return render_template(
        "office/bank/certain.html",
        statement=found,
        rows=first,
        more=len(rows) - len(first),
        total=total((line.rest for line, _match in first), found.account.currency),
        reason=bank_words.reason,
    )


def _certain(found: BankStatement) -> list[tuple[BankLine, Match]]:
    """Return the lines that are certain now, each with its match."""
    waiting = queries.waiting_lines(found)
    account = found.account
    known = bills.bills(account.issuer, account.currency) if waiting else []
    matches = bills.matches(known, account, waiting)
    return [(line, matches[line.id]) for line in waiting if matches[line.id].is_certain]


def _is_applied(line_id: int, seen_minor: int, shares: list[tuple[str, int]]) -> bool:
    """Apply one line in a transaction of its own; what somebody else has done meanwhile is left alone."""
    parts = [Share(bill, minor) for bill, minor in shares]
    try:
        with writing():
            commands.apply_line(
                line_id, parts, seen_minor=seen_minor, now=clock.utc_now(), by=acting(), only_if_owed=True
            )
    except (commands.LineMoved, commands.MoreThanOwed):
        return False
    return True


def _tell(done: int, shown: int) -> None:
    flash(ngettext("%(num)d booking is applied.", "%(num)d bookings are applied.", done))
    left = shown - done
    if left > 0:
        flash(
            ngettext(
                "%(num)d was not: something about it has changed meanwhile.",
                "%(num)d were not: something about them has changed meanwhile.",
                left,
            )
        )
