"""A registration paid in two pieces is cancelled by the policy: its refund walks back over both."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.booking import code_sent, fill_in_alone, papers_sent, pay_a_piece, pay_at_stripe, register
from tests.journeys.desk import entries, find, go, owed, send, sign_in
from tests.journeys.traveller import Traveller

TOUR = "energy-efficiency-us"
TITLE = {"en": "Energy Efficiency", "zh": "节能考察研修"}
# US$500 came by card and 4,480 by Alipay. The office keeps 300: the newest goes back whole, and 200 of the card's.
BACK, OVER_WALLET, OVER_CARD, KEPT = "4,680.00", "4,480.00", "200.00", "300.00"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_what_was_paid_in_two_pieces_goes_back_over_both_but_for_what_the_policy_keeps(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    visitor, officer, programme = (traveller(language, width=width) for _ in range(3))
    address = f"leaves-{uuid4().hex[:10]}@example.org"
    sign_in(programme, "programme")
    keep_a_fixed_fee(programme)
    registration = paid_in_two_pieces(visitor, address)

    ask_to_cancel(visitor, registration, address)
    sign_in(officer, "finance")
    find(officer, address)
    go(officer, "/office/money/cancellations/")
    for amount in (KEPT, BACK, OVER_WALLET, OVER_CARD):
        assert amount in officer.text()
    send(officer, "#cancel-form")

    advices = list(papers_sent(visitor, address, "-RFA-", at_least=2).values())
    for amount in (OVER_WALLET, OVER_CARD):
        assert any(amount in words for words in advices)
    assert len(papers_sent(visitor, address, "-CN-")) == 1
    visitor.visit(registration)
    assert visitor.page.locator("ul.papers li", has_text="-RFA-").count() == 2
    find(officer, address)
    assert owed(officer) == 0
    assert len([row for row in entries(officer) if OVER_WALLET in row]) == 2


def keep_a_fixed_fee(programme: Traveller) -> None:
    """Let the tour's terms keep US$300 until a month before it starts."""
    programme.visit("/office/events")
    programme.follow(TITLE[programme.language])
    go(programme, "/terms")
    programme.page.locator("[name=programme-0-days]").fill("30")
    programme.page.locator("[name=programme-0-kept]").fill(KEPT)
    for emptied in ("programme-1-days", "programme-1-kept"):
        programme.page.locator(f"[name={emptied}]").fill("")
    send(programme, "#terms")


def paid_in_two_pieces(visitor: Traveller, address: str) -> str:
    """Register with a deposit by card, pay the rest by wallet, and return the address of the registration."""
    fill_in_alone(visitor, TOUR, address, fee=0)
    visitor.page.locator("#pays_by-card").check()
    visitor.page.locator("#plan-deposit").check()
    register(visitor)
    pay_at_stripe(visitor, "pay")
    registration = visitor.page.url.partition("/paid")[0]
    pay_a_piece(visitor, registration, "", "pay_alipay")
    return registration


def ask_to_cancel(visitor: Traveller, registration: str, address: str) -> None:
    """Show by a code who asks, see what would come back, and ask."""
    visitor.visit(f"{registration}/cancellation")
    send(visitor, "#code")
    visitor.page.locator("[name=code]").fill(code_sent(visitor, address))
    send(visitor, "#entry")
    for amount in (KEPT, BACK, OVER_WALLET, OVER_CARD):
        assert amount in visitor.text()
    send(visitor, "#cancellation")
    assert BACK not in visitor.text()
