"""What the office's pages call things of money, and where they lead."""

from typing import Any

from flask import abort, url_for
from flask_babel import lazy_gettext as _l

from tourreg.domain.billing import queries as billing
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
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
    "wrong_amount": _l("A payment is not what was asked for"),
    "unknown_payment": _l("A payment belongs to nobody we know"),
    "failed_refund": _l("A refund did not arrive"),
    "unknown_refund": _l("A refund was made at Stripe without us"),
}
ADVICE = {
    "late_payment": _l("Give them seats if there are some again, or send the money back."),
    "overpaid": _l("Send back what is too much, or leave it for a further bill, and say so here."),
    "wrong_amount": _l("The money is at Stripe and not in the ledger. Look at the payment there and decide."),
    "unknown_payment": _l("The money is at Stripe. Look at the payment there: it may belong to another system."),
    "failed_refund": _l("Ask the payer for bank details, pay it out by wire or check, and note that."),
    "unknown_refund": _l(
        "The money has left Stripe and the ledger does not know. Find out why, and count it in before you refund more."
    ),
}
LATE_FOR_NOTHING = _l("The registration was cancelled, so no seats are given for it. Send the money back.")
LEFT_TWICE = _l("Finance had paid it out by hand, and Stripe has sent it too. Ask the payer for one of the two.")


def advice_on(case: DeskCase, registration: Registration | None) -> str:
    """Return what to do about something on the desk."""
    if "paid_out_by" in case.facts:
        return str(LEFT_TWICE)
    if case.kind == "late_payment" and registration is not None and registration.is_withdrawn:
        return str(LATE_FOR_NOTHING)
    return str(ADVICE[case.kind])


def registration_or_404(public_id: str) -> Registration:
    found = registrations.by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def page_of(registration: Registration) -> str:
    """Return the address of a registration's page in the office."""
    return url_for("office_registration.registration", public_id=registration.public_id)


def described(registration: Registration) -> dict[str, Any]:
    """Return what every page about one registration's money shows in its head."""
    return {"registration": registration, "folio": registration.folio, "standing": billing.standing(registration.folio)}
