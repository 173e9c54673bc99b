"""Where Stripe's own lists and our books differ, found list by list without changing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from tourreg import settling
from tourreg.adapters.payments import Charge, CheckoutSession, Dispute, Payments, Refund
from tourreg.db import db, writing
from tourreg.domain.billing.models import Refund as OurRefund
from tourreg.domain.billing.refunds import BY_STRIPE
from tourreg.domain.settlements import desk, lookups, rules
from tourreg.domain.settlements.disputes import LOST, OURS_AGAIN
from tourreg.domain.settlements.models import Checkout
from tourreg.kernel.money import Money
from tourreg.stripe_words import REFUND_OUTCOMES

Thing = TypeVar("Thing")
# So many of Stripe's objects are looked up in our books with one statement.
CHUNK = 100
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Difference:
    """One thing of which Stripe and our books say different things.

    kind       a word; pages have the sentence for it
    about      Stripe's name of the thing
    reference  of the bill, where one is known
    settle     does what is certain, or lays it on the desk; done twice, it does nothing more
    """

    kind: str
    about: str
    settle: Callable[[], object]
    amount: Money | None = None
    reference: str = ""


@dataclass
class Survey:
    """One reading of Stripe's lists: what was read, and how many of each list."""

    payments: Payments
    since: datetime
    now: datetime
    read: dict[str, int] = field(default_factory=lambda: {"sessions": 0, "charges": 0, "refunds": 0, "disputes": 0})
    names: set[str] = field(default_factory=set)

    def chunks(self, name: str, listed: Iterable[Thing]) -> Iterator[list[Thing]]:
        """Return a list of Stripe's in pieces, counted; what was read of our books for one piece is let go after it."""
        rest = iter(listed)
        while piece := list(islice(rest, CHUNK)):
            self.read[name] += len(piece)
            self.names.update(thing.id for thing in piece)  # type: ignore[attr-defined]
            yield piece
            db.session.rollback()


def differences(survey: Survey) -> Iterator[Difference]:
    """Return what differs, pages first, so that their payments are posted by the way that people would take."""
    yield from of_sessions(survey)
    yield from of_charges(survey)
    yield from of_refunds(survey)
    yield from of_disputes(survey)


def of_sessions(survey: Survey) -> Iterator[Difference]:
    """Return the payment pages that moved on at Stripe and not with us; charges tell of those that we do not know."""
    for piece in survey.chunks("sessions", survey.payments.sessions_since(survey.since - A_DAY)):
        known = lookups.checkouts_of((session.id, session.client_reference_id) for session in piece)
        found = [_of_session(survey, session, known[session.id]) for session in piece if session.id in known]
        yield from _there(found)


def of_checkout(survey: Survey, session: CheckoutSession, checkout: Checkout) -> Difference | None:
    """Return how a page of ours differs from what Stripe says of it."""
    return _of_session(survey, session, checkout)


def of_charges(survey: Survey) -> Iterator[Difference]:
    """Return the money that Stripe took and our ledger does not have so."""
    for piece in survey.chunks("charges", survey.payments.charges_since(survey.since)):
        taken = [charge for charge in piece if charge.status == "succeeded"]
        survey.names.update(_money_of(charge) for charge in taken)
        posted = lookups.payments_posted([_money_of(charge) for charge in taken])
        cases = lookups.cases_of([key for charge in taken for key in _keys_of(charge)])
        found = []
        for charge in taken:
            entry = posted.get(_money_of(charge))
            amount = Money(charge.amount_minor, charge.currency)
            if entry is not None and entry.amount != -amount:
                found.append(
                    amount_differs(survey, charge.id, amount, -entry.amount, entry.folio.id, entry.folio.reference)
                )
            elif entry is None:
                on_desk = [cases[key] for key in _keys_of(charge) if key in cases]
                found.append(
                    _of_unposted(
                        survey, charge, [case.key for case in on_desk if case.closed_at is None], bool(on_desk)
                    )
                )
        yield from _there(found)


def of_refunds(survey: Survey) -> Iterator[Difference]:
    """Return the refunds that moved on at Stripe and not with us, and those that we never asked for."""
    for piece in survey.chunks("refunds", survey.payments.refunds_since(survey.since)):
        known = lookups.refunds_known(
            [refund.id for refund in piece], [refund.metadata.get("refund", "") for refund in piece]
        )
        by_name = {name: one for one in known for name in (one.external_id, one.public_id) if name}
        cases = lookups.cases_of([key for refund in piece for key in _keys_of_refund(refund)])
        found = []
        for refund in piece:
            ours = by_name.get(refund.id) or by_name.get(refund.metadata.get("refund", ""))
            if ours is not None:
                found.append(of_refund(survey, refund, ours))
            elif _is_news(refund) and not any(key in cases for key in _keys_of_refund(refund)):
                found.append(_told(survey, "refund_unknown", refund))
        yield from _there(found)


def of_disputes(survey: Survey) -> Iterator[Difference]:
    """Return the disputes of which the desk does not know how they stand."""
    for piece in survey.chunks("disputes", survey.payments.disputes_since(survey.since)):
        cases = lookups.cases_of([f"{kind}:{dispute.id}" for dispute in piece for kind in ("dispute", "dispute_lost")])
        found = []
        for dispute in piece:
            opened, lost = cases.get(f"dispute:{dispute.id}"), cases.get(f"dispute_lost:{dispute.id}")
            if dispute.status == LOST:
                is_known = lost is not None
            elif dispute.status in OURS_AGAIN:
                is_known = opened is None or opened.closed_at is not None
            else:
                is_known = opened is not None and opened.facts.get("status") == dispute.status
            found.append(None if is_known else _of_dispute(survey, dispute))
        yield from _there(found)


def of_refund(survey: Survey, refund: Refund, ours: OurRefund) -> Difference | None:
    """Return how a refund of ours differs from what Stripe says of it."""
    outcome, amount = REFUND_OUTCOMES[refund.status], Money(refund.amount_minor, refund.currency)
    if ours.amount != amount:
        return amount_differs(survey, refund.id, amount, ours.amount, ours.folio.id, ours.folio.reference)
    if ours.means == "by_hand":
        is_behind = outcome == "succeeded" and not lookups.cases_of([f"unknown_refund:{refund.id}"])
    else:
        is_behind = ours.state != outcome and not (outcome == "pending" and ours.state in ("succeeded", "failed"))
    return _told(survey, "refund_behind", refund, ours.folio.reference) if is_behind else None


def amount_differs(
    survey: Survey, name: str, amount: Money, in_ledger: Money, folio_id: int, reference: str
) -> Difference | None:
    """Return that an amount is not the same in both, unless that lies or lay on the desk."""
    key = f"ledger_differs:{name}"
    facts = {
        "stripe": name,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "asked_minor": in_ledger.minor,
        "asked_currency": in_ledger.currency,
    }
    settle = partial(lay_on_desk, "ledger_differs", key, folio_id, facts, survey.now)
    return None if lookups.cases_of([key]) else Difference("amount_differs", name, settle, amount, reference)


def lay_on_desk(kind: str, key: str, folio_id: int | None, facts: dict[str, object], now: datetime) -> None:
    with writing():
        desk.open_case(kind, key=key, folio_id=folio_id, facts=facts, now=now)


def _of_session(survey: Survey, session: CheckoutSession, checkout: Checkout) -> Difference | None:
    payments, now = survey.payments, survey.now
    amount, reference = Money(session.amount_total_minor, session.currency), checkout.folio.reference
    if session.status == "open":
        is_left_open = checkout.state in ("expired", "failed") or session.expires_at < now
        close = partial(settling.close_session, session.id, payments, now=now)
        return Difference("page_left_open", session.id, close, amount, reference) if is_left_open else None
    if not rules.is_behind(checkout.state, session.status, session.payment_status):
        return None
    if checkout.state == "awaiting_funds" and session.payment_status == "unpaid" and _is_under_way(survey, session):
        return None
    settle = partial(settling.settle_session, session.id, payments, now=now)
    return Difference("page_behind", session.id, settle, amount, reference)


def _is_under_way(survey: Survey, session: CheckoutSession) -> bool:
    if session.payment_intent is None:
        return False
    return survey.payments.payment_intent(session.payment_intent).status in ("processing", "requires_action")


def _of_unposted(survey: Survey, charge: Charge, open_keys: list[str], is_known: bool) -> Difference | None:
    amount = Money(charge.amount_minor, charge.currency)
    if open_keys and charge.amount_refunded_minor == charge.amount_minor:
        settle = partial(_close_gone_back, open_keys, survey.now)
        return Difference("went_back", charge.id, settle, amount)
    return None if is_known else Difference("not_posted", charge.id, partial(_post, survey, charge), amount)


def _post(survey: Survey, charge: Charge) -> None:
    """Post a payment by the page that it came by; one that came another way lies on the desk."""
    session = survey.payments.session_of_payment(charge.payment_intent) if charge.payment_intent else None
    if session is not None:
        settling.settle_session(session.id, survey.payments, now=survey.now)
        return
    facts = {
        "payment_intent": charge.payment_intent or charge.id,
        "amount_minor": charge.amount_minor,
        "currency": charge.currency,
        "detail": charge.last_four or "",
        "method": charge.method,
    }
    lay_on_desk("unknown_payment", _keys_of(charge)[0], None, facts, survey.now)


def _close_gone_back(keys: list[str], now: datetime) -> None:
    with writing():
        for key in keys:
            desk.close_moot(key, "gone_back", now=now)


def _told(survey: Survey, kind: str, refund: Refund, reference: str = "") -> Difference:
    settle = partial(settling.settle_refund, refund.id, refund.metadata.get("refund"), survey.payments, now=survey.now)
    return Difference(kind, refund.id, settle, Money(refund.amount_minor, refund.currency), reference)


def _of_dispute(survey: Survey, dispute: Dispute) -> Difference:
    settle = partial(settling.settle_dispute, dispute.id, survey.payments, now=survey.now)
    return Difference("dispute", dispute.id, settle, Money(dispute.amount_minor, dispute.currency))


def _money_of(charge: Charge) -> str:
    """Return what names the money in our ledger."""
    return f"{BY_STRIPE}{charge.payment_intent or charge.id}"


def _keys_of(charge: Charge) -> tuple[str, str]:
    """Return under which keys the money may lie on the desk."""
    name = charge.payment_intent or charge.id
    return f"unknown:{name}", f"wrong_amount:{name}"


def _keys_of_refund(refund: Refund) -> tuple[str, ...]:
    """Return under which keys a refund that is none of ours may lie on the desk, or that it was asked for there."""
    return (f"unknown_refund:{refund.id}", f"unknown:{refund.payment_intent}:again:{refund.id}")


def _is_news(refund: Refund) -> bool:
    """Tell whether a refund that is none of ours matters: it left, or the desk sent it and it came back."""
    has_left = REFUND_OUTCOMES[refund.status] != "failed"
    return has_left != ("case" in refund.metadata)


def _there(found: Iterable[Difference | None]) -> list[Difference]:
    """Return what differs, with nothing of our books held open."""
    there = [difference for difference in found if difference is not None]
    db.session.rollback()
    return there
