"""Paying online: to Stripe's page, and back from it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.outside import payments
from tourreg.blueprints.words import settings
from tourreg.domain.billing import queries as billing
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import checkouts, queries
from tourreg.kernel import clock

blueprint = Blueprint("pay", __name__)


@blueprint.post("/my/registrations/<public_id>/pay")
@registration_holder
def start(registration: Registration) -> Response:
    """Pay what is owed."""
    return send_to_checkout(registration)


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
    outcome = _outcome(session_id)
    if outcome == "paid" and not holds.live_seats(registration):
        outcome = "late"
    standing = billing.standing(registration.folio)
    return render_template("my/paid.html", registration=registration, outcome=outcome, standing=standing)


def send_to_checkout(registration: Registration) -> Response:
    """Answer with the way to Stripe's payment page, or back to the registration with a sentence that says why not."""
    try:
        address = settling.open_checkout(
            registration.id,
            _ways_back(registration),
            payments(),
            now=clock.utc_now(),
            by=f"contact:{registration.public_id}",
        )
    except checkouts.NothingOwed:
        flash(_("There is nothing left to pay."))
    except checkouts.SeatsGone:
        flash(_("Your seats were freed because no payment came in time, so there is nothing to pay. Register again."))
    except checkouts.PaymentUnderWay:
        flash(_("Your payment is on its way. We write to you as soon as it arrives; please do not pay twice."))
    except settling.AlreadyPaid:
        flash(_("You have paid on another page already."))
    except PaymentsError:
        flash(_("The payment page cannot be reached just now. Your seats are still held; try again in a few minutes."))
    else:
        return redirect(address, 303)
    return redirect(url_for("my.registration", public_id=registration.public_id), 303)


def _outcome(session_id: str) -> str:
    """Return what Stripe says of the session, having settled it; "unknown" while Stripe cannot be asked."""
    try:
        return settling.settle_session(session_id, payments(), now=clock.utc_now())
    except PaymentsError:
        return "unknown"


def _ways_back(registration: Registration) -> settling.WaysBack:
    base, public_id = settings().base_url, registration.public_id
    paid = base + url_for("pay.returned", public_id=public_id)
    return settling.WaysBack(
        paid=f"{paid}?session={{CHECKOUT_SESSION_ID}}", left=base + url_for("my.registration", public_id=public_id)
    )
