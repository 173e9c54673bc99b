"""Excel files of rows with days and times in them."""

import io
import zipfile
from datetime import date, time, timedelta

import openpyxl
import pytest

from tests.workbook_files import a_workbook
from tourreg.adapters.spreadsheets import NoSpreadsheet
from tourreg.adapters.workbooks import Merged, OldOrProtected, TooManyRows, Value, read_table, write_table


def test_what_is_written_is_read_back_as_what_it_was() -> None:
    rows: list[list[Value]] = [
        [date(2027, 5, 1), time(9, 30), "=1+1", 12],
        [None, time(0, 0), "𠮷 http://x.example", None],
    ]

    content = write_table(["A", "B", "C", "D"], rows, widths=[10, 10, 0, 10], name="行程")

    assert read_table(content, most_rows=10).rows == [["A", "B", "C", "D"], *[_trimmed(row) for row in rows]]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["C2"].data_type == "s"
    assert sheet.column_dimensions["C"].hidden
    assert sheet.freeze_panes == "A2"


def test_merged_cells_and_formulas_without_results_are_told() -> None:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.merge_cells("A2:A4")
        sheet["B3"] = "=A1&A2"

    table = read_table(a_workbook(["a"], ["b"], ["c"], change=change, sheets=["Old"]), most_rows=10)

    assert table.merged == [Merged(1, 0, 3, 0)]
    assert table.unsaved == [(2, 1)]
    assert table.sheets == ["Old"]


def test_values_are_what_the_program_means_by_them() -> None:
    table = read_table(a_workbook([1.5, True, timedelta(hours=26), time(8, 5), date(2027, 2, 1), "x"]), most_rows=1)

    assert table.rows == [[1.5, True, timedelta(hours=26), time(8, 5), date(2027, 2, 1), "x"]]


def test_reading_ends_where_there_are_too_many_rows() -> None:
    with pytest.raises(TooManyRows):
        read_table(a_workbook(*([number] for number in range(12))), most_rows=10)


def test_a_format_far_below_is_no_row_and_a_value_there_is_too_far() -> None:
    def format_far_below(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1048576"].number_format = "0.00"

    def write_far_below(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1048576"] = "x"

    assert read_table(a_workbook(["a"], change=format_far_below), most_rows=10).rows == [["a"]]
    with pytest.raises(TooManyRows):
        read_table(a_workbook(["a"], change=write_far_below), most_rows=10)


def test_empty_rows_at_the_end_are_no_rows() -> None:
    assert read_table(a_workbook(["a"], [None], [""], [None]), most_rows=1).rows == [["a"]]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a workbook", b"PK\x03\x04 cut off", "日期,开始\n".encode()],
    ids=["empty", "text", "cut off", "csv"],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(NoSpreadsheet):
        read_table(content, most_rows=10)


def test_an_old_or_protected_workbook_is_told_apart() -> None:
    with pytest.raises(OldOrProtected):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, most_rows=10)


def test_another_archive_is_no_workbook() -> None:
    with pytest.raises(NoSpreadsheet):
        read_table(_archive({"letter.txt": b"hello"}), most_rows=10)


def test_a_workbook_that_unpacks_into_very_much_is_refused() -> None:
    bomb = _with_part(a_workbook(["a"]), "xl/media/zeros.bin", b"\0" * (41 * 1024 * 1024))

    assert len(bomb) < 200_000
    with pytest.raises(NoSpreadsheet):
        read_table(bomb, most_rows=10)


def test_a_document_type_by_which_entities_come_is_refused() -> None:
    evil = _with_part(
        a_workbook(["a"]), "xl/evil.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    )

    with pytest.raises(NoSpreadsheet):
        read_table(evil, most_rows=10)


def _trimmed(row: list[Value]) -> list[Value]:
    while row and row[-1] is None:
        row = row[:-1]
    return row


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {each: book.read(each) for each in book.namelist()}
    return _archive({**parts, name: part})


def _archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()
