"""One bill, for whoever pays it: what it is for, its papers, and paying it; nothing else of the registration."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirection

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints import order_uploads, paper_files
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import bill_holder
from tourreg.blueprints.languages import language
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.my import pay_words
from tourreg.blueprints.my.pay import outcome_of
from tourreg.blueprints.outside import payments
from tourreg.blueprints.paper_files import Form
from tourreg.blueprints.words import settings
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry
from tourreg.domain.billing.order_files import order_by_public_id, orders_of
from tourreg.domain.billing.rules import paper_form, standing_lines
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.models import Paper
from tourreg.domain.settlements import checkouts, queries
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.pro_formas import pro_forma_of
from tourreg.kernel import clock
from tourreg.kernel.money import Money
from tourreg.kernel.refusals import Refusal

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
        awaited=awaited,
        may_pay=bool(standing.owed and bill.live_seats) and not awaited,
        papers=papers.papers_of(bill.folio.public_id),
        paper_link=lambda paper, form: url_for(
            ".paper", public_id=bill.folio.public_id, paper=paper.public_id, form=form
        ),
        orders=orders_of(bill.folio),
    )


@blueprint.post("/my/bills/<public_id>/pay")
@bill_holder
def pay(bill: PayersBill) -> Redirection:
    """Lead to Stripe's payment page, or back with a sentence that says why not."""
    here = url_for(".bill", public_id=bill.folio.public_id)
    paid = settings().base_url + url_for(".paid", public_id=bill.folio.public_id)
    back = settling.WaysBack(paid=f"{paid}?session={{CHECKOUT_SESSION_ID}}", left=settings().base_url + here)
    by = f"payer:{bill.folio.public_id}"
    try:
        address = settling.open_checkout(
            bill.lead.id, back, payments(), now=clock.utc_now(), by=by, folio_id=bill.folio.id
        )
    except checkouts.SeatsGone:
        flash(_("The seats were freed because no payment came in time, so there is nothing to pay."))
    except PaymentsError:
        flash(_("The payment page cannot be reached just now. Try again in a few minutes."))
    except Refusal as refusal:
        flash(pay_words.why_not(refusal))
    else:
        return redirect(address, 303)
    return redirect(here, 303)


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
    return paper_files.issued(found, form, frame=FRAME)


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


def _amount(bill: PayersBill, line: Entry) -> Money:
    return Money(line.amount_minor, bill.folio.currency)
