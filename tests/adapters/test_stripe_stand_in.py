"""How the stand-in behaves at Stripe's interface: keys, refusals, lists, faults, its clock."""

import base64
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.stripe_forms import SESSIONS, session_form
from tests.adapters.stripe_stand_in_process import StandIn, running_stand_in
from tourreg.adapters.payments import CheckoutSession, LineItem, Payments

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]


def refusal(stand_in: StandIn, **chosen: Any) -> tuple[int, str | None, str]:
    """Ask for a session, and return the status, code and message of the refusal."""
    answer = stand_in.api("POST", SESSIONS, session_form(**chosen))
    error = answer.json.get("error", {})
    return answer.status, error.get("code"), error.get("message", "")


# Keys


def test_a_secret_key_is_needed(stand_in: StandIn) -> None:
    answer = stand_in.request("GET", "/v1/events")

    assert answer.status == 401
    assert answer.json["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("key", "status"), [("sk_test_1", 200), ("rk_test_1", 200), ("sk_live_1", 401), ("pk_test_1", 401)]
)
def test_only_secret_test_keys_are_good(stand_in: StandIn, key: str, status: int) -> None:
    assert stand_in.request("GET", "/v1/events", headers={"Authorization": f"Bearer {key}"}).status == status


def test_a_key_may_come_as_a_user_name(stand_in: StandIn) -> None:
    basic = base64.b64encode(b"sk_test_1:").decode()

    assert stand_in.request("GET", "/v1/events", headers={"Authorization": f"Basic {basic}"}).status == 200


# What is refused


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"mode": None}, "parameter_missing"),
        ({"success_url": None}, "parameter_missing"),
        ({"line_items[0][quantity]": None}, "parameter_missing"),
        ({"line_items[0][quantity]": "two"}, "parameter_invalid_integer"),
        ({"line_items[0][price_data][unit_amount]": "480.00"}, "parameter_invalid_integer"),
        ({"line_items[0][price_data][unit_amount]": "49"}, "amount_too_small"),
        ({"line_items[0][price_data][unit_amount]": "100000000"}, "amount_too_large"),
        ({"success_url": "javascript:alert(1)"}, "url_invalid"),
        ({"cancel_url": "/relative"}, "url_invalid"),
        ({"customer_email": "nobody"}, "email_invalid"),
        ({"currencies": "usd"}, "parameter_unknown"),
        ({"line_items[0][price_data][colour]": "red"}, "parameter_unknown"),
        ({"metadata[a]": "x" * 501}, "invalid_string"),
        ({"line_items[0][quantity]": "0"}, None),
        ({"line_items[0][price_data][unit_amount]": "-1"}, None),
        ({"line_items[0][price_data][currency]": "xyz"}, None),
        ({"mode": "subscription"}, None),
        ({"locale": "tlh"}, None),
        ({"client_reference_id": "x" * 201}, "invalid_string"),
        ({"expand[]": "customer"}, None),
    ],
)
def test_what_stripe_would_not_take_is_refused(stand_in: StandIn, chosen: dict[str, Any], code: str | None) -> None:
    status, found, _ = refusal(stand_in, **chosen)

    assert (status, found) == (400, code)
    assert stand_in.look("state")["checkout.session"] == []


def test_two_currencies_in_one_session_are_refused(stand_in: StandIn) -> None:
    second = {
        "line_items[1][quantity]": "1",
        "line_items[1][price_data][currency]": "cny",
        "line_items[1][price_data][unit_amount]": "48000",
        "line_items[1][price_data][product_data][name]": "游学",
    }

    status, _, message = refusal(stand_in, **second)

    assert status == 400
    assert "cny, usd" in message


@pytest.mark.parametrize(
    ("seconds", "status"), [(30 * 60 - 5, 400), (30 * 60 + 5, 200), (24 * 3600 - 5, 200), (24 * 3600 + 5, 400)]
)
def test_a_session_lasts_between_half_an_hour_and_a_day(stand_in: StandIn, seconds: int, status: int) -> None:
    expires_at = stand_in.look("clock")["now"] + seconds

    assert stand_in.api("POST", SESSIONS, session_form(expires_at=expires_at)).status == status


def test_the_half_hour_counts_by_the_stand_ins_own_clock(stand_in: StandIn) -> None:
    expires_at = stand_in.look("clock")["now"] + 31 * 60
    stand_in.advance(120)

    assert refusal(stand_in, expires_at=expires_at)[0] == 400


def test_expiring_what_is_not_open_is_refused(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()
    stand_in.press(session.url or "", "pay")

    answer = stand_in.api("POST", f"{SESSIONS}/{session.id}/expire")

    assert answer.status == 400
    assert 'status in ["open"]' in answer.json["error"]["message"]


def test_what_does_not_exist_is_missing(stand_in: StandIn) -> None:
    answer = stand_in.api("GET", "/v1/payment_intents/pi_none")

    assert (answer.status, answer.json["error"]["code"]) == (404, "resource_missing")


def test_an_unknown_address_is_told_in_stripes_shape(stand_in: StandIn) -> None:
    answer = stand_in.api("GET", "/v1/customers")

    assert (answer.status, answer.json["error"]["type"]) == (404, "invalid_request_error")


@pytest.mark.parametrize(
    "strange",
    [{"metadata": "x"}, {"line_items": "x"}, {"expand": "x"}, {"metadata[a][b]": "x"}, {"mode[a]": "payment"},
     {"[]": "x"}, {"line_items[x][quantity]": "1"}, {"success_url": "http://[", "locale": "en"}],
)  # fmt: skip
def test_a_form_of_the_wrong_shape_is_refused(stand_in: StandIn, strange: dict[str, Any]) -> None:
    chosen = {name: None for name in ("mode",) if f"{name}[a]" in strange} | strange

    assert refusal(stand_in, **chosen)[0] == 400


def test_metadata_may_have_numbers_for_keys(stand_in: StandIn) -> None:
    session = stand_in.api("POST", SESSIONS, session_form(**{"metadata[7]": "seven"})).json

    assert session["metadata"] == {"7": "seven"}


# Lists and expansion


def test_lists_come_newest_first_in_pages(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    ids = [open_checkout().id for _ in range(3)]

    page = stand_in.api("GET", f"{SESSIONS}?limit=2").json
    rest = stand_in.api("GET", f"{SESSIONS}?limit=2&starting_after={page['data'][-1]['id']}").json
    before = stand_in.api("GET", f"{SESSIONS}?limit=2&ending_before={ids[0]}").json

    assert ([session["id"] for session in page["data"]], page["has_more"]) == ([ids[2], ids[1]], True)
    assert ([session["id"] for session in rest["data"]], rest["has_more"]) == ([ids[0]], False)
    assert [session["id"] for session in before["data"]] == [ids[2], ids[1]]


def test_a_session_is_found_by_its_payment(stand_in: StandIn, open_checkout: OpenCheckout, payments: Payments) -> None:
    open_checkout()
    session = open_checkout()
    stand_in.press(session.url or "", "pay")
    payment = payments.checkout_session(session.id).payment_intent

    found = stand_in.api("GET", f"{SESSIONS}?payment_intent={payment}").json["data"]

    assert [one["id"] for one in found] == [session.id]


def test_events_are_found_by_type_and_time(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    stand_in.press(open_checkout().url or "", "pay")
    noon = stand_in.look("clock")["now"] + 100
    stand_in.advance(200)
    stand_in.press(open_checkout().url or "", "pay")

    found = stand_in.api("GET", f"/v1/events?type=charge.succeeded&created[gte]={noon}").json["data"]

    assert [event["type"] for event in found] == ["charge.succeeded"]
    assert stand_in.api("GET", f"/v1/events/{found[0]['id']}").json == found[0]


def test_what_is_expanded_stands_in_place_of_its_id(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout(lines=[LineItem("Summit", 48_000, "USD", 2)])
    stand_in.press(session.url or "", "pay")

    path = f"{SESSIONS}/{session.id}?expand[0]=payment_intent.latest_charge&expand[1]=line_items"
    found = stand_in.api("GET", path).json

    assert found["payment_intent"]["latest_charge"]["amount"] == 96_000
    assert [(line["description"], line["quantity"]) for line in found["line_items"]["data"]] == [("Summit", 2)]


# Faults and the clock


def test_a_fault_lasts_as_often_as_it_was_ordered(stand_in: StandIn) -> None:
    stand_in.fault("GET /v1/events", "error", status=503, times=2)

    assert [stand_in.api("GET", "/v1/events").status for _ in range(3)] == [503, 503, 200]
    assert stand_in.look("faults") == {"faults": []}


def test_a_fault_at_one_endpoint_leaves_the_others_alone(stand_in: StandIn) -> None:
    stand_in.fault("GET /v1/events", "error")

    assert stand_in.api("GET", "/v1/charges").status == 200


def test_a_fault_that_does_not_exist_is_refused(stand_in: StandIn) -> None:
    answer = stand_in.request("POST", "/_control/faults", {"on": "refund"})
    assert answer.status == 415

    with pytest.raises(AssertionError, match="no fault"):
        stand_in.fault("refund", "explodes")


def test_advancing_tells_what_it_brought_about(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    stand_in.press(open_checkout().url or "", "pay_later")
    open_checkout()

    assert stand_in.advance(59) == []
    assert stand_in.advance(1) == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]
    assert stand_in.advance(31 * 60) == ["checkout.session.expired"]


def test_giving_up_a_session_gives_up_its_payment(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    stand_in.press(open_checkout().url or "", "fail")

    assert stand_in.advance(31 * 60) == ["payment_intent.canceled", "checkout.session.expired"]


def test_events_carry_the_stand_ins_time(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    session = open_checkout()

    stand_in.advance(3600)

    (event,) = [event for event in stand_in.events() if event["type"] == "checkout.session.expired"]
    assert event["created"] == int(session.expires_at.timestamp())


def test_what_was_paid_survives_a_restart(tmp_path: Path) -> None:
    database = str(tmp_path / "stand-in.sqlite3")
    with running_stand_in(database=database) as stand_in:
        session = stand_in.api("POST", SESSIONS, session_form(), key="k").json
        stand_in.press(session["url"], "pay")

    with running_stand_in(database=database) as stand_in:
        found = stand_in.api("GET", f"{SESSIONS}/{session['id']}").json
        again = stand_in.api("POST", SESSIONS, session_form(), key="k")

    assert (found["status"], found["payment_status"]) == ("complete", "paid")
    assert again.json["id"] == session["id"]
    assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)
