"""Whether papers hold: what replaced them, who withdrew them, who opened them, and what anybody may ask of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased, defer, joinedload

from tourreg.db import add_once_by, db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.papers.kinds import OF_MONEY
from tourreg.domain.papers.models import Opening, Paper, Withdrawal
from tourreg.kernel.refusals import Refusal

Status = Literal["valid", "replaced", "withdrawn"]
# Looks that follow one another so closely are one: a viewer asks for a file in parts, and once more for its name.
ONE_LOOK = timedelta(minutes=10)


class CorrectedOtherwise(Refusal):
    """A paper of money is corrected by another paper, and not withdrawn; facts: number."""


@dataclass(frozen=True)
class Verified:
    """A paper that somebody holds, and whether it is in force."""

    paper: Paper
    status: Status


def withdraw(paper: Paper, reason: str, *, now: datetime, by: str) -> Withdrawal:
    """Say of a paper that it no longer holds; what was withdrawn before stays as it was.

    raises  CorrectedOtherwise
    """
    if paper.kind in OF_MONEY:
        raise CorrectedOtherwise(number=paper.number)
    values = {"reason": reason, "withdrawn_at": now, "withdrawn_by": by}
    withdrawal, is_new = add_once_by(Withdrawal, {"paper_id": paper.id}, values)
    if is_new:
        note_change(paper.public_id, "withdrawn", {"reason": ""}, {"reason": reason}, now=now, by=by)
    return withdrawal


def withdrawals(papers: Iterable[Paper]) -> dict[int, Withdrawal]:
    """Return how the papers were withdrawn that were, by their id."""
    found = db.session.scalars(select(Withdrawal).where(Withdrawal.paper_id.in_([paper.id for paper in papers])))
    return {withdrawal.paper_id: withdrawal for withdrawal in found}


def verified(code: str) -> Verified | None:
    """Return the paper that carries the code, without its sheet."""
    newer = aliased(Paper)
    is_replaced = exists().where(newer.replaces_id == Paper.id)
    is_withdrawn = exists().where(Withdrawal.paper_id == Paper.id)
    asked = select(Paper, is_replaced, is_withdrawn).where(Paper.verify_code == code)
    row = db.session.execute(asked.options(defer(Paper.sheet), joinedload(Paper.issuer))).first()
    if row is None:
        return None
    paper, replaced, withdrawn = row
    return Verified(paper, "withdrawn" if withdrawn else "replaced" if replaced else "valid")


def openings_of(paper: Paper) -> Sequence[Opening]:
    """Return who has opened the paper, whoever did so last first."""
    return db.session.scalars(
        select(Opening).where(Opening.paper_id == paper.id).order_by(Opening.last_at.desc(), Opening.id.desc())
    ).all()


def is_one_look(paper_id: int, opener: str, now: datetime) -> bool:
    """Tell, without a lock, whether the opener looked at the paper so lately that this is the same look."""
    last = select(Opening.last_at).where(Opening.paper_id == paper_id, Opening.opener == opener)
    last_at = db.session.scalar(last)
    return last_at is not None and now - last_at < ONE_LOOK


def note_opening(paper_id: int, opener: str, *, now: datetime) -> None:
    """Note that somebody opened a paper."""
    _opening, is_new = add_once_by(
        Opening, {"paper_id": paper_id, "opener": opener}, {"first_at": now, "last_at": now, "times": 1}
    )
    if not is_new:
        again = update(Opening).where(Opening.paper_id == paper_id, Opening.opener == opener)
        counted = again.values(last_at=now, times=Opening.times + 1)
        db.session.execute(counted.execution_options(synchronize_session=False))
