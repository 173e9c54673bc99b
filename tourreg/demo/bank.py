"""The sample statements of the sellers' banks: taken over, and worked off as far as a finance officer got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.domain.banking import bills, commands, queries
from tourreg.domain.banking.commands import Share
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.importing import import_draft, open_account, read_draft, take_file
from tourreg.domain.banking.models import BankAccount, BankLine, BankStatement
from tourreg.domain.banking.samples import SampleBooking, sample_csv
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Folio
from tourreg.domain.papers.models import Issuer
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.clock import local_day

BY = "worker"
ACCOUNTS = (
    ("cce", "Operating account, Sample Bank of the Potomac", "USD", "000000001234"),
    ("szacm", "示例银行深圳莲花支行", "CNY", "0000000000000000188"),
)
# What went to whom by one wire for two, in minor units: both still owe after it.
ONE_WIRE_FOR_TWO = (("summit-wuxi", 50_000), ("energy-suzhou", 100_000))
# days ago, payer, text, minor units, the bank's number
Booking = tuple[int, str, str, int, str]


def make_statements(now: datetime) -> None:
    """Import a statement of each seller's account, and settle some of its bookings."""
    for key, name, currency, number in ACCOUNTS:
        issuer = db.session.scalars(select(Issuer).where(Issuer.key == key)).one()
        with writing():
            account = open_account(issuer, name, currency, number, submission_key=f"demo-bank-{key}", now=now, by=BY)
        _settle(_import(account, _u_s_bookings() if key == "cce" else _chinese_bookings(), now), now)


def _u_s_bookings() -> list[Booking]:
    split = sum(minor for _key, minor in ONE_WIRE_FOR_TWO)
    return [
        (19, "LAGOS STATE MIN OF PHYSICAL PLANNING", "INCOMING WIRE 26-0088713", 200_000, "W2600887"),
        (18, "CITY OF DURHAM NC", "CHECK DEPOSIT 20418", 342_000, "D20418"),
        (17, "", "INCOMING WIRE FEE", -2_500, "F0017"),
        (12, "CITY OF DECATUR GEORGIA", "ACH CREDIT 0505-90134", 85_500, "A0505901"),
        (8, "JIANGSU FOREIGN AFFAIRS SERVICE CTR", _naming(ONE_WIRE_FOR_TWO), split, "W2611081"),
        (8, "", "INCOMING WIRE FEE", -2_500, "F0018"),
        (
            6,
            "CITY OF DUBUQUE IOWA",
            f"ACH CREDIT {_number('old-quarters-dubuque')}",
            _owed("old-quarters-dubuque"),
            "A1",
        ),
        (5, "YANTAI SHI CAIZHENG JU", "INCOMING WIRE", _owed("energy-yantai"), "W2611104"),
        (4, "CITY OF LONG BEACH", "ACH CREDIT CCD", _owed("water-long-beach", "old-quarters-long-beach"), "A1107"),
        (3, "CITY OF DAVENPORT", f"WIRE DEPOSIT {_reference('summit-davenport')}", 150_000, "W2611125"),
        (3, "HILLCREST PROPERTY MANAGEMENT", "DEC RENT UNIT 4", 185_000, "A1130"),
        (2, "", "INTEREST PAID", 312, "I1131"),
        (1, "City of Las Cruces", "CHECK PAID 1042", -214_000, "C1042"),
    ]


def _chinese_bookings() -> list[Booking]:
    return [
        (17, "株洲市市政道路养护中心", "培训费", 240_000, "CN26110501"),
        (6, "宜昌市排水有限公司", f"管网培训 {_number('pipes-yichang')}", _owed("pipes-yichang"), "CN26111602"),
        (4, "佛山市政务服务和数据管理局", "绩效评估培训班", _owed("performance-foshan"), "CN26111803"),
        (2, "", "手续费", -1_050, "CN26112004"),
    ]


def _import(account: BankAccount, bookings: Sequence[Booking], now: datetime) -> BankStatement:
    today = local_day(now, account.issuer.zone)
    written = [
        SampleBooking(today - timedelta(days=days), payer, text, minor, number)
        for days, payer, text, minor, number in bookings
        if minor
    ]
    content, name = sample_csv(account, written), f"statement-{today:%Y-%m}.csv"
    with writing():
        draft = take_file(account, name, content, now=now, by=BY)
    mapping = guess(content)
    read = read_draft(draft, mapping, now=now)
    with writing():
        done = import_draft(draft, mapping, read, leave_out=False, now=now, by=BY)
    if done.statement is None:
        raise LookupError("the sample statement brought nothing")
    return done.statement


def _settle(statement: BankStatement, now: datetime) -> None:
    """Settle what a finance officer would have settled by now, and leave the rest open."""
    shown = queries.lines(statement, "", page=1, size=50)
    for line_id in [line.id for line in shown]:
        line = db.session.get_one(BankLine, line_id)
        known = bills.recorded_payments(line) if line.is_waiting else []
        paid_out = [one for one in bills.refunds_for(line) if one.state == "succeeded"] if not line.is_waiting else []
        aside = _aside(line)
        with writing():
            if "FOREIGN AFFAIRS" in line.payer:
                shares = [Share(_folio(key).public_id, minor) for key, minor in ONE_WIRE_FOR_TWO]
                commands.apply_line(line_id, shares, seen_minor=line.rest.minor, now=now, by=BY)
            elif aside:
                commands.set_aside(line_id, aside, "", seen_minor=line.rest.minor, now=now, by=BY)
            elif len(known) == 1:
                commands.tie_payment(line_id, known[0].public_id, now=now, by=BY)
            elif paid_out:
                commands.tie_refund(line_id, paid_out[0].public_id, now=now, by=BY)


def _aside(line: BankLine) -> str:
    words = {"FEE": "bank_fee", "手续费": "bank_fee", "INTEREST": "interest", "RENT": "not_for_us"}
    return next((reason for word, reason in words.items() if word in line.text), "")


def _folio(key: str) -> Folio:
    of_registration = select(Folio).join(Registration, Registration.folio_id == Folio.id)
    return db.session.scalars(of_registration.where(Registration.submission_key == f"demo-{key}"[:40])).one()


def _owed(*keys: str) -> int:
    return sum(billing.balance(_folio(key)).minor for key in keys)


def _reference(key: str) -> str:
    return _folio(key).reference


def _number(key: str) -> str:
    """Return the number of the newest invoice, or the reference where there is none."""
    invoices = billing.live_invoices(_folio(key))
    return invoices[-1].paper.number if invoices else _reference(key)


def _naming(parts: Sequence[tuple[str, int]]) -> str:
    return " AND ".join(_reference(key) for key, _minor in parts)
