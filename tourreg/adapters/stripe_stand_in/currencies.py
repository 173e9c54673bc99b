"""What Stripe knows of currencies: their decimals and the least it takes."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in.errors import StripeShapedError

ZERO_DECIMAL = {
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
}  # fmt: skip
THREE_DECIMAL = {"bhd", "jod", "kwd", "omr", "tnd"}
TWO_DECIMAL = {
    "aed", "ars", "aud", "bgn", "brl", "cad", "chf", "cny", "cop", "czk", "dkk", "eur", "gbp", "hkd", "huf", "idr",
    "ils", "inr", "isk", "kzt", "mad", "mnt", "mop", "mxn", "myr", "nok", "nzd", "pen", "php", "pln", "qar", "ron",
    "rsd", "sar", "sek", "sgd", "thb", "try", "twd", "uah", "ugx", "usd", "uzs", "zar",
}  # fmt: skip
CURRENCIES = ZERO_DECIMAL | TWO_DECIMAL | THREE_DECIMAL
LEAST = {
    "aed": 200, "bgn": 100, "cny": 400, "czk": 1500, "dkk": 250, "gbp": 30, "hkd": 400, "huf": 17500, "jpy": 50,
    "krw": 100, "mxn": 1000, "myr": 200, "nok": 300, "pln": 200, "ron": 200, "sek": 300, "thb": 1000, "vnd": 10000,
}  # fmt: skip
MOST = 99_999_999


def require_currency(currency: str, param: str) -> str:
    if currency.lower() not in CURRENCIES:
        raise StripeShapedError(f"Invalid currency: {currency.lower()}", param=param)
    return currency.lower()


def require_chargeable(amount: int, currency: str) -> None:
    """Refuse totals that Stripe cannot charge; zero is free of charge, and allowed."""
    least = LEAST.get(currency, 50)
    if 0 < amount < least:
        raise StripeShapedError(
            f"The Checkout Session's total amount must be at least {written(least, currency)}.", code="amount_too_small"
        )
    if amount > MOST:
        raise StripeShapedError(
            f"The Checkout Session's total amount due must be no more than {written(MOST, currency)}.",
            code="amount_too_large",
        )
    if currency in THREE_DECIMAL and amount % 10:
        raise StripeShapedError(f"Amounts in {currency} must end in 0.", code="invalid_charge_amount")


def written(amount: int, currency: str) -> str:
    """Return the amount to read, as `USD 1,234.50`."""
    places = 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2
    whole, rest = divmod(amount, 10**places)
    decimals = f".{rest:0{places}d}" if places else ""
    return f"{currency.upper()} {whole:,}{decimals}"
