"""Members of the office's staff for tests, and a browser in which one of them is signed in."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tourreg.blueprints.office.security import SIGNED_IN_AT
from tourreg.db import db, writing
from tourreg.domain.accounts.models import Role, StaffMember
from tourreg.kernel import clock


def a_member(*roles: str, **changed: Any) -> StaffMember:
    """Return a saved member of staff; their password fits nothing."""
    name = changed.pop("name", "Ren Hui")
    slug = name.lower().replace(" ", ".")
    values = {
        "name": name,
        "email": f"{slug}@example.org",
        "password": "nothing fits",
        "fs_uniquifier": f"session of {slug}",
        "tf_primary_method": "authenticator",
        "tf_totp_secret": "nothing fits",
    }
    with writing() as session:
        member = StaffMember(**{**values, **changed}, roles=[_role(role) for role in roles])
        session.add(member)
    return member


def sign_in(client: FlaskClient, *roles: str, **changed: Any) -> StaffMember:
    """Return a new member of staff, signed in with this client as if password and code had been given."""
    member = a_member(*(roles or ("administrator",)), **changed)
    remember(client, member)
    return member


def remember(client: FlaskClient, member: StaffMember) -> None:
    """Sign a member in with this client, as if password and code had been given."""
    with client.session_transaction() as session:
        session["_user_id"] = member.fs_uniquifier
        session["_fresh"] = True
        session[SIGNED_IN_AT] = clock.utc_now().timestamp()


def _role(name: str) -> Role:
    return db.session.scalar(select(Role).where(Role.name == name)) or Role(name=name)
