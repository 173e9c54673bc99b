"""What this browser may open: what it was let in to by registering or by a link, and what the signed-in person may.

All of it stands in the signed session, and all of it ends: a grant after half a day, or when the links to the same
thing are revoked; a sign-in after a month, or when the person signs out everywhere.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request, session

from tourreg.domain.accounts import queries as accounts
from tourreg.domain.accounts.models import Person
from tourreg.domain.billing.models import Folio
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.contacts import actor_of, contact_at, contacts_of, shares_page
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock
from tourreg.settings import LOOPBACK, Settings

# The cookie has room for 4,000 letters; whoever books more lets the oldest go and signs in.
MOST_GRANTS = 20
LONGEST_GRANT = timedelta(hours=12)
LONGEST_SIGN_IN = timedelta(days=30)
_GRANTS = "open"
_PERSON = "person"
_CODE = "fresh_code"


def grant(public_id: str, *, after: datetime | None = None) -> None:
    """Let this browser open a registration, or a city's page, from now on.

    after  when what had been granted before was revoked
    """
    others = {known: at for known, at in _grants().items() if known != public_id}
    kept = list(others.items())[1 - MOST_GRANTS :]
    at = int(after.timestamp()) + 1 if after else int(clock.utc_now().timestamp())
    session[_GRANTS] = dict([*kept, (public_id, at)])


def note_code(registration: Registration) -> None:
    """Note that whoever sits here has just shown that they read the contact's mail; of one registration at a time."""
    at = int(clock.utc_now().timestamp())
    session[_CODE] = {"registration": registration.public_id, "address": registration.contact_email, "at": at}


def follow_address(registration: Registration, *, now: datetime) -> None:
    """Let this browser, which has just changed the contact's address, go on; a slip in it can so be put right."""
    grant(registration.public_id, after=now)
    session[_CODE] = {**session.get(_CODE, {}), "address": registration.contact_email}


def gave_code_within(registration: Registration, longest: timedelta) -> bool:
    """Tell whether the code that went to the contact's present address was given here, no longer ago than that."""
    kept: dict[str, Any] = session.get(_CODE) or {}
    address = str(kept.get("address", "")).casefold()
    is_theirs = (kept.get("registration"), address) == (registration.public_id, registration.contact_email.casefold())
    return is_theirs and _still_good(kept.get("at"), longest) is not None


def granted() -> list[str]:
    """Return the public ids of the registrations that this browser was let in to, oldest first."""
    return [public_id for public_id in _grants() if _is_granted(public_id)]


def may_open(registration: Registration) -> bool:
    """Tell whether this browser may open a registration."""
    return _is_granted(registration.public_id) or _is_address_of_person(registration.contact_email)


def may_open_bill(folio: Folio) -> bool:
    """Tell whether this browser may open a bill: by a link to it, or signed in by its payer's address."""
    return _is_granted(folio.public_id) or _is_address_of_person(folio.payer_email)


def may_open_host(profile: HostProfile) -> bool:
    """Tell whether this browser may open a city's page; its address opens it once it is confirmed."""
    is_theirs = profile.confirmed_at is not None and _speaks_for(profile)
    return is_theirs or _is_granted(profile.public_id) or _contact_of_link(profile) is not None


def host_actor(profile: HostProfile) -> str:
    """Return who acts on a city's page: whoever signed in, else whose link was opened here last, passed on or not."""
    contact = contact_here(profile)
    return actor_of(contact) if contact else actor(profile)


def contact_here(profile: HostProfile) -> HostContact | None:
    """Return the further contact who uses a city's page here; None where it is the one who signed the city up."""
    found = person()
    if found is not None and _speaks_for(profile):
        return contact_at(profile, found.email)
    contact = _contact_of_link(profile)
    if contact is None or _grants().get(profile.public_id, 0) > _grants()[contact.public_id]:
        return None
    return contact


def opened_within(profile: HostProfile, longest: timedelta) -> bool:
    """Tell whether the city's page was opened by a link, or one of its contacts signed in, no longer ago than that."""
    by_sign_in = (session.get(_PERSON) or {}).get("at") if _speaks_for(profile) else None
    instants = (_grants().get(profile.public_id), by_sign_in)
    if any(_still_good(at, longest) is not None for at in instants):
        return True
    contact = _contact_of_link(profile)
    return contact is not None and _still_good(_grants()[contact.public_id], longest) is not None


def _speaks_for(profile: HostProfile) -> bool:
    """Tell whether the signed-in person signed the city up, or shares its page now."""
    found = person()
    return found is not None and (_is_address_of_person(profile.contact_email) or shares_page(profile, found.email))


def _contact_of_link(profile: HostProfile) -> HostContact | None:
    """Return who shares the page and whose own link was opened here, the last of several."""
    others = [public_id for public_id in _grants() if public_id != profile.public_id]
    if not others or profile.confirmed_at is None:
        return None
    sharing = {one.public_id: one for one in contacts_of(profile) if one.state == "active"}
    return next((sharing[one] for one in reversed(others) if one in sharing and _is_granted(one)), None)


def _is_granted(public_id: str) -> bool:
    """Tell whether something was opened for this browser, by registering or by a link, and has not ended."""
    granted_at = _still_good(_grants().get(public_id), LONGEST_GRANT)
    return granted_at is not None and not accounts.is_revoked_since(public_id, granted_at)


def _is_address_of_person(email: str) -> bool:
    """Tell whether the address is the one by which somebody is signed in."""
    found = person()
    return found is not None and found.email == email.casefold()


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


def is_demo_on_this_machine() -> bool:
    """Tell whether the demo keeps its letters in a folder and its own machine asks, by its own name, past no proxy."""
    chosen: Settings = current_app.extensions["tourreg.settings"]
    keeps_letters = chosen.demo and not chosen.proxies and urlsplit(chosen.mail_url).scheme == "folder"
    return keeps_letters and request.remote_addr in LOOPBACK and urlsplit(request.host_url).hostname in LOOPBACK


def sign_out() -> None:
    """Forget who is signed in and every registration that was open."""
    for name in (_PERSON, _GRANTS, _CODE):
        session.pop(name, None)
    g.person = None


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
    """Return when each thing was opened, oldest first."""
    kept: dict[str, int] = session.get(_GRANTS) or {}
    return dict(sorted(kept.items(), key=lambda one: one[1]))
