"""Money that a bank or somebody at Stripe has sent home is not sent home by us as well."""

from datetime import datetime

import pytest

from tests.fake_payments import FakePayments
from tests.money_cast import FINANCE, balance_of, cancel, on_the_desk, pay_by_card, refunds, send_refunds, tell_all
from tourreg.db import writing
from tourreg.domain.billing.refunds import BankHasTheMoney
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import cancelling, matching
from tourreg.domain.settlements.queries import open_cases

pytestmark = pytest.mark.both


@pytest.fixture
def disputed(registration: Registration, payments: FakePayments, now: datetime) -> str:
    """A registration that was paid for, disputed and then cancelled; Stripe refuses the refund."""
    pay_by_card(registration, payments, now)
    dispute = payments.open_dispute(list(payments.intents)[-1], 40_000)
    tell_all(payments, now)
    cancel(registration, now)
    send_refunds(payments, now)
    return dispute.id


def pay_out(refund: str, now: datetime) -> None:
    with writing():
        cancelling.pay_out_by_hand(refund, "OUT-1", now=now, by=FINANCE)


def test_what_a_bank_disputes_is_not_paid_out_by_hand(disputed: str, now: datetime) -> None:
    (refund,) = refunds()
    assert (refund.state, on_the_desk()) == ("failed", ["dispute", "failed_refund"])

    with pytest.raises(BankHasTheMoney):
        pay_out(refund.public_id, now)

    assert refunds()[0].state == "failed"


def test_a_lost_dispute_lessens_the_refund_that_waits(
    disputed: str, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.close_dispute(disputed, "lost")
    tell_all(payments, now, times=2)

    assert [(one.amount_minor, one.state) for one in refunds()] == [(56_000, "failed"), (40_000, "succeeded")]
    (failed,) = [case for case in open_cases() if case.kind == "failed_refund"]
    assert failed.facts["amount_minor"] == 56_000

    pay_out(refunds()[0].public_id, now)
    assert balance_of(registration) == 0


def test_a_dispute_that_is_lost_for_all_of_it_leaves_nothing_to_pay_out(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    dispute = payments.open_dispute(list(payments.intents)[-1])
    cancel(registration, now)
    send_refunds(payments, now)

    payments.close_dispute(dispute.id, "lost")
    tell_all(payments, now, times=2)

    assert [(one.amount_minor, one.state) for one in refunds()] == [(0, "succeeded"), (96_000, "succeeded")]
    assert (balance_of(registration), on_the_desk()) == (0, ["dispute_lost"])


def test_a_won_dispute_leaves_the_refund_to_be_paid_out(
    disputed: str, registration: Registration, payments: FakePayments, now: datetime
) -> None:
    payments.close_dispute(disputed, "won")
    tell_all(payments, now)

    pay_out(refunds()[0].public_id, now)

    assert (balance_of(registration), on_the_desk()) == (0, [])


def test_a_refund_made_at_stripe_and_counted_in_lessens_the_one_that_waits(
    registration: Registration, payments: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, payments, now)
    payments.create_refund(list(payments.intents)[-1], amount_minor=500, metadata={}, idempotency_key="by hand")
    cancel(registration, now)
    send_refunds(payments, now)
    tell_all(payments, now)

    (case,) = [case.public_id for case in open_cases() if case.kind == "unknown_refund"]
    with writing():
        matching.count_in(case, now=now, by=FINANCE)

    assert [(one.amount_minor, one.state) for one in refunds()] == [(95_500, "failed"), (500, "succeeded")]
