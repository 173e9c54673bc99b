"""The outside world, as `create_app` set it up: views and worker ask here, and tests put their own in its place."""

from flask import Flask, current_app

from tourreg.adapters.bell import Bell, open_bell
from tourreg.adapters.files import Files, open_files
from tourreg.adapters.mailer import Mailer, open_mailer
from tourreg.adapters.payments import Payments
from tourreg.db import BELL
from tourreg.settings import Settings

PAYMENTS = "tourreg.payments"
MAILER = "tourreg.mailer"
FILES = "tourreg.files"


def init_app(app: Flask, chosen: Settings) -> None:
    """Set up the adapters; none of them connects before it is used."""
    app.extensions[PAYMENTS] = Payments(chosen.stripe_secret_key, chosen.stripe_webhook_secret, chosen.stripe_api_base)
    app.extensions[MAILER] = open_mailer(chosen.mail_url, chosen.mail_from)
    app.extensions[BELL] = open_bell(chosen.queue_url, chosen.secret_key)
    app.extensions[FILES] = open_files(chosen.files_url)


def payments() -> Payments:
    """Return Stripe, or what stands in for it."""
    adapter: Payments = current_app.extensions[PAYMENTS]
    return adapter


def mailer() -> Mailer:
    """Return what sends letters."""
    adapter: Mailer = current_app.extensions[MAILER]
    return adapter


def bell() -> Bell:
    """Return what wakes the worker."""
    adapter: Bell = current_app.extensions[BELL]
    return adapter


def files() -> Files:
    """Return where papers are kept."""
    adapter: Files = current_app.extensions[FILES]
    return adapter
