"""Statements of the sellers' bank accounts: the list of them, and the accounts."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField

from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.banking import bills, importing, queries, samples
from tourreg.domain.banking.models import BankAccount
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.models import Issuer
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import CURRENCIES
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_bank", __name__)


class AccountForm(FlaskForm):
    name = Line(
        _l("Name of the bank account"),
        most=80,
        needed=_l("Give the account a name by which the office knows it."),
        hint=_l("As in “Operating account, Sample Bank”."),
    )
    number = Line(
        _l("Number or IBAN"),
        most=40,
        hint=_l("As the bank’s files name it. A CAMT.053 file of another account is then refused."),
        wide=False,
    )


class NewAccountForm(AccountForm):
    issuer = Choice(_l("Seller"))
    currency = Choice(_l("Currency"), choices={currency: currency for currency in CURRENCIES})
    submission_key = HiddenField()


@blueprint.get("/money/bank")
@office("finance", "read-only")
def index() -> str:
    number = asked_page()
    rows, total = queries.statements(page=number, size=PAGE_ROWS)
    return render_template(
        "office/bank/index.html", page=Page(rows, number, total), accounts=queries.accounts(), waiting=queries.waiting()
    )


@blueprint.route("/money/bank/accounts/new", methods=["GET", "POST"])
@office("finance")
def new_account() -> Response | tuple[str, int]:
    form = NewAccountForm(data={"submission_key": new_public_id()})
    issuers = {issuer.public_id: issuer for issuer in papers.issuers()}
    form.issuer.offer({public_id: issuer.name.in_(language()) for public_id, issuer in issuers.items()})
    if form.validate_on_submit() and _is_opened(form, issuers[form.issuer.data]):
        flash(_("The account is noted. Import its first statement."))
        return redirect(url_for("office_bank_import.upload"), 303)
    return render_template("office/bank/account.html", form=form, account=None), 422 if form.errors else 200


@blueprint.route("/money/bank/accounts/<public_id>", methods=["GET", "POST"])
@office("finance")
def account(public_id: str) -> Response | tuple[str, int]:
    found = queries.account_by_public_id(public_id) or abort(404)
    form = AccountForm(data={"name": found.name, "number": found.number})
    if form.validate_on_submit() and _is_changed(form, found):
        flash(_("Saved."))
        return redirect(url_for(".index"), 303)
    return render_template("office/bank/account.html", form=form, account=found), 422 if form.errors else 200


@blueprint.get("/money/bank/samples/<public_id>.<any(csv, xml):form>")
@office("finance", "read-only")
def sample(public_id: str, form: str) -> Response:
    """Return a file to try the import with, made from the open bills of a sample seller; others have none."""
    found = queries.account_by_public_id(public_id)
    if found is None or not found.issuer.sample:
        abort(404)
    today = local_day(clock.utc_now(), found.issuer.zone)
    write, letter = (samples.sample_csv, "C") if form == "csv" else (samples.sample_camt, "X")
    bookings = samples.sample_bookings(bills.bills(found.issuer, found.currency), today, letter)
    kind = "text/csv" if form == "csv" else "application/xml"
    answer = make_response(write(found, bookings))
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="sample-statement-{today}.{form}"'
    return answer


def _is_opened(form: NewAccountForm, issuer: Issuer) -> bool:
    """Note the account; where it is refused, say so beside the field and return False."""
    try:
        with writing():
            importing.open_account(
                issuer,
                form.name.data,
                form.currency.data,
                form.number.data,
                submission_key=submission_key(request.form),
                now=clock.utc_now(),
                by=acting(),
            )
    except importing.AccountNameTaken:
        form.name.errors = [_("This seller has an account of this name.")]
    except importing.NoAccountInCurrency as refusal:
        words = _("The papers of this seller name no account in %(currency)s.", currency=refusal.currency)
        form.currency.errors = [words]
    else:
        return True
    return False


def _is_changed(form: AccountForm, account: BankAccount) -> bool:
    try:
        with writing():
            importing.change_account(account, form.name.data, form.number.data, now=clock.utc_now(), by=acting())
    except importing.AccountNameTaken:
        form.name.errors = [_("This seller has an account of this name.")]
        return False
    return True
