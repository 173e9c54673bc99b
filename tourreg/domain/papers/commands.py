"""Issuing: a number, a frozen sheet, and a task that makes the files. What is issued is never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.outbox.models import Task
from tourreg.domain.outbox.queue import try_again
from tourreg.domain.papers.kinds import SERIES_LETTERS, VERIFIED
from tourreg.domain.papers.models import Issuer, Paper, Series
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.numbers import new_code, new_public_id

RENDER_PAPER = "render_paper"
TEMPLATE_VERSION = "1"


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
    subject: str = "",
    replaces: Paper | None = None,
    submission_key: str | None = None,
    render_at: datetime | None = None,
) -> Paper:
    """Put a paper into the register under the next number of its series and ask for its files.

    Take it last in a transaction: the series stays locked until the commit, and a rollback gives the number back.

    sheet           plain values as `sheets` describes them; number, version, instant, what it replaces come from here
    submission_key  of the form, or the name of the thing, that asked for it; a second paper under it breaks a unique
                    constraint
    render_at       when the worker makes its files if nobody has until then; at once where nothing is said
    """
    number = _next_number(issuer, kind, local_day(now, issuer.zone).year)
    frozen = _numbered(sheet, number, replaces, now)
    paper = Paper(
        public_id=new_public_id(),
        issuer_id=issuer.id,
        kind=kind,
        number=number,
        version=frozen["version"],
        language=language,
        page_size=page_size,
        template=kind,
        template_version=TEMPLATE_VERSION,
        sheet=frozen,
        about=about,
        recipient=recipient,
        subject=subject,
        replaces_id=replaces.id if replaces else None,
        issued_at=now,
        issued_by=by,
        submission_key=submission_key,
        verify_code=new_code() if kind in VERIFIED else None,
        programme_version=sheet.get("programme_version"),
    )
    db.session.add(paper)
    db.session.flush()
    add_task(RENDER_PAPER, {"paper": paper.public_id}, key=_task_key(paper), now=now, run_at=render_at)
    return paper


def _numbered(sheet: dict[str, Any], number: str, replaces: Paper | None, now: datetime) -> dict[str, Any]:
    """Return the sheet with what only the register knows."""
    return {
        **sheet,
        "number": number,
        "version": replaces.version + 1 if replaces else 1,
        "issued_at": now.isoformat(),
        "replaces": replaces.number if replaces else "",
    }


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


def file_w9(issuer: Issuer, *, sha256: str, pages: int, now: datetime, by: str) -> None:
    """Note the seller's signed Form W-9, whose bytes are kept already; papers that were issued keep the former."""
    _note_issuer(issuer, "w9", {"w9_sha256": sha256, "w9_pages": pages, "w9_filed_at": now}, now=now, by=by)


def remove_w9(issuer: Issuer, *, now: datetime, by: str) -> None:
    """Enclose no W-9 any more."""
    _note_issuer(issuer, "w9", {"w9_sha256": None, "w9_pages": None, "w9_filed_at": None}, now=now, by=by)


def name_registrations(issuer: Issuer, registrations: Text, *, now: datetime, by: str) -> None:
    """Print these registrations of a seller of travel on the letterhead of papers to come."""
    _note_issuer(issuer, "letterhead", {"seller_registrations": registrations}, now=now, by=by)


def _note_issuer(issuer: Issuer, what: str, after: dict[str, Any], *, now: datetime, by: str) -> None:
    before = {name: getattr(issuer, name) for name in after}
    if before == after:
        return
    plain_before, plain_after = ({name: str(value or "") for name, value in known.items()} for known in (before, after))
    note_change(issuer.public_id, what, plain_before, plain_after, now=now, by=by)
    for name, value in after.items():
        setattr(issuer, name, value)


def note_rendered(
    public_id: str, *, pdf_sha256: str, html_sha256: str, now: datetime, pdf_bytes: int | None = None
) -> None:
    """Note where the files of a paper are kept; the first to note it wins."""
    hashes = {"pdf_sha256": pdf_sha256, "html_sha256": html_sha256}
    _note_once(public_id, **hashes, pdf_bytes=pdf_bytes, rendered_at=now, failure="")


def note_failure(public_id: str, reason: str) -> None:
    """Note why a paper cannot be made, for people to see."""
    _note_once(public_id, failure=reason)


def render_again(paper: Paper, *, now: datetime) -> None:
    """Ask once more for the files of a paper that could not be made; one that is made is left alone."""
    if paper.rendered_at is None:
        _note_once(paper.public_id, failure="")
        try_again(db.session.scalars(select(Task).where(Task.key == _task_key(paper))).one(), now=now)


def _task_key(paper: Paper) -> str:
    return f"render:{paper.public_id}"


def _note_once(public_id: str, **values: Any) -> None:
    unmade = update(Paper).where(Paper.public_id == public_id, Paper.rendered_at.is_(None))
    db.session.execute(unmade.values(**values))
