"""What a person must look at: money that the program will not judge."""

from datetime import datetime
from typing import Any

from tourreg.db import db
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel.refusals import Refusal

# Who has closed what settled itself.
BY_ITSELF = "worker"


class CaseClosed(Refusal):
    """Somebody has answered this before; facts: answer."""


def open_case(
    kind: str, *, key: str, folio_id: int | None, facts: dict[str, Any], now: datetime, again: bool = False
) -> DeskCase:
    """Put something on the desk; the same key is put there once, even after it was answered.

    facts  plain values that the page shows
    again  what was answered comes back, because it has happened anew
    """
    known = queries.case_by_key(key)
    if known is not None:
        if again and known.closed_at is not None:
            known.closed_at, known.closed_by, known.answer = None, "", ""
            known.facts, known.opened_at = facts, now
        return known
    case = DeskCase(kind=kind, key=key, folio_id=folio_id, facts=facts, opened_at=now)
    db.session.add(case)
    db.session.flush()
    return case


def close_moot(key: str, reason: str, *, now: datetime) -> bool:
    """Take something off the desk that has settled itself; tell whether it lay there.

    reason  a word; pages have the sentence for it
    """
    case = queries.case_by_key(key)
    if case is None or case.closed_at is not None:
        return False
    close_case(case, reason, now=now, by=BY_ITSELF)
    return True


def close_case(case: DeskCase, answer: str, *, now: datetime, by: str) -> None:
    """Take something off the desk with what was done about it.

    raises  CaseClosed
    """
    db.session.refresh(case, with_for_update={"of": DeskCase})
    if case.closed_at is not None:
        raise CaseClosed(answer=case.answer)
    case.closed_at, case.closed_by, case.answer = now, by, answer
