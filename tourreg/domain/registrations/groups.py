"""Putting the people of an event into the groups of its programme, many at once, and the rest evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from tourreg.db import db
from tourreg.domain.audit.commands import note_alike
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal

CHANGE = "group"


class GroupsChangedMeanwhile(Refusal):
    """Somebody else has put some of the same people elsewhere; facts: people (group now, by public id), by, at."""


class RestChangedMeanwhile(Refusal):
    """Who is in no group, or how many are in A and B, is not what was seen."""


@dataclass(frozen=True)
class Put:
    """How many people have another group now, and how many of the chosen do not take part (any more)."""

    changed: int
    gone: int


@dataclass(frozen=True)
class Split:
    """Who of those in no group would go into A, and who into B, as public ids; and how many each has then."""

    into_a: tuple[str, ...]
    into_b: tuple[str, ...]
    size_of_a: int
    size_of_b: int


def people_of(event: Event) -> Sequence[Participant]:
    """Return who has a confirmed place at the event, as they are now, each with the registration, in protocol order."""
    seated = (
        select(Participant)
        .join(Participant.registration)
        .join(Participant.seats)
        .where(Seat.pool_id == event.pool_id, Seat.add_on_id.is_(None), Seat.state == "confirmed")
        .order_by(Registration.registered_at, Registration.id, Participant.position)
        .options(contains_eager(Participant.registration))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(seated).all()


def put_into(event: Event, chosen: Mapping[str, str], group: str, *, now: datetime, by: str) -> Put:
    """Put the chosen into a group, or with "" into none: all of them or, if somebody was moved meanwhile, nobody.

    event   from `desk.event_to_change`
    chosen  the group in which each was seen, by public id
    raises  GroupsChangedMeanwhile
    """
    people = {person.public_id: person for person in people_of(event)}
    known = {public_id: people[public_id] for public_id in chosen if public_id in people}
    moved = {
        public_id: person.group for public_id, person in known.items() if person.group not in (chosen[public_id], group)
    }
    if moved:
        last = last_change(next(iter(moved)), CHANGE)
        raise GroupsChangedMeanwhile(people=moved, by=last.by if last else "", at=last.at if last else None)
    changed = _put(list(known.values()), group, now=now, by=by)
    return Put(changed, len(chosen) - len(known))


def even_split(people: Sequence[Participant]) -> Split:
    """Return how those in no group are shared out so that A and B get as equal as they can.

    In protocol order the first go into A and the others into B, so that whoever registered together stays together
    but for one registration at most.
    """
    sizes = Counter(person.group for person in people)
    rest = [person.public_id for person in people if not person.group]
    half = (sizes["a"] + sizes["b"] + len(rest) + 1) // 2
    into_a = min(max(half - sizes["a"], 0), len(rest))
    return Split(tuple(rest[:into_a]), tuple(rest[into_a:]), sizes["a"] + into_a, sizes["b"] + len(rest) - into_a)


def split_rest(event: Event, *, seen: str, now: datetime, by: str) -> int:
    """Share out those in no group as `even_split` says, and return how many there were; the second time nobody is left.

    event   from `desk.event_to_change`
    seen    fingerprint of the split that whoever asked for it has seen
    raises  RestChangedMeanwhile
    """
    people = people_of(event)
    split = even_split(people)
    rest = {*split.into_a, *split.into_b}
    if rest and fingerprint(split) != seen:
        raise RestChangedMeanwhile
    for group, placed in (("a", {*split.into_a}), ("b", {*split.into_b})):
        _put([person for person in people if person.public_id in placed], group, now=now, by=by)
    return len(rest)


def _put(people: Sequence[Participant], group: str, *, now: datetime, by: str) -> int:
    """Put people into a group, note it of each who was elsewhere, and return how many those are; in two statements."""
    moved = {person.public_id: {"group": person.group} for person in people if person.group != group}
    note_alike(CHANGE, moved, {"group": group}, now=now, by=by)
    chosen = update(Participant).where(Participant.public_id.in_(moved))
    db.session.execute(chosen.values(group=group))
    return len(moved)
