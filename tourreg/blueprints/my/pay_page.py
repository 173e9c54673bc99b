"""The page on which a bill is paid, whoever pays it: what is due, every way to pay it, and the way to Stripe's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import flash, make_response, redirect, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField

from tourreg import formats, settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.gettext import _
from tourreg.blueprints.my import pay_words
from tourreg.blueprints.office.event_fields import Typed
from tourreg.blueprints.outside import payments
from tourreg.blueprints.plan_words import DUE_STATES
from tourreg.blueprints.words import settings
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import dues_of, next_to_pay
from tourreg.domain.billing.models import Folio
from tourreg.domain.catalogue.models import Event
from tourreg.domain.settlements import checkouts
from tourreg.domain.settlements.means import means_offered
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.kernel.money import Money, read_money
from tourreg.kernel.refusals import Refusal


class PayForm(FlaskForm):
    """How much somebody pays now."""

    what = RadioField(choices=["next", "all", "other"], validate_choice=False, default="next")
    amount = Typed(_l("Another amount"), hint=_l("With figures only, as in 1,540.00."))


@dataclass(frozen=True)
class Payable:
    """A bill as somebody came to pay it.

    registration_id  by which it is found and locked
    folio_id         none for the registration's main bill
    reference        to write on a wire
    back, title      the page they came from, and what leads back to it
    action, paid     where the form is sent, and where Stripe sends them after paying
    is_open          whether its seats still wait to be paid for
    by               an actor
    """

    folio: Folio
    event: Event
    registration_id: int
    folio_id: int | None
    reference: str
    back: str
    title: str
    action: str
    paid: str
    held_until: datetime | None
    is_open: bool
    by: str


def page(payable: Payable, form: PayForm) -> str:
    """Show what is due and every way to pay it."""
    folio = payable.folio
    standing, left = billing.standing(folio), checkouts.left_to_ask(folio)
    following = next_to_pay(folio, left)
    return render_template(
        "my/pay.html",
        payable=payable,
        form=form,
        faults=[("amount", str(form.amount.errors[0]))] if form.amount.errors else [],
        standing=standing,
        left=left.owed,
        following=following,
        awaited=standing.owed - left.owed,
        dues=dues_of(folio, standing) if folio.instalments else [],
        today=local_day(clock.utc_now(), payable.event.zone),
        due_states=DUE_STATES,
        means=[pay_words.MEANS[means] for means in means_offered(following)],
        banks=folio.issuer.banks.get(folio.currency, []),
    )


def wanted(folio: Folio, form: PayForm) -> Money | None:
    """Return the amount that was chosen; None for what is due next.

    raises  AmountUnreadable
    """
    if form.what.data == "other":
        return read_money(form.amount.data or "", folio.currency)
    return checkouts.left_to_ask(folio).owed if form.what.data == "all" else None


def refused(payable: Payable, form: PayForm, fault: str) -> Response:
    """Show the page again with what is wrong with the amount."""
    form.amount.errors = [fault]
    return make_response(page(payable, form), 422)


def unreadable(folio: Folio) -> str:
    """Say how an amount is typed."""
    example = formats.plain_amount(next_to_pay(folio) or Money(154_000, folio.currency))
    return _("Type an amount such as %(example)s.", example=example)


def send_to_checkout(payable: Payable, amount: Money | None = None, form: PayForm | None = None) -> Response:
    """Answer with the way to Stripe's payment page, or back with a sentence that says why not.

    amount  a piece of what is left; what is due next unless given
    form    on which the amount was typed, to say there what is wrong with it
    """
    try:
        address = settling.open_checkout(
            payable.registration_id,
            _ways_back(payable),
            payments(),
            amount=amount,
            now=clock.utc_now(),
            by=payable.by,
            folio_id=payable.folio_id,
        )
    except (checkouts.PieceTooLarge, checkouts.PieceTooSmall) as refusal:
        if form is not None and form.what.data == "other":
            return refused(payable, form, pay_words.why_not(refusal))
        flash(pay_words.why_not(refusal))
    except PaymentsError:
        flash(_out_of_reach(payable))
    except Refusal as refusal:
        flash(pay_words.why_not(refusal, is_payer=payable.folio_id is not None))
    else:
        return redirect(address, 303)
    return redirect(payable.back, 303)


def _out_of_reach(payable: Payable) -> str:
    if payable.held_until:
        return _("The payment page cannot be reached just now. Your seats are still held; try again in a few minutes.")
    return _("The payment page cannot be reached just now. Try again in a few minutes.")


def _ways_back(payable: Payable) -> settling.WaysBack:
    base = settings().base_url
    paid = f"{base}{payable.paid}?session={{CHECKOUT_SESSION_ID}}"
    return settling.WaysBack(paid=paid, left=base + payable.back)
