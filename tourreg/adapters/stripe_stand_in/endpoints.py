"""The endpoints of Stripe's interface that the stand-in has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tourreg.adapters.stripe_stand_in import answers, checkouts, disputes, refunds
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.forms import Form
from tourreg.adapters.stripe_stand_in.store import Object

LIST_PARAMS = ("limit", "starting_after", "ending_before", "created", "expand")


@dataclass(frozen=True)
class Call:
    """One request: object_id is the id in its path, origin where the stand-in stands."""

    account: Account
    form: Form
    object_id: str
    origin: str


Endpoint = Callable[[Call], Object]


def create_session(call: Call) -> Object:
    return checkouts.open_session(call.account, call.form, origin=call.origin)


def retrieve_session(call: Call) -> Object:
    call.form.require_only("expand")
    return _session(call)


def expire_session(call: Call) -> Object:
    call.form.require_only("expand")
    return checkouts.expire_by_request(call.account, _session(call))


def list_lines(call: Call) -> Object:
    return answers.lines(call.account.store, _session(call)["id"])


def _session(call: Call) -> Object:
    return answers.one(call.account.store, "checkout.session", "checkout.session", call.object_id)


def create_refund(call: Call) -> Object:
    return refunds.make(call.account, call.form)


def list_events(call: Call) -> Object:
    kinds = call.form.texts("types") + [kind for kind in [call.form.text("type")] if kind]
    call.form.require_only("type", "types", *LIST_PARAMS)
    return answers.listed(call.account.store, "event", "/v1/events", call.form, {"type": kinds})


def close_dispute(call: Call) -> Object:
    """Give a dispute up, which loses it."""
    call.form.require_only("expand")
    dispute = answers.one(call.account.store, "dispute", "dispute", call.object_id)
    return disputes.close(call.account, dispute, "lost")


def _retrieve(kind: str) -> Endpoint:
    def retrieve(call: Call) -> Object:
        call.form.require_only("expand", "client_secret")
        return answers.one(call.account.store, kind, kind, call.object_id)

    return retrieve


def _list(kind: str, url: str, *filters: str) -> Endpoint:
    def list_all(call: Call) -> Object:
        call.form.require_only(*filters, *LIST_PARAMS)
        wanted = {name: [word for word in [call.form.text(name)] if word] for name in filters}
        return answers.listed(call.account.store, kind, url, call.form, wanted)

    return list_all


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/checkout/sessions": create_session,
    "GET /v1/checkout/sessions": _list("checkout.session", "/v1/checkout/sessions", "payment_intent", "status"),
    "GET /v1/checkout/sessions/:id": retrieve_session,
    "GET /v1/checkout/sessions/:id/line_items": list_lines,
    "POST /v1/checkout/sessions/:id/expire": expire_session,
    "GET /v1/payment_intents": _list("payment_intent", "/v1/payment_intents"),
    "GET /v1/payment_intents/:id": _retrieve("payment_intent"),
    "GET /v1/payment_methods/:id": _retrieve("payment_method"),
    "GET /v1/charges": _list("charge", "/v1/charges", "payment_intent"),
    "GET /v1/charges/:id": _retrieve("charge"),
    "GET /v1/balance_transactions/:id": _retrieve("balance_transaction"),
    "POST /v1/refunds": create_refund,
    "GET /v1/refunds": _list("refund", "/v1/refunds", "payment_intent", "charge"),
    "GET /v1/refunds/:id": _retrieve("refund"),
    "GET /v1/disputes": _list("dispute", "/v1/disputes", "payment_intent", "charge"),
    "GET /v1/disputes/:id": _retrieve("dispute"),
    "POST /v1/disputes/:id/close": close_dispute,
    "GET /v1/events": list_events,
    "GET /v1/events/:id": _retrieve("event"),
}
