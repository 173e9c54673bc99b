"""Statements of account: of one bill, or of all that its payer has with the seller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from tourreg.domain.billing import queries
from tourreg.domain.billing.commands import lock_folio
from tourreg.domain.billing.issuing import issue_paper
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.billing.statements import Account, statement_sheet
from tourreg.domain.itineraries.queries import days_of_all
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.queries import by_submission_key
from tourreg.domain.papers.sheets import StatementSheet
from tourreg.domain.settlements import mails
from tourreg.domain.settlements.bills import PayersBill, bills_on, lock_bill
from tourreg.domain.settlements.purposes import purpose_of, with_days


def statement_of(
    folio: Folio, *, of_all: bool = False, since: date | None = None, includes_days: bool = True, now: datetime
) -> StatementSheet:
    """Return the sheet of a statement.

    of_all         of all bills that the payer has with the seller in this currency, this one last
    since          the first day that is listed, in the issuer's zone
    includes_days  whether it lists the nights and meals, as a paper does
    """
    folios = queries.folios_of_payer(folio) if of_all else [folio]
    bills = bills_on(sorted(folios, key=lambda one: (one.id == folio.id, one.id)))
    return statement_sheet(_accounts(bills, includes_days=includes_days), since=since, now=now)


def statement_of_bill(bill: PayersBill, *, includes_days: bool = True, now: datetime) -> StatementSheet:
    """Return the sheet of a statement of a bill that is read already."""
    return statement_sheet(_accounts([bill], includes_days=includes_days), since=None, now=now)


def issue_statement(folio_id: int, *, of_all: bool, since: date | None, key: str, now: datetime, by: str) -> Paper:
    """Issue a statement and send it to those whose bill it is; the same form again returns its first.

    key  of the form
    """
    bill = lock_bill(folio_id)
    folio = bill.folio
    lock_folio(folio)
    known = by_submission_key(key)
    if known is not None:
        return known
    sheet = statement_of(folio, of_all=of_all, since=since, now=now)
    paper = issue_paper(folio, "statement", sheet, now=now, by=by, submission_key=key)
    mails.statement(bill, paper, of_all=of_all, now=now)
    return paper


def _accounts(bills: Sequence[PayersBill], *, includes_days: bool) -> list[Account]:
    """Return the bills with their postings and purposes, in as many statements for several as for one."""
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in queries.entries_of_all([bill.folio for bill in bills]):
        entries[entry.folio_id].append(entry)
    purposes = [purpose_of(bill, entries[bill.folio.id]) for bill in bills]
    if includes_days:
        days = days_of_all({bill.lead.event for bill in bills})
        purposes = [
            with_days(purpose, bill, days[bill.lead.event_id]) for purpose, bill in zip(purposes, bills, strict=True)
        ]
    return [Account(bill.folio, purpose, entries[bill.folio.id]) for bill, purpose in zip(bills, purposes, strict=True)]
