"""Money of all events: balances, what is overdue and what is expected; the journal as a file, and its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Form

from tourreg import formats
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.event_fields import Day
from tourreg.blueprints.office.money_words import ACCOUNTS, AGES, MEANS
from tourreg.blueprints.spreadsheets import csv_file, harmless
from tourreg.db import writing
from tourreg.domain.billing.journal import accounts_of, codes_of, name_accounts
from tourreg.domain.billing.models import ACCOUNTS as ACCOUNT_KEYS
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.models import Issuer
from tourreg.domain.papers.sheets import AgeName
from tourreg.domain.reports import journal, ledgers
from tourreg.domain.reports.journal import Posting, Span
from tourreg.domain.reports.ledgers import Open
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money

blueprint = Blueprint("office_books", __name__)
BAR = 152


@dataclass(frozen=True)
class Month:
    """What is expected in a month, and how long its bar is of the longest."""

    first: date
    amount: Money
    length: int


class JournalForm(Form):
    first = Day(_l("First day"), needed=_l("Type the first day."))
    last = Day(_l("Last day"), needed=_l("Type the last day."))

    def validate_last(self, control: Day) -> None:
        if not self.first.errors and control.value < self.first.value:
            control.errors = [_("The last day comes before the first.")]


@blueprint.get("/money/overview")
@office("finance", "read-only")
def overview() -> str:
    today = local_day(clock.utc_now(), desk_zone())
    return _overview(today, JournalForm(data=_last_month(today)))


@blueprint.get("/money/journal.csv")
@office("finance", "read-only")
def export() -> Response | tuple[str, int]:
    """Return a seller's postings of some days, each as a debit and a credit that add up to nothing."""
    issuer = _issuer(request.args.get("issuer", ""))
    form = JournalForm(request.args)
    if not form.validate() or form.errors:
        return _overview(local_day(clock.utc_now(), desk_zone()), form), 422
    span = Span(form.first.value, form.last.value)
    name = f"journal-{issuer.key}-{span.first}-{span.last}.csv"
    return csv_file(name, _heading(), _rows(issuer, journal.postings(issuer, span, language())))


@blueprint.route("/money/accounts/<public_id>", methods=["GET", "POST"])
@office("finance")
def accounts(public_id: str) -> Response | tuple[str, int]:
    """Say what the seller's books call the accounts of the journal."""
    issuer = _issuer(public_id)
    form = AccountsForm(data=codes_of(issuer))
    if form.validate_on_submit():
        with writing():
            codes = {account: form[account].data for account in ACCOUNT_KEYS}
            name_accounts(issuer, codes, now=clock.utc_now(), by=acting())
        flash(_("Saved. The next journal uses these accounts, also for what was posted before."))
        return redirect(url_for("office_books.overview"), 303)
    page = render_template("office/money/accounts.html", form=form, issuer=issuer, accounts=ACCOUNT_KEYS)
    return page, 422 if form.errors else 200


def _account_field(account: str) -> Line:
    return Line(ACCOUNTS[account], most=20, needed=_l("Type the account’s number or name."), wide=False)


AccountsForm: Any = type("AccountsForm", (FlaskForm,), {account: _account_field(account) for account in ACCOUNT_KEYS})


def _overview(today: date, form: JournalForm) -> str:
    issuers = {issuer.id: issuer for issuer in papers.issuers()}
    parts = ledgers.open_parts()
    return render_template(
        "office/money/overview.html",
        balances=ledgers.balances(),
        ages=AGES,
        ageing=[
            (issuers[issuer_id], currency, _amounts(sums, currency), Money(sum(sums.values()), currency))
            for (issuer_id, currency), sums in sorted(ledgers.by_age(parts, today).items())
        ],
        months=_months(parts, today),
        issuers=list(issuers.values()),
        form=form,
        chosen=request.args.get("issuer", ""),
    )


def _amounts(sums: Mapping[AgeName, int], currency: str) -> dict[AgeName, Money]:
    return {age: Money(minor, currency) for age, minor in sums.items()}


def _months(parts: Iterable[Open], today: date) -> dict[str, list[Month]]:
    """Return what is expected by currency and month; a currency's longest bar is BAR units long."""
    found = {}
    for currency, sums in sorted(ledgers.by_month(parts, today).items()):
        most = max(sums.values())
        found[currency] = [
            Month(first, Money(minor, currency), max(1, round(BAR * minor / most))) for first, minor in sums.items()
        ]
    return found


def _last_month(today: date) -> dict[str, str]:
    """Return the days of the month before, which is what a bookkeeper asks for most."""
    last = today.replace(day=1) - timedelta(days=1)
    return {"first": last.replace(day=1).isoformat(), "last": last.isoformat()}


def _issuer(public_id: str) -> Issuer:
    return next((issuer for issuer in papers.issuers() if issuer.public_id == public_id), None) or abort(404)


def _heading() -> list[str]:
    return [
        _("Date"),
        _("Posting"),
        _("Account"),
        _("Name of the account"),
        _("Debit"),
        _("Credit"),
        _("Currency"),
        _("Reference"),
        _("Payer"),
        _("What"),
        _("Means"),
        _("Number of the payment"),
    ]


def _rows(issuer: Issuer, postings: Iterable[Posting]) -> Iterator[list[str]]:
    """Yield a debit and a credit of each posting that moves money."""
    accounts = _accounts(issuer)
    ways = {key: str(words) for key, words in MEANS.items()}
    zone = issuer.zone
    for number, at, kind, means, minor, said, detail, reversed_kind, reference, payer, currency in postings:
        if not minor:
            continue
        debit, credit = accounts_of(kind, means, reversed_kind)
        day, amount = local_day(at, zone).isoformat(), formats.decimal_amount(Money(abs(minor), currency))
        way = ways[means] if means else ""
        rest = [currency, reference, harmless(payer), harmless(said), way, harmless(detail)]
        yield [day, number, *accounts[debit], amount, "", *rest]
        yield [day, number, *accounts[credit], "", amount, *rest]


def _accounts(issuer: Issuer) -> dict[str, tuple[str, str]]:
    """Return the seller's code and our name of each account."""
    codes = codes_of(issuer)
    return {account: (harmless(codes[account]), str(words)) for account, words in ACCOUNTS.items()}
