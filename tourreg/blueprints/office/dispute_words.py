"""Why a payer's bank disputes a payment and how that stands, in words; the keys are Stripe's."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

DISPUTE_REASONS = {
    "bank_cannot_process": _l("The bank cannot process the payment"),
    "check_returned": _l("The check was returned"),
    "credit_not_processed": _l("A refund that was promised did not come"),
    "customer_initiated": _l("The payer told the bank to take it back"),
    "debit_not_authorized": _l("The payer did not allow the debit"),
    "duplicate": _l("Paid twice"),
    "fraudulent": _l("The holder of the card did not pay this"),
    "general": _l("No reason was given"),
    "incorrect_account_details": _l("The account’s details are wrong"),
    "insufficient_funds": _l("The account holds too little"),
    "noncompliant": _l("The card network’s rules were not kept"),
    "product_not_received": _l("What was paid for did not come"),
    "product_unacceptable": _l("What was paid for was not as described"),
    "subscription_canceled": _l("It was cancelled before"),
    "unrecognized": _l("The payer does not know this payment"),
}
DISPUTE_STATES = {
    "warning_needs_response": _l("an inquiry, to be answered"),
    "warning_under_review": _l("an inquiry, the bank reads the answer"),
    "warning_closed": _l("an inquiry, closed"),
    "needs_response": _l("to be answered"),
    "under_review": _l("the bank reads the answer"),
    "appeal_needs_response": _l("appealed, to be answered"),
    "appeal_under_review": _l("appealed, the bank reads the answer"),
    "won": _l("won"),
    "lost": _l("lost"),
    "prevented": _l("prevented"),
}


def dispute_words(facts: dict[str, object]) -> list[LazyString | str]:
    """Return the reason and the state of a case's dispute; Stripe's own word where it has a new one."""
    reason, state = str(facts.get("reason", "")), str(facts.get("status", ""))
    words = [DISPUTE_REASONS.get(reason, reason), DISPUTE_STATES.get(state, state)]
    return [word for word in words if word]
