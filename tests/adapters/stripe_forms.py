"""Requests to the interface of Stripe, as forms."""

from typing import Any

SESSIONS = "/v1/checkout/sessions"


def session_form(**chosen: Any) -> dict[str, Any]:
    """Return the form of a session for USD 480; None leaves a parameter out."""
    usual = {
        "mode": "payment",
        "success_url": "http://site.example/paid",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "48000",
        "line_items[0][price_data][product_data][name]": "Summit",
    }
    return {name: value for name, value in (usual | chosen).items() if value is not None}
