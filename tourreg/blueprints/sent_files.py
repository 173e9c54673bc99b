"""Files that people sent, handed over to whoever may read them."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, abort, make_response

from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.blueprints.outside import files
from tourreg.domain.billing.order_files import MEDIA_TYPES


def handed_over(sha256: str, kind: str, *, name: str, plain_name: str) -> Response:
    """Answer with the file as a download, whatever a browser would make of it.

    kind        its ending, by what it is
    plain_name  without an ending, for browsers that read no other letters
    """
    try:
        content = files().get(sha256)
    except (FileMissing, FileDamaged):
        abort(503)
    answer = make_response(content)
    answer.headers["Content-Type"] = MEDIA_TYPES[kind]
    plain = f'filename="{plain_name}.{kind}"'
    answer.headers["Content-Disposition"] = f"attachment; {plain}; filename*=UTF-8''{quote(name)}"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
