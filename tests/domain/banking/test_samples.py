"""The files that people try the import with are read as they were meant, and show what it can do."""

from datetime import date

import pytest

from tests.cast import an_issuer
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.matching import Bill, Incoming, Matcher
from tourreg.domain.banking.models import BankAccount
from tourreg.domain.banking.reading import read_statement
from tourreg.domain.banking.samples import sample_bookings, sample_camt, sample_csv

TODAY = date(2027, 1, 15)
BILLS = [
    Bill(f"bill {number}", f"YZ27-0000{number}-A", number * 10_000, payers=(payer,))
    for number, payer in enumerate(
        ("City of Charlotte", "无锡市绩效管理办公室", "City of Tacoma", "Käthe Weiß", "马晓燕"), start=1
    )
]


@pytest.mark.parametrize("country", ["US", "CN"])
@pytest.mark.parametrize("write", [sample_csv, sample_camt])
def test_a_sample_says_what_it_was_made_of(country: str, write: object) -> None:
    account = BankAccount(issuer=an_issuer(country=country), name="Sample", currency="USD", number="1234")
    bookings = sample_bookings(BILLS, TODAY, "S")

    content = write(account, bookings)  # type: ignore[operator]
    mapping = guess(content) if write is sample_csv else guess(b"a,b")
    read = read_statement(content, mapping, currency="USD", account_number="1234", today=TODAY)

    assert read.faults == []
    assert [(line.booked_on, line.amount.minor, line.payer, line.text, line.reference) for line in read.lines] == [
        (one.booked_on, one.minor, one.payer, one.text, one.number) for one in bookings
    ]


def test_a_sample_has_certain_bookings_a_split_and_some_for_nobody() -> None:
    matcher = Matcher(BILLS, "CCE")

    found = [
        matcher.match(Incoming(one.minor, one.text, one.payer, one.booked_on))
        for one in sample_bookings(BILLS, TODAY, "S")
        if one.minor > 0
    ]

    assert sum(match.is_certain for match in found) >= 3
    assert max(len(match.shares) for match in found) == 2
    assert not found[-1].proposals


def test_a_seller_without_open_bills_has_a_sample_too() -> None:
    account = BankAccount(issuer=an_issuer(), name="Sample", currency="USD", number="")

    content = sample_camt(account, sample_bookings([], TODAY, "S"))

    assert len(read_statement(content, guess(b"a,b"), currency="USD", account_number="", today=TODAY).lines) == 2
