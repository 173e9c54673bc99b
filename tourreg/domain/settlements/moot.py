"""What lies on the desk and has settled itself since."""

from collections.abc import Callable
from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.settlements import desk, lookups, queries
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.models import DeskCase

Reason = str | None


def reason_moot(case: DeskCase) -> Reason:
    """Return by what word a case is moot; None where it still is a case."""
    judge = _JUDGES.get(case.kind)
    return judge(case) if judge else None


def moot_cases() -> list[tuple[str, str]]:
    """Return the keys of the cases on the desk that are moot, each with its reason."""
    judged = ((case.key, reason_moot(case)) for case in lookups.open_cases_of(_JUDGES))
    return [(key, reason) for key, reason in judged if reason]


def close_if_moot(key: str, *, now: datetime) -> bool:
    """Take a case off the desk if it still is moot."""
    case = queries.case_by_key(key)
    reason = reason_moot(case) if case is not None and case.closed_at is None else None
    return bool(reason) and desk.close_moot(key, str(reason), now=now)


def _of_unposted(case: DeskCase) -> Reason:
    intent = case.facts.get("payment_intent")
    return "posted" if intent and billing.posted(f"stripe:{intent}") else None


def _of_late(case: DeskCase) -> Reason:
    if case.folio is None:
        return None
    if bill_of(case.folio.id).live_seats:
        return "seated"
    return None if any(left for _payment, left in billing.left_of_payments(case.folio)) else "gone_back"


def _of_too_much(case: DeskCase) -> Reason:
    return None if case.folio is None or billing.overpaid(case.folio) else "nothing_over"


def _of_refund(case: DeskCase) -> Reason:
    refund = billing.refund_by_public_id(str(case.facts.get("refund")))
    if refund is None:
        return None
    if refund.state == "succeeded":
        return "landed"
    return "did_not_leave" if case.kind == "slow_refund" and refund.state == "failed" else None


def _of_session(case: DeskCase) -> Reason:
    checkout = queries.checkout_of_session(str(case.facts.get("session")))
    return None if checkout is None or checkout.state in queries.UNDER_WAY else "page_closed"


_JUDGES: dict[str, Callable[[DeskCase], Reason]] = {
    "unknown_payment": _of_unposted,
    "wrong_amount": _of_unposted,
    "late_payment": _of_late,
    "overpaid": _of_too_much,
    "paid_twice": _of_too_much,
    "failed_refund": _of_refund,
    "slow_refund": _of_refund,
    "stale_session": _of_session,
}
