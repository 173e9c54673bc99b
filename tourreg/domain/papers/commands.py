"""Issuing: a number, a frozen sheet, and a task that makes the files."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from tourreg.db import db
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.models import Issuer, Paper, Series
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_public_id

RENDER_PAPER = "render_paper"
TEMPLATE_VERSION = "1"
# What stands before the number of each kind; the issuer's own prefix comes first.
SERIES_LETTERS = {"invoice": "INV", "credit_note": "CN", "receipt": "REC", "itinerary": "ITN", "roster": "RST"}


def issue(
    kind: str,
    sheet: dict[str, Any],
    *,
    issuer: Issuer,
    about: str,
    language: str,
    page_size: str,
    now: datetime,
    by: str,
    recipient: str = "",
    replaces: Paper | None = None,
) -> Paper:
    """Put a paper into the register under the next number of its series and ask for its files.

    Take it last in a transaction: the series stays locked until the commit, and a rollback gives the number back.

    sheet  plain values as `sheets` describes them; "number", "issued_at" and "version" are filled in here
    """
    number = _next_number(issuer, kind, local_day(now, issuer.zone).year)
    version = replaces.version + 1 if replaces else 1
    frozen = {**sheet, "number": number, "version": version, "issued_at": now.isoformat()}
    paper = Paper(
        public_id=new_public_id(),
        issuer_id=issuer.id,
        kind=kind,
        number=number,
        version=version,
        language=language,
        page_size=page_size,
        template=kind,
        template_version=TEMPLATE_VERSION,
        sheet=frozen,
        about=about,
        recipient=recipient,
        replaces_id=replaces.id if replaces else None,
        issued_at=now,
        issued_by=by,
    )
    db.session.add(paper)
    db.session.flush()
    add_task(RENDER_PAPER, {"paper": paper.public_id}, key=f"render:{paper.public_id}", now=now)
    return paper


def _next_number(issuer: Issuer, kind: str, year: int) -> str:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    counting = (
        insert(Series)
        .values(issuer_id=issuer.id, kind=kind, year=year, last=1)
        .on_conflict_do_update(index_elements=["issuer_id", "kind", "year"], set_={"last": Series.last + 1})
        .returning(Series.last)
    )
    last = db.session.execute(counting).scalar_one()
    return f"{issuer.series_prefix}-{SERIES_LETTERS[kind]}-{year}-{last:05d}"


def latest(about: str, kind: str) -> Paper | None:
    """Return the newest issued paper of a kind about something."""
    newest = select(Paper).where(Paper.about == about, Paper.kind == kind).order_by(Paper.id.desc()).limit(1)
    return db.session.scalar(newest)
