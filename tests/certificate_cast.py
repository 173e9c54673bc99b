"""Certificates for tests: Davenport receives a study tour and is given one."""

from datetime import datetime
from typing import Any

from tests.cast import the_city
from tests.hosting_cast import a_request
from tests.hosts import MEMBER
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.certificates import commands, queries
from tourreg.domain.certificates.commands import Form
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.certificates.rules import Wording
from tourreg.domain.hosting.history import Hosted, hosts_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

WORDING = Wording(Text("The City of Davenport", "达文波特市"), people=18)
CORRECTED = Wording(Text("The City of Davenport, Iowa", "艾奥瓦州达文波特市"), people=17)
FORM = Form("both", "letter", tell=True)


def a_hosted_tour(now: datetime, *, slug: str = "water-2027") -> Event:
    """Return a published tour that Davenport has confirmed to receive."""
    event = a_request("confirmed", now=now, slug=slug).event
    with writing():
        db.session.merge(event).state = "published"
    return event


def visit_of(event: Event, city: str = "davenport") -> Hosted:
    place = the_city(city)
    return next(visit for visit in hosts_of(event) if visit.city_id == place.id)


def issued(event: Event, *, now: datetime, key: str = "", **changed: Any) -> Certificate:
    """Return the certificate of Davenport for the event, as it stands once it was asked for."""
    with writing():
        locked = desk.event_to_change(event.public_id)
        made = commands.issue(
            visit_of(locked), the_city("davenport"), changed.get("wording", WORDING), changed.get("form", FORM),
            submission_key=key or new_public_id(), now=now, by=MEMBER,
        )  # fmt: skip
    return found(made.public_id)


def replaced(certificate: Certificate, *, now: datetime, key: str = "", wording: Wording = CORRECTED) -> Certificate:
    """Return what takes the place of a certificate."""
    public_id = certificate.public_id
    with writing():
        locked = queries.to_change(public_id)
        made = commands.replace(
            locked, visit_of(locked.event), wording, FORM, "The name was wrong.",
            submission_key=key or new_public_id(), now=now, by=MEMBER,
        )  # fmt: skip
    return found(made.public_id)


def revoked(certificate: Certificate, *, now: datetime, why: str = "It was meant for another city.") -> Certificate:
    public_id = certificate.public_id
    with writing():
        commands.revoke(queries.to_change(public_id), why, now=now, by=MEMBER)
    return found(public_id)


def found(public_id: str) -> Certificate:
    db.session.expire_all()
    known = queries.by_public_id(public_id)
    assert known is not None
    return known
