"""The headers that every answer carries."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from tourreg.blueprints.words import settings
from tourreg.settings import STRIPE_API, Settings

CHECKOUT_ORIGIN = "https://checkout.stripe.com"
YEAR = 365 * 24 * 3600
# The file, no newer file, a part of the file: all other answers may be another one tomorrow.
FOUND = (200, 304, 206)


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def content_policy(chosen: Settings) -> str:
    """Return the policy of our own pages: nothing inline, nothing foreign, and forms that lead here or to the checkout.

    Chromium applies form-action to the redirect after a form as well, so the checkout's origin has to stand in it.
    """
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        f"form-action 'self' {_checkout_origin(chosen)}"
    )


def _checkout_origin(chosen: Settings) -> str:
    if chosen.stripe_api_base == STRIPE_API:
        return CHECKOUT_ORIGIN
    parts = urlsplit(chosen.stripe_api_base)
    return f"{parts.scheme}://{parts.netloc}"


def _add_headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", content_policy(settings()))
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if settings().secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    if request.endpoint == "static" and response.status_code in FOUND:
        response.headers["Cache-Control"] = f"public, max-age={YEAR if 'v' in request.args else 300}"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
