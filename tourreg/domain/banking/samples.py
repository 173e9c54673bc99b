"""Statements as a bank would write them, for trying out the import with a sample seller: made from its open bills."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from tourreg.domain.banking.matching import Bill
from tourreg.domain.banking.models import BankAccount
from tourreg.kernel.money import digits
from tourreg.kernel.ordering import sort_key

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_U_S = ("Posting Date", "Payer", "Description", "Debit", "Credit", "Transaction ID")
_CHINESE = ("交易日期", "对方户名", "摘要", "借方发生额", "贷方发生额", "交易流水号")
_FEE_MINOR = 2_500


@dataclass(frozen=True)
class SampleBooking:
    """One booking of a sample; the amount is negative when it went out."""

    booked_on: date
    payer: str
    text: str
    minor: int
    number: str


def sample_csv(account: BankAccount, bookings: Sequence[SampleBooking]) -> bytes:
    """Return the bookings as a bank of the account's country writes them: in GB18030 for China, else as in the U.S."""
    is_chinese = account.issuer.country == "CN"
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(_CHINESE if is_chinese else _U_S)
    for booking in bookings:
        day = f"{booking.booked_on:%Y%m%d}" if is_chinese else f"{booking.booked_on:%m/%d/%Y}"
        amount = _decimal(abs(booking.minor), account.currency)
        both = (amount, "") if booking.minor < 0 else ("", amount)
        writer.writerow([day, booking.payer, booking.text, *both, booking.number])
    return written.getvalue().encode("gb18030" if is_chinese else "utf-8")


def sample_camt(account: BankAccount, bookings: Sequence[SampleBooking]) -> bytes:
    """Return the bookings as a CAMT.053 file."""
    document = Element("Document", xmlns=_NAMESPACE)
    statement = SubElement(SubElement(document, "BkToCstmrStmt"), "Stmt")
    _put(statement, "Id", bookings[0].number if bookings else "0")
    if account.number:
        _put(statement, "Acct/Id/Othr/Id", account.number)
    for booking in bookings:
        _entry(SubElement(statement, "Ntry"), booking, account.currency)
    written: bytes = tostring(document, encoding="utf-8", xml_declaration=True)
    return written


def sample_bookings(bills: Sequence[Bill], today: date, letter: str) -> list[SampleBooking]:
    """Return bookings that show what the import can do, made from bills that are open.

    One names its bill, one an invoice, one only the payer, one pays two bills at once, one a part; one belongs to
    nobody, and one is the bank's own fee.

    letter  begins the bank's numbers, so that two samples are two banks' files
    """
    # The newest bills first: what is old may have been chased by other ways.
    owing = [bill for bill in reversed(bills) if bill.owed_minor > 0][:6]
    says = (_names_bill, _names_invoice, _names_payer, _pays_two, _pays_part)
    told = [say(owing[place:]) for place, say in enumerate(says) if owing[place:]]
    told += [("SUNDRY SUPPLIES LLC", "REFUND OF AN ORDER", 4_200), ("", "WIRE FEE", -_FEE_MINOR)]
    return [
        SampleBooking(
            today - timedelta(days=len(told) - place), payer, text, minor, f"{letter}{today:%y%m%d}{place:02d}"
        )
        for place, (payer, text, minor) in enumerate(told)
    ]


_Said = tuple[str, str, int]


def _names_bill(bills: Sequence[Bill]) -> _Said:
    bill = bills[0]
    return bill.payers[0], f"INCOMING WIRE {bill.reference.replace('-', ' ').lower()}", bill.owed_minor


def _names_invoice(bills: Sequence[Bill]) -> _Said:
    bill = bills[0]
    number = bill.numbers[-1] if bill.numbers else bill.reference
    return "TREASURY PAYMENT SERVICE", f"ACH CREDIT {number}", bill.owed_minor


def _names_payer(bills: Sequence[Bill]) -> _Said:
    return sort_key(bills[0].payers[0]).upper()[:35], "INCOMING WIRE", bills[0].owed_minor


def _pays_two(bills: Sequence[Bill]) -> _Said:
    both = bills[:2]
    return "FOREIGN AFFAIRS SERVICE", " + ".join(bill.reference for bill in both), sum(bill.owed_minor for bill in both)


def _pays_part(bills: Sequence[Bill]) -> _Said:
    bill = bills[0]
    return bill.payers[0], f"DEPOSIT {bill.reference}", max(100, bill.owed_minor // 3 // 100 * 100)


def _entry(entry: Element, booking: SampleBooking, currency: str) -> None:
    is_in = booking.minor > 0
    amount = SubElement(entry, "Amt", Ccy=currency)
    amount.text = _decimal(abs(booking.minor), currency)
    _put(entry, "CdtDbtInd", "CRDT" if is_in else "DBIT")
    _put(entry, "Sts/Cd", "BOOK")
    _put(entry, "BookgDt/Dt", booking.booked_on.isoformat())
    _put(entry, "ValDt/Dt", booking.booked_on.isoformat())
    _put(entry, "AcctSvcrRef", booking.number)
    details = SubElement(SubElement(entry, "NtryDtls"), "TxDtls")
    if booking.payer:
        _put(details, f"RltdPties/{'Dbtr' if is_in else 'Cdtr'}/Pty/Nm", booking.payer)
    _put(details, "RmtInf/Ustrd", booking.text)


def _put(parent: Element, path: str, text: str) -> None:
    for name in path.split("/"):
        parent = SubElement(parent, name)
    parent.text = text


def _decimal(minor: int, currency: str) -> str:
    places = digits(currency)
    whole, rest = divmod(minor, 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)
