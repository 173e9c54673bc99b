"""Who has opened a paper, noted for the register once the answer has gone out.

Nobody waits for the note: it is made after the last byte was sent, and is let go where the database is busy for longer
than a moment. Not counted are those that fetch without reading: a mail scanner follows the links of a letter, but those
lead to a page with a button, and a paper answers only to whoever has pressed it or signed in; a browser that fetches
ahead says so, and a HEAD asks only whether there is something.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError

from tourreg.db import db, is_conflict, writing
from tourreg.domain.papers import standing
from tourreg.domain.papers.models import Paper
from tourreg.kernel import clock

PATIENCE_MILLISECONDS = 100
_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
_LOG = logging.getLogger(__name__)


def note(answer: Response, paper: Paper, opener: str) -> None:
    """Have it noted, after the answer has gone out, that the paper was opened."""
    if request.method == "GET" and not _is_fetched_ahead():
        proxy: Any = current_app
        app: Flask = proxy._get_current_object()  # noqa: SLF001 - Flask's own way to what outlives the request
        answer.call_on_close(partial(_note, app, paper.id, opener, clock.utc_now()))


def _is_fetched_ahead() -> bool:
    said = (request.headers.get(name, "").lower() for name in _AHEAD)
    return any("prefetch" in words or "prerender" in words or "preview" in words for words in said)


def _note(app: Flask, paper_id: int, opener: str, now: datetime) -> None:
    with app.app_context():
        if standing.is_one_look(paper_id, opener, now):
            db.session.rollback()
            return
        try:
            with writing(patience=PATIENCE_MILLISECONDS):
                standing.note_opening(paper_id, opener, now=now)
        except DBAPIError as busy:
            if not is_conflict(busy):
                raise
            _LOG.warning("that paper %s was opened could not be noted: the database is busy", paper_id)
