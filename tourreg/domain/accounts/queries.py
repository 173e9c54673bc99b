"""People and their links, found by what sessions and letters know of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.accounts.models import OneTimeLink, Person, StaffMember


def person_by_public_id(public_id: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.public_id == public_id))


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.casefold()))


def link_by_public_id(public_id: str) -> OneTimeLink | None:
    return db.session.scalar(select(OneTimeLink).where(OneTimeLink.public_id == public_id))


def is_revoked_since(subject: str, instant: datetime) -> bool:
    """Tell whether links to the subject were revoked at the instant or after it."""
    revoked = select(OneTimeLink.id).where(OneTimeLink.subject == subject, OneTimeLink.revoked_at >= instant).limit(1)
    return db.session.scalar(revoked) is not None


def staff() -> Sequence[StaffMember]:
    """Return every member of staff with their roles, those who left last; in two statements."""
    return db.session.scalars(select(StaffMember).order_by(StaffMember.active.desc(), StaffMember.name)).all()


def member_by_public_id(public_id: str) -> StaffMember | None:
    return db.session.scalar(select(StaffMember).where(StaffMember.public_id == public_id))


def member_of_submission(submission_key: str) -> StaffMember | None:
    """Return whom a form added when it was sent before."""
    return db.session.scalar(select(StaffMember).where(StaffMember.submission_key == submission_key))


def staff_names(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of the members of staff among the actors, by actor, in one statement."""
    ids = {actor.removeprefix("staff:") for actor in actors if actor.startswith("staff:")}
    if not ids:
        return {}
    known = select(StaffMember.public_id, StaffMember.name).where(StaffMember.public_id.in_(ids))
    return {f"staff:{public_id}": name for public_id, name in db.session.execute(known)}
