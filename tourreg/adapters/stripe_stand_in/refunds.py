"""What can happen to a refund: made, pending, succeeded, failed."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in import faults, payment_objects
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.currencies import written
from tourreg.adapters.stripe_stand_in.errors import StripeShapedError, missing, no_such, wrong_state
from tourreg.adapters.stripe_stand_in.forms import Form
from tourreg.adapters.stripe_stand_in.store import Object

STAYS_PENDING = "stays_pending"
REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def make(account: Account, form: Form) -> Object:
    """Give money of a charge back.

    Cards are refunded at once; other means are pending until the stand-in's clock has moved on. A fault on `refund`
    chooses another ending.
    """
    form.require_only("payment_intent", "charge", "amount", "reason", "metadata", "expand")
    reason, metadata, amount = form.choice("reason", REASONS), form.metadata(), form.integer("amount")
    charge = _charge(account, form)
    left = charge["amount"] - charge["amount_refunded"]
    amount = _refundable(charge, left if amount is None else amount, left)
    kind = charge["payment_method_details"]["type"]
    usual = "" if kind == "card" else "pending_then_succeeds"
    ending = (faults.take(account.store, "refund") or {}).get("kind", usual)
    status = "pending" if "pending" in ending else "succeeded"
    at = account.now()
    refund = payment_objects.refund(charge, amount, status, reason=reason, metadata=metadata, created=at)
    _book(account, refund, -amount, "refund" if kind == "card" else "payment_refund", "balance_transaction", at)
    waits = ending and ending != STAYS_PENDING
    due_at = at + account.store.setting("asynchronous_seconds", 60) if waits else None
    account.store.save(refund, notes={"ending": ending}, due_at=due_at)
    _change_charge(account, charge, amount, at=at)
    account.tell("refund.created", refund, at=at)
    return refund


def settle(account: Account, refund: Object, *, at: int) -> None:
    """End a refund whose time has come."""
    end(account, refund, succeeds=not account.store.notes(refund["id"])["ending"].endswith("fails"), at=at)


def end(account: Account, refund: Object, *, succeeds: bool, at: int) -> None:
    """Let a refund arrive, or come back, also one that had arrived."""
    before = {"status": refund["status"]}
    if not succeeds:
        _fail(account, refund, before, at=at)
        return
    refund["status"] = "succeeded"
    refund.pop("pending_reason", None)
    account.store.save(refund)
    account.tell("refund.updated", refund, at=at, before=before)
    account.tell("charge.refund.updated", refund, at=at, before=before)


def _fail(account: Account, refund: Object, before: Object, *, at: int) -> None:
    """Put the money back into the balance: the bank did not take it."""
    refund |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
    refund.pop("pending_reason", None)
    _book(account, refund, refund["amount"], "refund_failure", "failure_balance_transaction", at)
    account.store.save(refund)
    charge = account.store.get(refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    account.store.save(charge)
    account.tell("refund.updated", refund, at=at, before=before)
    account.tell("charge.refund.updated", refund, at=at, before=before)
    account.tell("refund.failed", refund, at=at)


def _charge(account: Account, form: Form) -> Object:
    charge_id, intent_id = form.text("charge"), form.text("payment_intent")
    if charge_id:
        charge = account.store.find(charge_id)
        if not charge or charge["object"] != "charge":
            raise no_such("charge", charge_id, "charge")
    elif intent_id:
        charge = _charge_of_intent(account, intent_id)
    else:
        raise missing("payment_intent")
    if charge["status"] != "succeeded":
        raise wrong_state("This charge did not succeed, so it cannot be refunded.", param="charge")
    if any(dispute["charge"] == charge["id"] and not dispute["is_charge_refundable"] for dispute in _disputes(account)):
        raise wrong_state(f"Charge {charge['id']} has been charged back; cannot issue a refund.", "charge_disputed")
    return charge


def _disputes(account: Account) -> list[Object]:
    return [dispute for dispute in account.store.all_of("dispute") if dispute["status"] != "won"]


def _charge_of_intent(account: Account, intent_id: str) -> Object:
    intent = account.store.find(intent_id)
    if not intent or intent["object"] != "payment_intent":
        raise no_such("payment_intent", intent_id, "payment_intent")
    if intent["status"] != "succeeded":
        raise wrong_state(
            f"This PaymentIntent ({intent_id}) does not have a successful charge to refund.", param="payment_intent"
        )
    return account.store.get(intent["latest_charge"])


def _refundable(charge: Object, amount: int, left: int) -> int:
    if left == 0:
        raise wrong_state(f"Charge {charge['id']} has already been refunded.", "charge_already_refunded")
    if amount < 1:
        raise StripeShapedError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        currency = charge["currency"]
        raise wrong_state(
            f"Refund amount ({written(amount, currency)}) is greater than unrefunded amount on charge "
            f"({written(left, currency)})",
            param="amount",
        )
    return amount


def _book(account: Account, refund: Object, amount: int, kind: str, name: str, at: int) -> None:
    line = payment_objects.balance_line(refund, amount, kind, fee=0, created=at)
    refund[name] = account.store.save(line)["id"]


def _change_charge(account: Account, charge: Object, amount: int, *, at: int) -> None:
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    account.store.save(charge)
    account.tell("charge.refunded", charge, at=at, before=before)
