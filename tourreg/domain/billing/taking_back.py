"""Taking lines back, keeping a fee of them, and charging them anew on the same folio or on another."""

from collections.abc import Iterable
from datetime import datetime

from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.payers import carry_order_lines
from tourreg.domain.billing.posting import post, require_currency
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

CANCELLED = Text("Cancelled: %s", "取消：%s")
KEPT = Text("Cancellation fee: %s", "取消费：%s")
# Begins the reference of a line that is charged again, before the public id of the posting that had taken it back.
CHARGED_AGAIN = "again:"
# Begins that of a line which another payer pays now, alike.
MOVED = "moved:"


def take_back(folio: Folio, lines: Iterable[Entry], *, why: str, now: datetime, by: str) -> list[Entry]:
    """Take back lines that stand on the folio, one posting for each that is not free."""
    return [_take_back(folio, line, why=why, now=now, by=by) for line in lines if line.amount_minor]


def keep_fee(folio: Folio, line: Entry, fee: Money, *, why: str, now: datetime, by: str) -> Entry:
    """Charge what is kept of a line that was taken back; a line is charged for once."""
    require_currency(folio, fee)
    return post(
        folio,
        "cancellation_fee",
        fee,
        description=Text(KEPT.en % line.description.in_("en"), KEPT.zh % line.description.in_("zh")),
        reference=f"kept:{line.public_id}",
        now=now,
        by=by,
        subject=line.subject,
        service_from=line.service_from,
        service_to=line.service_to,
        why=why,
    )


def charge_again(folio: Folio, lapsed: list[Entry], *, now: datetime, by: str) -> list[Entry]:
    """Post lines anew that were taken back.

    lapsed  the postings that took them back
    """
    anew = _post_anew(folio, lapsed, CHARGED_AGAIN, now=now, by=by)
    carry_order_lines(folio, {before: after.id for before, after in anew.items()})
    return list(anew.values())


def move_lines(
    lines: Iterable[Entry], source: Folio, target: Folio, *, why: str, now: datetime, by: str
) -> list[Entry]:
    """Take lines back that stand on one folio and charge them on another of the same currency; return them there.

    What is free stays where it is. Both folios are locked by the caller.
    """
    require_currency(target, Money(0, source.currency))
    taken_back = take_back(source, lines, why=why, now=now, by=by)
    return list(_post_anew(target, taken_back, MOVED, now=now, by=by).values())


def _take_back(folio: Folio, line: Entry, *, why: str, now: datetime, by: str) -> Entry:
    amount = Money(-line.amount_minor, folio.currency)
    return post(
        folio,
        "cancellation" if amount.minor < 0 else "charge",
        amount,
        description=Text(CANCELLED.en % line.description.in_("en"), CANCELLED.zh % line.description.in_("zh")),
        reference=f"cancelled:{line.public_id}",
        now=now,
        by=by,
        subject=line.subject,
        reverses_id=line.id,
        why=why,
    )


def _post_anew(folio: Folio, cancellations: list[Entry], begins: str, *, now: datetime, by: str) -> dict[int, Entry]:
    """Post what was taken back once more, discounts after the charges they lessen; by the id of the line before."""
    lines = {_reversed(cancellation): cancellation for cancellation in cancellations}
    anew: dict[int, Entry] = {}
    for line, cancellation in sorted(lines.items(), key=lambda pair: pair[0].id):
        reduced = anew.get(line.reduces_id) if line.reduces_id else None
        reference = f"{begins}{cancellation.public_id}"
        anew[line.id] = _post_one_anew(folio, line, reference, reduced, now=now, by=by)
    return anew


def _reversed(cancellation: Entry) -> Entry:
    if cancellation.reverses is None:
        raise ValueError(f"{cancellation.reference} took nothing back")
    return cancellation.reverses


def _post_one_anew(
    folio: Folio, line: Entry, reference: str, reduced: Entry | None, *, now: datetime, by: str
) -> Entry:
    return post(
        folio,
        line.kind,
        Money(line.amount_minor, folio.currency),
        description=line.description,
        reference=reference,
        now=now,
        by=by,
        subject=line.subject,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        service_from=line.service_from,
        service_to=line.service_to,
        reduces_id=reduced.id if reduced else None,
    )
