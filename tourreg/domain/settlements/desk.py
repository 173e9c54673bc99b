"""What a person must look at: money that the program will not judge."""

from datetime import datetime
from typing import Any

from tourreg.db import db
from tourreg.domain.settlements import queries
from tourreg.domain.settlements.models import DeskCase
from tourreg.kernel.refusals import Refusal


class CaseClosed(Refusal):
    """Somebody has answered this before; facts: answer."""


def open_case(kind: str, *, key: str, folio_id: int | None, facts: dict[str, Any], now: datetime) -> DeskCase:
    """Put something on the desk; the same key is put there once, even after it was answered.

    facts  plain values that the page shows
    """
    known = queries.case_by_key(key)
    if known is not None:
        return known
    case = DeskCase(kind=kind, key=key, folio_id=folio_id, facts=facts, opened_at=now)
    db.session.add(case)
    db.session.flush()
    return case


def close_case(case: DeskCase, answer: str, *, now: datetime, by: str) -> None:
    """Take something off the desk with what was done about it.

    raises  CaseClosed
    """
    db.session.refresh(case, with_for_update=True)
    if case.closed_at is not None:
        raise CaseClosed(answer=case.answer)
    case.closed_at, case.closed_by, case.answer = now, by, answer
