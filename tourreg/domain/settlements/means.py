"""By which means a payment page takes an amount, as Stripe's rules allow.

source  Stripe's pages on Alipay, WeChat Pay and ACH Direct Debit: wallets take the yuan and the currency of the country
        in which the account is, one payment at a time; ACH debits take U.S. dollars of U.S. accounts; an amount has at
        most eight digits, and a least that depends on the currency
"""

from __future__ import annotations

from typing import Literal

from tourreg.kernel.money import Money

Means = Literal["card", "alipay", "wechat_pay", "us_bank_account"]
MEANS: tuple[Means, ...] = ("card", "alipay", "wechat_pay", "us_bank_account")
# The account is a U.S. one.
HOME_CURRENCY = "USD"
WALLET_CURRENCIES = (HOME_CURRENCY, "CNY")
MOST_MINOR = 99_999_999
_LEAST_MINOR = {"USD": 50, "EUR": 50, "CNY": 400, "JPY": 50}
_LEAST_ELSEWHERE = 100


def means_offered(amount: Money) -> tuple[Means, ...]:
    """Return the means that a payment page has for an amount, in the order in which it shows them."""
    if not least(amount.currency).minor <= amount.minor <= MOST_MINOR:
        return ()
    return tuple(means for means in MEANS if _takes(means, amount.currency))


def least(currency: str) -> Money:
    """Return the smallest payment that can be made online."""
    return Money(_LEAST_MINOR.get(currency, _LEAST_ELSEWHERE), currency)


def most(currency: str) -> Money:
    """Return the largest payment that can be made online at once."""
    return Money(MOST_MINOR, currency)


def _takes(means: Means, currency: str) -> bool:
    if means == "us_bank_account":
        return currency == HOME_CURRENCY
    return means == "card" or currency in WALLET_CURRENCIES
