"""Our site on a free port, and a running stand-in for Stripe that sends its events there."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.adapters.stripe_stand_in_process import StandIn, running_stand_in
from tests.cast import a_fee, a_published_summit
from tests.money_cast import two_people_register
from tourreg.adapters.payments import Payments
from tourreg.blueprints.outside import PAYMENTS
from tourreg.domain.catalogue.models import Pool
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock
from tourreg.tasks import registry


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandIn]:
    with running_stand_in() as running:
        yield running


@pytest.fixture
def site(app: Flask, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """Our site on a free port, to which the stand-in sends its events when a test says so."""
    stand_in.control("reset")
    payments = Payments(stand_in.secret_key, stand_in.webhook_secret, stand_in.api_base, timeout_seconds=5)
    monkeypatch.setitem(app.extensions, PAYMENTS, payments)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    for kind in ("send_letter", "render_paper"):
        monkeypatch.setitem(registry._WORKS, kind, lambda **_: None)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    stand_in.control("settings", webhook_url=f"http://127.0.0.1:{server.server_port}/hooks/stripe", paused=True)
    yield stand_in
    stand_in.control("reset")
    server.shutdown()
    thread.join()


@pytest.fixture
def registration(app: Flask, site: StandIn) -> Registration:
    """Two people who register today, by the clock of the world."""
    now = clock.utc_now()
    event = a_published_summit(
        fees=[a_fee("Summit fee", "峰会费", 48_000)],
        pool=Pool(capacity=200, taken=0),
        starts_on=now.date() + timedelta(days=120),
        ends_on=now.date() + timedelta(days=123),
        opens_on=now.date() - timedelta(days=9),
        closes_on=now.date() + timedelta(days=90),
    )
    return two_people_register(now, event=event)
