"""What can happen to a dispute: opened by the payer's bank, answered, won, lost, given up."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in import payment_objects
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.dispute_objects import dispute_of
from tourreg.adapters.stripe_stand_in.errors import wrong_state
from tourreg.adapters.stripe_stand_in.store import Object

FEE_MINOR = 1500
DAYS_TO_ANSWER = 9
ENDINGS = ("won", "lost", "warning_closed")


def open_dispute(account: Account, charge: Object, *, amount: int | None, reason: str, inquiry: bool) -> Object:
    """Let a payer's bank take the money of a charge back, or only ask about it.

    amount   all that has not gone back, unless given
    inquiry  the bank only asks: no money moves yet
    """
    at = account.now()
    status = "warning_needs_response" if inquiry else "needs_response"
    wanted = charge["amount"] - charge["amount_refunded"] if amount is None else amount
    made = dispute_of(charge, wanted, reason, status, due_by=at + DAYS_TO_ANSWER * 86400, created=at)
    charge["disputed"] = True
    account.store.save(charge)
    if not inquiry:
        _move_money(account, made, -wanted, fee=FEE_MINOR, at=at)
    account.store.save(made)
    account.tell("charge.dispute.created", made, at=at)
    if not inquiry:
        account.tell("charge.dispute.funds_withdrawn", made, at=at)
    return made


def answer(account: Account, dispute: Object) -> Object:
    """Note that evidence was sent in, which the bank now looks at."""
    before = {"status": dispute["status"]}
    dispute["status"] = dispute["status"].replace("needs_response", "under_review")
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1, "submission_method": "manual"}
    account.store.save(dispute)
    account.tell("charge.dispute.updated", dispute, at=account.now(), before=before)
    return dispute


def close(account: Account, dispute: Object, ending: str) -> Object:
    """End a dispute as the bank decides; money that it had taken comes back with one that is won."""
    if dispute["status"] in ENDINGS:
        raise wrong_state("This dispute is already closed", "dispute_already_closed")
    at, taken = account.now(), bool(dispute["balance_transactions"])
    dispute |= {"status": ending, "is_charge_refundable": False}
    if ending == "won" and taken:
        _move_money(account, dispute, dispute["amount"], fee=-FEE_MINOR, at=at)
    account.store.save(dispute)
    account.tell("charge.dispute.closed", dispute, at=at)
    if ending == "won" and taken:
        account.tell("charge.dispute.funds_reinstated", dispute, at=at)
    return dispute


def _move_money(account: Account, dispute: Object, amount: int, *, fee: int, at: int) -> None:
    line = payment_objects.balance_line(dispute, amount, "adjustment", fee=fee, created=at)
    line["reporting_category"] = "dispute" if amount < 0 else "dispute_reversal"
    dispute["balance_transactions"].append(account.store.save(line))
