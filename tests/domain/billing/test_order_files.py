"""What may be handed in as an order."""

import pytest

from tourreg.domain.billing.order_files import (
    LARGEST_ORDER,
    FileIsCut,
    FileIsEmpty,
    FileTooLarge,
    NotAnOrder,
    file_name,
    kind_of,
)
from tourreg.kernel.refusals import Refusal

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
PAGE = b"<!doctype html><script>fetch('/office')</script>"


@pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (PNG, "png"), (JPEG, "jpeg")])
def test_the_kind_is_read_from_what_a_file_holds(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileIsEmpty),
        (PAGE, NotAnOrder),
        (b"\n" + PDF, NotAnOrder),
        (b"PK\x03\x04 a spreadsheet", NotAnOrder),
        (b"GIF89a", NotAnOrder),
        (PDF[:20], FileIsCut),
        (PNG[:30], FileIsCut),
        (PDF + b"0" * LARGEST_ORDER, FileTooLarge),
    ],
    ids=lambda part: part.__name__ if isinstance(part, type) else "",
)
def test_what_is_no_order_is_refused(content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        kind_of(content)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("PO 4500012345.pdf", "PO 4500012345.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\orders\\采购单.PDF", "采购单.pdf"),
        ('x"; filename="evil.html', "x__ filename=_evil.pdf".replace("=", "_")),
        ("", "order.pdf"),
        ("." * 200, "order.pdf"),
        ("a" * 300, "a" * 115 + ".pdf"),
    ],
)
def test_a_file_is_called_so_that_no_header_or_disk_is_harmed(typed: str, kept: str) -> None:
    assert file_name(typed, "pdf") == kept
