"""What our books hold to be true or under way, and Stripe's lists did not tell of: asked for one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from tourreg.adapters.payments import PaymentsRefused
from tourreg.db import writing
from tourreg.differences import Difference, Survey, amount_differs, lay_on_desk, of_checkout, of_refund
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.billing.refunds import BY_STRIPE
from tourreg.domain.settlements import checkouts, lookups, moot, rules
from tourreg.domain.settlements.models import Checkout
from tourreg.kernel.money import Money

Answer = TypeVar("Answer")
NOT_THERE = 404


def differences(survey: Survey) -> Iterator[Difference]:
    """Return what is not as our books have it, and what has lasted too long; then what lies on the desk in vain."""
    for checkout in lookups.checkouts_unfinished():
        yield from _there(_of_checkout(survey, checkout))
    for refund in lookups.refunds_unfinished():
        yield from _there(_of_refund_under_way(survey, refund))
    for entry in lookups.payments_posted_since(survey.since, BY_STRIPE):
        if entry.reference not in survey.names:
            yield from _there(_of_payment(survey, entry))
    for refund in lookups.refunds_finished_since(survey.since):
        if (refund.external_id or "").startswith("re_") and refund.external_id not in survey.names:
            yield from _there(_of_refund_sent(survey, refund))
    for key, reason in moot.moot_cases():
        yield Difference("moot", reason, partial(_close_moot, key, survey))


def _of_checkout(survey: Survey, checkout: Checkout) -> Difference | None:
    is_old = checkout.created_at + rules.LONGEST_PROMISE < survey.now
    if checkout.session_id is None:
        give_up = partial(_give_up, checkout.public_id, survey)
        is_lost = checkout.created_at + rules.LONGEST_SESSION < survey.now
        return Difference("page_unanswered", checkout.public_id, give_up) if is_lost else None
    if checkout.session_id in survey.names and not is_old:
        return None
    session = _asked(survey.payments.checkout_session, checkout.session_id)
    if session is None:
        return _stale(survey, checkout, "missing_at_stripe")
    differs = of_checkout(survey, session, checkout)
    return _stale(survey, checkout, "page_stale") if differs is None and is_old else differs


def _of_refund_under_way(survey: Survey, refund: Refund) -> Difference | None:
    longest = rules.LONGEST_REFUND if refund.external_id else rules.LONGEST_REQUEST
    is_slow = refund.requested_at + longest < survey.now
    if refund.external_id and refund.external_id not in survey.names:
        answer = _asked(survey.payments.refund, refund.external_id)
        if answer is None:
            return _missing(survey, refund.external_id, refund.amount, refund.folio_id, refund.folio.reference)
        differs = of_refund(survey, answer, refund)
        if differs is not None:
            return differs
    return _slow(survey, refund) if is_slow else None


def _of_payment(survey: Survey, entry: Entry) -> Difference | None:
    name, in_ledger, folio = entry.reference.removeprefix(BY_STRIPE), -entry.amount, entry.folio
    if not name.startswith("pi_"):
        return None
    intent = _asked(survey.payments.payment_intent, name)
    if intent is None:
        return _missing(survey, name, in_ledger, folio.id, folio.reference)
    amount = Money(intent.amount_received_minor, intent.currency)
    if amount == in_ledger:
        return None
    return amount_differs(survey, name, amount, in_ledger, folio.id, folio.reference)


def _of_refund_sent(survey: Survey, refund: Refund) -> Difference | None:
    name = refund.external_id or ""
    answer = _asked(survey.payments.refund, name)
    if answer is None:
        return _missing(survey, name, refund.amount, refund.folio_id, refund.folio.reference)
    return of_refund(survey, answer, refund)


def _stale(survey: Survey, checkout: Checkout, kind: str) -> Difference | None:
    amount = Money(checkout.amount_minor, checkout.currency)
    facts = {"session": checkout.session_id, "state": checkout.state, **_amount(amount)}
    name, folio = str(checkout.session_id), checkout.folio
    return _case(survey, kind, "stale_session", name, facts, amount, folio.id, folio.reference)


def _slow(survey: Survey, refund: Refund) -> Difference | None:
    facts = {"refund": refund.public_id, "at_stripe": refund.external_id, **_amount(refund.amount)}
    folio = refund.folio
    return _case(
        survey, "refund_slow", "slow_refund", refund.public_id, facts, refund.amount, folio.id, folio.reference
    )


def _missing(survey: Survey, name: str, amount: Money, folio_id: int, reference: str) -> Difference | None:
    facts = {"stripe": name, **_amount(amount)}
    return _case(survey, "missing_at_stripe", "missing_at_stripe", name, facts, amount, folio_id, reference)


def _case(
    survey: Survey,
    kind: str,
    case: str,
    name: str,
    facts: dict[str, object],
    amount: Money,
    folio_id: int,
    reference: str,
) -> Difference | None:
    """Return that something is to be laid on the desk, unless it lies or lay there."""
    key = f"{case}:{name}"[:120]
    lay = partial(lay_on_desk, case, key, folio_id, facts, survey.now)
    return None if lookups.cases_of([key]) else Difference(kind, name, lay, amount, reference)


def _amount(amount: Money) -> dict[str, object]:
    return {"amount_minor": amount.minor, "currency": amount.currency}


def _give_up(checkout_id: str, survey: Survey) -> None:
    with writing():
        checkouts.give_up_unanswered(checkout_id, now=survey.now)


def _close_moot(key: str, survey: Survey) -> None:
    with writing():
        moot.close_if_moot(key, now=survey.now)


def _asked(ask: Callable[[str], Answer], name: str) -> Answer | None:
    """Return what Stripe says of something; None where it knows no such thing."""
    try:
        return ask(name)
    except PaymentsRefused as refusal:
        if refusal.http_status == NOT_THERE:
            return None
        raise


def _there(difference: Difference | None) -> list[Difference]:
    return [] if difference is None else [difference]
