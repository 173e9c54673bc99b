"""Somebody else comes in a participant's place: seats, money and papers stay, the person and their consents change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tourreg.domain.accounts import links
from tourreg.domain.audit.commands import note_change
from tourreg.domain.consents import commands as consents
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.registrations import corrections, holds, mails, own_changes, rules
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.corrections import Introduction, Person, person_of
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel.refusals import Refusal

LONGEST_REASON = 300


class NotTakingPart(Refusal):
    """The participant was withdrawn or declined, so that nobody can come in their place."""


class SamePerson(Refusal):
    """Who is named already takes part in this place; a name is put right by a correction."""


def replace_participant(
    registration_id: int, participant_id: str, person: Person, *, why: str, now: datetime, by: str
) -> Participant:
    """Let somebody else come in a participant's place, and ask for their consents by letter.

    Whom lines and seats are for is the place, so that money and papers stay as they are; papers that were issued keep
    the name they were issued to.

    participant_id  public id
    raises          own_changes.RegistrationIsClosed, own_changes.EventIsOver, NotTakingPart, SamePerson,
                    rules.SamePersonTwice
    """
    registration = holds.lock(registration_id)
    own_changes.require_cancellable(registration, now)
    place = next((one for one in taking_part(registration) if one.public_id == participant_id), None)
    if place is None:
        raise NotTakingPart
    before = person_of(place)
    if rules.is_same_person(before, person):
        raise SamePerson
    others = [person_of(one) for one in taking_part(registration) if one is not place]
    rules.require_different_people([*others, person])
    consents.end([place.public_id], now=now, by=by)
    # The addresses of the programme and calendar were given to whoever does not come.
    links.revoke_links(place.public_id, now=now, by=by)
    corrections.correct_person(place, replace(person, introduction=Introduction()), now=now, by=by)
    note_change(
        place.public_id,
        "replaced",
        {"person": before.name.latin(), "reason": ""},
        {"person": person.name.latin(), "reason": why},
        now=now,
        by=by,
    )
    _tell(registration, before, person, now)
    return place


def _tell(registration: Registration, before: Person, person: Person, now: datetime) -> None:
    send_letter(
        "replaced",
        {**mails.facts(registration), "before": before.name.latin(), "after": person.name.latin()},
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=f"replaced:{registration.public_id}:{now.isoformat()}",
        now=now,
    )
