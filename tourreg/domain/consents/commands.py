"""Keeping that somebody agreed, and to which version."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert

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
