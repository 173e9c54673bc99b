"""Will this be accepted? What a bill's payer demands, held against what its next invoice would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.acceptance import Draft, WouldBeRefused, missed
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo, bill_to_of, order_lines_of
from tourreg.domain.billing.rules import standing_lines
from tourreg.domain.settlements.bills import PayersBill, bill_of


def missed_by(bill: PayersBill, bill_to: BillTo | None = None) -> list[str]:
    """Return which demands of its payer the next invoice of a bill would miss; none where no profile is known.

    bill_to  as the invoice would name the payer, where that is about to change
    """
    profile = bill.folio.profile
    if profile is None:
        return []
    return missed(profile.demands, _draft(bill, bill_to or bill_to_of(bill.folio)))


def missed_on(folio: Folio) -> list[str]:
    """Return the same of a folio, to read."""
    return missed_by(bill_of(folio.id)) if folio.profile_id else []


def require_accepted(bill: PayersBill, anyway: str, *, now: datetime, by: str) -> None:
    """Refuse to issue what the payer would send back, unless staff give a reason, which stands in the history.

    raises  WouldBeRefused
    """
    demands = missed_by(bill)
    if not demands:
        return
    if not anyway:
        raise WouldBeRefused(demands=demands)
    known = {"demands": ", ".join(demands), "anyway": anyway}
    note_change(bill.folio.public_id, "acceptance", {}, known, now=now, by=by)


def _draft(bill: PayersBill, bill_to: BillTo) -> Draft:
    folio, profile = bill.folio, bill.folio.profile
    draft = Draft(
        po_number=bill_to.po_number,
        orders=_orders(bill, bill_to) if profile and "one_po" in profile.demands else (),
        unnamed_lines=_unnamed_lines(folio) if profile and "po_lines" in profile.demands else 0,
        vendor_number=bill_to.vendor_number,
        department=bill_to.department,
        seller_tax_id=folio.issuer.tax_id,
        address=bill_to.email,
        terms_days=folio.terms_days,
    )
    if profile is None:
        return draft
    return replace(
        draft,
        accepted_address=profile.email,
        w9_sent=profile.w9_sent_on is not None or (folio.encloses_w9 and folio.issuer.w9_sha256 is not None),
        accepted_terms=profile.terms_days,
    )


def _unnamed_lines(folio: Folio) -> int:
    named = order_lines_of(folio)
    return sum(line.id not in named for line in standing_lines(billing.entries_of(folio)) if line.amount_minor)


def _orders(bill: PayersBill, bill_to: BillTo) -> tuple[str, ...]:
    """Return the orders that the lines came with: the bill's own, and those of bills that were joined to it."""
    joined = [further.folio for one in bill.main_of for further in one.further_folios]
    emptied = {folio.id for folio in joined} - billing.with_lines([folio.id for folio in joined])
    before = [folio.po_number for folio in joined if folio.id in emptied]
    return tuple(dict.fromkeys(number for number in (bill_to.po_number, *before) if number))
