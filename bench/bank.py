"""A bank's statement of five thousand bookings: read, and matched with the bills of a season."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy import select

from bench.figures import Figure, fastest, seconds
from bench.season import an_open_summit
from bench.site import DATABASES, Kind, site
from tests.bank_files import HEADING, an_account, imported
from tests.many import many_registrations
from tourreg.db import db
from tourreg.domain.banking import bills, queries
from tourreg.domain.banking.csv_reading import read_csv
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.models import BankAccount, BankLine
from tourreg.domain.billing.models import Folio
from tourreg.kernel import clock

BOOKINGS, BILLS = 5_000, 2_000
TODAY = date(2027, 1, 31)


def figures() -> Iterator[Figure]:
    yield _reading()
    for kind in DATABASES:
        with site(kind, _fill) as place, place.app.app_context():
            yield _matching(kind)


def _reading() -> Figure:
    content = _statement()
    read = fastest(lambda: read_csv(content, guess(content), "USD", TODAY), turns=3)
    bare = fastest(lambda: list(csv.reader(io.StringIO(content.decode()))), turns=3)
    return Figure(f"CSV of {BOOKINGS:,} bookings, read", f"{read:.2f} s", f"{read / bare:.0f} times csv.reader alone")


def _matching(kind: Kind) -> Figure:
    """Match all bookings at once, beside one plain question to the database for each of them."""
    account = db.session.scalars(select(BankAccount)).one()
    lines = db.session.scalars(select(BankLine).order_by(BankLine.id)).all()
    matched = fastest(partial(_match, account.public_id, lines), turns=3)
    asked = seconds(partial(_ask_one_by_one, [line.text for line in lines]))
    ratio = matched / asked
    return Figure(
        f"statement of {BOOKINGS:,} bookings matched with {BILLS:,} bills, {kind}",
        f"{matched:.2f} s",
        f"{ratio:.2f} times a SELECT for each ({asked:.2f} s)",
        "≤ 1 time",
        ratio <= 1,
    )


def _match(public_id: str, lines: Sequence[BankLine]) -> None:
    account = queries.account_by_public_id(public_id)
    if account is None:
        raise SystemExit("bench: the account is gone")
    found = bills.matches(bills.bills(account.issuer, account.currency), account, lines)
    certain = sum(match.is_certain for match in found.values())
    if len(found) != BOOKINGS or not certain:
        raise SystemExit(f"bench: {certain} of {len(found)} bookings are certain")


def _ask_one_by_one(texts: list[str]) -> None:
    for text in texts:
        db.session.execute(select(Folio.id).where(Folio.reference == text.rpartition(" ")[2])).first()


def _fill() -> None:
    now = clock.utc_now()
    many_registrations(an_open_summit("summit"), BILLS, now=now)
    imported(an_account(now), _statement(), now)


def _statement() -> bytes:
    """Return a CSV in which every second booking names a bill, and every third its payer."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADING)
    first = clock.utc_now().date() - timedelta(days=60)
    for number in range(BOOKINGS):
        day = first + timedelta(days=number % 30)
        text = (
            f"INCOMING WIRE REF YZ27-{(number + 1) % BILLS:05d}-0" if number % 2 else f"CARD SETTLEMENT {number * 7919}"
        )
        payer = "DAVENPORT CITY HALL" if number % 3 else "ACME SUPPLIES OF THE MIDWEST"
        writer.writerow(
            [f"{day:%m/%d/%Y}", payer, text, "480.00" if number % 2 else f"{100 + number % 900}.00", f"B{number}"]
        )
    return written.getvalue().encode()
