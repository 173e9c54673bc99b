"""The texts that people are asked to agree to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.consents.models import KINDS, Consent, ConsentText


def current_texts(now: datetime) -> list[ConsentText]:
    """Return the version of each kind of text that applies now, in the order of KINDS; none where none was written.

    A version applies from its date in UTC.
    """
    return asked_of_registrants(now)[0]


def asked_of_registrants(now: datetime) -> tuple[list[ConsentText], ConsentText | None]:
    """Return what everybody agrees to who registers, and the text of being listed, which nobody has to."""
    dated = select(ConsentText).where(ConsentText.version_on <= now.date()).order_by(ConsentText.version_on)
    newest = {text.kind: text for text in db.session.scalars(dated)}
    return [newest[kind] for kind in KINDS if kind in newest], newest.get("listed")


def subjects_without(subjects: Collection[str], texts: Collection[ConsentText]) -> dict[str, list[ConsentText]]:
    """Return for whom which kinds of text were not agreed to, in any version that still counts; in one statement."""
    agreed = select(Consent.subject, ConsentText.kind).join(Consent.text)
    counting = agreed.where(Consent.subject.in_(subjects), Consent.ended_at.is_(None))
    known = {(subject, kind) for subject, kind in db.session.execute(counting)} if subjects and texts else set()
    lacking = {subject: [text for text in texts if (subject, text.kind) not in known] for subject in subjects}
    return {subject: missing for subject, missing in lacking.items() if missing}


def current_text(kind: str, now: datetime) -> ConsentText | None:
    """Return the version of one kind of text that applies now, be it asked for at registration or later."""
    dated = select(ConsentText).where(ConsentText.kind == kind, ConsentText.version_on <= now.date())
    return db.session.scalars(dated.order_by(ConsentText.version_on.desc()).limit(1)).first()


def subjects_agreeing(subjects: Collection[str], kind: str) -> set[str]:
    """Return for whom some version of this kind of text still counts as agreed to; in one statement."""
    if not subjects:
        return set()
    agreed = select(Consent.subject).join(Consent.text).where(ConsentText.kind == kind, Consent.ended_at.is_(None))
    return set(db.session.scalars(agreed.where(Consent.subject.in_(subjects))))
