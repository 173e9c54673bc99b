"""Browsers of people outside the office: let in to a registration, or signed in by their address."""

from datetime import datetime

from flask.testing import FlaskClient

from tests.cast import saved
from tourreg.domain.accounts.models import Person
from tourreg.kernel.numbers import new_public_id


def granted(client: FlaskClient, public_id: str, *, at: datetime) -> None:
    """Let the browser open something, as if it had just registered or used a link."""
    with client.session_transaction() as session:
        session["open"] = {**session.get("open", {}), public_id: int(at.timestamp())}


def signed_in(client: FlaskClient, person: Person, *, at: datetime) -> None:
    with client.session_transaction() as session:
        session["person"] = {"id": person.public_id, "key": person.session_key, "at": int(at.timestamp())}


def a_person_at(email: str, now: datetime) -> Person:
    """Return a saved person who has shown that the address is theirs."""
    person: Person = saved(
        Person(public_id=new_public_id(), email=email, language="en", confirmed_at=now, session_key=new_public_id())
    )
    return person
