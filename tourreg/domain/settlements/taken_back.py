"""Money that left over a payment without our asking, and what had waited to go back over the same payment."""

from datetime import datetime

from tourreg.domain.billing import refunds as billing_refunds
from tourreg.domain.billing.models import Entry, Refund
from tourreg.domain.settlements import desk, queries
from tourreg.kernel.money import Money

FAILED_REFUND = "failed_refund:%s"


def note_taken_back(payment: Entry, amount: Money, *, external_id: str, why: str, now: datetime, by: str) -> Refund:
    """Post what left, once; refunds that wait give way, so that no payment goes back twice. The folio is locked."""
    for refund in billing_refunds.give_way(payment, amount, external_id=external_id, now=now, by=by):
        _tell_desk(refund, now)
    return billing_refunds.note_taken_back(payment, amount, external_id=external_id, why=why, now=now, by=by)


def _tell_desk(refund: Refund, now: datetime) -> None:
    case = queries.case_by_key(FAILED_REFUND % refund.public_id)
    if not refund.amount_minor:
        desk.close_moot(FAILED_REFUND % refund.public_id, "gone_back", now=now)
    elif case is not None:
        case.facts = {**case.facts, "amount_minor": refund.amount_minor}
