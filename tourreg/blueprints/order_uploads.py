"""Orders that come as files: read with a bound, kept by their hash, and handed over only as downloads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from tourreg.blueprints import sent_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.large_requests import AROUND_A_FILE
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.billing import order_files
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.order_files import LARGEST_ORDER
from tourreg.domain.billing.order_models import OrderFile
from tourreg.kernel.refusals import Refusal

LARGEST_UPLOAD = LARGEST_ORDER + AROUND_A_FILE
FIELD = "order"


@dataclass(frozen=True)
class SentOrder:
    """A file that may be an order, as it was sent; `kind` by what it holds."""

    name: str
    kind: str
    content: bytes


def take_order(folio: Folio, *, now: datetime, by: str) -> str:
    """Keep the file that was sent as an order of the bill; return what is wrong with it in a sentence, or ""."""
    try:
        order = sent_order()
        sha256 = files().put(order.content)
        with writing():
            attach(folio, order, sha256, now=now, by=by)
    except Refusal as refusal:
        return why_not(refusal)
    return ""


def is_sent() -> bool:
    """Tell whether a file came with the form."""
    sent = request.files.get(FIELD)
    return bool(sent and sent.filename)


def sent_order() -> SentOrder:
    """Return the file that came with the form.

    raises  FileIsEmpty, FileTooLarge, NotAnOrder, FileIsCut
    """
    sent = request.files.get(FIELD)
    content = sent.stream.read(LARGEST_ORDER + 1) if sent else b""
    return SentOrder((sent and sent.filename) or "", order_files.kind_of(content), content)


def attach(folio: Folio, order: SentOrder, sha256: str, *, now: datetime, by: str) -> None:
    """Note a file that is kept already as an order of the bill.

    raises  TooManyFiles
    """
    order_files.attach_order(folio, sha256, order.kind, name=order.name, size_bytes=len(order.content), now=now, by=by)


def handed_over(order: OrderFile) -> Response:
    return sent_files.handed_over(order.sha256, order.kind, name=order.name, plain_name="order")


def why_not(refusal: Refusal) -> str:
    if isinstance(refusal, order_files.FileIsEmpty):
        return _("Choose the file first.")
    if isinstance(refusal, order_files.FileTooLarge):
        return _("The file is larger than 10 MB. Send a smaller one.")
    if isinstance(refusal, order_files.FileIsCut):
        return _("The end of the file is missing. Send it again.")
    if isinstance(refusal, order_files.TooManyFiles):
        return _("This bill has ten files already. Write to the office instead.")
    return _("This is no PDF, PNG or JPEG, whatever its name says. Send it as one of these.")
