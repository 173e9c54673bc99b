"""What shows that a fee is somebody's: a member's number, a small city, a code; or the office says so afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, select

from tourreg.db import db
from tourreg.domain.catalogue.models import Event, Fee
from tourreg.domain.cities.models import City
from tourreg.domain.discounts.rules import Discount, opens
from tourreg.domain.memberships.queries import is_member
from tourreg.domain.memberships.rules import normal_number
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.registrations.rules import BookedPerson, ProofMissing

Wrong = dict[int, str]


def require_proofs(event: Event, people: Sequence[BookedPerson], discount: Discount | None, *, day: date) -> None:
    """Refuse people who do not show that the fee they chose is theirs; what the office approves is not asked here.

    To be called with the event's places taken, so that nobody else registers with the same number meanwhile.

    raises  ProofMissing
    """
    wrong = proofs_missing(event, people, discount, day=day)
    if wrong:
        raise ProofMissing(wrong=wrong)


def proofs_missing(event: Event, people: Sequence[BookedPerson], discount: Discount | None, *, day: date) -> Wrong:
    """Return what is wrong with people's proofs, by position from 1."""
    fees = {fee.public_id: fee for fee in event.fees}
    cities = _populations(people)
    found: Wrong = {}
    for position, person in enumerate(people, start=1):
        fee = fees.get(person.fee)
        if fee is not None:
            before = [other.member_number for other in people[: position - 1]]
            why = (
                _city(fee, person, cities) or _number(event, fee, person, before, day) or _code(fee, position, discount)
            )
            if why:
                found[position] = why
    return found


def needs_approval(fee: Fee) -> bool:
    return fee.proof == "approval"


def _number(event: Event, fee: Fee, person: BookedPerson, before: Sequence[str], day: date) -> str:
    if fee.proof != "number":
        return ""
    number = normal_number(person.member_number)
    if not number:
        return "number_missing"
    if fee.member_list_id is None or not is_member(fee.member_list_id, number, day):
        return "number_unknown"
    twice = number in {normal_number(other) for other in before}
    return "number_used" if twice or _is_used(event, number) else ""


def _is_used(event: Event, number: str) -> bool:
    """Tell whether somebody takes part in the event with this number."""
    live = exists().where(Seat.participant_id == Participant.id, Seat.state != "released")
    taken = (
        select(Participant.id)
        .join(Participant.registration)
        .where(Participant.member_number == number, Registration.event_id == event.id, live)
    )
    return db.session.scalar(taken.limit(1)) is not None


def _city(fee: Fee, person: BookedPerson, populations: dict[str, int | None]) -> str:
    if fee.population_most is None:
        return ""
    population = populations.get(person.city)
    if population is None:
        return "city_missing"
    return "city_too_large" if population > fee.population_most else ""


def _code(fee: Fee, position: int, discount: Discount | None) -> str:
    if fee.proof != "code":
        return ""
    covered = discount is not None and opens(discount.code, fee.public_id) and position in discount.off_minor
    return "" if covered else "code"


def _populations(people: Sequence[BookedPerson]) -> dict[str, int | None]:
    chosen = {person.city for person in people if person.city}
    if not chosen:
        return {}
    found = db.session.execute(select(City.public_id, City.population).where(City.public_id.in_(chosen)))
    return {public_id: population for public_id, population in found}  # noqa: C416
