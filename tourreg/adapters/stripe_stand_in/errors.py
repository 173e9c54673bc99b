"""Refusals in Stripe's shape."""

from __future__ import annotations

from typing import Any


class StripeShapedError(Exception):
    """An answer of 4xx or 5xx.

    remembered  whether the answer is kept for its idempotency key: Stripe keeps what it refused after it had begun
                to carry the request out, and forgets a request whose parameters it found wrong
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        remembered: bool = False,
    ) -> None:
        super().__init__(message)
        self.status, self.remembered = status, remembered
        named = {"code": code, "message": message, "param": param, "type": kind}
        self.body: dict[str, Any] = {"error": {name: value for name, value in named.items() if value is not None}}
        if code:
            self.body["error"]["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"


def missing(param: str) -> StripeShapedError:
    return StripeShapedError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def no_such(name: str, object_id: str, param: str) -> StripeShapedError:
    return StripeShapedError(f"No such {name}: '{object_id}'", status=404, code="resource_missing", param=param)


def wrong_state(message: str, code: str | None = None, param: str | None = None) -> StripeShapedError:
    return StripeShapedError(message, code=code, param=param, remembered=True)
