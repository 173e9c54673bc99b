"""People who have shown that an address is theirs."""

from datetime import datetime

from tourreg.db import add_once
from tourreg.domain.accounts.models import Person
from tourreg.domain.audit.commands import note_change
from tourreg.kernel.numbers import new_public_id


def confirmed_person(email: str, *, language: str, now: datetime) -> Person:
    """Return the person whose address this is, who has just shown it."""
    person, is_new = add_once(
        Person,
        Person.email,
        email=email.casefold(),
        public_id=new_public_id(),
        language=language,
        confirmed_at=now,
        session_key=new_public_id(),
    )
    if not is_new:
        person.confirmed_at = now
    return person


def sign_out_everywhere(person: Person, *, now: datetime) -> None:
    """End every session of the person, in whatever browser."""
    by = f"person:{person.public_id}"
    note_change(person.public_id, "sessions", {"ended": False}, {"ended": True}, now=now, by=by)
    person.session_key = new_public_id()
