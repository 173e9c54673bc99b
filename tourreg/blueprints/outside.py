"""The outside world, as `create_app` set it up: views and worker ask here, and tests put their own in its place."""

from flask import Flask, current_app

from tourreg.adapters.files import Files, open_files
from tourreg.adapters.payments import Payments
from tourreg.settings import Settings

PAYMENTS = "tourreg.payments"
FILES = "tourreg.files"


def init_app(app: Flask, chosen: Settings) -> None:
    """Set up the adapters; none of them connects before it is used."""
    app.extensions[PAYMENTS] = Payments(chosen.stripe_secret_key, chosen.stripe_webhook_secret, chosen.stripe_api_base)
    app.extensions[FILES] = open_files(chosen.files_url)


def payments() -> Payments:
    """Return Stripe, or what stands in for it."""
    adapter: Payments = current_app.extensions[PAYMENTS]
    return adapter


def files() -> Files:
    """Return where papers are kept."""
    adapter: Files = current_app.extensions[FILES]
    return adapter
