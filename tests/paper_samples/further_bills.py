"""What comes before and after the invoice."""

from copy import deepcopy

from tests.paper_samples.organisations import both, usd
from tests.paper_samples.us_invoice import INVOICE
from tourreg.domain.papers.sheets import CreditNoteSheet, InvoiceSheet, ReceiptSheet

PRO_FORMA: InvoiceSheet = {
    **deepcopy(INVOICE),
    "kind": "pro_forma",
    "number": "",
    "due_on": "2026-04-18",
    "payments": [],
    "balance": usd(922_200),
    "instalments": [],
    "payment_reference": "YZ26-7K3M9-Q",
}

QUOTE: InvoiceSheet = {
    **deepcopy(PRO_FORMA),
    "kind": "quote",
    "number": "QUO-2026-00088",
    "terms": both("for 2 people", "2人"),
    "due_on": "2026-05-15",
    "remit_to": [],
    "payment_reference": "",
    "order": {"po_number": "", "po_on": "", "vendor_number": "", "cost_centre": "", "requester": ""},
    "programme": {**deepcopy(INVOICE["programme"]), "registration": "", "participants": []},
}

RECEIPT: ReceiptSheet = {
    **deepcopy(INVOICE),
    "kind": "receipt",
    "number": "RCP-2026-00391",
    "paid": {"received_on": "2026-04-02", "means": "ach", "reference": "0417-88215", "amount": usd(100_000)},
    "invoice": "INV-2026-00417",
    "instalments": [],
    "included": [
        {"on": f"2026-09-{day}", "night": day < 23, "breakfast": day > 20, "lunch": True, "dinner": day in (20, 22)}
        for day in range(20, 24)
    ],
}

CREDIT_NOTE: CreditNoteSheet = {
    **deepcopy(INVOICE),
    "kind": "credit_note",
    "number": "CRN-2026-00012",
    "issued_at": "2026-05-04T15:00:00+00:00",
    "credits": "INV-2026-00417",
    "credits_on": "2026-04-15",
    "reason": both(
        "The registration was cancelled on 3 May 2026, before the last day of full refund.",
        "报名于2026年5月3日取消，在全额退款截止日之前。",
    ),
    "payments": [],
    "balance": usd(0),
    "instalments": [],
    "notes": [],
}
