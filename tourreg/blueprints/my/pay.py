"""Paying a registration's main bill: what is due and by which means, to Stripe's page, and back from it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import pay_page, pay_words
from tourreg.blueprints.my.papers import is_theirs
from tourreg.blueprints.my.pay_page import Payable, PayForm
from tourreg.blueprints.outside import payments
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import next_to_pay
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import queries
from tourreg.kernel import clock
from tourreg.kernel.money import AmountUnreadable

blueprint = Blueprint("pay", __name__)


@blueprint.get("/my/registrations/<public_id>/pay")
@registration_holder
def choose(registration: Registration) -> str:
    """Show what is due and every way to pay it."""
    return pay_page.page(payable(registration), PayForm(formdata=None))


@blueprint.post("/my/registrations/<public_id>/pay")
@registration_holder
def start(registration: Registration) -> Response:
    """Pay what is due next, all that is left, or another amount; a bill for several is its payer's to pay."""
    form = PayForm()
    if not is_theirs(registration):
        flash(_("%(payer)s pays one bill for all of you.", payer=registration.folio.payer_name))
        return redirect(url_for("my.registration", public_id=registration.public_id), 303)
    try:
        wanted = pay_page.wanted(registration.folio, form)
    except AmountUnreadable:
        return pay_page.refused(payable(registration), form, pay_page.unreadable(registration.folio))
    return pay_page.send_to_checkout(payable(registration), wanted, form)


@blueprint.get("/my/registrations/<public_id>/paid")
@registration_holder
def returned(registration: Registration) -> str:
    """Thank for the payment, or say what became of it.

    The one GET that may write: where the person is back before the webhook, it records what is a fact at Stripe already
    and what the webhook would record. A second visit, or a mail scanner's, changes nothing.
    """
    session_id = request.args.get("session", "")
    checkout = queries.checkout_of_session(session_id)
    if checkout is None or checkout.folio_id != registration.folio_id:
        raise NotFound
    outcome = outcome_of(session_id)
    if outcome == "paid" and not holds.live_seats(registration):
        outcome = "late"
    standing = billing.standing(registration.folio)
    return render_template(
        "my/paid.html",
        registration=registration,
        outcome=outcome,
        heading=pay_words.OUTCOMES[outcome],
        standing=standing,
        held_until=holds.held_until(registration),
        next_due=next_to_pay(registration.folio, standing),
    )


def outcome_of(session_id: str) -> str:
    """Return what Stripe says of the session, having settled it; "unknown" while Stripe cannot be asked."""
    try:
        return settling.settle_session(session_id, payments(), now=clock.utc_now())
    except PaymentsError:
        return "unknown"


def payable(registration: Registration) -> Payable:
    """Return the main bill of a registration as its contact pays it."""
    public_id, reference = registration.public_id, registration.reference
    return Payable(
        folio=registration.folio,
        event=registration.event,
        registration_id=registration.id,
        folio_id=None,
        reference=reference,
        back=url_for("my.registration", public_id=public_id),
        title=_("Registration %(reference)s", reference=reference),
        action=url_for("pay.start", public_id=public_id),
        paid=url_for("pay.returned", public_id=public_id),
        held_until=holds.held_until(registration),
        is_open=bool(holds.live_seats(registration)) and not holds.is_over(registration, clock.utc_now()),
        by=f"contact:{public_id}",
    )
