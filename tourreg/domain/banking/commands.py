"""What becomes of a booking: it pays bills, is a payment that was recorded before, or is set aside.

A line's row is locked first, then the registrations of all its bills by rising id; each bill is then paid as any money
that comes in, all of them in one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.banking import bills
from tourreg.domain.banking.models import LINE_MOVES, BankLine, LineShare
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing import rules as billing_rules
from tourreg.domain.billing.commands import MoneyIn
from tourreg.domain.billing.models import Entry, Folio, Refund
from tourreg.domain.settlements import cancelling
from tourreg.domain.settlements.bills import PayersBill, lock_bills
from tourreg.domain.settlements.commands import take_in
from tourreg.domain.settlements.recording import BY_BANK
from tourreg.kernel.money import CurrenciesDiffer, Money
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

LINE = Axis("bank line", "state", LINE_MOVES)
_ACH = re.compile(r"\bACH\b", re.IGNORECASE)
_CHECK = re.compile(r"\bCHE(?:CK|QUE)\b", re.IGNORECASE)


class LineMoved(Refusal):
    """Somebody has done something with the line meanwhile; facts: line."""


class MoreThanTheLine(Refusal):
    """The parts come to more than is left of the line; facts: asked, rest."""


class MoreThanOwed(Refusal):
    """A bill owes less than the line would pay of it; facts: reference."""


class BillUnknown(Refusal):
    """No bill of this seller in this currency; facts: bill."""


class NotThisPayment(Refusal):
    """The payment is not one that was recorded by hand for this amount, or another line is it; facts: entry."""


class NotThisRefund(Refusal):
    """The refund is not what the line has paid out, or another line is; facts: refund."""


@dataclass(frozen=True)
class Share:
    """A part of a line for one bill, by the folio's public id."""

    bill: str
    minor: int


def apply_line(
    line_id: int, shares: Sequence[Share], *, seen_minor: int, now: datetime, by: str, only_if_owed: bool = False
) -> list[Entry]:
    """Pay bills with a line, all of them or none; what no bill takes stays open.

    seen_minor    what was left of the line when somebody decided
    only_if_owed  refuses to pay more than a bill owes, since nobody looks at it
    raises        LineMoved, MoreThanTheLine, MoreThanOwed, BillUnknown, AmountNotPositive
    """
    line = lock_line(line_id)
    if not line.is_waiting or line.rest.minor != seen_minor:
        raise LineMoved(line=line)
    _require_parts(line, shares)
    billed = [_bill(line, share) for share in shares]
    locked = lock_bills([folio.id for folio in billed])
    if only_if_owed:
        _require_owed(billed, shares)
    first = len(line.shares) + 1
    return [
        _pay(line, locked[folio.id], share, place, now=now, by=by)
        for place, (folio, share) in enumerate(zip(billed, shares, strict=True), start=first)
    ]


def tie_payment(line_id: int, entry_public_id: str, *, now: datetime, by: str) -> None:
    """Say that a line is a payment which somebody had recorded by hand, so that it posts nothing.

    raises  LineMoved, NotThisPayment
    """
    line = lock_line(line_id)
    entry = bills.recorded_payment(line, entry_public_id)
    if not line.is_waiting:
        raise LineMoved(line=line)
    if entry is None or -entry.amount_minor > line.rest.minor:
        raise NotThisPayment(entry=entry_public_id)
    _note_share(line, entry, was_recorded=True, now=now, by=by)


def tie_refund(line_id: int, refund_public_id: str, *, now: datetime, by: str) -> None:
    """Say that a line is a refund which finance has paid out; one that still waits is noted as paid out by that.

    raises  LineMoved, NotThisRefund, NotToPayOut
    """
    line = lock_line(line_id)
    if line.state != "outgoing":
        raise LineMoved(line=line)
    refund = bills.refund_for(line, refund_public_id)
    if refund is None:
        raise NotThisRefund(refund=refund_public_id)
    if refund.state != "succeeded":
        cancelling.pay_out_by_hand(refund.public_id, _number(line), now=now, by=by)
    line.refund = refund
    move_to(line, LINE, "tied", now=now, by=by, why=_reference_of(refund))


def set_aside(line_id: int, reason: str, note: str, *, seen_minor: int, now: datetime, by: str) -> None:
    """Put a line, or what is left of it, where nobody needs to look at it again.

    reason  one of ASIDE_REASONS
    raises  LineMoved
    """
    line = lock_line(line_id)
    if line.state not in ("open", "part_applied", "outgoing") or line.rest.minor != seen_minor:
        raise LineMoved(line=line)
    move_to(line, LINE, "set_aside", now=now, by=by, why=f"{reason}: {note}"[:500])
    line.aside_reason, line.aside_note = reason, note


def bring_back(line_id: int, *, now: datetime, by: str) -> None:
    """Take a line up again that was set aside; a second time changes nothing."""
    line = lock_line(line_id)
    if line.state != "set_aside":
        return
    after = "outgoing" if line.amount_minor < 0 else "part_applied" if line.applied_minor else "open"
    move_to(line, LINE, after, now=now, by=by)
    line.aside_reason, line.aside_note = None, ""


def lock_line(line_id: int) -> BankLine:
    """Return the line as it is after every other transaction on it has ended."""
    one = select(BankLine).where(BankLine.id == line_id).with_for_update()
    line = db.session.scalars(one.execution_options(populate_existing=True)).one()
    db.session.refresh(line, ["shares"])
    return line


def _require_parts(line: BankLine, shares: Sequence[Share]) -> None:
    for share in shares:
        if share.minor <= 0:
            raise billing_rules.AmountNotPositive(amount=Money(share.minor, line.currency))
    asked = sum(share.minor for share in shares)
    if not shares:
        raise billing_rules.AmountNotPositive(amount=Money(0, line.currency))
    if asked > line.rest.minor or len({share.bill for share in shares}) < len(shares):
        raise MoreThanTheLine(asked=Money(asked, line.currency), rest=line.rest)


def _bill(line: BankLine, share: Share) -> Folio:
    folio = billing.folio_by_public_id(share.bill)
    if folio is None or folio.issuer_id != line.account.issuer_id:
        raise BillUnknown(bill=share.bill)
    if folio.currency != line.currency:
        raise CurrenciesDiffer(currencies=(folio.currency, line.currency))
    return folio


def _require_owed(billed: Sequence[Folio], shares: Sequence[Share]) -> None:
    for folio, share in zip(billed, shares, strict=True):
        if billing.balance(folio).minor < share.minor:
            raise MoreThanOwed(reference=folio.reference)


def _pay(line: BankLine, bill: PayersBill, share: Share, place: int, *, now: datetime, by: str) -> Entry:
    money = MoneyIn(
        amount=Money(share.minor, line.currency),
        means=means_of(line.text),
        detail=_number(line),
        received_on=line.booked_on,
        reference=f"{BY_BANK}{line.public_id}:{place}",
    )
    entry = take_in(bill, money, now=now, by=by)
    _note_share(line, entry, was_recorded=False, now=now, by=by)
    return entry


def _note_share(line: BankLine, entry: Entry, *, was_recorded: bool, now: datetime, by: str) -> None:
    line.shares.append(LineShare(entry=entry, was_recorded=was_recorded))
    line.applied_minor -= entry.amount_minor
    after = "part_applied" if line.rest else "applied"
    if after != line.state:
        move_to(line, LINE, after, now=now, by=by, why=entry.folio.reference)
    db.session.flush()


def means_of(text: str) -> str:
    """Return by what a line came, as far as its text says; a wire where it does not."""
    if _ACH.search(text):
        return "ach"
    return "check" if _CHECK.search(text) else "wire"


def _number(line: BankLine) -> str:
    """Return how the bank knows the booking: by its id, else by its day and row."""
    return line.reference or f"{line.booked_on:%Y%m%d}/{line.row}"


def _reference_of(refund: Refund) -> str:
    return refund.folio.reference
