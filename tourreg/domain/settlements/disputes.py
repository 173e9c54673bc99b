"""Payers' banks that want money back: on the desk while they are open, in the ledger once they are lost."""

from dataclasses import dataclass
from datetime import datetime

from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.models import Entry
from tourreg.domain.settlements import desk
from tourreg.domain.settlements.taken_back import note_taken_back
from tourreg.kernel.money import Money

OURS_AGAIN = ("won", "warning_closed", "prevented")
LOST = "lost"
DISPUTE_LOST = "The payer’s bank took the money back."


@dataclass(frozen=True)
class DisputeNews:
    """How a dispute stands, as Stripe says; answer_by is the last moment for evidence."""

    id: str
    status: str
    reason: str
    amount: Money
    payment_intent: str | None
    answer_by: datetime | None


def note_dispute(news: DisputeNews, *, now: datetime, by: str) -> None:
    """Lay an open dispute on the desk, take a won one off it, and post the money of a lost one as gone; each once."""
    payment = billing.posted(f"{billing_refunds.BY_STRIPE}{news.payment_intent}")
    if news.status == LOST:
        _lose(news, payment, now=now, by=by)
    elif news.status in OURS_AGAIN:
        desk.close_moot(_key(news), "dispute_won", now=now)
    else:
        case = desk.open_case(
            "dispute", key=_key(news), folio_id=payment.folio_id if payment else None, facts=_facts(news), now=now
        )
        case.facts = _facts(news)


def _lose(news: DisputeNews, payment: Entry | None, *, now: datetime, by: str) -> None:
    desk.close_moot(_key(news), "dispute_lost", now=now)
    folio = payment.folio if payment else None
    is_posted = False
    if payment is not None and folio is not None and folio.currency == news.amount.currency:
        lock_folio(folio)
        note_taken_back(payment, news.amount, external_id=news.id, why=DISPUTE_LOST, now=now, by=by)
        is_posted = True
    facts = {**_facts(news), "is_posted": is_posted}
    folio_id = folio.id if folio else None
    desk.open_case("dispute_lost", key=f"dispute_lost:{news.id}", folio_id=folio_id, facts=facts, now=now)


def _key(news: DisputeNews) -> str:
    return f"dispute:{news.id}"


def _facts(news: DisputeNews) -> dict[str, object]:
    return {
        "dispute": news.id,
        "status": news.status,
        "reason": news.reason,
        "payment_intent": news.payment_intent,
        "amount_minor": news.amount.minor,
        "currency": news.amount.currency,
        "answer_by": news.answer_by.isoformat() if news.answer_by else "",
    }
