"""Which webhooks `Payments` believes."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.adapters.stripe_stand_in_process import StandIn
from tests.adapters.webhook_receiver import Receiver
from tourreg.adapters.payments import AnswerNotUnderstood, CheckoutSession, Payments, SignatureRefused

OpenCheckout = Callable[..., CheckoutSession]

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
SECRET = "whsec_of_this_site"
BODY = json.dumps(
    {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(NOW.timestamp()),
        "data": {"object": {"id": "cs_test_1", "name": "扬州"}},
    },
    ensure_ascii=False,
).encode()


def signature(body: bytes = BODY, *, secret: str = SECRET, at: datetime = NOW) -> str:
    seconds = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={mac.hexdigest()}"


@pytest.fixture
def site() -> Payments:
    return Payments("sk_test_any", SECRET, "http://127.0.0.1:9")


def test_an_event_that_stripe_signed_is_read(site: Payments) -> None:
    event = site.read_event(BODY, signature(), NOW)

    assert (event.id, event.type, event.created_at) == ("evt_1", "checkout.session.completed", NOW)
    assert event.object == {"id": "cs_test_1", "name": "扬州"}


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_signature_is_good_for_five_minutes_either_way(site: Payments, seconds: int) -> None:
    assert site.read_event(BODY, signature(at=NOW + timedelta(seconds=seconds)), NOW).id == "evt_1"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_stale_or_future_signature_is_refused(site: Payments, seconds: int) -> None:
    with pytest.raises(SignatureRefused):
        site.read_event(BODY, signature(at=NOW + timedelta(seconds=seconds)), NOW)


def test_the_signature_of_another_secret_is_refused(site: Payments) -> None:
    with pytest.raises(SignatureRefused):
        site.read_event(BODY, signature(secret="whsec_of_another_site"), NOW)


def test_a_body_changed_on_the_way_is_refused(site: Payments) -> None:
    with pytest.raises(SignatureRefused):
        site.read_event(BODY.replace(b"cs_test_1", b"cs_test_2"), signature(), NOW)


def test_one_good_signature_among_several_is_enough_while_secrets_are_changed(site: Payments) -> None:
    other = signature(secret="whsec_old").partition(",")[2]

    assert site.read_event(BODY, f"{signature()},{other}", NOW).id == "evt_1"


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", "t=,v1=", "t=1", "v1=abc", "t=1,v0=abc", "t=x,v1=y", "t=1,v1=签名", "=" * 5000, "t=" + "9" * 5000],
)
def test_a_header_that_is_no_signature_is_refused(site: Payments, header: str) -> None:
    with pytest.raises(SignatureRefused):
        site.read_event(BODY, header, NOW)


def test_a_body_that_is_no_text_is_refused(site: Payments) -> None:
    body = b"\xff\xfe"

    with pytest.raises(SignatureRefused):
        site.read_event(body, signature(body), NOW)


def test_no_secret_believes_nobody() -> None:
    with pytest.raises(SignatureRefused):
        Payments("sk_test_any", "", "http://127.0.0.1:9").read_event(BODY, signature(secret=""), NOW)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": "evt_1", "type": "x", "created": 1, "data": 7}'])
def test_a_signed_body_that_is_no_event_is_named(site: Payments, body: bytes) -> None:
    with pytest.raises(AnswerNotUnderstood):
        site.read_event(body, signature(body), NOW)


@pytest.mark.local_servers
def test_what_the_stand_in_sends_is_believed(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout, receiver: Receiver
) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay")

    stand_in.deliver()

    (received,) = receiver.wait_for(1, "checkout.session.completed")
    event = payments.read_event(received.body, received.signature, datetime.now(UTC))
    assert (event.type, event.object["id"]) == ("checkout.session.completed", session.id)


@pytest.mark.local_servers
@pytest.mark.parametrize("kind", ["sign_wrongly", "sign_long_ago"])
def test_what_the_stand_in_signs_badly_on_purpose_is_refused(
    stand_in: StandIn, payments: Payments, open_checkout: OpenCheckout, receiver: Receiver, kind: str
) -> None:
    stand_in.fault("webhook:checkout.session.completed", kind)
    stand_in.press(open_checkout().url or "", "pay")

    stand_in.deliver()

    (received,) = receiver.wait_for(1, "checkout.session.completed")
    with pytest.raises(SignatureRefused):
        payments.read_event(received.body, received.signature, datetime.now(UTC))
