"""How objects are shown: lists in pages, and what `expand[]` asks for put in place of its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tourreg.adapters.stripe_stand_in.errors import StripeShapedError, no_such
from tourreg.adapters.stripe_stand_in.forms import Form
from tourreg.adapters.stripe_stand_in.store import Object, Store

Test = tuple[str, Sequence[object]]

SIGNS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
EXPANDABLE = {
    "checkout.session": ("payment_intent", "line_items"),
    "payment_intent": ("latest_charge", "payment_method"),
    "charge": ("balance_transaction", "failure_balance_transaction", "payment_intent", "refunds"),
    "dispute": ("charge", "payment_intent"),
    "refund": ("balance_transaction", "charge", "failure_balance_transaction", "payment_intent", "payment_method"),
    "balance_transaction": ("source",),
}
DEEPEST = 4


def one(store: Store, kind: str, name: str, object_id: str) -> Object:
    """Return the object of that kind; name is what Stripe calls it in its refusal."""
    found = store.find(object_id)
    if found is None or found["object"] != kind:
        raise no_such(name, object_id, "id")
    return found


def listed(store: Store, kind: str, url: str, form: Form, wanted: Mapping[str, Sequence[str]]) -> Object:
    """Return one page of a list that is newest first.

    wanted  words of which a key must hold one; a key without words holds anything
    """
    limit = form.integer("limit")
    limit = 10 if limit is None else limit
    if not 1 <= limit <= 100:
        raise StripeShapedError("Invalid limit: must be between 1 and 100.", param="limit")
    after, before = form.text("starting_after"), form.text("ending_before")
    tests = [*_of_keys(wanted), *_in_time(form)]
    for param, object_id, sign in (("starting_after", after, "<"), ("ending_before", before, ">")):
        if object_id:
            _require_place(store, kind, object_id, param)
            tests.append((f"position {sign} (SELECT position FROM objects WHERE id = ?)", (object_id,)))  # noqa: S608
    found = store.page_of(kind, tests, limit=limit + 1, newest=not before)
    kept = found[:limit] if not before else found[-limit:]
    return _list(kept, url, has_more=len(found) > limit)


def _of_keys(wanted: Mapping[str, Sequence[str]]) -> list[Test]:
    return [
        (f"json_extract(body, '$.{name}') IN ({', '.join('?' * len(words))})", tuple(words))
        for name, words in wanted.items()
        if words
    ]


def _in_time(form: Form) -> list[Test]:
    created = form.child("created")
    created.require_only(*SIGNS)
    bounds = {name: created.integer(name) for name in SIGNS}
    return [
        (f"json_extract(body, '$.created') {SIGNS[name]} ?", (bound,))
        for name, bound in bounds.items()
        if bound is not None
    ]


def _require_place(store: Store, kind: str, object_id: str, param: str) -> None:
    found = store.find(object_id)
    if found is None or found["object"] != kind:
        raise no_such("object", object_id, param)


def _list(things: list[Object], url: str, *, has_more: bool = False) -> Object:
    return {"object": "list", "data": things, "has_more": has_more, "url": url}


def expanded(store: Store, answer: Object, paths: list[str]) -> Object:
    """Put what the paths name in place of its id, as `latest_charge.balance_transaction` or `data.charge`."""
    for path in paths:
        names = path.split(".")
        if len(names) > DEEPEST:
            raise StripeShapedError("You cannot expand more than 4 levels of a property.", param="expand")
        _expand(store, answer, names, path)
    return answer


def _expand(store: Store, thing: Object, names: list[str], path: str) -> None:
    if thing.get("object") == "list" and names[0] == "data":
        for item in thing["data"]:
            _expand(store, item, names[1:], path)
        return
    name = names[0] if names else ""
    if name not in EXPANDABLE.get(thing.get("object", ""), ()):
        raise StripeShapedError(f"This property cannot be expanded ({path}).", param="expand")
    if name not in thing and name not in ("line_items", "refunds"):
        return
    thing[name] = _below(store, thing, name)
    if isinstance(thing[name], dict) and names[1:]:
        _expand(store, thing[name], names[1:], path)


def _below(store: Store, thing: Object, name: str) -> object:
    if name == "line_items":
        return lines(store, thing["id"])
    if name == "refunds":
        given = [refund for refund in store.all_of("refund") if refund["charge"] == thing["id"]]
        return _list(given[:10], f"/v1/charges/{thing['id']}/refunds", has_more=len(given) > 10)
    return store.get(thing[name]) if isinstance(thing[name], str) else thing[name]


def lines(store: Store, session_id: str) -> Object:
    return _list(store.notes(session_id)["lines"], f"/v1/checkout/sessions/{session_id}/line_items")
