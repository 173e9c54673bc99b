"""The stand-in's hosted page, as a person meets it."""

from collections.abc import Callable
from urllib.parse import urlsplit

import html5lib
import pytest

from tests.adapters.stripe_stand_in_process import Answer, StandIn
from tourreg.adapters.payments import CheckoutSession, LineItem

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def visit(stand_in: StandIn, session: CheckoutSession, **headers: str) -> Answer:
    return stand_in.request("GET", urlsplit(session.url or "").path, headers=headers)


def buttons(answer: Answer) -> list[str]:
    page = html5lib.HTMLParser(strict=True).parse(answer.text)
    assert len(page.findall(f".//{NAMESPACE}h1")) == 1
    return [button.get("value") for button in page.findall(f".//{NAMESPACE}button")]


def test_the_page_says_that_it_is_not_stripe(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    page = visit(stand_in, open_checkout())

    assert page.status == 200
    assert "Stand-in for Stripe. No real money moves." in page.text
    assert "USD 480.00" in page.text
    assert buttons(page) == ["pay", "pay_later", "bounce_later", "fail", "leave"]


def test_the_page_speaks_chinese_when_the_session_does(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    page = visit(stand_in, open_checkout(locale="zh", lines=[LineItem("扬州峰会", 12_000, "JPY", 2)]))

    assert 'lang="zh-Hans"' in page.text
    assert "不会发生真实的资金往来" in page.text
    assert "JPY 24,000" in page.text
    assert "扬州峰会" in page.text


def test_what_is_sold_cannot_change_the_page(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    page = visit(stand_in, open_checkout(lines=[LineItem("<script>alert(1)</script>{{ 7*7 }}", 48_000, "USD")]))

    assert "<script" not in page.text
    assert "{{ 7*7 }}" in page.text


def test_the_page_lets_its_form_lead_only_to_the_site(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    policy = visit(stand_in, open_checkout()).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "form-action 'self' http://site.example" in policy


def test_paying_leads_back_to_the_site(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    answer = stand_in.press(session.url or "", "pay")

    assert (answer.status, answer.location) == (303, f"http://site.example/paid?session={session.id}")


def test_a_second_click_leads_to_the_same_place(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    first, second = (stand_in.press(session.url or "", "pay") for _ in range(2))

    assert first.location == second.location
    assert len(stand_in.look("state")["charge"]) == 1


def test_paying_after_paying_later_takes_nothing_more(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay_later")

    stand_in.press(session.url or "", "pay")

    assert [charge["status"] for charge in stand_in.look("state")["charge"]] == ["pending"]


def test_leaving_leads_back_without_paying(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    answer = stand_in.press(open_checkout().url or "", "leave")

    assert (answer.status, answer.location) == (303, "http://site.example/not-paid")
    assert stand_in.look("state")["charge"] == []


def test_a_declined_card_is_said_and_can_be_tried_again(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    page = stand_in.press(open_checkout().url or "", "fail")

    assert page.status == 200
    assert "The payment was declined" in page.text
    assert "pay" in buttons(page)


def test_an_expired_page_takes_no_money(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.advance(31 * 60)

    page = stand_in.press(session.url or "", "pay")

    assert page.status == 410
    assert "has expired" in page.text
    assert buttons(page) == []
    assert stand_in.look("state")["charge"] == []


def test_a_paid_page_has_nothing_more_to_press(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay")

    page = visit(stand_in, session)

    assert "This payment is complete" in page.text
    assert buttons(page) == []


def test_an_unknown_page_says_so_in_the_language_of_the_browser(stand_in: StandIn) -> None:
    page = stand_in.request("GET", "/c/pay/cs_test_none", headers={"Accept-Language": "zh-CN,zh;q=0.9"})

    assert page.status == 404
    assert "付款页面不存在" in page.text


def test_an_unknown_button_does_nothing(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    assert stand_in.press(open_checkout().url or "", "steal").status == 400
