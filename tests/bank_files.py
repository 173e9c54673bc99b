"""Files as banks write them, and statements taken over from them, for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tests.cast import the_issuer
from tourreg.db import db, writing
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.importing import Imported, import_draft, open_account, read_draft, take_file
from tourreg.domain.banking.models import BankAccount, BankLine
from tourreg.kernel.numbers import new_public_id

FINANCE = "staff:finance"
HEADING = ("Date", "Payer", "Description", "Amount", "Bank reference")
# day of January 2027, payer, text, amount as the bank writes it, the bank's number
Booking = tuple[int, str, str, str, str]


def a_csv(*bookings: Booking) -> bytes:
    """Return a CSV as a U.S. bank writes it."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADING)
    for day, *rest in bookings:
        writer.writerow([f"01/{day:02d}/2027", *rest])
    return written.getvalue().encode()


def an_account(now: datetime, name: str = "Operating account", currency: str = "USD", number: str = "") -> BankAccount:
    """Return a saved account of the seller of all saved events."""
    with writing():
        issuer = the_issuer()
        db.session.flush()
        return open_account(issuer, name, currency, number, submission_key=new_public_id(), now=now, by=FINANCE)


def imported(account: BankAccount, content: bytes, now: datetime, *, leave_out: bool = False) -> Imported:
    """Take a file over, read as it looks."""
    with writing():
        draft = take_file(account, "january.csv", content, now=now, by=FINANCE)
    mapping = guess(content)
    read = read_draft(draft, mapping, now=now)
    with writing():
        return import_draft(draft, mapping, read, leave_out=leave_out, now=now, by=FINANCE)


def all_lines() -> Sequence[BankLine]:
    """Return every booking that was taken over, oldest first."""
    db.session.rollback()
    return db.session.scalars(select(BankLine).order_by(BankLine.booked_on, BankLine.id)).all()


def only_line(text: str = "") -> BankLine:
    """Return the one booking whose text holds this."""
    (found,) = [line for line in all_lines() if text in line.text]
    return found


def a_day(day: int) -> date:
    return date(2027, 1, day)


def a_camt(*entries: str, version: str = "02", before: str = "", account: str = "", currency: str = "USD") -> bytes:
    """Return a CAMT.053 file with these entries.

    before  what stands between the declaration and the document
    """
    named = f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>" if account else ""
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<Document xmlns="{namespace}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>{named}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def an_entry(amount: str = "960.00", *, direction: str = "CRDT", details: str = "", **changed: str) -> str:
    """Return one entry of a CAMT.053 file, booked on 12 January 2027 unless changed.

    changed  currency, day, reference, status, more: what stands before the details
    """
    said = {"currency": "USD", "day": "2027-01-12", "reference": "BANK-1", "status": "<Sts>BOOK</Sts>", "more": ""}
    said.update(changed)
    return (
        f'<Ntry><Amt Ccy="{said["currency"]}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{said["more"]}'
        f"{said['status']}<BookgDt><Dt>{said['day']}</Dt></BookgDt><AcctSvcrRef>{said['reference']}</AcctSvcrRef>"
        f"{f'<NtryDtls>{details}</NtryDtls>' if details else ''}</Ntry>"
    )
