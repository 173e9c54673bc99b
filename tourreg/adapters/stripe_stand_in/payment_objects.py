"""Payments, their means, charges, refunds and lines of the balance, complete as Stripe sends them."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in.checkout_objects import no_address
from tourreg.adapters.stripe_stand_in.ids import new_id, new_word
from tourreg.adapters.stripe_stand_in.store import Object

FINGERPRINT = "StandInForStripe"


def payment_intent(session: Object, metadata: dict[str, str], description: str | None, created: int) -> Object:
    """Return the intent of a session, before its first try."""
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_secret_{new_word(25)}",
        "confirmation_method": "automatic",
        "created": created,
        "currency": session["currency"],
        "customer": None,
        "customer_account": None,
        "description": description,
        "excluded_payment_method_types": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": metadata,
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {"installments": None, "network": None, "request_three_d_secure": "automatic"}
        },
        "payment_method_types": session["payment_method_types"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def payment_method(kind: str, last_four: str, email: str | None, created: int) -> Object:
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "limited",
        "billing_details": _billing_details(email),
        "created": created,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
        kind: _means_kept(kind, last_four),
    }


def charge(intent: Object, method: Object, status: str, created: int) -> Object:
    """Return a charge that is `succeeded`, `pending` or `failed`, without its line in the balance."""
    kind = method["type"]
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if status == "succeeded" else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "STAND-IN",
        "captured": status != "failed",
        "created": created,
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": _outcome(status),
        "paid": status == "succeeded",
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"type": kind, kind: _means_charged(method, intent["amount"])},
        "radar_options": {},
        "receipt_email": None,
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": status,
        "transfer_data": None,
        "transfer_group": None,
    }


def _billing_details(email: str | None) -> Object:
    return {"address": no_address(), "email": email, "name": None, "phone": None, "tax_id": None}


def _outcome(status: str) -> Object:
    declined = status == "failed"
    return {
        "advice_code": "try_again_later" if declined else None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": "generic_decline" if declined else None,
        "risk_level": "normal",
        "risk_score": 10,
        "seller_message": "The bank declined the payment." if declined else "Payment complete.",
        "type": "issuer_declined" if declined else "authorized",
    }


def _means_kept(kind: str, last_four: str) -> Object:
    """Return what a payment method remembers of its card or account."""
    if kind == "card":
        return _card(last_four) | {
            "display_brand": "visa",
            "generated_from": None,
            "networks": {"available": ["visa"], "preferred": None},
            "three_d_secure_usage": {"supported": True},
        }
    if kind == "us_bank_account":
        return _bank_account(last_four) | {
            "financial_connections_account": None,
            "networks": {"preferred": "ach", "supported": ["ach"]},
            "status_details": {},
        }
    return {}


def _means_charged(method: Object, amount: int) -> Object:
    """Return what a charge says of the card, account or wallet that it took from."""
    kind = method["type"]
    if kind == "card":
        return _card(method["card"]["last4"]) | {
            "amount_authorized": amount,
            "authorization_code": "123456",
            "extended_authorization": {"status": "disabled"},
            "incremental_authorization": {"status": "unavailable"},
            "installments": None,
            "mandate": None,
            "multicapture": {"status": "unavailable"},
            "network": "visa",
            "network_token": {"used": False},
            "network_transaction_id": new_word(15),
            "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
            "three_d_secure": None,
            "transaction_link_id": None,
        }
    if kind == "us_bank_account":
        return _bank_account(method[kind]["last4"]) | {
            "expected_debit_date": None,
            "mandate": None,
            "payment_reference": None,
        }
    if kind == "wechat_pay":
        return {"fingerprint": FINGERPRINT, "location": None, "reader": None, "transaction_id": new_word(28)}
    return {"buyer_id": None, "fingerprint": FINGERPRINT, "transaction_id": new_word(28)}


def _card(last_four: str) -> Object:
    return {
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": 2039,
        "fingerprint": FINGERPRINT,
        "funding": "credit",
        "last4": last_four,
        "regulated_status": "unregulated",
        "wallet": None,
    }


def _bank_account(last_four: str) -> Object:
    return {
        "account_holder_type": "company",
        "account_type": "checking",
        "bank_name": "STAND-IN BANK",
        "fingerprint": FINGERPRINT,
        "last4": last_four,
        "routing_number": "110000000",
    }


def refund(taken: Object, amount: int, status: str, *, reason: str | None, metadata: Object, created: int) -> Object:
    """Return a refund of a charge, without its line in the balance."""
    kind = taken["payment_method_details"]["type"]
    where = "us_bank_transfer" if kind == "us_bank_account" else kind
    to = {"card": {"type": "refund", "reference_status": "pending", "reference_type": "acquirer_reference_number"}}
    made = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": taken["id"],
        "created": created,
        "currency": taken["currency"],
        "customer": None,
        "customer_account": None,
        "destination_details": {"type": where, where: to.get(where, {})},
        "metadata": metadata,
        "payment_intent": taken["payment_intent"],
        "payment_method": taken["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
    }
    return made | ({"pending_reason": "processing"} if status == "pending" else {})


def balance_line(source: Object, amount: int, kind: str, *, fee: int, created: int) -> Object:
    """Return a line of the balance: kind is charge, payment, refund, payment_refund or refund_failure."""
    currency = source["currency"]
    fees = [{"amount": fee, "application": None, "currency": currency, "description": "Fees", "type": "stripe_fee"}]
    return {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": created + 2 * 86400,
        "balance_type": "payments",
        "created": created,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": fees if fee else [],
        "net": amount - fee,
        "reporting_category": "charge" if amount > 0 and source["object"] == "charge" else "refund",
        "source": source["id"],
        "status": "pending",
        "type": kind,
    }
