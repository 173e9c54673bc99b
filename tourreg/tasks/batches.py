"""Batches of papers, made by all the workers that there are."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import force_locale

from tourreg import batching
from tourreg.blueprints.languages import LOCALES
from tourreg.blueprints.outside import files
from tourreg.blueprints.paper_kinds import KINDS
from tourreg.blueprints.words import settings
from tourreg.domain.batches.commands import MAKE_PAPER, PUT_TOGETHER, THROW_AWAY
from tourreg.tasks.registry import NotYet, task


@task(MAKE_PAPER)
def make_paper(batch: str, paper: int, *, now: datetime) -> None:
    """Make one paper of a batch."""
    batching.make(paper, files(), now=now)


@task(PUT_TOGETHER)
def put_together(batch: str, *, now: datetime) -> None:
    """Make the file of a batch once all its papers are made."""
    expires_at = now + timedelta(days=settings().batch_days)
    batching.put_together(batch, files(), named=named, expires_at=expires_at, now=now)


@task(THROW_AWAY)
def throw_away(batch: str, *, now: datetime) -> None:
    """Throw away the files of a batch that nobody may download any more."""
    until = batching.throw_away(batch, files(), now=now)
    if until is not None:
        raise NotYet(until)


def named(kind: str, language: str) -> str:
    """Return what a kind of paper is called in a language."""
    with force_locale(LOCALES["zh" if language == "zh" else "en"]):
        return str(KINDS[kind])
