"""Unposted money on the desk: posted to a bill, sent home, counted in; each once, whoever presses what."""

from datetime import datetime

import pytest

from tests.fake_payments import FakePayments
from tests.money_cast import (
    on_the_desk,
    pay_by_card,
    payments_posted,
    postings,
    promise,
    seats_of,
    tell_all,
)
from tourreg import desk_work, settling
from tourreg.adapters.payments import LineItem, PaymentsRefused, PaymentsUnavailable
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import matching
from tourreg.domain.settlements.desk import CaseClosed
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel.money import CurrenciesDiffer

pytestmark = pytest.mark.both

FINANCE = "staff:finance"


def test_unknown_money_is_posted_to_the_bill_that_finance_names(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now)

    post(registration.reference, now)

    assert payments_posted(registration) == [-96_000]
    assert seats_of(registration) == ["confirmed", "confirmed"]
    assert on_the_desk() == []


def test_what_is_posted_once_is_not_posted_again_nor_sent_back(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now)
    post(registration.reference, now)

    with pytest.raises(CaseClosed):
        post(registration.reference, now)
    with pytest.raises(CaseClosed):
        desk_work.send_back(the_case(), payments, now=now, by=FINANCE)

    assert payments_posted(registration) == [-96_000]
    assert payments.refunds == {}


def test_money_in_another_currency_and_a_bill_that_is_none_are_refused(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now, currency="CNY")

    with pytest.raises(CurrenciesDiffer):
        post(registration.reference, now)
    with pytest.raises(matching.BillUnknown):
        post("YZ27-NOBOD-Y", now)

    assert payments_posted(registration) == []
    assert on_the_desk() == ["unknown_payment"]


def test_unknown_money_goes_home_once_and_its_event_opens_no_case(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now)

    desk_work.send_back(the_case(), payments, now=now, by=FINANCE)
    with pytest.raises(CaseClosed):
        desk_work.send_back(the_case(), payments, now=now, by=FINANCE)
    tell_all(payments, now)

    assert [refund.amount_minor for refund in payments.refunds.values()] == [96_000]
    assert on_the_desk() == []


def test_an_answer_lost_while_money_goes_home_sends_it_once_and_nobody_posts_it_meanwhile(
    registration: Registration, payments: FakePayments, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown(payments, now)
    create = payments.create_refund

    def lost(*given: object, **named: object) -> None:
        create(*given, **named)  # type: ignore[arg-type]
        raise PaymentsUnavailable("timeout")

    monkeypatch.setattr(payments, "create_refund", lost)
    with pytest.raises(PaymentsUnavailable):
        desk_work.send_back(the_case(), payments, now=now, by=FINANCE)
    with pytest.raises(matching.BeingSentBack):
        post(registration.reference, now)

    monkeypatch.setattr(payments, "create_refund", create)
    desk_work.send_back(the_case(), payments, now=now, by=FINANCE)

    assert len(payments.refunds) == 1
    assert on_the_desk() == []


def test_money_that_stripe_refuses_to_send_home_can_be_posted_after_all(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now)
    payments.open_dispute(list(payments.intents)[-1])

    with pytest.raises(PaymentsRefused):
        desk_work.send_back(the_case(), payments, now=now, by=FINANCE)
    post(registration.reference, now)

    assert payments_posted(registration) == [-96_000]


def test_money_sent_home_that_comes_back_lies_on_the_desk_again(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    unknown(payments, now)
    desk_work.send_back(the_case(), payments, now=now, by=FINANCE)
    payments.end_refund(list(payments.refunds)[-1], "failed")

    tell_all(payments, now, times=2)

    assert on_the_desk() == ["unknown_payment"]


def test_a_refund_made_by_hand_is_counted_in_over_its_payment(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    intent = list(payments.intents)[-1]
    payments.create_refund(intent, amount_minor=500, metadata={}, idempotency_key="by hand")
    tell_all(payments, now)

    case = the_case()
    with writing():
        matching.count_in(case, now=now, by=FINANCE)
    tell_all(payments, now)

    assert postings(registration)[-1] == ("refund", 500)
    assert on_the_desk() == []


def test_promised_money_is_asked_for_from_the_desk(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    session = promise(registration, payments, now)
    with writing() as work:
        work.add(DeskCase(kind="stale_session", key="k", folio_id=None, facts={"session": session}, opened_at=now))
    assert not desk_work.ask_stripe(the_case(), payments, now=now)

    payments.arrive(session)

    assert desk_work.ask_stripe(the_case(), payments, now=now)
    assert payments_posted(registration) == [-96_000]


def post(reference: str, now: datetime) -> None:
    case = the_case()
    with writing():
        matching.post_money(case, reference, now=now, by=FINANCE)


def the_case() -> str:
    """Return the first thing that was laid on the desk."""
    db.session.rollback()
    first: str = db.session.scalars(db.select(DeskCase.public_id).order_by(DeskCase.id)).first() or ""
    return first


def unknown(payments: FakePayments, now: datetime, *, currency: str = "USD") -> None:
    """Let a payment come that no page of ours asked for."""
    session = payments.create_checkout_session(
        [LineItem("Summit", 96_000, currency)],
        success_url="http://site.example/paid",
        cancel_url="http://site.example/left",
        client_reference_id="order-1",
        customer_email=None,
        locale="en",
        expires_at=now.replace(hour=23),
        metadata={},
        idempotency_key="order-1",
    ).id
    payments.pay(session)
    settling.settle_session(session, payments, now=now)
