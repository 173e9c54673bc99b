"""Every object of the stand-in is a whole Stripe object, as the SDK's own annotations have it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import stripe

from tests.adapters.stripe_annotations import annotations, faults_of, optional
from tests.adapters.stripe_forms import SESSIONS, session_form
from tests.adapters.stripe_stand_in_process import StandIn
from tourreg.adapters.payments import CheckoutSession

pytestmark = pytest.mark.local_servers

OpenCheckout = Callable[..., CheckoutSession]

CLASSES: dict[str, type] = {
    "checkout.session": stripe.checkout.Session,
    "item": stripe.LineItem,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "balance_transaction": stripe.BalanceTransaction,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
}

# Keys that Stripe leaves out unless a feature is used that the stand-in does not have, or unless asked to expand.
LEFT_OUT = {
    "checkout.session": {
        "allowed_payment_method_types", "excluded_payment_method_types", "line_items", "name_collection",
        "optional_items", "presentment_details", "redirect_on_completion", "return_url", "tax_id_collection",
    },
    "item": {"discounts", "taxes"},
    "payment_intent": {
        "allowed_payment_method_types", "hooks", "payment_details", "payment_record", "presentment_details",
    },
    "charge": {"authorization_code", "level3", "presentment_details", "refunds", "transfer"},
    "refund": {
        "description", "failure_balance_transaction", "failure_reason", "instructions_email", "next_action",
        "pending_reason", "presentment_details",
    },
    "event": {"account", "context"},
}  # fmt: skip


def walked_objects(stand_in: StandIn, open_checkout: OpenCheckout) -> list[dict[str, Any]]:
    """Walk every way through the stand-in, and return all objects that it answered and sent."""
    _walk(stand_in, open_checkout)
    found: list[dict[str, Any]] = []
    for path in (
        "/v1/checkout/sessions?limit=100",
        "/v1/checkout/sessions?limit=100&expand[]=data.line_items&expand[]=data.payment_intent",
        "/v1/payment_intents?limit=100",
        "/v1/payment_intents?limit=100&expand[]=data.latest_charge.balance_transaction&expand[]=data.payment_method",
        "/v1/charges?limit=100",
        "/v1/charges?limit=100&expand[]=data.refunds&expand[]=data.balance_transaction",
        "/v1/refunds?limit=100",
        "/v1/refunds?limit=100&expand[]=data.charge&expand[]=data.payment_method",
        "/v1/refunds?limit=100&expand[]=data.balance_transaction&expand[]=data.failure_balance_transaction",
        "/v1/disputes?limit=100",
        "/v1/disputes?limit=100&expand[]=data.charge&expand[]=data.payment_intent",
        "/v1/events?limit=100",
    ):
        answer = stand_in.api("GET", path)
        assert answer.status == 200, answer.text
        found += _with_parts(answer.json["data"])
    return found


def _walk(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    for action in ("pay", "fail", "pay_later"):
        stand_in.press(open_checkout().url or "", action)
    stand_in.fault("asynchronous_payment", "fails")
    stand_in.press(open_checkout(customer_email=None).url or "", "pay_later")
    stand_in.advance(60)
    charges = [charge["id"] for charge in stand_in.look("state")["charge"] if charge["status"] == "succeeded"]
    for charge in charges:
        for ending in ("pending_then_succeeds", "pending_then_fails", "succeeds_then_fails"):
            stand_in.fault("refund", ending)
            stand_in.api("POST", "/v1/refunds", {"charge": charge, "amount": "100", "metadata[why]": "test"})
        stand_in.api("POST", "/v1/refunds", {"charge": charge, "amount": "100", "reason": "duplicate"})
    _dispute(stand_in, charges[0])
    stand_in.advance(3600)
    open_checkout()


def _dispute(stand_in: StandIn, charge: str) -> None:
    for inquiry, ending in ((False, "won"), (False, "lost"), (True, "warning_closed"), (True, "")):
        opened = stand_in.control("disputes", charge=charge, amount=100, inquiry=inquiry)
        if ending:
            stand_in.control("disputes/move", dispute=opened["id"], to="under_review")
            stand_in.control("disputes/move", dispute=opened["id"], to=ending)


def _with_parts(value: Any) -> list[dict[str, Any]]:
    """Return every object that is found in a value, however deep."""
    if isinstance(value, list):
        return [part for one in value for part in _with_parts(one)]
    if not isinstance(value, dict):
        return []
    below = [part for one in value.values() for part in _with_parts(one)]
    named = value.get("object")
    return ([value] if isinstance(named, str) and named in CLASSES else []) + below


def test_every_object_is_one_of_stripes(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    found = walked_objects(stand_in, open_checkout)

    assert {thing["object"] for thing in found} == set(CLASSES)
    assert [fault for thing in found for fault in faults_of(thing, CLASSES[thing["object"]], thing["object"])] == []


def test_no_object_lacks_a_key_that_stripe_always_gives(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    found = walked_objects(stand_in, open_checkout)

    kinds = [kind for kind in CLASSES if kind != "payment_method"]  # which has one key for each of Stripe's fifty means
    for kind in kinds:
        always = set(annotations(CLASSES[kind])) - LEFT_OUT.get(kind, set()) - {"deleted"}
        lacking = {name for thing in found if thing["object"] == kind for name in always - set(thing)}
        assert lacking == set(), kind


def test_every_state_and_event_was_walked(stand_in: StandIn, open_checkout: OpenCheckout) -> None:
    found = walked_objects(stand_in, open_checkout)

    def seen(kind: str, key: str) -> set[str]:
        return {thing[key] for thing in found if thing["object"] == kind}

    assert seen("checkout.session", "status") == {"open", "complete", "expired"}
    assert seen("checkout.session", "payment_status") == {"paid", "unpaid"}
    assert seen("payment_intent", "status") == {"requires_payment_method", "processing", "succeeded", "canceled"}
    assert seen("charge", "status") == {"succeeded", "pending", "failed"}
    assert seen("refund", "status") == {"succeeded", "pending", "failed"}
    assert seen("dispute", "status") == {
        "needs_response", "under_review", "won", "lost",
        "warning_needs_response", "warning_under_review", "warning_closed",
    }  # fmt: skip
    assert seen("event", "type") >= {
        "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
        "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
        "checkout.session.completed", "checkout.session.expired", "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed", "payment_intent.succeeded", "payment_intent.payment_failed",
        "charge.succeeded", "charge.refunded", "refund.created", "refund.updated", "refund.failed",
    }  # fmt: skip


@pytest.fixture(scope="module")
def examples(stand_in_process: StandIn) -> dict[str, dict[str, Any]]:
    """One whole object of each kind, for the checks of the check."""
    stand_in_process.control("reset")
    session = stand_in_process.api("POST", SESSIONS, session_form()).json
    stand_in_process.press(session["url"], "pay")
    (charge,) = stand_in_process.api("GET", "/v1/charges").json["data"]
    stand_in_process.api("POST", "/v1/refunds", {"charge": charge["id"]})
    stand_in_process.control("disputes", charge=charge["id"], amount=100)
    expand = "expand[]=line_items&expand[]=payment_intent.latest_charge.balance_transaction"
    path = f"{SESSIONS}/{session['id']}?{expand}&expand[]=payment_intent.payment_method"
    lists = [stand_in_process.api("GET", f"/v1/{kind}").json["data"] for kind in ("refunds", "disputes", "events")]
    found = _with_parts([stand_in_process.api("GET", path).json, *lists])
    return {thing["object"]: thing for thing in reversed(found)}


@pytest.mark.parametrize("kind", CLASSES)
def test_the_check_notices_a_missing_key(examples: dict[str, dict[str, Any]], kind: str) -> None:
    whole = examples[kind]
    needed = [name for name, wanted in annotations(CLASSES[kind]).items() if not optional(wanted)]

    assert faults_of(whole, CLASSES[kind]) == []
    for name in needed:
        without = {key: value for key, value in whole.items() if key != name}
        assert faults_of(without, CLASSES[kind]) == [f".{name}: is missing"]


@pytest.mark.parametrize("wrong", [{"strange": 1}, [["strange"]], 1.5])
@pytest.mark.parametrize("kind", CLASSES)
def test_the_check_notices_a_wrong_type(examples: dict[str, dict[str, Any]], kind: str, wrong: Any) -> None:
    free = {"metadata", "fraud_details", "radar_options"} if isinstance(wrong, dict) else set()

    for name in set(examples[kind]) - free:
        if name == "exchange_rate" and isinstance(wrong, float):
            continue
        changed = copy.deepcopy(examples[kind]) | {name: wrong}
        assert faults_of(changed, CLASSES[kind]) != [], name


def test_the_check_notices_a_word_that_stripe_does_not_have(examples: dict[str, dict[str, Any]]) -> None:
    changed = examples["checkout.session"] | {"status": "finished"}

    assert faults_of(changed, stripe.checkout.Session) == [".status: 'finished' is none of Stripe's words"]


def test_the_check_notices_what_is_wrong_further_down(examples: dict[str, dict[str, Any]]) -> None:
    changed = copy.deepcopy(examples["charge"])
    del changed["payment_method_details"]["card"]["network_token"]["used"]
    changed["outcome"]["type"] = None

    assert faults_of(changed, stripe.Charge) == [
        ".outcome.type: None is no str",
        ".payment_method_details.card.network_token.used: is missing",
    ]
