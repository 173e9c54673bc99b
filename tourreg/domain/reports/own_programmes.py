"""One participant's own programme, for the page and the calendar behind a link and for the paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.itineraries.personal import PersonalSheet, personal_sheet
from tourreg.domain.itineraries.versions import Printed
from tourreg.domain.papers.documents import both
from tourreg.domain.papers.sheets import Bilingual, Day
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.reports.readers import full_name, on_paper
from tourreg.domain.travel.journeys import Journey, Night
from tourreg.domain.travel.manifests import LegOfList, leg_of_list
from tourreg.kernel.bilingual import Text


class OwnLeg(LegOfList):
    """A flight or train of the reader, on the way there or back."""

    way: str


class OwnNight(TypedDict):
    """The reader's bed: from the first night to the morning after the last; mates are Latin names."""

    hotel: Bilingual
    address: Bilingual
    phone: str
    from_on: str
    to_on: str
    room: Bilingual
    mates: list[str]


class OwnChoice(TypedDict):
    """An optional item that the reader has chosen."""

    on: str
    starts: str
    zone: str
    title: Bilingual


class OwnSheet(PersonalSheet):
    """A programme with what else is the reader's own; without their consent it tells of no way and no bed."""

    legs: list[OwnLeg]
    nights: list[OwnNight]
    chosen: list[OwnChoice]


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


def own_sheet(
    participant: Participant, printed: Printed, *, parts: Collection[str], journey: Journey, now: datetime
) -> OwnSheet:
    """Return somebody's programme with their own ways, beds and choices.

    parts    as `own_parts` returns them
    journey  their own, from `travel.journeys.journey_of`
    """
    event, organisation = participant.registration.event, participant.organisation
    reader, of_whom = on_paper(full_name(participant)), Text(organisation, organisation)
    sheet = personal_sheet(
        event,
        printed,
        parts=parts,
        groups=participant.groups,
        group=participant.group,
        reader=reader,
        organisation=of_whom,
        now=now,
    )
    told = journey if journey.agreed else Journey([], [])
    return {
        **sheet,
        "legs": [{**leg_of_list(leg), "way": leg.way} for leg in told.legs],
        "nights": [_night(night) for night in told.nights],
        "chosen": _chosen(sheet["days"]),
    }


def _night(night: Night) -> OwnNight:
    return {
        "hotel": both(night.hotel),
        "address": both(night.address),
        "phone": night.phone,
        "from_on": night.from_on.isoformat(),
        "to_on": night.to_on.isoformat(),
        "room": both(night.room),
        "mates": night.mates,
    }


def _chosen(days: Sequence[Day]) -> list[OwnChoice]:
    return [
        {"on": day["on"], "starts": item["starts"], "zone": item["zone"], "title": item["title"]}
        for day in days
        for item in day["items"]
        if item.get("optional")
    ]
