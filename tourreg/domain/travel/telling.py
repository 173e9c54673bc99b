"""What a participant tells of their journey: written down behind a consent of its own, and deleted with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents import commands as consents
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import subjects_agreeing
from tourreg.domain.outbox.commands import add_task, send_letter
from tourreg.domain.registrations import holds, mails
from tourreg.domain.registrations.chosen import taking_part
from tourreg.domain.registrations.models import ENDED_APPLICATIONS, Participant, Registration
from tourreg.domain.registrations.own_changes import require_open
from tourreg.domain.travel import legs, queries
from tourreg.domain.travel.models import Bed, Leg, TravelCall, Traveller
from tourreg.domain.travel.plans import OF_LEG, TOLD, TravelPlan, plan_of_travel
from tourreg.kernel.clock import end_of_day, local_day
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal

TRAVEL = "travel"
FORGET = "forget_travel"
# So long after an event what people told of their journey is deleted.
KEPT_DAYS = 30
NOTHING_SEEN = fingerprint(TravelPlan())


class NotTravelling(Refusal):
    """Nobody of the registration who takes part is meant."""


class NoConsent(Refusal):
    """The person has not agreed that we keep it."""


class LegIsWrong(Refusal):
    """A leg cannot be; facts: place (from 0, as given), faults (by field)."""


class TravelEditedMeanwhile(Refusal):
    """Somebody else told meanwhile; facts: now (the plan as it is)."""


def tell(
    registration_id: int, person: str, plan: TravelPlan, text: ConsentText | None, *, seen: str, now: datetime, by: str
) -> Participant:
    """Write down what a participant told, in the place of what stood there.

    text    the text that was agreed to just now; None where only an earlier yes can count
    seen    fingerprint of the plan that the editor began from
    raises  RegistrationIsClosed, NotTravelling, NoConsent, LegIsWrong, TravelEditedMeanwhile

    The history says which particulars changed, and not what they are: that shall be gone when it is deleted.
    """
    participant = _travelling(holds.lock(registration_id), person, now)
    _require_legs(plan)
    plan = _in_order(plan)
    known = queries.traveller_of(participant)
    before = plan_of_travel(known) if known else TravelPlan()
    if fingerprint(before) not in (seen, fingerprint(plan)):
        raise TravelEditedMeanwhile(now=before)
    _agree(person, text, now=now, by=by)
    _write(known or Traveller(participant=participant), plan, now)
    _forget_later(participant.registration.event, now)
    changed = [name for name in ("legs", *TOLD) if getattr(before, name) != getattr(plan, name)]
    note_change(person, TRAVEL, {}, {"changed": changed} if changed else {}, now=now, by=by)
    return participant


def take_back(registration_id: int, person: str, *, now: datetime, by: str) -> None:
    """End the consent and delete what was told; the bed stays, since a person needs one all the same."""
    participant = next((one for one in holds.lock(registration_id).participants if one.public_id == person), None)
    if participant is None:
        raise NotTravelling
    consents.end([person], kind=TRAVEL, now=now, by=by)
    if _delete([participant.id]):
        note_change(person, TRAVEL, {}, {"deleted": True}, now=now, by=by)


def forget_whoever_left(registration: Registration, person: str) -> None:
    """Delete what somebody told in whose place another comes, and their beds; their consents have ended with them."""
    gone = [one.id for one in registration.participants if one.public_id == person]
    _delete(gone)
    db.session.execute(delete(Bed).where(Bed.participant_id.in_(gone)))


def delete_what_is_over(*, now: datetime) -> int:
    """Delete what was told of events that ended KEPT_DAYS ago, or by people who take part no more; say for how many."""
    long_ago = now.date() - timedelta(days=KEPT_DAYS)
    over = (
        select(Participant.id)
        .join(Participant.registration)
        .join(Registration.event)
        .join(Traveller, Traveller.participant_id == Participant.id)
        .where(or_(Event.ends_on < long_ago, Participant.application_state.in_(ENDED_APPLICATIONS)))
    )
    return _delete(db.session.scalars(over).all())


def over_at(event: Event) -> datetime:
    """Return when what people told of the event's journeys is deleted."""
    return end_of_day(event.ends_on, event.zone) + timedelta(days=KEPT_DAYS)


def call(event: Event, due_on: date, *, now: datetime, by: str) -> int:
    """Ask the contacts of an event for travel details by letter, and return how many letters go out.

    Asking again moves the day, and writes only to those of whom something is lacking, once a day at most.
    """
    known = queries.call_of(event)
    before = {"due_on": known.due_on.isoformat()} if known else {}
    if known is None:
        known = TravelCall(event=event, opened_at=now, opened_by=by)
        db.session.add(known)
    known.due_on = due_on
    note_change(event.public_id, "travel call", before, {"due_on": due_on.isoformat()}, now=now, by=by)
    lacking = queries.registrations_lacking(event)
    for registration in lacking:
        _ask(registration, due_on, now=now)
    return len(lacking)


def stop_calling(event: Event, *, now: datetime, by: str) -> None:
    """Ask for travel details no more; what was told stays."""
    known = queries.call_of(event)
    if known is not None:
        note_change(
            event.public_id, "travel call", {"due_on": known.due_on.isoformat()}, {"due_on": ""}, now=now, by=by
        )
        db.session.delete(known)


def _ask(registration: Registration, due_on: date, *, now: datetime) -> None:
    today = local_day(now, registration.event.zone)
    send_letter(
        "travel_asked",
        {**mails.facts(registration), "due_on": due_on.isoformat()},
        to=registration.contact_email,
        language=registration.language,
        about=registration.public_id,
        key=f"travel_asked:{registration.public_id}:{today.isoformat()}",
        now=now,
    )


def _forget_later(event: Event, now: datetime) -> None:
    add_task(FORGET, {"event": event.public_id}, key=f"{FORGET}:{event.public_id}", now=now, run_at=over_at(event))


def _travelling(registration: Registration, person: str, now: datetime) -> Participant:
    require_open(registration, now)
    found = next((one for one in taking_part(registration) if one.public_id == person), None)
    if found is None:
        raise NotTravelling
    return found


def _require_legs(plan: TravelPlan) -> None:
    for place, leg in enumerate(plan.legs):
        faults = legs.faults_of(leg)
        if faults:
            raise LegIsWrong(place=place, faults=faults)


def _in_order(plan: TravelPlan) -> TravelPlan:
    return TravelPlan(**{name: getattr(plan, name) for name in TOLD}, legs=legs.in_order(plan.legs))


def _agree(person: str, text: ConsentText | None, *, now: datetime, by: str) -> None:
    if subjects_agreeing([person], TRAVEL):
        return
    if text is None:
        raise NoConsent
    consents.give([text], subjects=[person], now=now, by=by)


def _write(traveller: Traveller, plan: TravelPlan, now: datetime) -> None:
    for name in TOLD:
        setattr(traveller, name, getattr(plan, name))
    traveller.told_at = now
    db.session.add(traveller)
    # The places of legs are unique, so the old ones go before the new ones come.
    traveller.legs.clear()
    db.session.flush()
    traveller.legs.extend(
        Leg(position=place, **{name: getattr(leg, name) for name in OF_LEG})
        for place, leg in enumerate(plan.legs, start=1)
    )
    db.session.flush()


def _delete(participant_ids: Sequence[int]) -> int:
    """Delete what these people told, and say of how many there was something."""
    theirs = select(Traveller.id).where(Traveller.participant_id.in_(participant_ids))
    ids = db.session.scalars(theirs).all()
    if ids:
        db.session.execute(delete(Leg).where(Leg.traveller_id.in_(ids)))
        db.session.execute(delete(Traveller).where(Traveller.id.in_(ids)))
    return len(ids)
