"""Issuing certificates, revoking them, and replacing one whose words were wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.certificates import queries
from tourreg.domain.certificates.documents import recognition_sheet
from tourreg.domain.certificates.letters import write_to_city
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.certificates.rules import CERTIFICATE, LONGEST_REASON, NoLongerStands, NothingNew, Wording
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.history import Hosted
from tourreg.domain.papers import commands as papers
from tourreg.domain.papers import standing
from tourreg.kernel.numbers import new_public_id

RECOGNITION = "host_recognition"


@dataclass(frozen=True)
class Form:
    """How certificates are printed, and whether their cities are written to.

    language   "en", "zh", or "both" side by side
    page_size  "letter" or "a4"
    """

    language: str
    page_size: str
    tell: bool


def issue(
    visit: Hosted, city: City, wording: Wording, form: Form, *, submission_key: str, now: datetime, by: str
) -> Certificate:
    """Give a city its certificate for a programme; while one stands, and for the same form again, that one.

    visit           of an event from `catalogue.desk.event_to_change`, so that two never issue at once
    submission_key  of the form, which may issue to several cities
    """
    key = _key_for(city.public_id, submission_key)
    known = queries.of_submission(key) or queries.standing_of(visit.event, city)
    if known is not None:
        return known
    certificate = _make(visit, city, wording, form, key=key, replaces=None, now=now, by=by)
    if form.tell:
        write_to_city("certificate_issued", certificate, now=now)
    return certificate


def is_issued(cities: Collection[str], *, submission_key: str) -> bool:
    """Tell whether a form has issued to all of these cities, by their public ids, when it was sent before."""
    keys = {_key_for(city, submission_key) for city in cities}
    return bool(keys) and queries.count_of_submissions(keys) == len(keys)


def revoke(certificate: Certificate, reason: str, *, now: datetime, by: str) -> None:
    """Say that a certificate no longer holds, to whoever asks after its number; a second time changes nothing.

    certificate  from `queries.to_change`
    raises       NoLongerStands
    """
    if certificate.state == "revoked":
        return
    _end(certificate, "revoked", reason, now=now, by=by)
    standing.withdraw(certificate.paper, reason, now=now, by=by)


def replace(
    certificate: Certificate,
    visit: Hosted,
    wording: Wording,
    form: Form,
    reason: str,
    *,
    submission_key: str,
    now: datetime,
    by: str,
) -> Certificate:
    """Issue it anew with other words, under a new number that names the old one; the same form again returns that.

    certificate  from `queries.to_change`
    raises       NoLongerStands, NothingNew
    """
    city = certificate.city
    key = _key_for(city.public_id, submission_key)
    known = queries.of_submission(key)
    if known is not None:
        return known
    if certificate.state == "issued" and wording == wording_of(certificate):
        raise NothingNew
    _end(certificate, "replaced", reason, now=now, by=by)
    # The old one gives its place up before the new one takes it.
    db.session.flush()
    made = _make(visit, city, wording, form, key=key, replaces=certificate, now=now, by=by)
    if form.tell:
        write_to_city("certificate_replaced", made, now=now)
    return made


def wording_of(certificate: Certificate) -> Wording:
    return Wording(certificate.holder, certificate.citation, certificate.people)


def _end(certificate: Certificate, state: str, reason: str, *, now: datetime, by: str) -> None:
    if certificate.state != "issued":
        raise NoLongerStands(state=certificate.state)
    move_to(certificate, CERTIFICATE, state, now=now, by=by, why=reason)
    certificate.ended_at, certificate.ended_by, certificate.reason = now, by, reason[:LONGEST_REASON]


def _make(
    visit: Hosted,
    city: City,
    wording: Wording,
    form: Form,
    *,
    key: str,
    replaces: Certificate | None,
    now: datetime,
    by: str,
) -> Certificate:
    sheet = recognition_sheet(visit, city, wording, now=None, issued=True)
    paper = papers.issue(
        RECOGNITION,
        dict(sheet),
        issuer=visit.event.issuer,
        about=visit.event.public_id,
        subject=city.public_id,
        recipient=wording.holder.en or wording.holder.zh,
        language=form.language,
        page_size=form.page_size,
        now=now,
        by=by,
        replaces=replaces.paper if replaces else None,
        submission_key=key,
    )
    certificate = Certificate(
        public_id=new_public_id(),
        submission_key=key,
        kind=RECOGNITION,
        event_id=visit.event.id,
        city_id=city.id,
        holder=wording.holder,
        citation=wording.citation,
        people=wording.people,
        paper=paper,
        replaces_id=replaces.id if replaces else None,
        issued_at=now,
        issued_by=by,
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate


def _key_for(city: str, submission_key: str) -> str:
    """Return the key of one certificate of a form that issues to several cities, each by its public id."""
    return sha256(f"{submission_key}/{city}".encode()).hexdigest()[:40]
