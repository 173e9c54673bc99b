"""What some payers publish about the invoices they take, as profiles can be filled in with it.

Only what was read at the named source stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

READ_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Published:
    """One payer's demands.

    demands     names of `acceptance.DEMANDS`
    terms_days  in which it says to pay, or none
    note        what else is good to know, in the payer's language
    read_on     when the source was read; none without a source
    """

    key: str
    payer: str
    demands: tuple[str, ...]
    terms_days: int | None
    title: str
    address: str
    read_on: date | None
    note: str = ""


PUBLISHED = (
    Published(
        key="charlotte",
        payer="City of Charlotte",
        demands=("po_number", "one_po", "po_lines", "vendor_number", "department", "attachment"),
        terms_days=30,
        title="City of Charlotte, Current Vendors: Invoicing Requirements",
        address="https://www.charlottenc.gov/Growth-and-Development/Doing-Business/CurrentVendors",
        read_on=READ_ON,
        note=(
            "Invoices go by e-mail to COCAP@charlottenc.gov, each in a PDF of its own; links cannot be accepted. "
            "Terms of 30 days: the city's page on Financial Services."
        ),
    ),
    Published(
        key="davenport",
        payer="City of Davenport",
        demands=("po_number", "w9", "terms", "no_sales_tax"),
        terms_days=None,
        title="City of Davenport, Finance: Accounts Payable",
        address="https://citidbus.com/cms/One.aspx?pageId=7359709&portalId=6481456",
        read_on=READ_ON,
        note=(
            "Invoices go by mail to Accounts Payable, 226 West Fourth Street, Davenport, IA 52801, with their date, a "
            "number of their own and the terms of payment on their face; net 30 where none stand there."
        ),
    ),
    Published(
        key="albuquerque",
        payer="City of Albuquerque",
        demands=("po_number", "department", "w9"),
        terms_days=None,
        title="City of Albuquerque, Department of Finance and Administrative Services: Payment Help",
        address="https://www.cabq.gov/dfa/accounting/how-do-i-get-paid/payment-help",
        read_on=READ_ON,
        note=(
            "The purchase order or contract release order number, and the department that buys, stand on the invoice; "
            "the city needs the seller's taxpayer identification number before it pays."
        ),
    ),
    Published(
        key="maryland",
        payer="State of Maryland",
        demands=("po_number", "seller_tax_id", "terms"),
        terms_days=30,
        title="COMAR 21.06.09.02, Required Invoice Documentation; State Finance and Procurement §§ 15-102, 15-103",
        address="https://mgaleg.maryland.gov/mgawebsite/Laws/StatuteText?article=gsf&section=15-102",
        read_on=READ_ON,
        note="The seller's federal employer identification number and the number of order or contract stand on it.",
    ),
)


def published(key: str) -> Published | None:
    return next((one for one in PUBLISHED if one.key == key), None)
