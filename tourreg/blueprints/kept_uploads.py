"""Files that were sent to be looked at, kept until they are taken over, a day at most."""

from __future__ import annotations

import re
from datetime import datetime

from flask import abort

from tourreg.adapters.files import FileMissing
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.outbox.uploads import forget_upload
from tourreg.kernel.numbers import new_public_id

_MARK_LENGTH = len(new_public_id())
_HASH = re.compile(r"[0-9a-f]{64}")


def keep(content: bytes, now: datetime) -> str:
    """Keep a file and return where. The mark before it makes it one of its own, however often it is sent."""
    kept_at = files().put(new_public_id().encode() + content)
    with writing():
        forget_upload(kept_at, now=now)
    return kept_at


def kept(file: str) -> bytes | None:
    """Return what was sent; None where it is not there any more. An address that no file has is not found."""
    if not _HASH.fullmatch(file):
        abort(404)
    try:
        return files().get(file)[_MARK_LENGTH:]
    except FileMissing:
        return None
