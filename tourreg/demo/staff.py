"""The sample office: one member for each role, with passwords and authenticators made anew for each demo."""

import json
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from tourreg.blueprints.office import security
from tourreg.db import db, writing
from tourreg.domain.accounts.commands import Credentials, add_staff
from tourreg.domain.accounts.models import StaffMember

# name, role, language
MEMBERS = [
    ("Ren Hui", "administrator", "en"),
    ("Lou Farrell", "programme", "en"),
    ("Shen Wei", "finance", "zh"),
    ("Ida Moss", "read-only", "en"),
]
FILE = "office.json"


def make_office(folder: Path, now: datetime) -> None:
    """Add the members and keep how each signs in beside the demo's database, for its owner's eyes only."""
    keys = [_add(name, role, language, now) for name, role, language in MEMBERS]
    file = folder / FILE
    file.touch(mode=0o600)
    file.write_text(json.dumps(keys, indent=1), "utf-8")


def programme_officer() -> str:
    """Return the actor who writes itineraries down: "staff:<public id>"."""
    email = "programme@example.org"
    return f"staff:{db.session.scalars(select(StaffMember.public_id).where(StaffMember.email == email)).one()}"


def keys_of(folder: Path) -> list[dict[str, str]]:
    """Return role, address, password and authenticator secret of each member."""
    keys: list[dict[str, str]] = json.loads((folder / FILE).read_text("utf-8"))
    return keys


def _add(name: str, role: str, language: str, now: datetime) -> dict[str, str]:
    email, password = f"{role}@example.org", secrets.token_urlsafe(15)
    factor = security.new_second_factor(email)
    credentials = Credentials(security.hash_of(password), factor.stored)
    with writing():
        add_staff(name, email, [role], credentials, language=language, now=now, by="console")
    return {"role": role, "email": email, "password": password, "secret": factor.secret}
