"""What happens by itself when the stand-in's time has come."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in import checkouts, payments, refunds
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.store import Object


def catch_up(account: Account) -> None:
    """Expire sessions and settle payments and refunds whose time has come, in order, each at its own time."""
    while found := account.store.next_due(account.now()):
        _move(account, *found)


def _move(account: Account, thing: Object, at: int) -> None:
    if thing["object"] == "checkout.session":
        checkouts.expire(account, thing, at=at)
    elif thing["object"] == "payment_intent":
        succeeded = payments.settle(account, thing, at=at)
        checkouts.settled(account, thing, succeeded=succeeded, at=at)
    else:
        refunds.settle(account, thing, at=at)
