"""The payer's order as a file: what it may be, and where it is noted; its bytes are kept by their hash elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.order_models import OrderFile
from tourreg.kernel.refusals import Refusal

LARGEST_ORDER = 10 * 1024 * 1024
MOST_FILES = 10
MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_LONGEST_NAME = 120
# How each kind begins, and what stands near its end unless it was cut.
_SIGNS = {"pdf": (b"%PDF-", b"%%EOF"), "png": (b"\x89PNG\r\n\x1a\n", b"IEND"), "jpeg": (b"\xff\xd8\xff", b"\xff\xd9")}
_TAIL = 2_048


class FileIsEmpty(Refusal):
    """No file was sent, or one without anything in it."""


class FileTooLarge(Refusal):
    """The file has more than LARGEST_ORDER bytes."""


class NotAnOrder(Refusal):
    """The file is neither PDF nor PNG nor JPEG by what it holds, whatever it is called."""


class FileIsCut(Refusal):
    """The file begins as its kind does and has no end: a part of it was lost on its way."""


class TooManyFiles(Refusal):
    """The bill has MOST_FILES already."""


def kind_of(content: bytes) -> str:
    """Return "pdf", "png" or "jpeg" by what the file holds.

    raises  FileIsEmpty, FileTooLarge, NotAnOrder, FileIsCut
    """
    if not content:
        raise FileIsEmpty
    if len(content) > LARGEST_ORDER:
        raise FileTooLarge
    for kind, (beginning, end) in _SIGNS.items():
        if content.startswith(beginning):
            if end not in content[-_TAIL:]:
                raise FileIsCut
            return kind
    raise NotAnOrder


def attach_order(
    folio: Folio, sha256: str, kind: str, *, name: str, size_bytes: int, now: datetime, by: str
) -> OrderFile:
    """Note a file that is kept already as an order of the bill; the same bytes again return the first.

    name    as the sender called it; only what is fit for a file's name is kept
    raises  TooManyFiles
    """
    known = orders_of(folio)
    same = next((one for one in known if one.sha256 == sha256), None)
    if same is not None:
        return same
    if len(known) >= MOST_FILES:
        raise TooManyFiles
    order = OrderFile(
        folio_id=folio.id,
        sha256=sha256,
        kind=kind,
        name=file_name(name, kind),
        size_bytes=size_bytes,
        added_at=now,
        added_by=by,
    )
    db.session.add(order)
    db.session.flush()
    note_change(folio.public_id, "order file", {}, {"order_file": order.name}, now=now, by=by)
    return order


def orders_of(folio: Folio) -> Sequence[OrderFile]:
    """Return the files of a bill's orders, oldest first."""
    return db.session.scalars(select(OrderFile).where(OrderFile.folio_id == folio.id).order_by(OrderFile.id)).all()


def order_by_public_id(public_id: str) -> OrderFile | None:
    return db.session.scalar(select(OrderFile).where(OrderFile.public_id == public_id))


def file_name(typed: str, kind: str) -> str:
    """Return a name that is safe in a header and on a disk, with the ending of what the file holds."""
    stem = PurePosixPath(typed.replace("\\", "/")).stem
    kept = "".join(sign if sign.isalnum() or sign in " -_.()" else "_" for sign in stem).strip(" .")
    ending = "jpg" if kind == "jpeg" else kind
    return f"{kept[: _LONGEST_NAME - 5] or 'order'}.{ending}"
