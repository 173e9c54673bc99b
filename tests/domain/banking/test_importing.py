"""A bank's file is taken over booking by booking, each once however often it comes."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from tests.bank_files import FINANCE, a_camt, a_csv, all_lines, an_account, an_entry, imported
from tests.money_cast import count
from tests.races import all_at_once, outcome_of
from tourreg.db import writing
from tourreg.domain.banking import queries
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.importing import (
    AccountNameTaken,
    NoAccountInCurrency,
    RowsUnread,
    import_draft,
    read_draft,
    take_file,
)
from tourreg.domain.banking.mappings import Mapping, mapping_of
from tourreg.domain.banking.models import BankAccount, BankDraft, BankStatement
from tourreg.domain.banking.values import FileRefused

pytestmark = pytest.mark.both

WIRE = (12, "CITY OF CHARLOTTE", "WIRE", "960.00", "W1")
UNNUMBERED = (13, "CITY OF DAVENPORT", "DUES", "50.00", "")


def texts() -> list[str]:
    return [line.text for line in all_lines()]


def test_the_same_file_again_brings_nothing_new(account: BankAccount, now: datetime) -> None:
    file = a_csv(WIRE, UNNUMBERED, UNNUMBERED)

    first, again = imported(account, file, now), imported(account, file, now)

    assert (first.new, first.known) == (3, 0)
    assert (again.statement, again.new, again.known) == (None, 0, 3)
    assert texts() == ["WIRE", "DUES", "DUES"]


def test_two_equal_bookings_of_one_day_stay_two_when_the_second_comes_with_a_later_file(
    account: BankAccount, now: datetime
) -> None:
    imported(account, a_csv(WIRE, UNNUMBERED), now)

    later = imported(account, a_csv(UNNUMBERED, UNNUMBERED, (14, "", "NEW", "1.00", "")), now)

    assert (later.new, later.known) == (2, 1)
    assert texts() == ["WIRE", "DUES", "DUES", "NEW"]


def test_the_banks_own_number_holds_whatever_the_rest_of_the_file_says(account: BankAccount, now: datetime) -> None:
    imported(account, a_csv(WIRE), now)

    again = imported(account, a_csv((12, "City of Charlotte NC", "INCOMING WIRE", "960.00", "W1")), now)

    assert (again.new, again.known) == (0, 1)


def test_one_number_on_a_payment_and_on_its_fee_is_two_bookings(account: BankAccount, now: datetime) -> None:
    done = imported(account, a_csv(WIRE, (12, "", "FEE", "-25.00", "W1")), now)

    assert done.new == 2
    assert [line.state for line in all_lines()] == ["open", "outgoing"]


def test_two_accounts_know_nothing_of_each_other(account: BankAccount, now: datetime) -> None:
    other = an_account(now, "Savings")

    done = [imported(one, a_csv(WIRE), now).new for one in (account, other)]

    assert done == [1, 1]


def test_a_camt_and_its_overlap_with_the_next(account: BankAccount, now: datetime) -> None:
    def take(*entries: str) -> tuple[int, int]:
        with writing():
            draft = take_file(account, "camt.xml", a_camt(*entries), now=now, by=FINANCE)
        read = read_draft(draft, Mapping(), now=now)
        with writing():
            done = import_draft(draft, Mapping(), read, leave_out=False, now=now, by=FINANCE)
        return done.new, done.known

    first, second = an_entry(reference="A"), an_entry(reference="B")

    assert [take(first), take(first, second)] == [(1, 0), (1, 1)]


def test_a_file_that_four_people_import_at_once_is_imported_once(
    app: Flask, account: BankAccount, now: datetime
) -> None:
    file, public_id = a_csv(WIRE, UNNUMBERED), account.public_id

    def take() -> Any:
        same = queries.account_by_public_id(public_id)
        assert same is not None
        return imported(same, file, now).new

    answers = all_at_once(app, [outcome_of(take)] * 4)

    assert sorted(answers) == [0, 0, 0, 2]
    assert count(BankStatement) == 1


def test_one_press_twice_leads_to_one_statement(account: BankAccount, now: datetime) -> None:
    file = a_csv(WIRE)
    with writing():
        draft = take_file(account, "january.csv", file, now=now, by=FINANCE)
    mapping = guess(file)
    read = read_draft(draft, mapping, now=now)
    press = partial(import_draft, draft, mapping, read, leave_out=False, now=now, by=FINANCE)

    with writing():
        first = press().statement
    with writing():
        second = press().statement

    assert first is not None
    assert first is second
    assert len(all_lines()) == 1


def test_rows_that_cannot_be_read_stop_the_import_until_somebody_leaves_them_out(
    account: BankAccount, now: datetime
) -> None:
    file = a_csv(WIRE) + b"01/13/2027,cut"

    with pytest.raises(RowsUnread):
        imported(account, file, now)
    assert texts() == []
    done = imported(account, file, now, leave_out=True)

    assert done.statement is not None
    assert done.statement.left_out == 1
    assert texts() == ["WIRE"]


def test_a_file_without_a_booking_is_refused(account: BankAccount, now: datetime) -> None:
    with pytest.raises(FileRefused) as refused:
        imported(account, a_csv(), now)

    assert refused.value.kind == "no_lines"


def test_the_mapping_is_kept_with_the_account_for_the_next_file(account: BankAccount, now: datetime) -> None:
    file = a_csv(WIRE)
    imported(account, file, now)

    kept = queries.account_by_public_id(account.public_id)

    assert kept is not None
    assert mapping_of(kept.mapping) == guess(file)
    assert kept.mapping["heading"][3] == "Amount"


def test_files_that_nobody_imported_go_after_a_day(account: BankAccount, now: datetime) -> None:
    with writing():
        take_file(account, "old.csv", a_csv(WIRE), now=now - timedelta(hours=25), by=FINANCE)
        take_file(account, "new.csv", a_csv(WIRE), now=now, by=FINANCE)

    assert count(BankDraft) == 1


def test_an_account_is_of_a_currency_in_which_the_seller_is_paid(account: BankAccount, now: datetime) -> None:
    with pytest.raises(NoAccountInCurrency):
        an_account(now, "Euro account", currency="EUR")
    with pytest.raises(AccountNameTaken):
        an_account(now, "OPERATING account")
