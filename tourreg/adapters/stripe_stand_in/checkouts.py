"""What can happen to a checkout session: opened, paid, paid later, declined, expired."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tourreg.adapters.stripe_stand_in import checkout_objects, payments
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.currencies import require_chargeable, require_currency
from tourreg.adapters.stripe_stand_in.errors import StripeShapedError, missing, wrong_state
from tourreg.adapters.stripe_stand_in.forms import Form
from tourreg.adapters.stripe_stand_in.ids import new_id
from tourreg.adapters.stripe_stand_in.store import Object

LEAST_SECONDS, MOST_SECONDS = 30 * 60, 24 * 60 * 60
LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv",
    "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
)  # fmt: skip
METHODS = ("card", "alipay", "wechat_pay", "us_bank_account")
WALLETS = ("alipay", "wechat_pay")
# The account is a U.S. one: its wallets take its own currency and the yuan, its bank debits U.S. dollars.
WALLET_CURRENCIES = ("usd", "cny")


def open_session(account: Account, form: Form, *, origin: str) -> Object:
    """Open a session as the form wants it.

    origin  where the hosted page stands, as http://127.0.0.1:4242
    raises  StripeShapedError for what Stripe would refuse, and for what the stand-in cannot do
    """
    form.require_only(
        "mode", "line_items", "success_url", "cancel_url", "client_reference_id", "customer_email", "locale",
        "expires_at", "metadata", "payment_intent_data", "allowed_payment_method_types", "payment_method_options",
        "expand", "ui_mode",
    )  # fmt: skip
    now = account.now()
    lines = _lines(form, now)
    currency = _only_currency(lines)
    amount = sum(line["amount_total"] for line in lines)
    require_chargeable(amount, currency)
    session_id = new_id("cs_test", 58)
    session = checkout_objects.checkout_session(
        session_id=session_id,
        url=f"{origin}/c/pay/{session_id}",
        amount=amount,
        currency=currency,
        created=now,
        expires_at=_expiry(form, now),
        methods=_methods(form, currency),
        wanted=_wanted(form),
    )
    notes = {"lines": lines, "intent": _intent_notes(form)}
    return account.store.save(session, notes=notes, due_at=session["expires_at"])


def _wanted(form: Form) -> Object:
    form.choice("ui_mode", ("hosted_page",))
    if form.choice("mode", ("payment",)) is None:
        raise missing("mode")
    return {
        "success_url": _address(form, "success_url", required=True),
        "cancel_url": _address(form, "cancel_url"),
        "client_reference_id": form.text("client_reference_id", longest=200),
        "customer_email": _email(form),
        "locale": form.choice("locale", LOCALES),
        "metadata": form.metadata(),
    }


def _intent_notes(form: Form) -> Object:
    below = form.child("payment_intent_data")
    below.require_only("metadata", "description")
    return {"metadata": below.metadata(), "description": below.text("description", longest=1000)}


def _lines(form: Form, now: int) -> list[Object]:
    wanted = form.children("line_items")
    if not wanted:
        raise missing("line_items")
    if len(wanted) > 100:
        raise StripeShapedError("A Checkout Session has at most 100 line items.", param="line_items")
    return [_line(line, now) for line in wanted]


def _line(form: Form, now: int) -> Object:
    form.require_only("price_data", "quantity")
    quantity = form.required_integer("quantity")
    price = form.child("price_data")
    price.require_only("currency", "unit_amount", "product_data")
    product = price.child("product_data")
    product.require_only("name", "description", "metadata")
    unit_amount = price.required_integer("unit_amount")
    if quantity < 1:
        raise StripeShapedError("This value must be greater than or equal to 1.", param=form.path("quantity"))
    if unit_amount < 0:
        raise StripeShapedError("This value must be greater than or equal to 0.", param=price.path("unit_amount"))
    currency = require_currency(price.required_text("currency"), price.path("currency"))
    return checkout_objects.line_item(product.required_text("name"), unit_amount, currency, quantity, now)


def _only_currency(lines: list[Object]) -> str:
    found = sorted({line["currency"] for line in lines})
    if len(found) > 1:
        raise StripeShapedError(
            "You cannot combine currencies on a single Checkout Session. Found currencies: " + ", ".join(found) + ".",
            param="line_items",
        )
    return str(found[0])


def _expiry(form: Form, now: int) -> int:
    expires_at = form.integer("expires_at")
    if expires_at is None:
        return now + MOST_SECONDS
    if expires_at < now + LEAST_SECONDS:
        message = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        raise StripeShapedError(message, param="expires_at")
    if expires_at > now + MOST_SECONDS:
        message = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        raise StripeShapedError(message, param="expires_at")
    return expires_at


def _methods(form: Form, currency: str) -> list[str]:
    """Return the methods of the session: those that are allowed, if the currency lets them."""
    _require_options(form)
    allowed = form.texts("allowed_payment_method_types")
    for method in allowed:
        if method not in METHODS:
            message = f"Invalid allowed_payment_method_types: {method}"
            raise StripeShapedError(message, param="allowed_payment_method_types")
    usual = ["card", "us_bank_account" if currency == "usd" else "wechat_pay"]
    fitting = [method for method in METHODS if method in allowed and _fits(method, currency)]
    if allowed and not fitting:
        message = "None of the allowed payment method types can be used with this Checkout Session."
        raise StripeShapedError(message, param="allowed_payment_method_types")
    return fitting or usual


def _require_options(form: Form) -> None:
    """WeChat Pay wants to be told where its customer pays from; on a hosted page that is the web."""
    options = form.child("payment_method_options")
    options.require_only("wechat_pay")
    wechat = options.child("wechat_pay")
    wechat.require_only("client")
    wechat.choice("client", ("web",))


def _fits(method: str, currency: str) -> bool:
    if method == "us_bank_account":
        return currency == "usd"
    return method not in WALLETS or currency in WALLET_CURRENCIES


def _address(form: Form, name: str, *, required: bool = False) -> str | None:
    address = form.required_text(name) if required else form.text(name)
    if address is not None and not _is_address(address):
        raise StripeShapedError("Not a valid URL", code="url_invalid", param=name)
    return address


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s;,'\"]", parts.netloc)


def _email(form: Form) -> str | None:
    email = form.text("customer_email", longest=800)
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise StripeShapedError(f"Invalid email address: {email}", code="email_invalid", param="customer_email")
    return email


def expire_by_request(account: Account, session: Object) -> Object:
    """Expire an open session; any other is refused, as Stripe refuses it."""
    if session["status"] != "open":
        raise wrong_state(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"{session['status']}."
        )
    return expire(account, session, at=account.now())


def expire(account: Account, session: Object, *, at: int) -> Object:
    """Close the page of an open session and give its payment up."""
    session |= {"status": "expired", "url": None}
    account.store.save(session)
    if session["payment_intent"]:
        payments.cancel(account, account.store.get(session["payment_intent"]), at=at)
    account.tell("checkout.session.expired", session, at=at)
    return session


def pay(account: Account, session: Object, means: str = "card") -> None:
    """Pay with a card or wallet that works; what is not open any more, or has no such means, stays as it is."""
    if session["status"] == "open" and means in session["payment_method_types"]:
        at = account.now()
        if session["amount_total"]:
            payments.succeed(account, _intent(account, session, at), session["customer_email"], at=at, means=means)
        _complete(account, session, "paid" if session["amount_total"] else "no_payment_required", at=at)


def pay_later(account: Account, session: Object, *, bounces: bool = False) -> None:
    """Complete the session with a bank debit: its payment settles, or comes back, by the stand-in's clock."""
    means = later_means(session)
    if session["status"] == "open" and means:
        at = account.now()
        intent = _intent(account, session, at)
        payments.begin(account, intent, means, session["customer_email"], at=at, bounces=bounces)
        _complete(account, session, "unpaid", at=at)


def later_means(session: Object) -> str | None:
    """Return the means of the session that needs time, if it has one: a bank debit."""
    has_debit = "us_bank_account" in session["payment_method_types"]
    return "us_bank_account" if has_debit and session["amount_total"] else None


def decline(account: Account, session: Object, means: str = "card") -> None:
    """Try a card or wallet that is declined; the session stays open."""
    if session["status"] == "open" and session["amount_total"] and means in session["payment_method_types"]:
        at = account.now()
        payments.decline(account, _intent(account, session, at), session["customer_email"], at=at, means=means)


def _intent(account: Account, session: Object, at: int) -> Object:
    """Return the session's payment intent, which comes into being with the first try."""
    if session["payment_intent"]:
        return account.store.get(session["payment_intent"])
    notes = account.store.notes(session["id"])["intent"]
    intent = payments.create(account, session, notes, at=at)
    session["payment_intent"] = intent["id"]
    account.store.save(session, due_at=session["expires_at"])
    return intent


def _complete(account: Account, session: Object, payment_status: str, *, at: int) -> None:
    email = session["customer_email"] or "customer@example.org"
    session |= {
        "status": "complete",
        "payment_status": payment_status,
        "url": None,
        "customer_details": checkout_objects.customer_details(email),
    }
    account.store.save(session)
    account.tell("checkout.session.completed", session, at=at)


def settled(account: Account, intent: Object, *, succeeded: bool, at: int) -> None:
    """Tell the session of an asynchronous payment what became of it."""
    session = account.store.get(account.store.notes(intent["id"])["session"])
    if succeeded:
        session["payment_status"] = "paid"
        account.store.save(session)
    outcome = "succeeded" if succeeded else "failed"
    account.tell(f"checkout.session.async_payment_{outcome}", session, at=at)
