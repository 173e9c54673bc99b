"""One bill, for whoever pays it: what it is for, its papers, and paying it; nothing else of the registration."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import order_uploads, paper_files
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import bill_holder
from tourreg.blueprints.languages import language
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.my import pay_page, pay_words
from tourreg.blueprints.my.pay import outcome_of
from tourreg.blueprints.my.pay_page import Payable, PayForm
from tourreg.blueprints.office.money_words import AGES
from tourreg.blueprints.paper_files import Form
from tourreg.blueprints.plan_words import DUE_STATES
from tourreg.blueprints.statement_page import shown
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import dues_of, next_to_pay
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.order_files import order_by_public_id, orders_of
from tourreg.domain.billing.rules import paper_form, standing_lines
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.models import Paper
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.pro_formas import pro_forma_of
from tourreg.domain.settlements.statements import statement_of
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import AmountUnreadable, Money

blueprint = Blueprint("my_bills", __name__)
FRAME = "layout/my.html"
MOST_UPLOADS = "20 per hour"
let_through(blueprint, order_uploads.LARGEST_UPLOAD)


@blueprint.get("/my/bills/<public_id>")
@bill_holder
def bill(bill: PayersBill) -> str:
    people = [person for one in bill.registrations for person in one.participants]
    standing = billing.standing(bill.folio)
    awaited = any(one.state == "awaiting_funds" for one in queries.checkouts_under_way(bill.folio))
    return render_template(
        "my/bill.html",
        bill=bill,
        folio=bill.folio,
        event=bill.lead.event,
        lines=[(line, _amount(bill, line)) for line in standing_lines(billing.entries_of(bill.folio))],
        names={person.public_id: person.name.in_(language()) for person in people},
        standing=standing,
        next_due=next_to_pay(bill.folio, standing),
        dues=dues_of(bill.folio, standing) if bill.folio.instalments else [],
        today=local_day(clock.utc_now(), bill.lead.event.zone),
        due_states=DUE_STATES,
        awaited=awaited,
        may_pay=bool(standing.owed and bill.live_seats) and not awaited,
        papers=papers.papers_of(bill.folio.public_id),
        paper_link=lambda paper, form: url_for(
            ".paper", public_id=bill.folio.public_id, paper=paper.public_id, form=form
        ),
        orders=orders_of(bill.folio),
    )


@blueprint.get("/my/bills/<public_id>/pay")
@bill_holder
def choose(bill: PayersBill) -> str:
    """Show what is due and every way to pay it."""
    return pay_page.page(_payable(bill), PayForm(formdata=None))


@blueprint.post("/my/bills/<public_id>/pay")
@bill_holder
def pay(bill: PayersBill) -> Redirection:
    """Pay what is due next, all that is left, or another amount."""
    form = PayForm()
    try:
        wanted = pay_page.wanted(bill.folio, form)
    except AmountUnreadable:
        return pay_page.refused(_payable(bill), form, pay_page.unreadable(bill.folio))
    return pay_page.send_to_checkout(_payable(bill), wanted, form)


@blueprint.get("/my/bills/<public_id>/paid")
@bill_holder
def paid(bill: PayersBill) -> str:
    """Say what became of the payment; like the registration's page it records what is a fact at Stripe already."""
    session_id = request.args.get("session", "")
    checkout = queries.checkout_of_session(session_id)
    if checkout is None or checkout.folio_id != bill.folio.id:
        raise NotFound
    outcome = outcome_of(session_id)
    return render_template(
        "my/bill_paid.html",
        folio=bill.folio,
        outcome=outcome,
        heading=pay_words.OUTCOMES[outcome],
        standing=billing.standing(bill.folio),
    )


@blueprint.get("/my/bills/<public_id>/papers/<paper>.<any(pdf, html):form>")
@bill_holder
def paper(bill: PayersBill, paper: str, form: Form) -> Response:
    found: Paper | None = papers.by_public_id(paper)
    if found is None or found.about != bill.folio.public_id:
        abort(404)
    return paper_files.issued(found, form, frame=FRAME, opener=f"payer:{bill.folio.public_id}")


@blueprint.get("/my/bills/<public_id>/statement")
@bill_holder
def statement(bill: PayersBill) -> str:
    """Show every movement of all bills that the payer has with the seller in this currency."""
    sheet = statement_of(bill.folio, of_all=True, includes_days=False, now=clock.utc_now())
    return render_template("my/account.html", folio=bill.folio, statement=shown(sheet), ages=AGES)


@blueprint.get("/my/bills/<public_id>/statement.pdf")
@bill_holder
@paper_files.printable
def print_statement(bill: PayersBill) -> Response:
    sheet = statement_of(bill.folio, of_all=True, now=clock.utc_now())
    back = url_for(".statement", public_id=bill.folio.public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(bill.folio))


@blueprint.get("/my/bills/<public_id>/pro-forma.pdf")
@bill_holder
@paper_files.printable
def pro_forma(bill: PayersBill) -> Response:
    """Print what the bill comes to, for a home office to approve."""
    sheet = pro_forma_of(bill, now=clock.utc_now())
    if sheet is None:
        abort(404)
    back = url_for(".bill", public_id=bill.folio.public_id)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=paper_form(bill.folio))


@blueprint.post("/my/bills/<public_id>/order")
@bill_holder
@limiter.limit(MOST_UPLOADS)
def add_order(bill: PayersBill) -> Redirection:
    """Take the payer's order as a file."""
    by = f"payer:{bill.folio.public_id}"
    fault = order_uploads.take_order(bill.folio, now=clock.utc_now(), by=by)
    flash(fault or _("Thank you. Our finance office sees the file with the bill."))
    return redirect(url_for(".bill", public_id=bill.folio.public_id), 303)


@blueprint.get("/my/bills/<public_id>/order/<file>")
@bill_holder
def order(bill: PayersBill, file: str) -> Response:
    found = order_by_public_id(file)
    if found is None or found.folio_id != bill.folio.id:
        abort(404)
    return order_uploads.handed_over(found)


def _payable(bill: PayersBill) -> Payable:
    """Return the bill as its payer pays it."""
    public_id, reference = bill.folio.public_id, bill.folio.reference
    return Payable(
        folio=bill.folio,
        event=bill.lead.event,
        registration_id=bill.lead.id,
        folio_id=bill.folio.id,
        reference=reference,
        back=url_for(".bill", public_id=public_id),
        title=_("Your bill %(reference)s", reference=reference),
        action=url_for(".pay", public_id=public_id),
        paid=url_for(".paid", public_id=public_id),
        held_until=bill.held_until,
        is_open=bool(bill.live_seats),
        by=f"payer:{public_id}",
    )


def _amount(bill: PayersBill, line: Entry) -> Money:
    return Money(line.amount_minor, bill.folio.currency)
