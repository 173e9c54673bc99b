"""What a contact does to their own registration: names and contact put right, and asking the office to cancel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tourreg.domain.audit.commands import move_to
from tourreg.domain.audit.models import Move
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.registrations import corrections, holds, mails, rules
from tourreg.domain.registrations.chosen import Chosen, chosen_from, everything, fitting, is_everything
from tourreg.domain.registrations.corrections import Contact, Introduction, contact_of, introduction_of, person_of
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.rules import CANCELLATION
from tourreg.kernel.clock import local_day
from tourreg.kernel.names import PersonName
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal

LONGEST_REASON = 500


class RegistrationIsClosed(Refusal):
    """Its seats were given back, or its hold has ended: there is nothing left to change."""


class EventIsOver(Refusal):
    """The programme has ended, so that nothing can be cancelled."""


class DetailsEditedMeanwhile(Refusal):
    """Somebody corrected the registration after the editor had read it; facts: now (the details as they are)."""


class NothingIsAsked(Refusal):
    """No request to cancel waits for an answer."""


@dataclass(frozen=True)
class Details:
    """What a contact may put right; names and introductions in the order of the participants."""

    contact: Contact
    names: tuple[PersonName, ...]
    introductions: tuple[Introduction, ...]


def details_of(registration: Registration) -> Details:
    people = registration.participants
    names, introductions = (person.name for person in people), map(introduction_of, people)
    return Details(contact_of(registration), tuple(names), tuple(introductions))


def correct_details(registration_id: int, wanted: Details, *, now: datetime, seen: str = "") -> Details:
    """Put names, introductions and contact right, as the contact, and return what stood there before.

    seen    fingerprint of the details that the editor began from; without it nobody is asked
    raises  RegistrationIsClosed, DetailsEditedMeanwhile, rules.SamePersonTwice
    """
    registration = holds.lock(registration_id)
    require_open(registration, now)
    before = details_of(registration)
    if seen and fingerprint(before) not in (seen, fingerprint(wanted)):
        raise DetailsEditedMeanwhile(now=before)
    people = [
        (participant, replace(person_of(participant), name=name, introduction=introduction))
        for participant, name, introduction in zip(
            registration.participants, wanted.names, wanted.introductions, strict=True
        )
    ]
    if wanted.names != before.names:
        rules.require_different_people([person for _participant, person in people])
    by = contact_actor(registration)
    corrections.correct_contact(registration, wanted.contact, now=now, by=by)
    for participant, person in people:
        corrections.correct_person(participant, person, now=now, by=by)
    return before


def ask_to_cancel(registration_id: int, why: str, *, now: datetime, chosen: Chosen | None = None) -> Registration:
    """Ask the office to cancel, and send a letter of receipt; while the request waits, asking again changes nothing.

    why     may be empty; LONGEST_REASON at most
    chosen  what of it, everything unless given
    raises  RegistrationIsClosed, EventIsOver, NothingChosen
    """
    registration = holds.lock(registration_id)
    if registration.cancellation_state == "asked":
        return registration
    require_cancellable(registration, now)
    wanted = fitting(registration, chosen or everything(registration))
    move_to(registration, CANCELLATION, "asked", now=now, by=contact_actor(registration), why=why)
    registration.asked_to_give_up = wanted.plain()
    facts = {"why": why, "is_everything": is_everything(registration, wanted)}
    _tell(registration, "cancellation_asked", facts, now=now)
    return registration


def asked_for(registration: Registration) -> Chosen:
    """Return what the contact asked to cancel, everything where no request says so."""
    return chosen_from(registration.asked_to_give_up) if registration.asked_to_give_up else everything(registration)


def take_request_back(registration_id: int, *, now: datetime) -> Registration:
    """Let the registration stand after all; a second time changes nothing.

    raises  NothingIsAsked where the office has answered before
    """
    registration = holds.lock(registration_id)
    if registration.cancellation_state == "none":
        return registration
    _require_asked(registration)
    move_to(registration, CANCELLATION, "none", now=now, by=contact_actor(registration))
    registration.asked_to_give_up = {}
    return registration


def keep_registration(registration_id: int, why: str, *, now: datetime, by: str) -> None:
    """Answer for the office that it does not cancel, and write so.

    why     for the contact, in their language
    raises  NothingIsAsked
    """
    registration = holds.lock(registration_id)
    _require_asked(registration)
    move_to(registration, CANCELLATION, "kept", now=now, by=by, why=why)
    registration.asked_to_give_up = {}
    _tell(registration, "cancellation_kept", {"why": why}, now=now)


def request_of(registration: Registration) -> Move | None:
    """Return the step by which the contact asked, while the request waits for an answer."""
    if registration.cancellation_state != "asked":
        return None
    return next((move for move in reversed(moves_of(registration.public_id)) if move.after == "asked"), None)


def is_open(registration: Registration, now: datetime) -> bool:
    """Tell whether the registration still has seats, so that something of it can be changed."""
    return bool(holds.live_seats(registration)) and not holds.is_over(registration, now)


def is_cancellable(registration: Registration, now: datetime) -> bool:
    """Tell whether its contact can ask to cancel it, or has asked."""
    return is_open(registration, now) and not _is_over(registration, now)


def require_open(registration: Registration, now: datetime) -> None:
    """Refuse what no longer has seats.

    raises  RegistrationIsClosed
    """
    if not is_open(registration, now):
        raise RegistrationIsClosed


def require_cancellable(registration: Registration, now: datetime) -> None:
    """Refuse what has no seats left, and what is over.

    raises  RegistrationIsClosed, EventIsOver
    """
    require_open(registration, now)
    if _is_over(registration, now):
        raise EventIsOver


def contact_actor(registration: Registration) -> str:
    """Return the contact as the actor of what they do."""
    return f"contact:{registration.public_id}"


def _is_over(registration: Registration, now: datetime) -> bool:
    event = registration.event
    return local_day(now, event.zone) > event.ends_on


def _require_asked(registration: Registration) -> None:
    if registration.cancellation_state != "asked":
        raise NothingIsAsked


def _tell(registration: Registration, template: str, facts: dict[str, Any], *, now: datetime) -> None:
    send_letter(
        template,
        {**mails.facts(registration), **facts},
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=f"{template}:{registration.public_id}:{now.isoformat()}",
        now=now,
    )
