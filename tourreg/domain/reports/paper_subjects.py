"""What issued papers speak of, for the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from tourreg.db import db
from tourreg.domain.billing.models import Folio
from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import FurtherFolio, Registration
from tourreg.kernel.bilingual import EMPTY, Text


@dataclass(frozen=True)
class PaperSubject:
    """A registration (reference and contact) or an event (title) that a paper speaks of.

    public_id  of the registration or event, for a link
    """

    public_id: str
    reference: str = ""
    contact: str = ""
    title: Text = EMPTY


def named(papers: Iterable[Paper]) -> Mapping[str, PaperSubject]:
    """Return what the papers speak of, by what they have as `about`, in two statements.

    A bill of several registrations is named by the first of them.
    """
    about = {paper.about for paper in papers}
    return {**_registrations(about), **_events(about)}


def _registrations(folios: set[str]) -> dict[str, PaperSubject]:
    columns = (Folio.public_id, Registration.public_id, Registration.reference, Registration.contact_name)
    further = select(FurtherFolio.registration_id).where(FurtherFolio.folio_id == Folio.id).correlate(Folio)
    on_it = or_(Registration.folio_id == Folio.id, Registration.id.in_(further))
    found = select(*columns).join(Registration, on_it).where(Folio.public_id.in_(folios))
    return {
        folio: PaperSubject(public_id, reference=reference, contact=contact)
        for folio, public_id, reference, contact in db.session.execute(found.order_by(Registration.id.desc()))
    }


def _events(events: set[str]) -> dict[str, PaperSubject]:
    found = select(Event.public_id, Event.title).where(Event.public_id.in_(events))
    return {event: PaperSubject(event, title=title) for event, title in db.session.execute(found)}
