"""One participant's own programme, found by the participant alone: for the page and the calendar behind a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.itineraries.personal import PersonalSheet, personal_sheet
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.reports.readers import full_name, on_paper
from tourreg.kernel.bilingual import Text


def participant_by_public_id(public_id: str) -> Participant | None:
    """Return a participant with the registration and its event."""
    found = select(Participant).where(Participant.public_id == public_id)
    whole = joinedload(Participant.registration).joinedload(Registration.event)
    return db.session.scalars(found.options(whole)).one_or_none()


def own_parts(participant: Participant) -> list[str]:
    """Return the public ids of the tours and optional items that somebody takes, "" for the programme itself.

    It is empty for whoever has no confirmed place: not yet, or not any more.
    """
    sure = select(Seat).where(Seat.participant_id == participant.id, Seat.state == "confirmed").order_by(Seat.id)
    seats = db.session.scalars(sure.options(joinedload(Seat.add_on))).all()
    parts = [seat.add_on.public_id if seat.add_on else "" for seat in seats]
    return list(dict.fromkeys(parts)) if "" in parts else []


def own_sheet(participant: Participant, parts: Sequence[str], *, now: datetime) -> PersonalSheet:
    """Return somebody's programme as it was issued last, or the draft where nothing was issued yet."""
    event, organisation = participant.registration.event, participant.organisation
    return personal_sheet(
        event,
        days_for_print(event, issued=True),
        parts=parts,
        groups=participant.groups,
        group=participant.group,
        reader=on_paper(full_name(participant)),
        organisation=Text(organisation, organisation),
        now=now,
    )
