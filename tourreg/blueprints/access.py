"""What this browser may open: registrations it was let in to, and those of the person who is signed in.

All of it stands in the signed session, and all of it ends: a grant after half a day, or when the links to the
registration are revoked; a sign-in after a month, or when the person signs out everywhere.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import g, session

from tourreg.domain.accounts import queries as accounts
from tourreg.domain.accounts.models import Person
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock

# The cookie has room for 4,000 letters; whoever books more lets the oldest go and signs in.
MOST_GRANTS = 20
LONGEST_GRANT = timedelta(hours=12)
LONGEST_SIGN_IN = timedelta(days=30)
_GRANTS = "registrations"
_PERSON = "person"


def grant(public_id: str) -> None:
    """Let this browser open a registration from now on."""
    others = {known: at for known, at in _grants().items() if known != public_id}
    kept = list(others.items())[1 - MOST_GRANTS :]
    session[_GRANTS] = dict([*kept, (public_id, int(clock.utc_now().timestamp()))])


def may_open(registration: Registration) -> bool:
    """Tell whether this browser may open a registration."""
    granted_at = _granted_at(registration.public_id)
    if granted_at is not None and not accounts.is_revoked_since(registration.public_id, granted_at):
        return True
    found = person()
    return found is not None and found.email == registration.contact_email.casefold()


def person() -> Person | None:
    """Return who is signed in by e-mail; None as soon as that person has signed out everywhere."""
    if "person" not in g:
        g.person = _person_of_session()
    found: Person | None = g.person
    return found


def sign_in(found: Person) -> None:
    """Sign a person in, whose address this browser has just shown to be theirs."""
    session[_PERSON] = {
        "id": found.public_id,
        "key": found.session_key,
        "at": int(clock.utc_now().timestamp()),
    }
    g.person = found


def sign_out() -> None:
    """Forget who is signed in and every registration that was open."""
    for name in (_PERSON, _GRANTS):
        session.pop(name, None)
    g.person = None


def _granted_at(public_id: str) -> datetime | None:
    return _still_good(_grants().get(public_id), LONGEST_GRANT)


def _person_of_session() -> Person | None:
    kept: dict[str, Any] = session.get(_PERSON) or {}
    if _still_good(kept.get("at"), LONGEST_SIGN_IN) is None:
        return None
    found = accounts.person_by_public_id(kept["id"])
    return found if found is not None and found.session_key == kept["key"] else None


def _still_good(at: int | None, longest: timedelta) -> datetime | None:
    """Return the instant, or None when it lies too far back."""
    if at is None or clock.utc_now().timestamp() - at > longest.total_seconds():
        return None
    return datetime.fromtimestamp(at, UTC)


def _grants() -> dict[str, int]:
    """Return when each registration was granted, oldest first."""
    kept: dict[str, int] = session.get(_GRANTS) or {}
    return dict(sorted(kept.items(), key=lambda one: one[1]))
