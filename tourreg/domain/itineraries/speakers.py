"""Who speaks at an event, written down and taken off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.models import Appearance, Speaker
from tourreg.domain.itineraries.plans import SpeakerPlan, speaker_plan
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import plain


def write_speaker(event: Event, speaker: Speaker | None, plan: SpeakerPlan, *, now: datetime, by: str) -> Speaker:
    """Write a speaker of an event down, a new one where there is none yet."""
    written = speaker or Speaker(public_id=new_public_id(), event_id=event.id)
    before = plain(speaker_plan(speaker)) if speaker else {}
    written.name, written.title = plan.name, plan.title
    written.organisation, written.bio = plan.organisation, plan.bio
    db.session.add(written)
    db.session.flush()
    note_change(written.public_id, "speaker", before, plain(plan), now=now, by=by)
    return written


def remove_speaker(speaker: Speaker, *, now: datetime, by: str) -> None:
    """Take a speaker off the event and off every item; versions that were issued keep the name."""
    for appearance in db.session.scalars(select(Appearance).where(Appearance.speaker_id == speaker.id)):
        db.session.delete(appearance)
    db.session.flush()
    before = plain(speaker_plan(speaker))
    note_change(speaker.public_id, "speaker", before, dict.fromkeys(before), now=now, by=by)
    db.session.delete(speaker)
    db.session.flush()
