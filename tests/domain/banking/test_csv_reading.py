"""Banks write CSV in many ways; each row becomes a booking or a fault that says what is wrong with it."""

import csv
import io
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.banking.csv_reading import read_csv
from tourreg.domain.banking.decoding import Encoding, encoding_of
from tourreg.domain.banking.guessing import guess
from tourreg.domain.banking.mappings import Mapping, mapping_of, plain
from tourreg.domain.banking.values import FileRefused

TODAY = date(2027, 1, 15)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
DAY = st.just("2027-01-12") | WORDS.map("2027-01-12{}".format)
AMOUNT = st.integers(-(10**6), 10**6).map(str) | WORDS
SIGNED = Mapping(columns={"booked_on": 1, "amount": 2, "text": 3, "reference": 4, "currency": 5})
U_S = (
    "Account ending,1234\r\nPeriod,January\r\n\r\n"
    "Posting Date,Description,Debit,Credit,Transaction ID\r\n"
    '01/12/2027,"ACH CITY OF CHARLOTTE, NC YZ27-7K3M9-Q",,"1,234.50",A1\r\n'
    "01/13/2027,WIRE FEE,25.00,,A2\r\n"
)
CHINESE = (
    "交易日期,借贷标志,交易金额,币种,对方户名,摘要,交易流水号\n"
    "20270112,贷,29900.00,人民币,无锡市绩效管理办公室,培训费,X1\n"
    "20270113,借,10.00,人民币,,手续费,X2\n"
)
GERMAN = (
    "Buchungstag;Valuta;Auftraggeber;Verwendungszweck;Betrag;Währung\n"
    "12.01.2027;13.01.2027;Stadt Köln;Gebühr YZ27;1.234,50;EUR\n"
    "13.01.2027;13.01.2027;Müller & Söhne;Rückzahlung;-1.000,00;EUR\n"
)


def amounts(content: bytes, currency: str) -> list[int]:
    return [line.amount.minor for line in read_csv(content, guess(content), currency, TODAY).lines]


@pytest.mark.parametrize(
    ("text", "encoding", "currency", "minors"),
    [
        (U_S, "utf-8", "USD", [123_450, -2_500]),
        (U_S, "utf-8-sig", "USD", [123_450, -2_500]),
        (U_S, "utf-16", "USD", [123_450, -2_500]),
        (U_S, "utf-16-le", "USD", [123_450, -2_500]),
        (CHINESE, "utf-8", "CNY", [2_990_000, -1_000]),
        (CHINESE, "gb18030", "CNY", [2_990_000, -1_000]),
        (CHINESE, "gb2312", "CNY", [2_990_000, -1_000]),
        (GERMAN, "utf-8", "EUR", [123_450, -100_000]),
        (GERMAN, "latin-1", "EUR", [123_450, -100_000]),
        (GERMAN, "cp1252", "EUR", [123_450, -100_000]),
    ],
)
def test_a_file_is_read_as_it_looks(text: str, encoding: str, currency: str, minors: list[int]) -> None:
    assert amounts(text.encode(encoding), currency) == minors


def test_words_keep_their_letters_in_every_encoding() -> None:
    chinese, german = CHINESE.encode("gb18030"), GERMAN.encode("latin-1")

    first = [
        read_csv(file, guess(file), currency, TODAY).lines[0] for file, currency in ((chinese, "CNY"), (german, "EUR"))
    ]

    assert [(line.payer, line.text) for line in first] == [
        ("无锡市绩效管理办公室", "培训费"),
        ("Stadt Köln", "Gebühr YZ27"),
    ]
    assert first[1].valued_on == date(2027, 1, 13)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("plain", "utf-8"), ("Zürich", "windows-1252"), ("扬州 café", "utf-8"), ("扬州市财政局", "gb18030")],
)
def test_the_encoding_shows_in_how_letters_pair(text: str, encoding: Encoding) -> None:
    assert encoding_of(text.encode(encoding)) == encoding


def test_a_file_in_another_encoding_than_was_said_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        read_csv(GERMAN.encode("latin-1"), replace(guess(GERMAN.encode()), encoding="utf-8"), "EUR", TODAY)

    assert (refused.value.kind, refused.value.encoding) == ("encoding", "utf-8")


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("960.00", 96_000),
        ("$1,234.5", 123_450),
        ("US$ 1,234.50", 123_450),
        ("¥1234", 123_400),
        ("1 234.50", 123_450),
        ("1’234.50", 123_450),
        ("1\u00a0234.50", 123_450),
        ("-25.00", -2_500),
        ("−25.00", -2_500),
        ("25.00-", -2_500),
        ("(25.00)", -2_500),
        ("+25.00", 2_500),
        ("25.000", 2_500),
        (".50", None),
        ("12,34.50", None),
        ("1.234,50", None),
        ("25.005", None),
        ("nine", None),
        ("1e3", None),
        ("9" * 20, None),
        ("٩٦٠", None),
        ("0.00", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_banks_write_them(written: str, minor: int | None) -> None:
    read = read_csv(f'Date,Amount\n2027-01-12,"{written}"\n'.encode(), SIGNED, "USD", TODAY)

    assert [line.amount.minor for line in read.lines] == ([] if minor is None else [minor])
    assert len(read.faults) == (minor is None)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("2027-01-12", "cut"),
        ('2027-01-12,5.00,"never closed', "unclosed"),
        ("12 January,5.00", "date"),
        ("2027-02-30,5.00", "date"),
        ("1999-12-31,5.00", "date"),
        ("2027-01-16,5.00", "future"),
        ("2027-01-12,", "no_amount"),
        ("2027-01-12,5.00,,,EUR", "currency"),
        ("2027-01-12,5.00,,,Doubloons", "currency"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row: str, kind: str) -> None:
    read = read_csv(f"Date,Amount,Text\n2027-01-12,1.00,good\n\n{row}\n".encode(), SIGNED, "USD", TODAY)

    assert [line.text for line in read.lines] == ["good"]
    assert [(fault.row, fault.kind) for fault in read.faults] == [(4, kind)]


@pytest.mark.parametrize(
    ("said", "amount", "minor"),
    [
        ("CR", "5.00", 500), ("Credit", "5.00", 500), ("贷", "5.00", 500), ("D", "5.00", -500), ("支出", "5.00", -500),
        ("DR.", "-5.00", -500), ("C", "-5.00", None), ("both", "5.00", None), ("", "5.00", None),
    ],
)  # fmt: skip
def test_a_column_says_which_way_the_money_went(said: str, amount: str, minor: int | None) -> None:
    mapping = Mapping(amount_style="direction", columns={"booked_on": 1, "amount": 2, "direction": 3})

    read = read_csv(f"Date,Amount,Way\n2027-01-12,{amount},{said}\n".encode(), mapping, "USD", TODAY)

    assert [line.amount.minor for line in read.lines] == ([] if minor is None else [minor])


def test_a_debit_goes_out_whatever_its_sign_and_a_negative_credit_too() -> None:
    mapping = Mapping(amount_style="debit_credit", columns={"booked_on": 1, "debit": 2, "credit": 3})
    rows = ["2027-01-12,5.00,", "2027-01-12,-5.00,", "2027-01-12,,5.00", "2027-01-12,,-5.00", "2027-01-12,1.00,2.00"]

    read = read_csv("\n".join(["Date,Out,In", *rows]).encode(), mapping, "USD", TODAY)

    assert [line.amount.minor for line in read.lines] == [-500, -500, 500, -500]
    assert [fault.kind for fault in read.faults] == ["both_amounts"]


def test_a_mapping_that_fits_no_line_reads_none_and_says_why_for_each() -> None:
    file = U_S.encode()

    read = read_csv(file, replace(guess(file), date_format="%d.%m.%Y"), "USD", TODAY)

    assert read.lines == []
    assert [fault.kind for fault in read.faults] == ["date", "date"]


def test_a_mapping_is_kept_whole() -> None:
    mapping = guess(GERMAN.encode())

    assert mapping_of({**plain(mapping), "heading": ["Buchungstag"]}) == mapping
    assert mapping_of({}) is None


def test_a_file_without_a_heading_begins_with_its_first_booking() -> None:
    read = read_csv(b"2027-01-12,5.00\n2027-01-13,6.00\n", replace(SIGNED, has_heading=False), "USD", TODAY)

    assert [line.amount.minor for line in read.lines] == [500, 600]


@given(st.binary(max_size=400))
def test_whatever_bytes_come_are_read_or_refused(content: bytes) -> None:
    with suppress(FileRefused):
        assert all(line.amount.minor for line in read_csv(content, guess(content), "USD", TODAY).lines)


@given(st.lists(st.tuples(DAY, AMOUNT, WORDS, WORDS, st.sampled_from(["", "JPY", "USD"])), max_size=6))
def test_whatever_stands_in_its_cells_each_row_becomes_a_line_or_a_fault(rows: list[tuple[str, ...]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([("Date", "Amount", "Text", "Reference", "Currency"), *rows])

    read = read_csv(written.getvalue().encode(), SIGNED, "JPY", TODAY)

    assert len(read.lines) + len(read.faults) == len(rows)
