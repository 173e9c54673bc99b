"""The journal: every posting of a seller's folios as a debit and a credit, read in portions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, String, func, select, type_coerce
from sqlalchemy.orm import aliased

from tourreg.db import db
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.bilingual import Language
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


class Posting(NamedTuple):
    """What the journal says of a posting.

    description    in the language that was asked for
    detail         how the money is recognised
    reversed_kind  of the posting that it takes back
    reference, payer, currency  of its folio
    """

    public_id: str
    posted_at: datetime
    kind: str
    means: str | None
    amount_minor: int
    description: str
    detail: str
    reversed_kind: str | None
    reference: str
    payer: str
    currency: str


def postings(issuer: Issuer, span: Span, language: Language) -> Iterator[Posting]:
    """Yield the postings in the order in which they were posted; memory holds one portion of them."""
    wanted = _chosen(language).where(*_within(issuer, span)).order_by(Entry.id)
    rows = db.session.execute(wanted, execution_options={"yield_per": PORTION})
    yield from map(Posting._make, rows)


def _chosen(language: Language) -> Any:
    """Return what is asked of each posting; words come as they are stored, since there are very many."""
    return (
        select(
            Entry.public_id,
            Entry.posted_at,
            type_coerce(Entry.kind, String).label("kind"),
            type_coerce(Entry.means, String).label("means"),
            Entry.amount_minor,
            _said(language),
            Entry.detail,
            type_coerce(_REVERSED.kind, String).label("reversed_kind"),
            Folio.reference,
            Folio.payer_name,
            Folio.currency,
        )
        .join(Entry.folio)
        .outerjoin(_REVERSED, Entry.reverses_id == _REVERSED.id)
    )


def _said(language: Language) -> Any:
    """Return the description in a language, or in the other where it has none in this one."""
    sides = type_coerce(Entry.description, JSON)
    other = "en" if language == "zh" else "zh"
    return func.coalesce(func.nullif(sides[language].as_string(), ""), sides[other].as_string(), "")


def _within(issuer: Issuer, span: Span) -> tuple[Any, ...]:
    begins_at, ends_at = span.instants(issuer.zone)
    return Folio.issuer_id == issuer.id, Entry.posted_at >= begins_at, Entry.posted_at < ends_at
