"""What the bank's statements bring, and what finance does with their lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from tests.bank_files import Booking, a_csv, imported
from tests.domain.settlements.an_office import AnOffice, dies_at, pick, some
from tests.money_cast import FINANCE
from tourreg.db import db
from tourreg.domain.banking import bills
from tourreg.domain.banking import commands as banking
from tourreg.domain.banking.commands import Share
from tourreg.domain.banking.models import BankAccount, BankLine
from tourreg.domain.billing.models import Folio

# The bank's year so far; every file holds some days in a row of it, so that files overlap.
BOOKINGS: list[Booking] = [
    (2, "CITY OF DAVENPORT", "WIRE ONE", "480.00", "W-1"),
    (3, "CITY OF DAVENPORT", "WIRE TWO", "960.00", "W-2"),
    (4, "E HART", "ACH CREDIT", "210.00", "A-3"),
    (5, "CITY OF CHARLOTTE", "WIRE", "1440.00", "W-4"),
    (6, "CITY OF CHARLOTTE", "REFUND", "-480.00", "OUT-5"),
    (6, "CITY OF CHARLOTTE", "REFUND", "-321.60", "OUT-6"),
    (7, "E HART", "CHECK 77", "0.01", "C-7"),
]


class Bank(AnOffice):
    @precondition(lambda self: len(self.bookings) < len(BOOKINGS))
    @rule(first=st.integers(0, 6), days=st.integers(2, 7), dies=dies_at)
    def a_statement_comes(self, first: int, days: int, dies: int) -> None:
        """A file, sent twice, which overlaps with files of before and after."""
        bookings = BOOKINGS[first : first + days]

        def taken_over() -> None:
            imported(db.session.get_one(BankAccount, self.account_id), a_csv(*bookings), self.now)

        self.bookings |= {booking[4] for booking in bookings}
        self.do_twice(taken_over, dies)

    @precondition(lambda self: self.lines_that_wait() and self.bills_in_dollars())
    @rule(which=some, one=some, two=some, part=st.sampled_from([4, 3, 1]), dies=dies_at)
    def a_line_pays(self, which: int, one: int, two: int, part: int, dies: int) -> None:
        """One bill or two, a part of the line or all of it; the form is sent twice."""
        line, folios = pick(self.lines_that_wait(), which), self.bills_in_dollars()
        line_id, seen = line.id, line.rest.minor
        share = seen * part // 4
        halves = {pick(folios, one).public_id: share // 2, pick(folios, two).public_id: share - share // 2}
        shares = [Share(bill, minor) for bill, minor in halves.items()]
        self.do_twice(
            self.writes(lambda: banking.apply_line(line_id, shares, seen_minor=seen, now=self.now, by=FINANCE)), dies
        )

    @precondition(lambda self: self.bills_in_dollars())
    @rule(first=st.integers(0, 3), one=some, two=some, dies=dies_at)
    def a_statement_comes_and_is_matched(self, first: int, one: int, two: int, dies: int) -> None:
        self.a_statement_comes(first, 2, 0)
        if self.lines_that_wait():
            self.a_line_pays(one, one, two, 4, dies)

    @precondition(lambda self: self.known_otherwise())
    @rule(which=some, dies=dies_at)
    def a_line_is_known(self, which: int, dies: int) -> None:
        """It is a wire that was recorded by hand, or a refund that was paid out."""
        tie, line, known = pick(self.known_otherwise(), which)
        self.do_twice(self.writes(lambda: tie(line, known, now=self.now, by=FINANCE)), dies)

    @precondition(lambda self: self.lines())
    @rule(which=some, dies=dies_at)
    def a_line_is_set_aside_or_brought_back(self, which: int, dies: int) -> None:
        line = pick(self.lines(), which)
        line_id, rest, state = line.id, line.rest.minor, line.state

        def put() -> None:
            if state == "set_aside":
                banking.bring_back(line_id, now=self.now, by=FINANCE)
            else:
                banking.set_aside(line_id, "other", "?", seen_minor=rest, now=self.now, by=FINANCE)

        self.do(self.writes(put), dies)

    def bills_in_dollars(self) -> list[Folio]:
        """Return what the account's money can pay."""
        return [folio for folio in self.folios() if folio.currency == "USD"]

    def lines(self) -> Sequence[BankLine]:
        return db.session.scalars(select(BankLine).order_by(BankLine.id)).all()

    def lines_that_wait(self) -> list[BankLine]:
        return [line for line in self.lines() if line.is_waiting]

    def known_otherwise(self) -> list[tuple[Callable[..., None], int, str]]:
        """Return by which command a line can be tied to what: to a payment or to a refund, by public id."""
        payments = [
            (banking.tie_payment, line.id, entry.public_id)
            for line in self.lines_that_wait()
            for entry in bills.recorded_payments(line)
        ]
        refunds = [
            (banking.tie_refund, line.id, refund.public_id)
            for line in self.lines()
            if line.state == "outgoing"
            for refund in bills.refunds_for(line)
        ]
        return [*payments, *refunds]
