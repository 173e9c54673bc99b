"""What the office's pages call things of money, and where they lead."""

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _l

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.desk import BY_ITSELF
from tourreg.domain.settlements.matching import COUNTED_IN, SENT_BACK
from tourreg.domain.settlements.models import DeskCase

MEANS = {
    "card": _l("Card"),
    "wire": _l("Wire"),
    "check": _l("Check"),
    "ach": _l("ACH"),
    "cash": _l("Cash"),
    "alipay": _l("Alipay"),
    "wechat_pay": _l("WeChat Pay"),
}
ACCOUNTS = {
    "receivable": _l("What payers owe"),
    "income": _l("Income"),
    "discounts": _l("Discounts"),
    "cancellation_fees": _l("Cancellation fees"),
    "write_offs": _l("Written off"),
    "stripe": _l("Money at Stripe"),
    "bank": _l("Bank"),
    "checks": _l("Checks"),
    "cash": _l("Cash"),
}
AGES = {
    "not_due": _l("Not due yet"),
    "1_30": _l("1–30 days"),
    "31_60": _l("31–60 days"),
    "61_90": _l("61–90 days"),
    "over_90": _l("Over 90 days"),
    "not_invoiced": _l("Not invoiced"),
}
CASES = {
    "late_payment": _l("A payment came when the seats were gone"),
    "overpaid": _l("More came than was owed"),
    "paid_twice": _l("The same bill was paid twice"),
    "wrong_amount": _l("A payment is not what was asked for"),
    "unknown_payment": _l("A payment belongs to nobody we know"),
    "failed_refund": _l("A refund did not arrive"),
    "slow_refund": _l("A refund has been on its way for too long"),
    "unknown_refund": _l("A refund was made at Stripe without us"),
    "dispute": _l("A payer’s bank disputes a payment"),
    "dispute_lost": _l("A dispute is lost, and the money is gone"),
    "unknown_event": _l("An event came that was not understood"),
    "stale_session": _l("A payment page has been open for too long"),
    "ledger_differs": _l("Stripe and the ledger name different amounts"),
    "missing_at_stripe": _l("The ledger has what Stripe does not know"),
}
ADVICE = {
    "late_payment": _l("Give them seats if there are some again, or send the money back."),
    "overpaid": _l("Send back what is too much, or leave it for a further bill, and say so here."),
    "paid_twice": _l("Nothing was owed any more when it came. Send it back, or leave it for a further bill."),
    "wrong_amount": _l(
        "The money is at Stripe and not in the ledger. Post it to the registration as it came, or send it back."
    ),
    "unknown_payment": _l(
        "The money is at Stripe. Post it to the registration that it is for, or send it back. It may also belong to "
        "another system that uses the same account: then say so here."
    ),
    "failed_refund": _l("Ask the payer for bank details, pay it out by wire or check, and note that."),
    "unknown_refund": _l(
        "The money has left Stripe and the ledger does not know. Find out why, and count it in before you refund more."
    ),
    "slow_refund": _l("Ask Stripe how it stands. If it hangs there, write to Stripe with the refund’s name."),
    "dispute": _l(
        "Stripe has taken the money out of the account until the bank decides. Send in evidence at Stripe before the "
        "last day: the registration, the invoice and the receipt. Refund nothing over this payment meanwhile."
    ),
    "dispute_lost": _l(
        "The money is counted as paid back, so the bill is open again. Ask for another payment, or cancel the "
        "registration."
    ),
    "unknown_event": _l("Nothing follows from it. Look at it at Stripe, and say here what it means for us."),
    "stale_session": _l("Ask Stripe how it stands. If the money does not come, the person has to pay another way."),
    "ledger_differs": _l(
        "Look at the payment at Stripe. Correct it by a refund or a further bill, never in the ledger."
    ),
    "missing_at_stripe": _l(
        "Look whether the key of another account is in use, or a test key. If Stripe lost it, tell Stripe."
    ),
}
NOT_POSTED = _l("The payment is in no bill of ours, so nothing was counted. Say here what it was.")
# What took something off the desk by itself, in a sentence for the answer.
MOOT = {
    "event_handled": _l("By itself: the event was followed after all."),
    "dispute_won": _l("By itself: the dispute was decided for us."),
    "dispute_lost": _l("By itself: the dispute is lost; see the case about that."),
    "posted": _l("By itself: the money is posted."),
    "gone_back": _l("By itself: the money went back."),
    "seated": _l("By itself: they have their seats."),
    "nothing_over": _l("By itself: nothing is too much any more."),
    "landed": _l("By itself: the refund arrived."),
    "did_not_leave": _l("By itself: the money did not leave."),
    "page_closed": _l("By itself: the payment page is closed."),
    "agrees": _l("By itself: Stripe and the ledger agree now."),
}
# What a button did, in a sentence for the answer.
DONE = {
    SENT_BACK: _l("Sent back over Stripe."),
    COUNTED_IN: _l("Counted in as paid back."),
}
LATE_FOR_NOTHING = _l("The registration was cancelled, so no seats are given for it. Send the money back.")
LEFT_TWICE = _l("Finance had paid it out by hand, and Stripe has sent it too. Ask the payer for one of the two.")


def advice_on(case: DeskCase, registration: Registration | None) -> str:
    """Return what to do about something on the desk."""
    if "paid_out_by" in case.facts:
        return str(LEFT_TWICE)
    if case.kind == "dispute_lost" and not case.facts.get("is_posted"):
        return str(NOT_POSTED)
    if case.kind == "late_payment" and registration is not None and registration.is_withdrawn:
        return str(LATE_FOR_NOTHING)
    return str(ADVICE[case.kind])


def answer_of(case: DeskCase) -> str:
    """Return what was done about a case that is off the desk."""
    words = MOOT if case.closed_by == BY_ITSELF else DONE
    return str(words.get(case.answer, case.answer))


def registration_or_404(public_id: str) -> Registration:
    found = registrations.by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def page_of(registration: Registration) -> str:
    """Return the address of a registration's page in the office."""
    return url_for("office_registration.registration", public_id=registration.public_id)


def bill_asked_for(registration: Registration) -> Folio:
    """Return the bill of a registration that the address names with "bill"; else its main one."""
    asked = request.args.get("bill", "")
    if not asked or asked == registration.folio.public_id:
        return registration.folio
    return next((one for one in registration.folios if one.public_id == asked), None) or abort(404)


def described(registration: Registration) -> dict[str, Any]:
    """Return what every page about one bill of a registration shows in its head."""
    folio = bill_asked_for(registration)
    return {"registration": registration, "folio": folio, "standing": billing.standing(folio)}
