"""The desk's buttons, the inbox and the comparisons, as finance presses them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from tests.fake_payments import FakePayments
from tests.forms import faults_of, fields_of
from tests.money_cast import (
    begin_to_pay,
    count,
    on_the_desk,
    pay_by_card,
    payments_posted,
    session_of_another_shop,
    tasks,
)
from tourreg import settling, worker
from tourreg.db import db, writing
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import comparing, desk, inbox
from tourreg.domain.settlements.models import Comparison, DeskCase


def test_money_of_nobody_is_posted_to_the_bill_that_finance_types(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    case = unknown_money(stripe, now)
    page = finance.get(case)
    form = fields_of(page, "post-form")

    assert "US$960.00" in page.text
    wrong = finance.post(f"{case}/post", data={**form, "reference": "YZ27-NOBOD-Y"})
    assert "There is no bill" in str(faults_of(wrong))
    assert finance.post(f"{case}/post", data={**form, "reference": ""}).status_code == 422
    answer = finance.post(f"{case}/post", data={**form, "reference": registration.reference.lower()})

    assert answer.status_code == 303
    assert payments_posted(registration) == [-96_000]
    assert f"→ {registration.reference}" in finance.get(case).text


def test_money_of_nobody_goes_home_by_one_press_however_often(
    finance: FlaskClient, stripe: FakePayments, now: datetime
) -> None:
    case = unknown_money(stripe, now)
    form = fields_of(finance.get(case), "send-back-form")

    for _ in range(3):
        assert finance.post(f"{case}/send-back", data=form).status_code == 303

    assert [refund.amount_minor for refund in stripe.refunds.values()] == [96_000]
    assert "Sent back over Stripe." in finance.get(case).text


def test_while_stripe_does_not_answer_the_money_stays_on_the_desk(
    finance: FlaskClient, stripe: FakePayments, now: datetime
) -> None:
    case = unknown_money(stripe, now)
    form = fields_of(finance.get(case), "send-back-form")
    stripe.down = True

    page = finance.post(f"{case}/send-back", data=form, follow_redirects=True)

    assert "Stripe does not answer." in page.text
    assert on_the_desk() == ["unknown_payment"]


def test_a_refund_made_by_hand_is_counted_in(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, stripe, now)
    refund = stripe.create_refund(list(stripe.intents)[-1], amount_minor=500, metadata={}, idempotency_key="hand")
    settling.settle_refund(refund.id, None, stripe, now=now)
    case = newest_case()

    finance.post(f"{case}/count-in", data=fields_of(finance.get(case), "count-in-form"))

    assert on_the_desk() == []
    assert "Counted in as paid back." in finance.get(case).text


def test_a_dispute_is_asked_for_and_leaves_the_desk_when_it_is_won(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    pay_by_card(registration, stripe, now)
    dispute = stripe.open_dispute(list(stripe.intents)[-1]).id
    settling.settle_dispute(dispute, stripe, now=now)
    case = newest_case()
    ask = fields_of(finance.get(case), "ask-form")
    assert "nothing has changed" in finance.post(f"{case}/ask", data=ask, follow_redirects=True).text

    stripe.close_dispute(dispute, "won")

    assert "off the desk" in finance.post(f"{case}/ask", data=ask, follow_redirects=True).text
    assert on_the_desk() == []


def test_one_event_is_followed_again_from_the_inbox(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    session = begin_to_pay(registration, stripe, now)
    stripe.pay(session)
    event = stripe.event("checkout.session.completed")
    with writing():
        inbox.keep(event["id"], event["type"], event["data"]["object"], now=now)
    settling.handle_event(event["id"], stripe, now=now)
    page = finance.get("/office/money/inbox")
    assert registration.reference in page.text

    for _ in range(2):
        finance.post(f"/office/money/inbox/{event['id']}/replay", data=fields_of(page, "period-form"))
    worker.run_due()

    assert len(tasks(inbox.HANDLE_STRIPE_EVENT)) == 2
    assert payments_posted(registration) == [-96_000]


def test_a_period_is_followed_again_once_however_often_the_page_is_sent(
    finance: FlaskClient, stripe: FakePayments, now: datetime
) -> None:
    with writing():
        inbox.keep("evt_1", "payment_intent.succeeded", {"id": "pi_1", "object": "payment_intent"}, now=now)
    settling.handle_event("evt_1", stripe, now=now)
    form = fields_of(finance.get("/office/money/inbox"), "period-form")

    said = [finance.post("/office/money/inbox/replays", data=form, follow_redirects=True).text for _ in range(2)]

    assert "1 event is followed again." in said[0]
    assert "Nothing to follow again" in said[1]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [({"since": ""}, "from which on"), ({"since": "yesterday"}, "no such moment"),
     ({"since": "1999-01-01T00:00"}, "between 2000 and 2099"), ({"until": "2027-01-01T00:00"}, "after the beginning")],
)  # fmt: skip
def test_a_period_that_is_none_is_refused(finance: FlaskClient, typed: dict[str, str], fault: str) -> None:
    form = fields_of(finance.get("/office/money/inbox"), "period-form")

    answer = finance.post("/office/money/inbox/replays", data={**form, **typed})

    assert answer.status_code == 422
    assert fault in str(faults_of(answer))


def test_a_comparison_begins_once_and_shows_what_it_found(
    finance: FlaskClient, registration: Registration, stripe: FakePayments, now: datetime
) -> None:
    stripe.pay(begin_to_pay(registration, stripe, now))
    form = fields_of(finance.get("/office/money/comparisons"), "compare-form")
    pages = [finance.post("/office/money/comparisons", data=form) for _ in range(2)]
    worker.run_due()

    page = finance.get(pages[0].location)

    assert count(Comparison) == 1
    assert "A payment page had moved on at Stripe" in page.text
    assert registration.reference in page.text
    assert payments_posted(registration) == [-96_000]


@pytest.mark.parametrize("since", ["", "2027-01-17", "2020-01-01", "never"])
def test_a_comparison_from_a_day_that_makes_no_sense_is_refused(finance: FlaskClient, since: str) -> None:
    form = fields_of(finance.get("/office/money/comparisons"), "compare-form")

    assert finance.post("/office/money/comparisons", data={**form, "since": since}).status_code == 422
    assert count(Comparison) == 0


def test_the_desk_asks_the_same_however_much_lies_there(
    finance: FlaskClient, registration: Registration, now: datetime, statements: Callable[[], list[str]]
) -> None:
    needed = []
    for number in range(60):
        with writing():
            desk.open_case("overpaid", key=f"k{number}", folio_id=registration.folio_id, facts={}, now=now)
        if number in (1, 59):
            before = len(statements())
            finance.get("/office/money")
            needed.append(len(statements()) - before)

    assert needed[0] == needed[1] <= 12


def test_a_comparison_that_a_killed_worker_left_does_not_block_the_next(
    finance: FlaskClient, stripe: FakePayments, now: datetime
) -> None:
    with writing():
        comparing.begin(now, is_dry=False, now=now - timedelta(hours=3), by="worker")
    page = finance.get("/office/money/comparisons")
    assert "Broken off" in page.text

    finance.post("/office/money/comparisons", data=fields_of(page, "compare-form"))

    assert count(Comparison) == 2


def unknown_money(stripe: FakePayments, now: datetime) -> str:
    """Let money come that no page of ours asked for, and return the address of its case."""
    session = session_of_another_shop(stripe, now)
    stripe.pay(session)
    settling.settle_session(session, stripe, now=now)
    return newest_case()


def newest_case() -> str:
    db.session.rollback()
    found = db.session.scalars(db.select(DeskCase.public_id).order_by(DeskCase.id.desc())).first()
    return f"/office/money/cases/{found}"
