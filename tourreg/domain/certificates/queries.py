"""Certificates, found by programme, by city, by number and by what is to be changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.cities.models import City
from tourreg.domain.papers.models import Paper


def by_public_id(public_id: str) -> Certificate | None:
    """Return the certificate with its event, city, paper and the one that it replaces."""
    return db.session.scalars(_listed().where(Certificate.public_id == public_id)).one_or_none()


def to_change(public_id: str) -> Certificate:
    """Return the certificate as it stands after every other transaction on it has ended."""
    chosen = select(Certificate).where(Certificate.public_id == public_id).with_for_update(of=Certificate)
    return db.session.scalars(chosen.options(*_whole()).execution_options(populate_existing=True)).one()


def of_submission(submission_key: str) -> Certificate | None:
    """Return what a form made when it was sent before."""
    return db.session.scalar(select(Certificate).where(Certificate.submission_key == submission_key))


def count_of_submissions(submission_keys: Collection[str]) -> int:
    """Return how many of these forms made a certificate."""
    made = select(func.count()).where(Certificate.submission_key.in_(submission_keys))
    return db.session.scalar(made) or 0


def standing_of(event: Event, city: City) -> Certificate | None:
    """Return the certificate of recognition that a city holds for a programme."""
    theirs = select(Certificate).where(Certificate.event_id == event.id, Certificate.city_id == city.id)
    return db.session.scalar(theirs.where(Certificate.state == "issued"))


def of_paper(paper: Paper) -> Certificate | None:
    """Return the certificate that a paper is the print of."""
    return db.session.scalars(_listed().where(Certificate.paper_id == paper.id)).one_or_none()


def of_event(event: Event) -> Sequence[Certificate]:
    """Return the certificates for a programme, newest first."""
    return db.session.scalars(_listed().where(Certificate.event_id == event.id)).all()


def of_city(city: City) -> Sequence[Certificate]:
    """Return the certificates of a city, newest first."""
    return db.session.scalars(_listed().where(Certificate.city_id == city.id)).all()


def certificates(state: str | None, *, page: int, size: int) -> tuple[Sequence[Certificate], int]:
    """Return one page of all certificates, newest first, and how many there are.

    state  None for every state
    page   counts from 1
    """
    conditions = [Certificate.state == state] if state else []
    total = db.session.scalar(select(func.count(Certificate.id)).where(*conditions)) or 0
    return db.session.scalars(_listed().where(*conditions).limit(size).offset((page - 1) * size)).all(), total


def successors(certificates: Sequence[Certificate]) -> dict[int, Certificate]:
    """Return by which certificate each was replaced, by the id of the replaced one."""
    replaced = [one.id for one in certificates if one.state == "replaced"]
    if not replaced:
        return {}
    found = db.session.scalars(_listed().where(Certificate.replaces_id.in_(replaced)))
    return {one.replaces_id: one for one in found if one.replaces_id is not None}


def _listed() -> Select[Certificate]:
    newest_first = select(Certificate).order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    return newest_first.options(*_whole())


def _whole() -> tuple[ORMOption, ...]:
    of_paper = joinedload(Certificate.paper, innerjoin=True)
    return (
        joinedload(Certificate.event, innerjoin=True),
        joinedload(Certificate.city, innerjoin=True),
        of_paper.options(defer(Paper.sheet), joinedload(Paper.issuer, innerjoin=True)),
        joinedload(Certificate.replaces).options(joinedload(Certificate.paper).options(defer(Paper.sheet))),
    )
