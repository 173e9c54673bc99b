"""A deposit by card, then the balance in two pieces by wallet, because wallets have limits."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.booking import fill_in_alone, papers_sent, pay_a_piece, pay_at_stripe, register
from tests.journeys.desk import entries, find, owed, sign_in
from tests.journeys.traveller import Traveller

TOUR = "old-quarters-new-uses"
# Of the fee of US$3,360 the plan asks for 30 percent first.
DEPOSIT, PIECE, REST = "1,008.00", "1,000.00", "1,352.00"
# What is still to pay of each part of the plan, on the registration's page.
OPEN_PARTS = "section:has(#money) td:nth-child(4)"
WALLETS = {"en": ["Alipay", "WeChat Pay"], "zh": ["支付宝", "微信支付"]}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_a_deposit_comes_by_card_and_the_balance_in_two_wallet_pieces(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    visitor, officer = traveller(language, width=width), traveller(language, width=width)
    address = f"deposit-{uuid4().hex[:10]}@example.org"

    fill_in_alone(visitor, TOUR, address, fee=1)
    visitor.page.locator("#pays_by-card").check()
    visitor.page.locator("#plan-deposit").check()
    register(visitor)
    pay_at_stripe(visitor, "pay")
    assert DEPOSIT in visitor.text()
    registration = visitor.page.url.partition("/paid")[0]
    pay_a_piece(visitor, registration, PIECE, "pay_alipay")
    assert REST in visitor.text()
    pay_a_piece(visitor, registration, "", "pay_wechat_pay")

    receipts = papers_sent(visitor, address, "-REC-", at_least=3)
    for amount, means in zip((DEPOSIT, PIECE, REST), ["", *WALLETS[language]], strict=True):
        assert any(amount in words and means in words for words in receipts.values()), (amount, means)
    assert len(papers_sent(visitor, address, "-INV-")) == 1
    visitor.visit(registration)
    # On a phone the head of the column stands before what is open.
    assert [words.split()[-1] for words in visitor.page.locator(OPEN_PARTS).all_inner_texts()] == ["–", "–"]
    sign_in(officer, "finance")
    find(officer, address)
    assert owed(officer) == 0
    for means in WALLETS[language]:
        assert len([row for row in entries(officer) if means in row]) == 1
