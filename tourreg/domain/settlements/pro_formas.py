"""The pro-forma of a registration: what its places cost, before there is an invoice."""

from datetime import datetime

from tourreg.domain.billing import queries, rules
from tourreg.domain.billing.documents import pro_forma_sheet
from tourreg.domain.papers.sheets import InvoiceSheet
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.clock import local_day


def pro_forma_of(bill: PayersBill, *, now: datetime) -> InvoiceSheet | None:
    """Return the sheet; None where no places are held any more or nothing is to be paid for them."""
    folio = bill.folio
    lines = rules.standing_lines(queries.entries_of(folio))
    if not bill.live_seats or sum(line.amount_minor for line in lines) <= 0:
        return None
    until = bill.held_until
    day = local_day(until, folio.issuer.zone) if until else None
    return pro_forma_sheet(folio, purpose_of(bill), held_until=day, now=now)
