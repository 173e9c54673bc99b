"""The stand-in as a program: its options, its parts put together, its server."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.api import api, unknown_address
from tourreg.adapters.stripe_stand_in.control import FIRST_SETTINGS, control
from tourreg.adapters.stripe_stand_in.page import page
from tourreg.adapters.stripe_stand_in.store import Object, Store
from tourreg.adapters.stripe_stand_in.webhooks import Sender, require_address

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until stopped, and say on standard output at which address."""
    options = _options(argv)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    store = Store(options.database)
    sender = Sender(store, time.time)
    with store.work():
        _set_up(store, options)
    server = make_server(options.host, options.port, app(store, sender, options.site_name), threaded=True)
    sender.start()
    host = f"[{options.host}]" if ":" in options.host else options.host
    sys.stdout.write(f"Stand-in for Stripe at http://{host}:{server.server_port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripe-stand-in", description="A stand-in for Stripe. No real money moves.")
    parser.add_argument("--host", choices=LOOPBACK, default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and prints it")
    parser.add_argument("--database", default=":memory:", help="file of its SQLite database; in memory unless given")
    parser.add_argument("--webhook-url", type=require_address, help="where the events go")
    parser.add_argument("--webhook-secret", required=True, help="whsec_…, which signs them")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds between an event and its sending")
    parser.add_argument("--site-name", default="tourreg", help="who is paid, as the page says it")
    return parser.parse_args(argv)


def _set_up(store: Store, options: argparse.Namespace) -> None:
    chosen: Object = {"webhook_url": options.webhook_url, "delay_seconds": options.delay}
    for name, value in (FIRST_SETTINGS | chosen).items():
        store.set(name, value)
    store.set("first_settings", FIRST_SETTINGS | chosen)
    store.set("webhook_secret", options.webhook_secret)


def app(store: Store, sender: Sender, site: str) -> Flask:
    """Return the stand-in's WSGI application."""

    def open_account(asked_by: Object) -> Account:
        return Account(store, time.time, sender.wake, asked_by)

    made = Flask(__name__, static_folder=None, root_path=str(Path(__file__).parent))
    made.config["MAX_CONTENT_LENGTH"] = 2_000_000
    made.register_blueprint(api(open_account))
    made.register_blueprint(control(open_account, sender))
    made.register_blueprint(page(open_account, site))
    made.register_error_handler(404, unknown_address)
    made.register_error_handler(405, unknown_address)
    return made
