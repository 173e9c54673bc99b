"""What follows behind an invoice: the seller's signed Form W-9, for payers who want it with each."""

from datetime import datetime

from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.models import Folio
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import InvoiceSheet
from tourreg.kernel.bilingual import Text

W9 = Text("Form W-9 of %s", "%s的W-9表")
FOLLOWS = Text("A signed Form W-9 follows behind this invoice.", "已签署的W-9表附于本账单之后。")


def with_w9(folio: Folio, sheet: InvoiceSheet) -> InvoiceSheet:
    """Return the sheet with the seller's W-9, where this payer wants it and the office has filed one."""
    issuer = folio.issuer
    if not (folio.encloses_w9 and issuer.w9_sha256 and issuer.w9_pages):
        return sheet
    name = Text(W9.en % issuer.name.in_("en"), W9.zh % issuer.name.in_("zh"))
    return {
        **sheet,
        "notes": [*sheet["notes"], both(FOLLOWS)],
        "enclosed": [{"name": both(name), "sha256": issuer.w9_sha256, "pages": issuer.w9_pages}],
    }


def enclose_w9(folio: Folio, wanted: bool, *, now: datetime, by: str) -> None:
    """Note whether the W-9 follows on invoices to come; those that were issued stay as they are."""
    if folio.encloses_w9 != wanted:
        note_change(folio.public_id, "encloses_w9", {"wanted": folio.encloses_w9}, {"wanted": wanted}, now=now, by=by)
        folio.encloses_w9 = wanted
