"""A worker that dies at any step loses nothing and posts nothing twice: the same work is simply done again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fake_payments import FakePayments
from tests.money_cast import (
    PRICE_MINOR,
    balance_of,
    begin_to_pay,
    letters_about,
    papers_of,
    pay_by_card,
    payments_posted,
    seats_of,
    taken_places,
    tasks,
)
from tourreg import settling
from tourreg.db import writing
from tourreg.domain.registrations import holds
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, checkouts, commands, ended_holds, inbox, mails
from tourreg.domain.settlements.refunding import SEND_REFUND

pytestmark = pytest.mark.both

Kill = Callable[[Any, str], None]


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def dies_at(monkeypatch: pytest.MonkeyPatch) -> Kill:
    """Let the process end when it comes to a step, the first time."""

    def prepare(module: Any, step: str) -> None:
        whole = getattr(module, step)
        alive = iter([False])

        def dying(*arguments: Any, **named: Any) -> Any:
            if next(alive, True):
                return whole(*arguments, **named)
            raise Killed(step)

        monkeypatch.setattr(module, step, dying)

    return prepare


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (settling, "take_payment"),
        (commands, "post_payment"),
        (holds, "confirm"),
        (commands, "issue_invoice"),
        (commands, "issue_receipt"),
        (mails, "paid"),
        (inbox, "note_handled"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_payment_is_whole_or_not_there(
    registration: Registration, payments: FakePayments, now: datetime, dies_at: Kill, module: Any, step: str
) -> None:
    payments.pay(begin_to_pay(registration, payments, now))
    event = kept(payments.event("checkout.session.completed"), now)
    dies_at(module, step)

    with pytest.raises(Killed):
        settling.handle_event(event, payments, now=now)
    assert seats_of(registration) == (["confirmed"] * 2 if step == "note_handled" else ["held"] * 2)
    settling.handle_event(event, payments, now=now)

    assert payments_posted(registration) == [-PRICE_MINOR]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert papers_of(registration) == ["invoice", "receipt"]
    assert letters_about(registration) == ["paid"]


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (settling, "close_session"),
        (commands, "note_expired"),
        (ended_holds, "release_ended_hold"),
        (holds, "release"),
        (ended_holds, "take_back"),
        (mails, "hold_ended"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_hold_ends_wholly_or_not_at_all(
    registration: Registration, payments: FakePayments, now: datetime, dies_at: Kill, module: Any, step: str
) -> None:
    begin_to_pay(registration, payments, now)
    over = now + timedelta(minutes=46)
    dies_at(module, step)

    with pytest.raises(Killed):
        settling.release_hold(registration.id, payments, now=over)
    assert seats_of(registration) == ["held", "held"]
    settling.release_hold(registration.id, payments, now=over)

    assert seats_of(registration) == ["released", "released"]
    assert taken_places(registration) == 0
    assert balance_of(registration) == 0
    assert letters_about(registration) == ["hold_ended"]


@pytest.mark.parametrize(
    ("module", "step"),
    [(FakePayments, "create_refund"), (cancelling, "note_refund"), (mails, "refunded")],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_refund_goes_once(
    registration: Registration, payments: FakePayments, now: datetime, dies_at: Kill, module: Any, step: str
) -> None:
    pay_by_card(registration, payments, now)
    with writing():
        cancelling.cancel_registration(registration.id, why="", now=now, by="staff:x")
    refund = tasks(SEND_REFUND)[0].arguments["refund"]
    dies_at(module, step)

    with pytest.raises(Killed):
        settling.send_refund(refund, payments, now=now)
    settling.send_refund(refund, payments, now=now)

    assert len(payments.refunds) == 1
    assert balance_of(registration) == 0
    assert letters_about(registration) == ["paid", "cancelled", "refunded"]


@pytest.mark.parametrize(
    ("module", "step"),
    [(FakePayments, "create_checkout_session"), (checkouts, "note_opened")],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_payment_page_is_opened_once(
    registration: Registration, payments: FakePayments, now: datetime, dies_at: Kill, module: Any, step: str
) -> None:
    dies_at(module, step)

    with pytest.raises(Killed):
        begin_to_pay(registration, payments, now)
    begin_to_pay(registration, payments, now + timedelta(seconds=10))

    assert len(payments.sessions) == 1
    payments.pay(payments.only_session())
    settling.settle_session(payments.only_session(), payments, now=now)
    assert payments_posted(registration) == [-PRICE_MINOR]


def kept(event: dict[str, Any], now: datetime) -> str:
    with writing():
        inbox.keep(event["id"], event["type"], event["data"]["object"], now=now)
    return str(event["id"])
