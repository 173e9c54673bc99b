"""Disputes, complete as Stripe sends them."""

from __future__ import annotations

from tourreg.adapters.stripe_stand_in.ids import new_id
from tourreg.adapters.stripe_stand_in.store import Object

# The reason as Visa numbers it; Stripe gives the network's own word beside its own.
NETWORK_REASONS = {"fraudulent": "10.4", "duplicate": "12.6.1", "product_not_received": "13.1"}
_EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
    "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation",
    "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address", "shipping_carrier",
    "shipping_date", "shipping_documentation", "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
)  # fmt: skip


def dispute_of(charge: Object, amount: int, reason: str, status: str, *, due_by: int, created: int) -> Object:
    """Return a dispute of a charge, before any line of the balance."""
    inquiry = status.startswith("warning")
    network_reason = NETWORK_REASONS.get(reason, "13.2")
    card = {
        "brand": "visa",
        "case_type": "inquiry" if inquiry else "chargeback",
        "network": "visa",
        "network_reason_code": network_reason,
    }
    by_card = charge["payment_method_details"]["type"] == "card"
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": created,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "intended_submission_method": None,
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "network_reason_code": network_reason,
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": card, "type": "card"} if by_card else None,
        "reason": reason,
        "status": status,
    }
