"""Stripe's interface over HTTP: keys, faults, idempotency, and the endpoints behind them."""

from __future__ import annotations

import hashlib
import json
import re
import socket
import time
from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from tourreg.adapters.stripe_stand_in import answers, clock, faults
from tourreg.adapters.stripe_stand_in.account import API_VERSION, Account
from tourreg.adapters.stripe_stand_in.endpoints import ENDPOINTS, Call, Endpoint
from tourreg.adapters.stripe_stand_in.errors import StripeShapedError
from tourreg.adapters.stripe_stand_in.forms import Form, nested
from tourreg.adapters.stripe_stand_in.ids import new_id
from tourreg.adapters.stripe_stand_in.store import Object

KEPT_SECONDS = 24 * 60 * 60

OpenAccount = Callable[[Object], Account]


def api(open_account: OpenAccount) -> Blueprint:
    """Return the routes below /v1."""
    blueprint = Blueprint("api", __name__)
    for place, endpoint in ENDPOINTS.items():
        method, path = place.split(" ")
        view = _view(place, endpoint, open_account)
        blueprint.add_url_rule(path.replace(":id", "<object_id>"), place.replace(".", "-"), view, methods=[method])
    blueprint.register_error_handler(StripeShapedError, _refused)
    return blueprint


def _view(place: str, endpoint: Endpoint, open_account: OpenAccount) -> Callable[..., Response]:
    def view(object_id: str = "") -> Response:
        _require_key()
        request_id = new_id("req", 14)
        key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
        account = open_account({"id": request_id, "idempotency_key": key})
        fault = _order_of_the_day(account, place)
        call = Call(account, Form(_parameters()), object_id, request.host_url.rstrip("/"))
        with account.store.work():
            clock.catch_up(account)
        with account.store.work():
            response = _once(call, endpoint, key, request_id) if key else _answer(*_result(call, endpoint), request_id)
        if fault.get("kind") == "drop":
            cast(socket.socket, request.environ["werkzeug.socket"]).shutdown(socket.SHUT_RDWR)
        return response

    return view


def _require_key() -> None:
    given = request.authorization
    key = (given.token if given.type == "bearer" else given.username) if given else None
    if not key:
        raise StripeShapedError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
        )
    if not re.fullmatch(r"(sk|rk)_test_\w+", key, flags=re.ASCII):
        raise StripeShapedError(f"Invalid API Key provided: {key[:8]}****", status=401)


def _order_of_the_day(account: Account, place: str) -> Object:
    """Carry out a fault that comes before the work, and return it."""
    with account.store.work():
        fault = faults.take(account.store, place, "*") or {}
    if fault.get("kind") == "hang":
        time.sleep(fault["seconds"])
    if fault.get("kind") == "error":
        raise _ordered_error(int(fault["status"]))
    return fault


def _ordered_error(status: int) -> StripeShapedError:
    if status == 429:
        message = "Request rate limit exceeded."
        return StripeShapedError(message, status=429, code="rate_limit")
    return StripeShapedError("Sorry! There was an error on our side.", status=status, kind="api_error")


def _parameters() -> Object:
    given = request.form if request.method == "POST" else request.args
    return nested((name, value) for name, values in given.lists() for value in values)


def _once(call: Call, endpoint: Endpoint, key: str, request_id: str) -> Response:
    """Answer as the first request with this key was answered, if there was one in the last day."""
    if len(key) > 255:
        raise StripeShapedError("Idempotency keys have at most 255 characters.", kind="idempotency_error")
    store, now = call.account.store, call.account.now()
    store.connection.execute("DELETE FROM answers WHERE kept_at <= ?", (now - KEPT_SECONDS,))
    kept = store.connection.execute("SELECT * FROM answers WHERE key = ?", (key,)).fetchone()
    fingerprint = _fingerprint()
    if kept and kept["fingerprint"] != fingerprint:
        raise StripeShapedError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try "
            f"using a key other than '{key}' if you meant to execute a different request.",
            kind="idempotency_error",
        )
    if kept:
        response = _answer(json.loads(kept["body"]), kept["status"], request_id)
        response.headers["Idempotent-Replayed"] = "true"
        response.headers["Original-Request"] = kept["request"]
        return response
    body, status = _result(call, endpoint)
    store.connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)", (key, fingerprint, status, json.dumps(body), request_id, now)
    )
    return _answer(body, status, request_id)


def _fingerprint() -> str:
    pairs = sorted((name, value) for name, values in request.form.lists() for value in values)
    return hashlib.sha256(json.dumps([request.path, pairs]).encode()).hexdigest()


def _result(call: Call, endpoint: Endpoint) -> tuple[Object, int]:
    """Return the answer and its status; a refusal that Stripe would not remember is raised."""
    try:
        return answers.expanded(call.account.store, endpoint(call), call.form.texts("expand")), 200
    except StripeShapedError as error:
        if not error.remembered:
            raise
        return error.body, error.status


def _refused(error: StripeShapedError) -> Response:
    return _answer(error.body, error.status, new_id("req", 14))


def _answer(body: Object, status: int, request_id: str) -> Response:
    response = Response(json.dumps(body, ensure_ascii=False, indent=2), status, mimetype="application/json")
    response.headers["Request-Id"] = request_id
    response.headers["Stripe-Version"] = request.headers.get("Stripe-Version", API_VERSION)
    if key := request.headers.get("Idempotency-Key"):
        response.headers["Idempotency-Key"] = key
    return response


def unknown_address(error: HTTPException) -> Response:
    """Answer in Stripe's shape for an address or method that the stand-in does not have."""
    message = f"Unrecognized request URL ({request.method}: {request.path})."
    return _refused(StripeShapedError(message, status=error.code or 404))
