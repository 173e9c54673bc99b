"""Paying: what is due and by which means, to Stripe's page, and back from it."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import RadioField

from tourreg import formats, settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import pay_words
from tourreg.blueprints.my.papers import is_theirs
from tourreg.blueprints.office.event_fields import Typed
from tourreg.blueprints.outside import payments
from tourreg.blueprints.plan_words import DUE_STATES
from tourreg.blueprints.words import settings
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import dues_of, next_to_pay
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import checkouts, queries
from tourreg.domain.settlements.means import means_offered
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import AmountUnreadable, Money, read_money
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("pay", __name__)


class PayForm(FlaskForm):
    """How much somebody pays now."""

    what = RadioField(choices=["next", "all", "other"], validate_choice=False, default="next")
    amount = Typed(_l("Another amount"), hint=_l("With figures only, as in 1,540.00."))


@blueprint.get("/my/registrations/<public_id>/pay")
@registration_holder
def choose(registration: Registration) -> str:
    """Show what is due and every way to pay it."""
    return _page(registration, PayForm(formdata=None))


@blueprint.post("/my/registrations/<public_id>/pay")
@registration_holder
def start(registration: Registration) -> Response:
    """Pay what is due next, all that is left, or another amount; a bill for several is its payer's to pay."""
    form = PayForm()
    if not is_theirs(registration):
        flash(_("%(payer)s pays one bill for all of you.", payer=registration.folio.payer_name))
        return redirect(url_for("my.registration", public_id=registration.public_id), 303)
    try:
        wanted = _wanted(registration, form)
    except AmountUnreadable:
        form.amount.errors = [_("Type an amount such as %(example)s.", example=_example(registration))]
        return make_response(_page(registration, form), 422)
    return send_to_checkout(registration, wanted, form)


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


def send_to_checkout(registration: Registration, amount: Money | None = None, form: PayForm | None = None) -> Response:
    """Answer with the way to Stripe's payment page, or back to the registration with a sentence that says why not.

    amount  a piece of what is left; what is due next unless given
    form    on which the amount was typed, to say there what is wrong with it
    """
    try:
        address = settling.open_checkout(
            registration.id,
            _ways_back(registration),
            payments(),
            amount=amount,
            now=clock.utc_now(),
            by=f"contact:{registration.public_id}",
        )
    except (checkouts.PieceTooLarge, checkouts.PieceTooSmall) as refusal:
        if form is not None and form.what.data == "other":
            form.amount.errors = [pay_words.why_not(refusal)]
            return make_response(_page(registration, form), 422)
        flash(pay_words.why_not(refusal))
    except PaymentsError:
        flash(_("The payment page cannot be reached just now. Your seats are still held; try again in a few minutes."))
    except Refusal as refusal:
        flash(pay_words.why_not(refusal))
    else:
        return redirect(address, 303)
    return redirect(url_for("my.registration", public_id=registration.public_id), 303)


def _wanted(registration: Registration, form: PayForm) -> Money | None:
    """Return the amount that was chosen; None for what is due next.

    raises  AmountUnreadable
    """
    if form.what.data == "other":
        return read_money(form.amount.data or "", registration.folio.currency)
    return checkouts.left_to_ask(registration.folio).owed if form.what.data == "all" else None


def _page(registration: Registration, form: PayForm) -> str:
    folio, now = registration.folio, clock.utc_now()
    standing = billing.standing(folio)
    left = checkouts.left_to_ask(folio)
    following = next_to_pay(folio, left)
    return render_template(
        "my/pay.html",
        registration=registration,
        form=form,
        faults=[("amount", str(form.amount.errors[0]))] if form.amount.errors else [],
        standing=standing,
        left=left.owed,
        following=following,
        awaited=standing.owed - left.owed,
        dues=dues_of(folio, standing) if folio.instalments else [],
        today=local_day(now, registration.event.zone),
        due_states=DUE_STATES,
        means=[pay_words.MEANS[means] for means in means_offered(following)],
        banks=folio.issuer.banks.get(folio.currency, []),
        has_seats=bool(holds.live_seats(registration)) and not holds.is_over(registration, now),
        held_until=holds.held_until(registration),
    )


def _example(registration: Registration) -> str:
    return formats.plain_amount(next_to_pay(registration.folio) or Money(154_000, registration.folio.currency))


def outcome_of(session_id: str) -> str:
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
