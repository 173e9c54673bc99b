"""A link for each kind of visitor who has no password, so that one need not look for it in a letter first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.blueprints.addresses import whole_address
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.own_programmes import participant_by_public_id

LASTS = timedelta(days=7)


def doors(now: datetime) -> list[tuple[str, str]]:
    """Return addresses, each with who comes in by it.

    They are of somebody who has to pay, of somebody who has paid, of a host city, and of a participant's own page.
    """
    return [*_contacts(now), *_host(now), *_own_page(now)]


def _contacts(now: datetime) -> Iterator[tuple[str, str]]:
    wanted = {
        ("held", "en"): "has to pay by card",
        ("confirmed", "zh"): "is registered, and has papers",
    }
    for registration in db.session.scalars(select(Registration).order_by(Registration.id.desc())):
        who = wanted.pop((registrations.state_of(registration), registration.language), None)
        if who:
            address = _address("registration", registration.public_id, registration.language, now)
            yield address, f"{registration.contact_name} {who}"


def _host(now: datetime) -> Iterator[tuple[str, str]]:
    """Return the way of a host city to which something comes, so that it finds days of its own."""
    accepted = select(HostProfile).where(HostProfile.state == "accepted").order_by(HostProfile.id)
    profiles = db.session.scalars(accepted).all()
    receiving = (one for one in profiles if one.city and hosts.programmes_in(one.city, now.date()))
    profile = next(receiving, next(iter(profiles), None))
    if profile is not None:
        address = _address("host_profile", profile.public_id, profile.language, now)
        yield address, f"{profile.contact_name} of {profile.city_name}, a host city"


def _own_page(now: datetime) -> Iterator[tuple[str, str]]:
    """Return the first of the own pages whose addresses were made with the season, as the participant's own language."""
    made = select(OneTimeLink).where(OneTimeLink.purpose == "itinerary", OneTimeLink.revoked_at.is_(None))
    link = db.session.scalars(made.where(OneTimeLink.expires_at > now).order_by(OneTimeLink.id)).first()
    person = participant_by_public_id(link.subject) if link else None
    if link is not None and person is not None:
        token, language = links.token_of(link, settings().secret_key), person.registration.language
        address = whole_address("my_itinerary.page", token=token, language=language)
        yield address, f"{person.name.latin()} takes part, and carries this page along"


def _address(purpose: str, subject: str, language: str, now: datetime) -> str:
    secret = settings().secret_key
    with writing():
        link = links.standing_link(purpose, subject, expires_at=now + LASTS, now=now, secret=secret)
    return whole_address("links.show", token=links.token_of(link, secret), language=language)
