"""The letter that somebody asked for who wants to sign in."""

from datetime import datetime

from tourreg.blueprints.my.sign_in import WRITE_SIGN_IN
from tourreg.db import writing
from tourreg.domain.accounts import queries as accounts
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.hosting import queries as hosting
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.registrations import queries as registrations
from tourreg.tasks.registry import task


@task(WRITE_SIGN_IN)
def write_sign_in(link: str, language: str, *, now: datetime) -> None:
    """Write to the address if somebody registered with it, hosts by it, or has signed in before; else to nobody."""
    asked = accounts.link_by_public_id(link)
    if asked is None or not _is_known(asked.subject):
        return
    with writing():
        _write(asked, language, now)


def _is_known(email: str) -> bool:
    return bool(accounts.person_by_email(email) or registrations.is_contact(email) or hosting.of_address(email))


def _write(link: OneTimeLink, language: str, now: datetime) -> None:
    send_letter(
        "sign_in",
        {"link": link.public_id},
        to=link.subject,
        language=language,
        about=link.public_id,
        key=f"sign_in:{link.public_id}",
        now=now,
    )
