"""Excel files that people send: cells as text, and nothing that harms."""

import io
import zipfile

import pytest
import xlsxwriter

from tourreg.adapters import spreadsheets
from tourreg.adapters.spreadsheets import NoSpreadsheet, rows_of_xlsx


def an_xlsx(rows: list[list[object]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return written.getvalue()


def test_words_numbers_and_gaps_are_read_as_text() -> None:
    content = an_xlsx([["会员号", "Name"], ["M1001", "扬州"], [], [1002, None, 46387.0]])

    assert rows_of_xlsx(content) == [["会员号", "Name"], ["M1001", "扬州"], [], ["1002", "", "46387"]]


def test_what_is_no_excel_file_is_refused() -> None:
    for content in (b"", b"<html></html>", b"PK\x03\x04 cut off", an_xlsx([["a"]])[:900]):
        with pytest.raises(NoSpreadsheet):
            rows_of_xlsx(content)


def test_entities_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><worksheet>&b;</worksheet>'
    with pytest.raises(NoSpreadsheet):
        rows_of_xlsx(a_zip({"xl/worksheets/sheet1.xml": bomb}))
    monkeypatch.setattr(spreadsheets, "LARGEST_PART", 1_000)
    with pytest.raises(NoSpreadsheet):
        rows_of_xlsx(a_zip({"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 5_000 + b"</worksheet>"}))


def a_zip(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return written.getvalue()
