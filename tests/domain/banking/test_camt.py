"""A bank's CAMT.053 says the same in every version, and nothing in it is fetched or expanded."""

from datetime import date

import pytest

from tests.bank_files import a_camt, an_entry
from tourreg.domain.banking.camt import read_camt
from tourreg.domain.banking.values import FileRefused, ReadFile, ReadLine
from tourreg.kernel.money import Money

TODAY = date(2027, 1, 15)
OLD_NAME = "<RltdPties><Dbtr><Nm>City of Charlotte</Nm></Dbtr></RltdPties>"
NEW_NAME = "<RltdPties><Dbtr><Pty><Nm>City of Charlotte</Nm></Pty></Dbtr></RltdPties>"
SAID = "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RmtInf><Ustrd>YZ27-7K3M9-Q</Ustrd></RmtInf>"


def read(content: bytes, currency: str = "USD", number: str = "") -> ReadFile:
    return read_camt(content, currency, TODAY, number)


def lines(*entries: str) -> list[ReadLine]:
    return read(a_camt(*entries)).lines


@pytest.mark.parametrize(
    ("version", "status", "name"),
    [
        ("02", "<Sts>BOOK</Sts>", OLD_NAME),
        ("03", "<Sts>BOOK</Sts>", OLD_NAME),
        ("04", "<Sts>BOOK</Sts>", OLD_NAME),
        ("06", "<Sts>BOOK</Sts>", OLD_NAME),
        ("07", "<Sts><Cd>BOOK</Cd></Sts>", NEW_NAME),
        ("08", "<Sts><Cd>BOOK</Cd></Sts>", NEW_NAME),
    ],
)
def test_every_version_says_who_paid_what_when_and_why(version: str, status: str, name: str) -> None:
    entry = an_entry(status=status, details=f"<TxDtls>{SAID}{name}</TxDtls>")

    (line,) = read(a_camt(entry, version=version)).lines

    assert line == ReadLine(
        row=1,
        booked_on=date(2027, 1, 12),
        amount=Money(96_000, "USD"),
        text="YZ27-7K3M9-Q",
        payer="City of Charlotte",
        reference="BANK-1",
    )


def test_a_batch_is_one_line_for_each_payment_in_it() -> None:
    parts = "".join(
        f'<TxDtls><Amt Ccy="USD">{amount}</Amt><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>'
        for amount, text in (("400.00", "ONE"), ("560.00", "TWO"))
    )

    found = lines(an_entry(details=parts))

    assert [(line.amount.minor, line.text, line.reference) for line in found] == [
        (40_000, "ONE", "BANK-1/1"),
        (56_000, "TWO", "BANK-1/2"),
    ]


def test_a_batch_whose_parts_are_not_said_or_do_not_add_up_stays_one_line() -> None:
    unsaid = "<TxDtls><RmtInf><Ustrd>ONE</Ustrd></RmtInf></TxDtls><TxDtls><RmtInf><Ustrd>TWO</Ustrd></RmtInf></TxDtls>"
    wrong = '<TxDtls><Amt Ccy="USD">1.00</Amt></TxDtls><TxDtls><Amt Ccy="USD">2.00</Amt></TxDtls>'
    foreign = '<TxDtls><Amt Ccy="EUR">400</Amt></TxDtls><TxDtls><Amt Ccy="EUR">560</Amt></TxDtls>'

    found = [lines(an_entry(details=details)) for details in (unsaid, wrong, foreign)]

    assert [[line.amount.minor for line in one] for one in found] == [[96_000]] * 3
    assert found[0][0].text == "ONE TWO"


def test_what_goes_out_is_negative_and_a_reversal_says_so() -> None:
    found = lines(
        an_entry(direction="DBIT", reference="A"),
        an_entry(direction="DBIT", reference="B", more="<RvslInd>true</RvslInd>"),
    )

    assert [(line.amount.minor, line.is_reversal) for line in found] == [(-96_000, False), (-96_000, True)]


def test_what_is_announced_and_not_booked_is_counted_and_left_out() -> None:
    found = read(a_camt(an_entry(), an_entry(status="<Sts>PDNG</Sts>", reference="LATER")))

    assert (len(found.lines), found.waiting) == (1, 1)


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (an_entry(currency="EUR"), "currency"),
        (an_entry(day="2027-01-16"), "future"),
        (an_entry(day="2027-02-30"), "date"),
        (an_entry("-5.00"), "amount"),
        (an_entry("5.001"), "amount"),
        (an_entry("0"), "no_amount"),
        (an_entry(direction="BOTH"), "direction"),
    ],
)
def test_an_entry_that_makes_no_sense_is_a_fault_of_its_row(entry: str, kind: str) -> None:
    found = read(a_camt(an_entry(reference="GOOD"), entry))

    assert [(fault.row, fault.kind) for fault in found.faults] == [(2, kind)]
    assert len(found.lines) == 1


def test_a_booking_that_comes_twice_under_one_number_is_one() -> None:
    found = read(a_camt(an_entry(), an_entry()))

    assert len(found.lines) == 1
    assert [(fault.row, fault.kind) for fault in found.faults] == [(2, "repeated")]


@pytest.mark.parametrize(("closing", "cut"), [("1060.00", False), ("1160.00", True)])
def test_balances_tell_whether_the_file_is_whole(closing: str, cut: bool) -> None:
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"
        for code, amount in (("OPBD", "100.00"), ("CLBD", closing))
    )

    assert read(a_camt(balances, an_entry())).does_not_add_up is cut


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE Document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE Document [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Document SYSTEM "http://192.0.2.1/evil.dtd">',
        "<!DOCTYPE Document>",
    ],
)
def test_a_document_type_ends_the_reading(declared: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(a_camt(an_entry(), before=declared))

    assert refused.value.kind == "entities"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_camt(an_entry())[:-20], "broken_xml"),
        (a_camt(an_entry()).replace(b"camt.053", b"camt.054"), "not_a_statement"),
        (a_camt(an_entry()).replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn"), "not_a_statement"),
        (a_camt(), "no_lines"),
        (b"<?xml version='1.0'?>" + b"<a>" * 5_000 + b"</a>" * 5_000, "not_a_statement"),
        (b'<?xml version="1.0" encoding="ebcdic-what"?><Document/>', "broken_xml"),
    ],
)
def test_other_xml_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(content)

    assert refused.value.kind == kind


def test_the_statement_of_another_account_is_refused() -> None:
    file = a_camt(an_entry(), account="DE02120300000000202051")

    assert len(read(file, number="DE02 1203 0000 0000 2020 51").lines) == 1
    with pytest.raises(FileRefused) as refused:
        read(file, number="DE02120300000000202099")
    assert refused.value.kind == "other_account"
