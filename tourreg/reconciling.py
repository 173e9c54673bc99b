"""Stripe's own lists compared with our books: what is certain is put right, the rest is laid on the desk.

It works in slices, each short enough for the worker's lease. Nothing is done twice by beginning again: whatever a
slice has settled differs no more, and what lies on the desk lies there under the name of its money.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from tourreg import differences, unfinished
from tourreg.adapters.payments import Payments, PaymentsError, PaymentsRefused
from tourreg.db import db, is_conflict, writing
from tourreg.differences import Difference, Survey
from tourreg.domain.settlements import comparing, lookups
from tourreg.domain.settlements.models import DeskCase

# A slice ends after so many things that were put right, each of which may ask Stripe several times.
MOST_SETTLED = 150


@dataclass
class Slice:
    """What one slice found; `is_whole` tells whether nothing was left for another."""

    read: dict[str, int]
    findings: list[dict[str, Any]] = field(default_factory=list)
    is_whole: bool = True


def compare(comparison_id: str, payments: Payments, *, now: datetime) -> bool:
    """Run one slice of a comparison and keep what it found; tell whether the comparison has come to its end.

    raises  PaymentsUnavailable, TooMuchListed, which are noted with the comparison; it may go on later
    """
    comparison = lookups.comparison_by_public_id(comparison_id)
    if comparison is None or comparison.ended_at is not None:
        return True
    survey = Survey(payments, comparison.since, now)
    is_dry = comparison.is_dry
    db.session.rollback()
    try:
        found = _slice(survey, is_dry=is_dry)
    except PaymentsError as fault:
        with writing():
            comparing.note_failure(comparison_id, f"{type(fault).__name__}: {fault}")
        raise
    with writing():
        comparing.note_slice(comparison_id, found.read, found.findings, now=now, is_whole=found.is_whole)
    return found.is_whole


def _slice(survey: Survey, *, is_dry: bool) -> Slice:
    found = Slice(survey.read)
    for difference in _all(survey):
        found.findings.append(_finding(difference, "seen" if is_dry else None))
        if not is_dry and len(found.findings) == MOST_SETTLED:
            found.is_whole = False
            break
    return found


def _all(survey: Survey) -> Iterator[Difference]:
    return chain(differences.differences(survey), unfinished.differences(survey))


def _finding(difference: Difference, outcome: str | None) -> dict[str, Any]:
    """Settle a difference unless the outcome is given, and return what was found, as plain values."""
    case = None
    if outcome is None:
        outcome, case = _settled(difference)
    amount = difference.amount
    reference = difference.reference or (case.folio.reference if case and case.folio else "")
    finding = {
        "kind": difference.kind,
        "about": difference.about,
        "amount_minor": amount.minor if amount else None,
        "currency": amount.currency if amount else "",
        "reference": reference,
        "outcome": outcome,
        "case": case.public_id if case else "",
    }
    db.session.rollback()
    return finding


def _settled(difference: Difference) -> tuple[str, DeskCase | None]:
    """Settle a difference and return what came of it: healed, closed, desk with its case, or refused by Stripe."""
    newest = lookups.newest_case_id()
    db.session.rollback()
    try:
        _settle(difference)
    except PaymentsRefused:
        return "refused", None
    laid = lookups.cases_after(newest)
    if laid:
        return "desk", laid[0]
    return ("closed" if difference.kind in ("moot", "went_back") else "healed"), None


def _settle(difference: Difference) -> None:
    """Do it, once more where somebody else did the same at the same moment."""
    try:
        difference.settle()
    except IntegrityError:
        difference.settle()
    except DBAPIError as error:
        if not is_conflict(error):
            raise
        difference.settle()
