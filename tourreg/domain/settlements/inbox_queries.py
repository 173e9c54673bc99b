"""The inbox as its page asks for it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.settlements.models import StripeEvent

_IS_OPEN = and_(StripeEvent.handled_at.is_(None), StripeEvent.strange == "")
STANDINGS: dict[str, ColumnElement[bool]] = {
    "waiting": and_(_IS_OPEN, StripeEvent.failure == ""),
    "failed": and_(_IS_OPEN, StripeEvent.failure != ""),
    "strange": and_(StripeEvent.handled_at.is_(None), StripeEvent.strange != ""),
    "handled": StripeEvent.handled_at.is_not(None),
}


def events_page(standing: str | None, *, number: int, size: int) -> Sequence[StripeEvent]:
    """Return one page of the inbox, newest first, with the folios and postings that its events led to.

    standing  one of STANDINGS, or None for all
    number    of the page, from 1
    """
    found = select(StripeEvent).options(joinedload(StripeEvent.folio), joinedload(StripeEvent.entry))
    if standing:
        found = found.where(STANDINGS[standing])
    newest = found.order_by(StripeEvent.id.desc()).limit(size).offset((number - 1) * size)
    return db.session.scalars(newest).all()


def events_by_standing() -> dict[str, int]:
    """Return how many events stand in each way, in one statement."""
    sums = [func.coalesce(func.sum(case((test, 1), else_=0)), 0) for test in STANDINGS.values()]
    row = db.session.execute(select(*sums)).one()
    return {name: int(count) for name, count in zip(STANDINGS, row, strict=True)}
