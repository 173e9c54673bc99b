"""The register of issued papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer, joinedload

from tourreg.db import db
from tourreg.domain.papers.models import Issuer, Paper, Series

PaperLanguage = Literal["en", "zh", "both"]
PageSize = Literal["letter", "a4"]


@dataclass(frozen=True)
class Sought:
    """What of the register is asked for; "" and None ask for all.

    issuer  the key of the seller
    year    of the number, which is the year of issue in the seller's zone
    number  part of it, as somebody remembers it
    about   the public id of a folio or an event
    """

    issuer: str = ""
    kind: str = ""
    year: int | None = None
    number: str = ""
    about: str = ""
    failed: bool = False


@dataclass(frozen=True)
class ToRender:
    """What the files of a paper are made from."""

    template: str
    sheet: dict[str, Any]
    language: PaperLanguage
    page_size: PageSize
    verify_code: str | None = None


def register(sought: Sought, *, page: int, size: int, among: Select[int] | None = None) -> tuple[Sequence[Paper], int]:
    """Return one page of the register, newest first, without the sheets, and how many papers it has in all.

    among  finds the ids of those among which it is sought; all unless given
    """
    conditions = _conditions(sought)
    if among is not None:
        conditions.append(Paper.id.in_(among))
    total = db.session.scalar(select(func.count(Paper.id)).join(Paper.issuer).where(*conditions)) or 0
    rows = _listed().join(Paper.issuer).where(*conditions).limit(size).offset((page - 1) * size)
    return db.session.scalars(rows).all(), total


def papers_of(*about: str) -> Sequence[Paper]:
    """Return what was issued about these things, newest first, without the sheets."""
    return db.session.scalars(_listed().where(Paper.about.in_(about))).all()


def quotes_to(email: str) -> Sequence[Paper]:
    """Return the quotes that were sent to an address, newest first, without the sheets."""
    address = func.lower(Paper.sheet["payer"]["email"].as_string())
    return db.session.scalars(_listed().where(Paper.kind == "quote", address == email.lower())).all()


def replacements(papers: Iterable[Paper]) -> dict[int, str]:
    """Return the number of the paper that replaced each, by the id of the replaced one."""
    ids = [paper.id for paper in papers]
    found = db.session.execute(select(Paper.replaces_id, Paper.number).where(Paper.replaces_id.in_(ids)))
    return {replaced: number for replaced, number in found if replaced is not None}


def failed_count() -> int:
    """Return how many papers could not be made, so that somebody has to look."""
    return db.session.scalar(select(func.count(Paper.id)).where(Paper.rendered_at.is_(None), Paper.failure != "")) or 0


def issuers() -> Sequence[Issuer]:
    return db.session.scalars(select(Issuer).order_by(Issuer.id)).all()


def issuer_by_public_id(public_id: str) -> Issuer | None:
    return db.session.scalar(select(Issuer).where(Issuer.public_id == public_id))


def years() -> Sequence[int]:
    """Return the years in which anything was issued, newest first."""
    return db.session.scalars(select(Series.year).distinct().order_by(Series.year.desc())).all()


def by_public_id(public_id: str) -> Paper | None:
    """Return the paper without its sheet, which is read when asked for."""
    return db.session.scalar(_listed().where(Paper.public_id == public_id))


def by_public_ids(public_ids: Sequence[str]) -> Sequence[Paper]:
    """Return the papers in the order in which they are named."""
    rows = db.session.scalars(select(Paper).where(Paper.public_id.in_(public_ids)))
    found = {paper.public_id: paper for paper in rows}
    return [found[public_id] for public_id in public_ids]


def latest(about: str, kind: str, *, language: str, subject: str = "") -> Paper | None:
    """Return the newest issued paper of a kind about something, for one subject, in one language."""
    of_kind = select(Paper).where(Paper.about == about, Paper.kind == kind)
    alike = of_kind.where(Paper.subject == subject, Paper.language == language)
    return db.session.scalar(alike.order_by(Paper.id.desc()).limit(1))


def papers_for(about: str, subject: str) -> Sequence[Paper]:
    """Return what was issued about something for one subject, newest first, without the sheets."""
    return db.session.scalars(_listed().where(Paper.about == about, Paper.subject == subject)).all()


def newest_sheets(
    about: str, kind: str, *, subject: str, most: int = 6
) -> Sequence[tuple[str, datetime, dict[str, Any]]]:
    """Return number, instant and sheet of the newest papers of a kind for one subject, in whatever language."""
    chosen = select(Paper.number, Paper.issued_at, Paper.sheet).where(Paper.about == about, Paper.kind == kind)
    found = db.session.execute(chosen.where(Paper.subject == subject).order_by(Paper.id.desc()).limit(most))
    return [(number, issued_at, sheet) for number, issued_at, sheet in found]


def by_submission_key(submission_key: str) -> Paper | None:
    """Return what a form issued when it was sent before."""
    return db.session.scalar(select(Paper).where(Paper.submission_key == submission_key))


def to_render(public_id: str) -> ToRender | None:
    """Return what a paper is made from; None if it is made, cannot be made, or is not there."""
    paper = db.session.scalar(select(Paper).where(Paper.public_id == public_id))
    return None if paper is None or paper.rendered_at or paper.failure else source_of(paper)


def source_of(paper: Paper) -> ToRender:
    """Return what the files of a paper are made from."""
    language, page_size = cast(PaperLanguage, paper.language), cast(PageSize, paper.page_size)
    return ToRender(paper.template, paper.sheet, language, page_size, paper.verify_code)


def _listed() -> Select[Paper]:
    """Return the papers newest first, each with its issuer and without its sheet, which may be long."""
    newest_first = select(Paper).order_by(Paper.issued_at.desc(), Paper.id.desc())
    return newest_first.options(defer(Paper.sheet), joinedload(Paper.issuer))


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sought.issuer:
        conditions.append(Issuer.key == sought.issuer)
    if sought.kind:
        conditions.append(Paper.kind == sought.kind)
    if sought.year is not None:
        conditions.append(Paper.number.contains(f"-{sought.year}-", autoescape=True))
    if sought.number:
        conditions.append(Paper.number.icontains(sought.number, autoescape=True))
    if sought.about:
        conditions.append(Paper.about == sought.about)
    if sought.failed:
        conditions.append(Paper.rendered_at.is_(None) & (Paper.failure != ""))
    return conditions
