"""The stand-in's own levers, below /_control: its clock, its faults, its webhooks, its state."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from tourreg.adapters.stripe_stand_in import chance, clock, deliveries, disputes, faults, refunds
from tourreg.adapters.stripe_stand_in.account import Account
from tourreg.adapters.stripe_stand_in.api import OpenAccount
from tourreg.adapters.stripe_stand_in.store import Object
from tourreg.adapters.stripe_stand_in.webhooks import Sender, require_address

FIRST_SETTINGS: Object = {
    "webhook_url": None,
    "delay_seconds": 0.0,
    "retry_seconds": 2.0,
    "asynchronous_seconds": 60,
    "paused": False,
}
NOBODY: Object = {"id": None, "idempotency_key": None}


Lever = Callable[[Account], Object]


def control(open_account: OpenAccount, sender: Sender) -> Blueprint:
    """Return the routes; what is posted is JSON, so that no page of another site can post it by a form."""
    blueprint = Blueprint("control", __name__, url_prefix="/_control")
    for place, lever in LEVERS.items():
        method, path = place.split(" ")
        blueprint.add_url_rule(path, place, _pulled(lever, open_account, sender), methods=[method])

    @blueprint.post("/webhooks/deliver")
    def deliver() -> Object:
        _posted()
        return {"delivered": sender.send(math.inf)}

    return blueprint


def _pulled(lever: Lever, open_account: OpenAccount, sender: Sender) -> Callable[[], Object]:
    def view() -> Object:
        account = open_account(NOBODY)
        with account.store.work():
            answer = lever(account)
        sender.wake()
        return answer

    return view


def _posted(*names: str) -> Object:
    """Return the JSON object that was posted, which has no other names."""
    posted = request.get_json()
    if not isinstance(posted, dict) or set(posted) - set(names):
        raise BadRequest(f"post a JSON object of {', '.join(names) or 'nothing'}")
    return posted


def _number(posted: Object, name: str, otherwise: float) -> float:
    value = posted.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise BadRequest(f"{name} is no number")
    return value


def _clock(account: Account) -> Object:
    now = account.now()
    return {
        "now": now,
        "now_at": datetime.fromtimestamp(now, UTC).isoformat(),
        "offset_seconds": account.store.setting("offset_seconds", 0),
    }


def _move_clock(account: Account) -> Object:
    posted = _posted("advance_seconds", "offset_seconds")
    offset = _number(posted, "offset_seconds", account.store.setting("offset_seconds", 0))
    account.store.set("offset_seconds", offset + _number(posted, "advance_seconds", 0))
    known = {event["id"] for event in account.store.all_of("event")}
    clock.catch_up(account)
    new = [event for event in reversed(account.store.all_of("event")) if event["id"] not in known]
    return _clock(account) | {"events": [{"id": event["id"], "type": event["type"]} for event in new]}


def _faults(account: Account) -> Object:
    return {"faults": faults.ordered(account.store)}


def _order_faults(account: Account) -> Object:
    try:
        faults.add(account.store, _posted("on", "kind", *faults.NUMBERS))
    except faults.FaultUnknown as error:
        raise BadRequest(str(error)) from error
    return _faults(account)


def _clear_faults(account: Account) -> Object:
    faults.clear(account.store)
    return _faults(account)


def _settings(account: Account) -> Object:
    return {name: account.store.setting(name, first) for name, first in FIRST_SETTINGS.items()}


def _change_settings(account: Account) -> Object:
    posted = _posted(*FIRST_SETTINGS)
    for name in ("delay_seconds", "retry_seconds", "asynchronous_seconds"):
        if name in posted and not _number(posted, name, 0) >= 0:
            raise BadRequest(f"{name} is below zero")
    _require_address(posted.get("webhook_url"))
    for name, value in posted.items():
        account.store.set(name, value)
    return _settings(account)


def _require_address(url: object) -> None:
    try:
        require_address("http://localhost" if url is None else str(url))
    except ValueError as error:
        raise BadRequest(str(error)) from error


def _resend(account: Account) -> Object:
    posted = _posted("event", "times")
    event = account.store.find(str(posted.get("event")))
    times = int(_number(posted, "times", 1))
    if event is None or event["object"] != "event":
        raise BadRequest("no such event")
    deliveries.send_again(account.store, event["id"], times, account.wall_clock())
    return {"event": event["id"], "times": times}


def _rates(account: Account) -> Object:
    return chance.rates_of(account.store)


def _set_rates(account: Account) -> Object:
    posted = _posted(*chance.USUAL)
    if not all(0 <= _number(posted, kind, 0) <= 1 for kind in chance.KINDS) or _number(posted, "seconds", 2) < 0:
        raise BadRequest("rates are shares from 0 to 1")
    return chance.set_rates(account.store, posted)


def _open_dispute(account: Account) -> Object:
    posted = _posted("charge", "amount", "reason", "inquiry")
    charge = _known(account, "charge", posted.get("charge"))
    amount = int(_number(posted, "amount", 0)) or None
    reason, inquiry = str(posted.get("reason", "fraudulent")), bool(posted.get("inquiry", False))
    return disputes.open_dispute(account, charge, amount=amount, reason=reason, inquiry=inquiry)


def _move_dispute(account: Account) -> Object:
    posted = _posted("dispute", "to")
    dispute = _known(account, "dispute", posted.get("dispute"))
    if posted.get("to") == "under_review":
        return disputes.answer(account, dispute)
    if posted.get("to") not in disputes.ENDINGS:
        raise BadRequest(f"to is under_review, {', '.join(disputes.ENDINGS)}")
    return disputes.close(account, dispute, str(posted["to"]))


def _end_refund(account: Account) -> Object:
    posted = _posted("refund", "succeeds")
    refund = _known(account, "refund", posted.get("refund"))
    if refund["status"] not in ("pending", "succeeded"):
        raise BadRequest("this refund has ended")
    refunds.end(account, refund, succeeds=bool(posted.get("succeeds", True)), at=account.now())
    return account.store.get(refund["id"])


def _known(account: Account, kind: str, object_id: object) -> Object:
    found = account.store.find(str(object_id))
    if found is None or found["object"] != kind:
        raise BadRequest(f"no such {kind}")
    return found


def _send_strange_event(account: Account) -> Object:
    """Make an event that no object of the stand-in's has brought about: of any type, account or mode."""
    posted = _posted("type", "object", "account", "livemode")
    thing = posted.get("object") or {"id": "cus_stand_in", "object": "customer"}
    strange: Object = {name: posted[name] for name in ("account", "livemode") if name in posted}
    return account.tell(str(posted.get("type", "customer.created")), thing, at=account.now(), strange=strange)


def _reset(account: Account) -> Object:
    """Forget all objects, faults and deliveries; the clock and the settings are as at the start."""
    _posted()
    account.store.clear()
    chance.set_rates(account.store, {})
    for name, value in (account.store.setting("first_settings") | {"offset_seconds": 0}).items():
        account.store.set(name, value)
    return _clock(account)


def _state(account: Account) -> Object:
    kinds = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "event")
    return {
        "clock": _clock(account),
        "settings": _settings(account),
        "faults": faults.ordered(account.store),
        "deliveries": deliveries.everything(account.store),
        **{kind: account.store.all_of(kind) for kind in kinds},
    }


LEVERS: dict[str, Lever] = {
    "GET /clock": _clock,
    "POST /clock": _move_clock,
    "GET /faults": _faults,
    "POST /faults": _order_faults,
    "DELETE /faults": _clear_faults,
    "GET /settings": _settings,
    "POST /settings": _change_settings,
    "POST /webhooks/resend": _resend,
    "GET /rates": _rates,
    "POST /rates": _set_rates,
    "POST /disputes": _open_dispute,
    "POST /disputes/move": _move_dispute,
    "POST /refunds/end": _end_refund,
    "POST /events": _send_strange_event,
    "POST /reset": _reset,
    "GET /state": _state,
}
