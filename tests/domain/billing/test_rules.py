"""What a ledger says, over which payment money goes back, and in what form papers come."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.rules import (
    AmountNotPositive,
    RefundTooLarge,
    money_standing,
    normal_number,
    paper_form,
    shares,
    standing_lines,
)
from tourreg.kernel.money import Money


@pytest.mark.parametrize(
    ("posted", "state", "owed", "overpaid"),
    [
        ([], "nothing_due", 0, 0),
        ([("charge", 0)], "nothing_due", 0, 0),
        ([("charge", 100)], "owed", 100, 0),
        ([("charge", 100), ("discount", -100)], "nothing_due", 0, 0),
        ([("charge", 100), ("payment", -99)], "part_paid", 1, 0),
        ([("charge", 100), ("payment", -100)], "paid", 0, 0),
        ([("charge", 100), ("payment", -101)], "overpaid", 0, 1),
        ([("charge", 100), ("payment", -100), ("cancellation", -100)], "overpaid", 0, 100),
        ([("charge", 100), ("payment", -100), ("cancellation", -100), ("refund", 100)], "refunded", 0, 0),
        ([("charge", 100), ("payment", -100), ("refund", 100)], "owed", 100, 0),
        ([("charge", 100), ("cancellation", -100)], "nothing_due", 0, 0),
        ([("charge", 100), ("payment", -100), ("refund", 100), ("refund_returned", -100)], "paid", 0, 0),
    ],
)
def test_the_money_axis_follows_from_the_postings(
    posted: list[tuple[str, int]], state: str, owed: int, overpaid: int
) -> None:
    standing = money_standing(entries(*posted), "USD")

    assert (standing.state, standing.owed.minor, standing.overpaid.minor) == (state, owed, overpaid)


@given(st.lists(st.tuples(st.sampled_from(["charge", "payment", "refund", "cancellation"]), st.integers(0, 10**9))))
def test_the_balance_is_the_sum_of_the_postings(posted: list[tuple[str, int]]) -> None:
    signed = [(kind, minor if kind in ("charge", "refund") else -minor) for kind, minor in posted]

    standing = money_standing(entries(*signed), "USD")

    assert standing.balance.minor == sum(minor for _, minor in signed)
    assert standing.owed - standing.overpaid == standing.balance


def test_lines_that_were_taken_back_no_longer_stand() -> None:
    first, second, undone = entries(("charge", 100), ("charge", 50), ("cancellation", -100))
    undone.reverses_id = first.id

    assert standing_lines([first, second, undone]) == [second]


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [(1, [(3, 1)]), (50, [(3, 50)]), (51, [(3, 50), (2, 1)]), (150, [(3, 50), (2, 70), (1, 30)])],
)
def test_money_goes_back_over_the_newest_payment_first(wanted: int, parts: list[tuple[int, int]]) -> None:
    shared = shares(usd(wanted), payments_left())

    assert [(payment.id, part.minor) for payment, part in shared] == parts


@pytest.mark.parametrize(
    ("wanted", "refusal"), [(0, AmountNotPositive), (-1, AmountNotPositive), (151, RefundTooLarge)]
)
def test_no_more_goes_back_than_came(wanted: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        shares(usd(wanted), payments_left())


@pytest.mark.parametrize(
    ("language", "country", "form"),
    [
        ("en", "US", ("en", "letter")),
        ("en", "DE", ("en", "a4")),
        ("en", "", ("en", "a4")),
        ("en", "CN", ("both", "a4")),
        ("zh", "CN", ("both", "a4")),
        ("zh", "US", ("both", "a4")),
        ("zh", "", ("both", "a4")),
    ],
)
def test_papers_come_in_the_payers_form(language: str, country: str, form: tuple[str, str]) -> None:
    assert paper_form(Folio(language=language, payer_country=country)) == form


@pytest.mark.parametrize("typed", ["fw 2027-0115.0031", " FW20270115/0031 ", "fw202701150031"])
def test_a_number_is_one_however_it_is_typed(typed: str) -> None:
    assert normal_number(typed) == "FW202701150031"


def entries(*posted: tuple[str, int]) -> list[Entry]:
    return [
        Entry(id=place, kind=kind, amount_minor=minor, reference=f"r{place}")
        for place, (kind, minor) in enumerate(posted, start=1)
    ]


def payments_left() -> list[tuple[Entry, Money]]:
    return [(payment(1), usd(30)), (payment(2), usd(70)), (payment(3), usd(50))]


def payment(number: int) -> Any:
    return Entry(id=number, kind="payment", amount_minor=-100, reference=f"p{number}")


def usd(minor: int) -> Money:
    return Money(minor, "USD")
