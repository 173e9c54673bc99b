"""A booking finds its bills by what the bank prints: references, numbers, amounts and names, in whatever writing."""

from __future__ import annotations

from datetime import date

import pytest

from tourreg.domain.banking.matching import Asked, Bill, Incoming, Match, Matcher, certain_once, find_bills

CHARLOTTE = Bill(
    "charlotte",
    "YZ27-7K3M9-Q",
    96_000,
    asked=(Asked("invoice_amount", "CCE-INV-2027-00012", 96_000), Asked("instalment", "2027-06-30", 30_000)),
    numbers=("CCE-INV-2027-00012",),
    payers=("City of Charlotte, Inc.",),
    people=("Emily Hart", "陈立"),
    registrations=("YZ27-AAAAA-B",),
)
WUXI = Bill("wuxi", "YZ27-10O1L-X", 50_000, numbers=("CCE-INV-2027-00013",), payers=("无锡市绩效管理办公室",))
PAID = Bill("paid", "YZ27-PPPPP-P", 0, numbers=("CCE-INV-2027-00001",), payers=("City of Davenport",))


def match(text: str, minor: int = 1, payer: str = "", bills: tuple[Bill, ...] = (CHARLOTTE, WUXI, PAID)) -> Match:
    return Matcher(bills, "CCE").match(Incoming(minor, text, payer, date(2027, 1, 12)))


def reasons(found: Match) -> dict[str, list[str]]:
    return {one.bill.public_id: [reason.kind for reason in one.reasons] for one in found.proposals}


@pytest.mark.parametrize(
    "text",
    [
        "YZ27-7K3M9-Q",
        "WIRE FROM CITY/YZ27 7K3M9 Q/THANKS",
        "yz277k3m9q",
        "PAYMENTYZ277K3M9Q2027",
        "YZ27–7K3M9—Q",
        "Ｙ Ｚ２７－７Ｋ３Ｍ９－Ｑ",
        "会费YZ27-7K3M9-Q请查收",
        "YZ27-AAAAA-B",
        "YZ27-AAAAA-8 no, YZ27.7K3M9.Q",
    ],
)
def test_a_reference_is_found_however_it_is_written(text: str) -> None:
    assert reasons(match(text)) == {"charlotte": ["reference"]}


@pytest.mark.parametrize("text", ["YZ27-1OO1L-X", "yz27 ioo1l x", "YZ27-LOO1I-X"])
def test_letters_and_digits_that_look_alike_are_one(text: str) -> None:
    assert reasons(match(text)) == {"wuxi": ["reference"]}


@pytest.mark.parametrize("text", ["YZ27-7K3M8-Q", "YZ27-7K3M", "CCE-INV-2027-000123", "INV-2027-0001", "2027", ""])
def test_what_is_no_number_of_ours_names_nothing(text: str) -> None:
    assert reasons(match(text)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "CCE-INV-2027-00012",
        "INV 2027 00012",
        "inv2027-00012.",
        "CCE INV 2027 OOO12",
        "INV-2027-00012 960.00",
        "INV-2027-00012/2",
    ],
)  # fmt: skip
def test_an_invoice_is_found_with_or_without_the_sellers_letters(text: str) -> None:
    assert reasons(match(text)) == {"charlotte": ["invoice"]}


@pytest.mark.parametrize("text", ["YZ27-7K3M9", "YZ27-7K3M9-R", "yz27 7k3m9 thanks"])
def test_a_reference_without_its_check_sign_is_said_to_be_so_and_never_certain(text: str) -> None:
    found = match(text, 96_000)

    assert reasons(found) == {"charlotte": ["partial_reference", "balance"]}
    assert not found.is_certain


@pytest.mark.parametrize(
    ("payer", "bill", "kind"),
    [
        ("CITY OF CHARLOTTE", "charlotte", "payer"),
        ("The City of Charlotte Inc", "charlotte", "payer"),
        ("PMT CITY OF CHARLOTTE NC", "charlotte", "payer"),
        ("CITY OF CHARL", "", ""),
        ("CITY OF CHARLOTTESVILLE", "", ""),
        ("EMILY HART", "charlotte", "person"),
        ("HART EMILY", "charlotte", "person"),
        ("HART, EMILY", "charlotte", "person"),
        ("CHEN LI", "charlotte", "person"),
        ("无锡市绩效管理办公室", "wuxi", "payer"),
        ("WUXI SHI JIXIAO GUANLI BANGONGSHI", "wuxi", "payer"),
        ("无锡市绩效管理", "wuxi", "payer"),
        ("扬州市财政局", "", ""),
    ],
)
def test_names_are_found_in_both_scripts(payer: str, bill: str, kind: str) -> None:
    assert reasons(match("", payer=payer)) == ({bill: [kind]} if bill else {})


def test_an_amount_says_what_it_is_of() -> None:
    assert reasons(match("", 96_000)) == {"charlotte": ["balance"]}
    assert reasons(match("", 30_000)) == {"charlotte": ["instalment"]}


def test_an_amount_that_many_bills_ask_for_proposes_none_but_the_named() -> None:
    alike = tuple(Bill(f"bill {number}", f"YZ27-0000{number}-A", 96_000) for number in range(6))

    assert reasons(match("", 96_000, bills=alike)) == {}
    assert reasons(match("YZ27-00003-A", 96_000, bills=alike)) == {"bill 3": ["reference", "balance"]}


@pytest.mark.parametrize(
    ("text", "minor", "certain", "shares"),
    [
        ("YZ27-7K3M9-Q", 96_000, True, {"charlotte": 96_000}),
        ("YZ27-7K3M9-Q", 30_000, True, {"charlotte": 30_000}),
        ("CCE-INV-2027-00012", 96_000, True, {"charlotte": 96_000}),
        ("YZ27-7K3M9-Q", 95_000, False, {"charlotte": 95_000}),
        ("YZ27-7K3M9-Q", 97_000, False, {"charlotte": 96_000}),
        ("YZ27-PPPPP-P", 96_000, False, {}),
        ("YZ27-7K3M9-Q YZ27-10O1L-X", 146_000, True, {"charlotte": 96_000, "wuxi": 50_000}),
        ("YZ27-7K3M9-Q YZ27-10O1L-X", 100_000, False, {"charlotte": 96_000, "wuxi": 4_000}),
        ("YZ27-7K3M9-Q YZ27-PPPPP-P", 96_000, False, {"charlotte": 96_000}),
        ("CITY OF CHARLOTTE", 96_000, False, {"charlotte": 96_000}),
        ("CITY OF CHARLOTTE", 5_000, False, {}),
    ],
)
def test_only_reference_and_amount_together_are_certain(
    text: str, minor: int, certain: bool, shares: dict[str, int]
) -> None:
    found = match(text, minor)

    assert (found.is_certain, dict(found.shares)) == (certain, shares)


def test_one_wire_without_a_number_for_all_bills_of_a_payer() -> None:
    bills = tuple(
        Bill(f"bill {one}", f"YZ27-0000{one}-A", one * 1_000, payers=("City of Davenport",)) for one in (1, 2, 3)
    )

    found = match("CITY OF DAVENPORT", 6_000, bills=bills)

    assert dict(found.shares) == {"bill 1": 1_000, "bill 2": 2_000, "bill 3": 3_000}
    assert not found.is_certain
    assert all("together" in kinds for kinds in reasons(found).values())


def test_the_second_wire_for_one_bill_is_not_certain() -> None:
    line = Incoming(96_000, "YZ27-7K3M9-Q", "", date(2027, 1, 12))
    matcher = Matcher((CHARLOTTE, WUXI), "CCE")

    told = certain_once({number: matcher.match(line) for number in (1, 2)})

    assert [one.is_certain for one in told.values()] == [True, False]


@pytest.mark.parametrize(
    ("words", "found"),
    [("7k3m9", ["charlotte"]), ("inv 2027 00013", ["wuxi"]), ("无锡", ["wuxi"]), ("wu xi", ["wuxi"]),
     ("hart", ["charlotte"]), ("davenport", ["paid"]), ("nobody", []), ("!?", [])],
)  # fmt: skip
def test_people_find_bills_by_number_and_name(words: str, found: list[str]) -> None:
    assert [bill.public_id for bill in find_bills((CHARLOTTE, WUXI, PAID), words)] == found
