"""The journal: every posting of a seller's folios as a debit and a credit, read in portions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.clock import at_local_time

PORTION = 2000
_REVERSED = aliased(Entry)


@dataclass(frozen=True)
class Span:
    """Days of the seller's zone, both included."""

    first: date
    last: date

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Return where it begins and where it ends; the end is not part of it."""
        midnight = time()
        return at_local_time(self.first, midnight, zone), at_local_time(self.last + timedelta(days=1), midnight, zone)


def postings(issuer: Issuer, span: Span) -> Iterator[Row[Any]]:
    """Yield the postings in the order in which they were posted; memory holds one portion of them.

    Of each: public id, posted at, kind, means, amount in minor units, description, how the money is recognised, kind of
    the posting that it takes back, reference, payer and currency of its folio, and its event's public id.
    """
    wanted = _chosen().where(*_within(issuer, span)).order_by(Entry.id)
    yield from db.session.execute(wanted, execution_options={"yield_per": PORTION})


def _chosen() -> Any:
    return (
        select(
            Entry.public_id,
            Entry.posted_at,
            Entry.kind,
            Entry.means,
            Entry.amount_minor,
            Entry.description,
            Entry.detail,
            _REVERSED.kind.label("reversed_kind"),
            Folio.reference,
            Folio.payer_name,
            Folio.currency,
            Folio.event,
        )
        .join(Entry.folio)
        .outerjoin(_REVERSED, Entry.reverses_id == _REVERSED.id)
    )


def _within(issuer: Issuer, span: Span) -> tuple[Any, ...]:
    begins_at, ends_at = span.instants(issuer.zone)
    return Folio.issuer_id == issuer.id, Entry.posted_at >= begins_at, Entry.posted_at < ends_at
