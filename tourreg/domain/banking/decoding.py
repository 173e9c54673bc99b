"""Bytes of an uploaded file: what kind they are, and the text that they spell."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from tourreg.domain.banking.values import FileRefused

Encoding = Literal["auto", "utf-8", "utf-16", "gb18030", "windows-1252"]
ENCODINGS: tuple[Encoding, ...] = ("auto", "utf-8", "utf-16", "gb18030", "windows-1252")
_BEGINNINGS = (
    (b"PK\x03\x04", "spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "spreadsheet"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "binary"),
    (b"\x89PNG", "binary"),
    (b"\xff\xd8\xff", "binary"),
)
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WEB_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|table|meta|div)\b", re.I | re.S)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# Of the letters beyond ASCII so many must come in pairs before they count as Chinese.
_LEAST_PAIRED = 0.9


def is_xml(content: bytes) -> bool:
    """Tell whether the file is XML, and so a CAMT if it is a statement at all."""
    start = content.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:200]
    if content[:2] in _UTF_16_MARKS:
        start = content[2:400].replace(b"\0", b"").lstrip()
    return (
        start.startswith((b"<?xml", b"<Document", b"<!DOCTYPE Document"))
        or re.match(rb"<\w+:Document", start) is not None
    )


def refuse_other_kinds(content: bytes) -> None:
    """Refuse what is no text at all, by its first bytes and whatever it is called.

    raises  FileRefused
    """
    if not content.strip():
        raise FileRefused(kind="empty")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            raise FileRefused(kind=kind)


def decoded(content: bytes, encoding: Encoding = "auto") -> str:
    """Return the text of a file, without the mark at its beginning.

    raises  FileRefused with kind "encoding", "binary", "web_page" or "empty"
    """
    refuse_other_kinds(content)
    found = encoding_of(content) if encoding == "auto" else encoding
    try:
        text = content.decode({"utf-8": "utf-8-sig"}.get(found, found))
    except UnicodeError:
        raise FileRefused(kind="encoding", encoding=found) from None
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise FileRefused(kind="binary")
    if _WEB_PAGE.match(text):
        raise FileRefused(kind="web_page")
    if not text.strip():
        raise FileRefused(kind="empty")
    return text


def encoding_of(content: bytes) -> Encoding:
    """Return how the file is most likely encoded: by its mark, else UTF-8 if it is, else by how its letters pair.

    A Chinese character is two high bytes in GB18030; accents of Western letters stand alone between plain letters.
    """
    if content.startswith(_UTF_16_MARKS) or _is_unmarked_utf_16(content):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030" if _is_paired(content) else "windows-1252"
    return "utf-8"


def _is_unmarked_utf_16(content: bytes) -> bool:
    start = content[:400]
    return len(start) > 3 and start.count(b"\0") * 3 > len(start) and start[0] != 0 == start[1]


def _is_paired(content: bytes) -> bool:
    runs = [len(run) for run in _HIGH_RUN.findall(content)]
    paired = sum(length for length in runs if length % 2 == 0)
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return paired >= _LEAST_PAIRED * sum(runs)
