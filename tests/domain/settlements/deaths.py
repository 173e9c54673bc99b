"""A process that ends at a chosen step: before or after a commit, before or after Stripe does what it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from flask_sqlalchemy.session import Session

from tests.fake_payments import FakePayments
from tourreg.db import db

# Every one of them is a step at which the process can end: once before Stripe hears of it and once after it is done.
ASKED_OF_STRIPE = (
    "create_checkout_session",
    "checkout_session",
    "expire_checkout_session",
    "payment_intent",
    "create_refund",
    "refund",
)


class Killed(BaseException):
    """The process ended here."""


class Life:
    """Counts the steps of what is under way and ends it at the chosen one.

    deaths   how often something ended so
    commits  how often something was written
    """

    def __init__(self) -> None:
        self.deaths = 0
        self.commits = 0
        self._left = 0

    @contextmanager
    def ending_at(self, step: int) -> Iterator[None]:
        """Let what the block does end at its n-th step; at 0 it lives on."""
        self._left = step
        try:
            yield
        except Killed:
            self.deaths += 1
            db.session.remove()
        finally:
            self._left = 0

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise Killed


@contextmanager
def mortal_commits(life: Life) -> Iterator[None]:
    """Make both sides of every commit a step."""
    whole = Session.commit

    def commit(session: Session) -> None:
        life.step()
        whole(session)
        life.commits += 1
        life.step()

    with patch.object(Session, "commit", commit):
        yield


def mortal(payments: FakePayments, life: Life) -> FakePayments:
    """Return the same Stripe, every call to which is two steps."""
    for name in ASKED_OF_STRIPE:
        setattr(payments, name, _mortal(getattr(payments, name), life))
    return payments


def _mortal(doing: Callable[..., Any], life: Life) -> Callable[..., Any]:
    def done(*arguments: Any, **named: Any) -> Any:
        life.step()
        answer = doing(*arguments, **named)
        life.step()
        return answer

    return done
