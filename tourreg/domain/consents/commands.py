"""Keeping that somebody agreed, and to which version."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select, update

from tourreg.db import db
from tourreg.domain.consents.models import Consent, ConsentText


def give(texts: Iterable[ConsentText], *, subjects: Iterable[str], now: datetime, by: str) -> None:
    """Keep the yes to each text for each subject.

    subjects  public ids of participants
    by        who ticked the box, as an actor
    """
    agreed = list(texts)
    given = [{"subject": subject, "text_id": text.id} for subject in subjects for text in agreed]
    if given:
        db.session.execute(insert(Consent).values(given_at=now, by=by), given)


def end(subjects: Iterable[str], *, now: datetime, by: str, kind: str | None = None) -> None:
    """Let what was agreed to for subjects count no more; it stays on record.

    kind  of the texts that it is about; every kind unless given
    """
    ending = update(Consent).where(Consent.subject.in_(list(subjects)), Consent.ended_at.is_(None))
    if kind is not None:
        ending = ending.where(Consent.text_id.in_(select(ConsentText.id).where(ConsentText.kind == kind)))
    db.session.execute(ending.values(ended_at=now, ended_by=by).execution_options(synchronize_session=False))
