"""What an amount is in another currency, for information."""

from datetime import date

import pytest

from tourreg.domain.billing.rates import Rate
from tourreg.kernel.money import Money

RATE = Rate("USD", "CNY", "7.1532", date(2027, 5, 3))


@pytest.mark.parametrize(
    ("rate", "amount", "told"),
    [
        (RATE, Money(48_000, "USD"), "about CNY 3,433.54 at 1 USD = 7.1532 CNY of 2027-05-03."),
        (RATE, Money(343_354, "CNY"), "about USD 480.00 at 1 USD = 7.1532 CNY of 2027-05-03."),
        (Rate("USD", "JPY", "150.5", date(2027, 5, 3)), Money(1, "USD"), "about JPY 2 at"),
        (Rate("JPY", "USD", "0.0066", date(2027, 5, 3)), Money(12_345, "JPY"), "about USD 81.48 at"),
    ],
)
def test_the_sentence_names_the_amount_the_rate_and_its_day(rate: Rate, amount: Money, told: str) -> None:
    sentence = rate.told(amount)

    assert sentence is not None
    assert told in sentence.en
    assert f"The amount due is the one in {amount.currency}." in sentence.en
    assert "仅供参考" in sentence.zh


def test_a_third_currency_is_told_nothing() -> None:
    assert RATE.told(Money(1_000, "EUR")) is None
