"""Keeping that somebody agreed, and to which version."""

from collections.abc import Iterable
from datetime import datetime

from tourreg.db import db
from tourreg.domain.consents.models import Consent, ConsentText


def give(texts: Iterable[ConsentText], *, subjects: Iterable[str], now: datetime, by: str) -> None:
    """Keep the yes to each text for each subject.

    subjects  public ids of participants
    by        who ticked the box, as an actor
    """
    agreed = list(texts)
    for subject in subjects:
        db.session.add_all(Consent(subject=subject, text=text, given_at=now, by=by) for text in agreed)
