"""What a code takes off, for whom, and why it does not."""

from datetime import date
from typing import Any

import pytest

from tests.code_cast import a_code
from tourreg.domain.discounts import rules
from tourreg.domain.discounts.models import Code
from tourreg.domain.discounts.rules import CodeRefused, Discount, Seeker
from tourreg.kernel.money import Money

TODAY = date(2027, 1, 15)


def by(code: Code, *prices: int, fee: str = "full", used: int = 0, currency: str = "USD") -> Discount:
    seekers = [Seeker(position, fee, Money(minor, currency)) for position, minor in enumerate(prices, start=1)]
    return rules.discount(code, seekers, event="summit", currency=currency, day=TODAY, used_by_contact=used)


def reason(code: Code, *prices: int, **more: Any) -> str:
    with pytest.raises(CodeRefused) as refused:
        by(code, *(prices or (48_000,)), **more)
    return str(refused.value.reason)


@pytest.mark.parametrize(
    ("changed", "price", "off"),
    [
        ({"percent": 10}, 48_000, 4_800),
        ({"percent": 15}, 33, 5),  # 4.95 cents are 5
        ({"percent": 50}, 1, 1),  # half a cent is one
        ({"percent": 100}, 48_000, 48_000),
        ({"kind": "amount", "off_minor": 5_000, "currency": "USD"}, 48_000, 5_000),
        ({"kind": "amount", "off_minor": 5_000, "currency": "USD"}, 3_000, 3_000),  # nobody gets money back
        ({"kind": "free_seat"}, 48_000, 48_000),
    ],
)
def test_a_code_takes_its_share_off_each_fee(changed: dict[str, Any], price: int, off: int) -> None:
    assert by(a_code(**changed), price, price).off_minor == {1: off, 2: off}


def test_ten_percent_of_yen_are_whole_yen() -> None:
    assert by(a_code(), 12_345, currency="JPY").total == Money(1_235, "JPY")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"switched_off": True}, "unknown"),
        ({"events": ["another"]}, "other_event"),
        ({"from_on": date(2027, 1, 16)}, "not_yet"),
        ({"until_on": date(2027, 1, 14)}, "over"),
        ({"fees": ["another"]}, "other_fee"),
        ({"currency": "CNY"}, "other_currency"),
        ({"most_uses": 2, "used": 2}, "used_up"),
        ({"currency": "USD", "budget_minor": 4_799}, "budget"),
        ({"currency": "USD", "budget_minor": 9_000, "spent_minor": 4_201}, "budget"),
    ],
)
def test_each_way_a_code_can_fail_has_its_name(changed: dict[str, Any], why: str) -> None:
    assert reason(a_code(**changed)) == why


@pytest.mark.parametrize(
    "changed",
    [
        {"from_on": TODAY, "until_on": TODAY},
        {"events": ["summit"], "fees": ["full"]},
        {"most_uses": 3, "used": 2},
        {"currency": "USD", "budget_minor": 4_800},
    ],
)
def test_what_lies_on_the_edge_still_holds(changed: dict[str, Any]) -> None:
    assert by(a_code(**changed), 48_000).people == 1


def test_a_code_with_two_uses_left_is_for_the_first_two() -> None:
    assert by(a_code(most_uses=5, used=3), 48_000, 48_000, 48_000).off_minor == {1: 4_800, 2: 4_800}


def test_a_contact_who_has_used_it_may_use_it_only_as_often_as_one_contact_can() -> None:
    assert by(a_code(most_per_contact=2), 48_000, 48_000, used=1).people == 1
    assert reason(a_code(most_per_contact=2), used=2) == "used_by_contact"


def test_who_pays_nothing_uses_no_code() -> None:
    assert by(a_code(), 0, 48_000).off_minor == {2: 4_800}
    assert reason(a_code(), 0) == "other_fee"


def test_a_code_that_only_opens_a_fee_takes_nothing_off() -> None:
    discount = by(a_code(kind="entry", percent=None, fees=["full"]), 48_000)

    assert (discount.people, discount.total) == (1, Money(0, "USD"))


@pytest.mark.parametrize("typed", ["spring27", " Spring-27 ", "SPRING 27", "spring.27", "Spring–27"])
def test_a_code_is_compared_without_case_spaces_and_dashes(typed: str) -> None:
    assert rules.normal_word(typed) == "SPRING27"
