"""What payers demand of invoices, in words: as a rule, and as what is wrong with an invoice."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

DEMANDS = {
    "po_number": _l("A PO number stands on the invoice"),
    "one_po": _l("One invoice for each PO"),
    "po_lines": _l("Each line names its line of the PO"),
    "vendor_number": _l("Their number for us as a vendor stands on it"),
    "department": _l("The department that buys stands on it"),
    "seller_tax_id": _l("Our tax ID stands on it"),
    "attachment": _l("It comes to their own address, as a PDF attached to the letter"),
    "w9": _l("They have our W-9 on file"),
    "no_sales_tax": _l("It asks for no sales tax"),
    "terms": _l("It is payable within their own terms"),
}
_MISSED = {
    "po_number": _l("They pay nothing without a PO number, and this bill has none."),
    "one_po": _l("They want one invoice for each PO, and this one would be for several."),
    "po_lines": _l("Some lines do not say which line of the PO pays them."),
    "vendor_number": _l("Their number for us as a vendor is missing."),
    "department": _l("The department that buys is missing."),
    "seller_tax_id": _l("Our own tax ID is not known, so it cannot stand on the invoice."),
    "attachment": _l("It would go to another address than the one where they take invoices."),
    "w9": _l("They do not have our W-9 yet."),
    "no_sales_tax": _l("It asks for sales tax, which they do not pay."),
    "terms": _l("Its terms are not those within which they pay."),
}


def missed_words(demands: Iterable[str]) -> list[str]:
    """Return a sentence for each demand that an invoice would miss."""
    return [str(_MISSED[demand]) for demand in demands]
