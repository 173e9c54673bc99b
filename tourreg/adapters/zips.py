"""ZIP files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo


def zipped(files: Iterable[tuple[str, bytes]], *, made_at: datetime) -> bytes:
    """Return a ZIP of files under their names; PDFs go in as they are, since they are packed already.

    made_at  the local time that the files show
    """
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in files:
            entry = ZipInfo(name, made_at.timetuple()[:6])
            entry.compress_type = ZIP_STORED if name.endswith(".pdf") else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return written.getvalue()
