"""`tourreg doctor`: everything that the site needs, looked at from the machine on which it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from tourreg.adapters.mailer import MailError
from tourreg.blueprints.health import is_alive, missing_fonts
from tourreg.blueprints.outside import files, mailer
from tourreg.db import db
from tourreg.domain.outbox import queries
from tourreg.schema import MIGRATIONS


@dataclass(frozen=True)
class Finding:
    """How one part stands; `fault` says what is wrong and what to do, and is empty when nothing is."""

    part: str
    fault: str = ""


def examine(*, now: datetime) -> Iterator[Finding]:
    """Look at one part after the other; what cannot be known while the database is not well is left out."""
    database = Finding("database", _fault_of_database())
    yield database
    if not database.fault:
        yield Finding("worker", _fault_of_worker(now))
    yield Finding("fonts", _fault_of_fonts())
    yield Finding("files", _fault_of_files())
    yield Finding("mail", _fault_of_mail())


def _fault_of_database() -> str:
    scripts = ScriptDirectory(str(MIGRATIONS))
    try:
        with db.engine.connect() as connection:
            stands_at = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        return f"cannot be reached; look at TOURREG_DATABASE_URL. {_first_line(error)}"
    if stands_at == scripts.get_current_head():
        return ""
    if stands_at not in {None, *(step.revision for step in scripts.walk_revisions())}:
        return f"was brought to {stands_at} by a newer version of tourreg than this one; serve with that."
    return f"is at {stands_at or 'nothing'}, not {scripts.get_current_head()}; run: tourreg db upgrade"


def _fault_of_worker(now: datetime) -> str:
    last = queries.last_beat()
    db.session.rollback()
    if is_alive(last, now):
        return ""
    seen = f"gave its last sign of life at {last:%Y-%m-%d %H:%M} UTC" if last else "never gave a sign of life"
    return f"{seen}; run: tourreg worker"


def _fault_of_fonts() -> str:
    missing = ", ".join(str(file) for file in missing_fonts())
    return f"are not there, so that no paper can be made; install tourreg anew: {missing}" if missing else ""


def _fault_of_files() -> str:
    try:
        files().try_out()
    except OSError as error:
        return f"cannot be written, so that no paper can be kept; look at TOURREG_FILES_URL. {error}"
    return ""


def _fault_of_mail() -> str:
    try:
        mailer().try_out()
    except MailError as error:
        return f"cannot be sent; look at TOURREG_MAIL_URL. {_first_line(error)}"
    return ""


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
