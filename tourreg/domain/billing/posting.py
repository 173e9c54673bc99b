"""Postings themselves: each once under its reference, and none changed.

Whoever posts is inside `writing()` and holds the folio's row by `lock_folio`.
"""

from datetime import datetime

from sqlalchemy import event as sqlalchemy_event

from tourreg.db import db
from tourreg.domain.billing import queries
from tourreg.domain.billing.models import Entry, Folio
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.refusals import Refusal

Row = dict[str, object]


class LedgerIsAppendOnly(Refusal):
    """Somebody tried to change or remove a posting; facts: entry."""


class ReferenceTaken(Refusal):
    """Another act was posted under this reference; facts: reference."""


def post(
    folio: Folio,
    kind: str,
    amount: Money,
    *,
    description: Text,
    reference: str,
    now: datetime,
    by: str,
    **more: object,
) -> Entry:
    return post_once({**row(folio, kind, amount, description, reference, now=now, by=by), **more})


def row(folio: Folio, kind: str, amount: Money, description: Text, reference: str, *, now: datetime, by: str) -> Row:
    return {
        "folio_id": folio.id,
        "kind": kind,
        "amount_minor": amount.minor,
        "unit_minor": amount.minor,
        "description": description,
        "reference": reference,
        "posted_at": now,
        "posted_by": by,
    }


def post_once(row: Row) -> Entry:
    """Post the row; what already stands under its reference is returned, if it is the same."""
    known = queries.posted(str(row["reference"]))
    if known is not None:
        if (known.folio_id, known.kind, known.amount_minor) != (row["folio_id"], row["kind"], row["amount_minor"]):
            raise ReferenceTaken(reference=row["reference"])
        return known
    entry = Entry(**row)
    db.session.add(entry)
    db.session.flush()
    return entry


def require_currency(folio: Folio, amount: Money) -> None:
    if amount.currency != folio.currency:
        raise CurrenciesDiffer(currencies=(folio.currency, amount.currency))


def _refuse_change(_mapper: object, _connection: object, entry: Entry) -> None:
    raise LedgerIsAppendOnly(entry=entry.reference)


sqlalchemy_event.listen(Entry, "before_update", _refuse_change)
sqlalchemy_event.listen(Entry, "before_delete", _refuse_change)
