"""Whether the process answers, and whether everything behind it does: for load balancers and those on call."""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from tourreg.adapters.pdf import FAMILIES, FONTS
from tourreg.blueprints.guards import everyone
from tourreg.blueprints.words import settings
from tourreg.db import db
from tourreg.domain.outbox import queries
from tourreg.kernel import clock

blueprint = Blueprint("health", __name__)

# A worker looks for work each minute; one that missed two looks is not well.
LONGEST_SILENCE = timedelta(seconds=150)


@blueprint.get("/healthz")
@everyone
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@everyone
def readyz() -> Response:
    """Say yes or no for each part, and no more than that, since everybody may ask."""
    database, worker = _database_and_worker()
    parts = {"database": database, "worker": worker, "fonts": not missing_fonts(), "mail": _has_mail()}
    answer = jsonify(ready=all(parts.values()), **parts)
    answer.status_code = 200 if all(parts.values()) else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _database_and_worker() -> tuple[bool, bool]:
    """Tell whether the database answers, and whether a worker has beaten of late."""
    try:
        last = queries.last_beat()
    except SQLAlchemyError:
        db.session.rollback()
        return False, False
    return True, is_alive(last, clock.utc_now())


def is_alive(last_beat: datetime | None, now: datetime) -> bool:
    return last_beat is not None and now - last_beat <= LONGEST_SILENCE


def missing_fonts() -> list[Path]:
    """Return the files of the papers' fonts that are not there."""
    files = [FONTS / f"{family}-400.ttf" for family in FAMILIES]
    return [file for file in files if not file.is_file()]


def _has_mail() -> bool:
    """Tell whether letters leave this machine, or are kept in a folder; memory is for tests."""
    return urlsplit(settings().mail_url).scheme in ("smtp", "smtps", "folder")
