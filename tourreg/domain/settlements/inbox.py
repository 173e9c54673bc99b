"""Stripe's events: each kept once, handled once, however often and in whatever order it comes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from tourreg.db import db
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.settlements import desk, queries, rules
from tourreg.domain.settlements.models import StripeEvent

HANDLE_STRIPE_EVENT = "handle_stripe_event"
LONGEST_FAILURE = 500
# So many are asked for again by one press; who wants more presses again.
MOST_REPLAYED = 1000
_KEPT = ("object", "id", "payment_intent", "client_reference_id")
_KEPT_METADATA = ("checkout", "refund", "case")


def keep(
    event_id: str,
    event_type: str,
    told_of: dict[str, Any],
    *,
    now: datetime,
    happened_at: datetime | None = None,
    stranger: str = "",
) -> bool:
    """Keep an event and ask for it to be handled; tell whether it is new.

    told_of     the object of the event; only its ids are kept, since what is true of it is asked of Stripe
    event_type  nothing follows from some, which are handled by being kept
    stranger    "account" or "mode" where the event is not for this account or not for this mode; such a one, and one of
                a type that nobody knows here, is kept and lies on the desk, and nothing follows from it
    """
    if queries.event_kept(event_id) is not None:
        return False
    strange = stranger or ("" if rules.is_known_event(event_type) else "type")
    event = StripeEvent(
        event_id=event_id,
        type=event_type,
        body=_ids(told_of),
        happened_at=happened_at,
        received_at=now,
        strange=strange,
    )
    db.session.add(event)
    if strange:
        _lay_on_desk(event, now)
    elif not rules.is_followed_event(event_type):
        event.handled_at = now
    else:
        add_task(HANDLE_STRIPE_EVENT, {"event": event_id}, key=_task_key(event_id, 0), now=now)
    return True


def note_handled(event_id: str, *, now: datetime) -> None:
    """Note that what an event tells of is in our books, and what it led to there."""
    event = queries.event_kept(event_id)
    if event is None or event.handled_at is not None:
        return
    event.handled_at, event.failure = now, ""
    event.folio_id, event.entry_id = led_to(event.body)
    desk.close_moot(_failure_key(event_id), "event_handled", now=now)


def note_failure(event_id: str, failure: str, *, now: datetime, hopeless: bool) -> None:
    """Note that following an event has failed once more; one without hope lies on the desk."""
    event = queries.event_kept(event_id)
    if event is None or event.handled_at is not None:
        return
    event.attempts += 1
    event.failure = failure[:LONGEST_FAILURE]
    if hopeless:
        desk.open_case(
            "unknown_event", key=_failure_key(event_id), folio_id=None, facts=_facts(event), now=now, again=True
        )


def set_aside(event_id: str, *, now: datetime) -> None:
    """Note that what an event speaks of is nothing of ours, and lay it on the desk."""
    event = queries.event_kept(event_id)
    if event is not None and event.handled_at is None:
        event.strange = "object"
        _lay_on_desk(event, now)


def ask_again(events: Iterable[StripeEvent], *, now: datetime, by: str) -> int:
    """Let events be followed once more, and return how many will be.

    One that waits already is not asked for twice. Of strange ones only those are asked for whose type is known by now;
    the caller has locked them.
    """
    asked = [event for event in events if _may_be_asked_again(event)]
    for event in asked:
        event.handled_at, event.strange, event.attempts, event.failure = None, "", 0, ""
        event.replays, event.replayed_at, event.replayed_by = event.replays + 1, now, by
        add_task(HANDLE_STRIPE_EVENT, {"event": event.event_id}, key=_task_key(event.event_id, event.replays), now=now)
    return len(asked)


def replay(event_id: str, *, now: datetime, by: str) -> int:
    """Follow one event once more; return 1 if it will be."""
    return ask_again(queries.locked_events(StripeEvent.event_id == event_id), now=now, by=by)


def replay_period(since: datetime, until: datetime, *, pressed_at: datetime, now: datetime, by: str) -> int:
    """Follow once more what came in a period, its end exclusive; return how many events will be, MOST_REPLAYED at most.

    pressed_at  when the page with the button was opened: pressing it again leaves out what was asked for since
    """
    not_yet = or_(StripeEvent.replayed_at.is_(None), StripeEvent.replayed_at < pressed_at)
    within = (StripeEvent.received_at >= since, StripeEvent.received_at < until)
    return ask_again(queries.locked_events(*within, not_yet, most=MOST_REPLAYED), now=now, by=by)


def led_to(body: dict[str, Any]) -> tuple[int | None, int | None]:
    """Return the folio and the posting of what an event speaks of, as far as there are any."""
    if body.get("object") in ("refund", "dispute"):
        refund = billing.refund_by_external_id(str(body.get("id")))
        if refund is not None:
            entry = db.session.scalar(
                select(Entry.id)
                .where(Entry.folio_id == refund.folio_id, Entry.reference.like(f"refund%:{refund.public_id}:%"))
                .order_by(Entry.id.desc())
                .limit(1)
            )
            return refund.folio_id, entry
    checkout = None
    if body.get("object") == "checkout.session":
        checkout = queries.checkout_of_session(str(body.get("id")), body.get("client_reference_id"))
    intent = checkout.payment_intent if checkout else body.get("payment_intent")
    if body.get("object") == "payment_intent":
        intent = body.get("id")
    payment = billing.posted(f"stripe:{intent}") if intent else None
    if payment is not None:
        return payment.folio_id, payment.id
    return (checkout.folio_id, None) if checkout else (None, None)


def _may_be_asked_again(event: StripeEvent) -> bool:
    if event.strange:
        return event.strange == "object" or (event.strange == "type" and rules.is_known_event(event.type))
    return event.standing in ("handled", "failed") and rules.is_followed_event(event.type)


def _lay_on_desk(event: StripeEvent, now: datetime) -> None:
    """Lay one case on the desk for all events of a type, of an account, of a mode; of objects one for each."""
    named = {"type": event.type, "account": "account", "mode": "mode", "object": event.event_id}[event.strange]
    key = f"unknown_event:{event.strange}:{named}"[:120]
    desk.open_case("unknown_event", key=key, folio_id=None, facts=_facts(event), now=now)


def _facts(event: StripeEvent) -> dict[str, Any]:
    return {
        "event": event.event_id,
        "type": event.type,
        "about": event.body.get("id", ""),
        "strange": event.strange,
        "failure": event.failure or "",
    }


def _failure_key(event_id: str) -> str:
    return f"unknown_event:failed:{event_id}"


def _task_key(event_id: str, replays: int) -> str:
    return f"{HANDLE_STRIPE_EVENT}:{event_id}" + (f":{replays}" if replays else "")


def _ids(told_of: dict[str, Any]) -> dict[str, Any]:
    kept = {name: told_of.get(name) for name in _KEPT}
    metadata = told_of.get("metadata")
    if isinstance(metadata, dict):
        kept |= {name: metadata.get(name) for name in _KEPT_METADATA}
    return {name: value for name, value in kept.items() if isinstance(value, str)}
