"""What can happen to a payment: tried, declined, begun and settled later, given up."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in import faults, payment_objects
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.store import Object

GOOD_CARD, BAD_CARD, ACCOUNT = "4242", "0002", "6789"
CARD_DECLINED = ("card_declined", "Your card was declined.")
WALLET_DECLINED = (
    "payment_intent_payment_attempt_failed",
    "The customer declined this payment.",
)


def create(account: Account, session: Object, notes: Object, *, at: int) -> Object:
    intent = payment_objects.payment_intent(session, notes["metadata"], notes["description"], at)
    account.store.save(intent, notes={"session": session["id"]})
    account.tell("payment_intent.created", intent, at=at)
    return intent


def succeed(account: Account, intent: Object, email: str | None, *, at: int, means: str = "card") -> None:
    """Take the amount from a card or wallet at once."""
    method = _method(account, means, GOOD_CARD, email, at)
    _received(account, intent, payment_objects.charge(intent, method, "succeeded", at), at=at)


def decline(account: Account, intent: Object, email: str | None, *, at: int, means: str = "card") -> None:
    """Try a card that its bank declines, or a wallet whose owner does not agree."""
    method = _method(account, means, BAD_CARD, email, at)
    charge = payment_objects.charge(intent, method, "failed", at)
    code, message = CARD_DECLINED if means == "card" else WALLET_DECLINED
    charge |= {"failure_code": code, "failure_message": message}
    _refused(account, intent, charge, method, at=at)


def begin(account: Account, intent: Object, means: str, email: str | None, *, at: int, bounces: bool = False) -> None:
    """Start a payment that needs time, and note how it will end."""
    method = _method(account, means, ACCOUNT, email, at)
    charge = account.store.save(payment_objects.charge(intent, method, "pending", at))
    intent |= {"status": "processing", "latest_charge": charge["id"], "payment_method": method["id"]}
    intent["last_payment_error"] = None
    ending = faults.take(account.store, "asynchronous_payment") or {}
    notes = account.store.notes(intent["id"]) | {"fails": bounces or ending.get("kind") == "fails"}
    account.store.save(intent, notes=notes, due_at=at + account.store.setting("asynchronous_seconds", 60))
    account.tell("payment_intent.processing", intent, at=at)
    account.tell("charge.pending", charge, at=at)


def settle(account: Account, intent: Object, *, at: int) -> bool:
    """End a payment that needed time, and return whether it succeeded."""
    charge = account.store.get(intent["latest_charge"])
    if not account.store.notes(intent["id"])["fails"]:
        charge |= {"status": "succeeded", "paid": True, "amount_captured": charge["amount"]}
        _received(account, intent, charge, at=at)
        return True
    charge |= {"status": "failed", "captured": False, "failure_code": "insufficient_funds"}
    charge["failure_message"] = "The customer's account has insufficient funds to cover this payment."
    _refused(account, intent, charge, account.store.get(charge["payment_method"]), at=at)
    return False


def cancel(account: Account, intent: Object, *, at: int) -> None:
    intent |= {"status": "canceled", "canceled_at": at, "cancellation_reason": "automatic"}
    account.store.save(intent)
    account.tell("payment_intent.canceled", intent, at=at)


def _method(account: Account, kind: str, last_four: str, email: str | None, at: int) -> Object:
    return account.store.save(payment_objects.payment_method(kind, last_four, email, at))


def _received(account: Account, intent: Object, charge: Object, *, at: int) -> None:
    kind = "charge" if charge["payment_method_details"]["type"] == "card" else "payment"
    fee = charge["amount"] * 29 // 1000
    line = payment_objects.balance_line(charge, charge["amount"], kind, fee=fee, created=at)
    charge["balance_transaction"] = account.store.save(line)["id"]
    intent |= {
        "status": "succeeded",
        "amount_received": charge["amount"],
        "latest_charge": charge["id"],
        "payment_method": charge["payment_method"],
        "last_payment_error": None,
    }
    account.store.save(charge)
    account.store.save(intent)
    account.tell("charge.succeeded", charge, at=at)
    account.tell("payment_intent.succeeded", intent, at=at)


def _refused(account: Account, intent: Object, charge: Object, method: Object, *, at: int) -> None:
    card = method["type"] == "card"
    refusal = {
        "charge": charge["id"],
        "code": charge["failure_code"],
        "doc_url": f"https://stripe.com/docs/error-codes/{charge['failure_code'].replace('_', '-')}",
        "message": charge["failure_message"],
        "payment_method": method,
        "type": "card_error" if card else "invalid_request_error",
    }
    intent |= {
        "status": "requires_payment_method",
        "latest_charge": charge["id"],
        "payment_method": None,
        "last_payment_error": refusal | ({"decline_code": "generic_decline"} if card else {}),
    }
    account.store.save(charge)
    account.store.save(intent, due_at=None)
    account.tell("charge.failed", charge, at=at)
    account.tell("payment_intent.payment_failed", intent, at=at)
