"""Issued papers that may still tell of journeys which are forgotten here; what was issued is never changed itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from tourreg.db import db
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import Consent, ConsentText
from tourreg.domain.papers.kinds import OF_JOURNEYS
from tourreg.domain.papers.models import Paper, Withdrawal
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.domain.travel.telling import KEPT_DAYS, TRAVEL

# A rooming list tells of early and late nights, which come from flights.
KINDS = (*OF_JOURNEYS, "rooming_list")
OWN = "personal_itinerary"
Why = Literal["over", "taken_back"]


def to_destroy(papers: Iterable[Paper], *, now: datetime) -> dict[int, Why]:
    """Return which of these papers have copies to be destroyed, and why, by their id; in one statement.

    over        the day after which nobody needs it has passed
    taken_back  somebody's consent counted when it was issued and has ended since; where it is for all, that one may
                stand on it
    A paper that was withdrawn is done with.
    """
    of_journeys = [paper.id for paper in papers if paper.kind in KINDS]
    if not of_journeys:
        return {}
    condemned = select(Paper.id, _is_over(now)).join(Event, Event.public_id == Paper.about)
    found = condemned.where(Paper.id.in_(of_journeys), _is_to_destroy(now))
    return {paper: "over" if over else "taken_back" for paper, over in db.session.execute(found)}


def all_to_destroy(now: datetime) -> Select[int]:
    """Return the statement that finds the ids of all of them."""
    return select(Paper.id).join(Event, Event.public_id == Paper.about).where(_is_to_destroy(now))


def count_to_destroy(now: datetime) -> int:
    return db.session.scalar(select(func.count()).select_from(all_to_destroy(now).subquery())) or 0


def _is_to_destroy(now: datetime) -> ColumnElement[bool]:
    """Return what is asked of a paper that is joined to its event."""
    in_force = Paper.id.not_in(select(Withdrawal.paper_id))
    return and_(Paper.kind.in_(KINDS), in_force, or_(_is_over(now), Paper.id.in_(_taken_back())))


def _is_over(now: datetime) -> ColumnElement[bool]:
    return Event.ends_on < now.date() - timedelta(days=KEPT_DAYS)


def _taken_back() -> Select[int]:
    """Find papers that were issued while somebody's consent counted that has ended; consents that ended are few."""
    paper = aliased(Paper)
    return (
        select(paper.id)
        .select_from(Consent)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .join(Participant, Participant.public_id == Consent.subject)
        .join(Registration, Registration.id == Participant.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .join(paper, paper.about == Event.public_id)
        .where(ConsentText.kind == TRAVEL, Consent.ended_at.is_not(None), paper.kind.in_(KINDS))
        .where(Consent.given_at <= paper.issued_at, Consent.ended_at > paper.issued_at)
        .where(or_(paper.kind != OWN, paper.subject == Consent.subject))
    )
