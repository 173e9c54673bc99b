"""Files of members: what is read, and what is said of rows that cannot be."""

from datetime import date

import pytest

from tourreg.domain.memberships.rules import FileUnreadable, MemberRow, RowFault, RowsWrong, read_members


def test_columns_are_found_by_their_heading_in_either_language() -> None:
    assert read_members([["Name", "Member No.", "Valid until"], ["Charlotte", "m-1001", "2027-12-31"]]) == [
        MemberRow("M1001", "Charlotte", date(2027, 12, 31))
    ]
    assert read_members([["会员号", "单位", "有效期至"], ["1002", "扬州市", "2027年6月30日"]]) == [
        MemberRow("1002", "扬州市", date(2027, 6, 30))
    ]


def test_without_a_heading_the_first_column_is_the_number() -> None:
    assert read_members([["M1001"], [], ["M1002", "Davenport", "46387"]]) == [
        MemberRow("M1001"), MemberRow("M1002", "Davenport", date(2026, 12, 31))
    ]  # fmt: skip


def test_every_wrong_row_is_named_and_nothing_is_read() -> None:
    rows = [
        ["number", "name", "until"],
        ["", "Nobody"],
        ["A1"],
        ["a-1"],
        ["B" * 41],
        ["C1", "", "soon"],
        ["D1", "x" * 201],
    ]

    with pytest.raises(RowsWrong) as refused:
        read_members(rows)

    assert refused.value.faults == [
        RowFault(2, "number_missing"),
        RowFault(4, "number_twice", "a-1"),
        RowFault(5, "number_unfit", "B" * 40),
        RowFault(6, "day_unreadable", "soon"),
        RowFault(7, "name_too_long"),
    ]


@pytest.mark.parametrize(
    ("rows", "kind"), [([], "empty"), ([["", " "]], "empty"), ([["number", "name"]], "no_numbers")]
)
def test_a_file_without_members_is_refused(rows: list[list[str]], kind: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read_members(rows)

    assert refused.value.kind == kind
