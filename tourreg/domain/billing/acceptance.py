"""Will this be accepted? What a payer demands of an invoice, and which of it an invoice would miss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tourreg.kernel.refusals import Refusal

# Each demand of a payer, in the order of an invoice.
DEMANDS = (
    "po_number",
    "one_po",
    "po_lines",
    "vendor_number",
    "department",
    "seller_tax_id",
    "attachment",
    "w9",
    "no_sales_tax",
    "terms",
)
_SEVERAL_ORDERS = re.compile(r"\S\s*[,;、；，&+]\s*\S|\s(?:and|和|及)\s")


class WouldBeRefused(Refusal):
    """The payer's accounts payable would send the invoice back; facts: demands (names of DEMANDS)."""


@dataclass(frozen=True)
class Draft:
    """What an invoice would say, as far as payers make demands of it.

    orders            numbers of the orders that its lines belong to
    unnamed_lines     how many lines name no line of the order
    address           where it is sent, always as a PDF attached to the letter
    accepted_address  where the payer takes invoices
    w9_sent           whether the payer has the seller's W-9, or gets it with the invoice
    accepted_terms    in days, or none where the payer has not said
    """

    po_number: str = ""
    orders: tuple[str, ...] = ()
    unnamed_lines: int = 0
    vendor_number: str = ""
    department: str = ""
    seller_tax_id: str = ""
    address: str = ""
    accepted_address: str = ""
    w9_sent: bool = False
    tax_minor: int = 0
    terms_days: int = 30
    accepted_terms: int | None = None


def missed(demands: Iterable[str], draft: Draft) -> list[str]:
    """Return which of a payer's demands an invoice would miss, in the order of DEMANDS."""
    asked = set(demands)
    return [demand for demand in DEMANDS if demand in asked and not _is_met(demand, draft)]


def _is_met(demand: str, draft: Draft) -> bool:
    met = {
        "po_number": bool(draft.po_number),
        "one_po": len(set(draft.orders)) <= 1 and not names_several_orders(draft.po_number),
        "po_lines": not draft.unnamed_lines,
        "vendor_number": bool(draft.vendor_number),
        "department": bool(draft.department),
        "seller_tax_id": bool(draft.seller_tax_id),
        "attachment": draft.address.casefold() == draft.accepted_address.casefold(),
        "w9": draft.w9_sent,
        "no_sales_tax": not draft.tax_minor,
        "terms": draft.accepted_terms in (None, draft.terms_days),
    }
    return met[demand]


def names_several_orders(po_number: str) -> bool:
    """Tell whether what was typed as one order's number holds the numbers of several."""
    return _SEVERAL_ORDERS.search(po_number) is not None
