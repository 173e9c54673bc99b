"""What happened to a hotel and its rooms, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.histories import actor_words
from tourreg.blueprints.office.hotel_words import NAMES
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.histories import Happening, history_of
from tourreg.domain.travel.models import Stay
from tourreg.domain.travel.queries import people_of

# So many moves of one save are told one by one; of more, how many they are.
MOST_MOVES, MOST_LINES = 12, 60


@dataclass(frozen=True)
class Line:
    """One save: when, by whom, what it was, and what it changed."""

    at: datetime
    who: str
    what: str
    changes: tuple[str, ...] = ()


def history_of_hotel(event: Event, stay: Stay) -> list[Line]:
    """Return what was done to a hotel and who was moved in it, the latest first."""
    happened = history_of([stay.public_id])[:MOST_LINES]
    names = staff_names({each.by for each in happened})
    people = _people(event, stay) if any(each.what == "rooming" for each in happened) else {}
    return [_line(each, names, people) for each in happened]


def _people(event: Event, stay: Stay) -> dict[str, Participant]:
    left_over = {bed.participant.public_id: bed.participant for room in stay.rooms for bed in room.beds}
    return {**left_over, **{one.public_id: one for one in people_of(event)}}


def _line(happening: Happening, names: Mapping[str, str], people: Mapping[str, Participant]) -> Line:
    before, after = _facts(happening.before), _facts(happening.after)
    who = actor_words(happening.by, names)
    if happening.what != "rooming":
        return _edit(happening, who, before, after)
    what = ngettext("%(num)d person moved", "%(num)d people moved", len(after))
    moves = [_move(people.get(person), before.get(person), mark) for person, mark in after.items()]
    return Line(happening.at, who, what, tuple(moves if len(moves) <= MOST_MOVES else ()))


def _edit(happening: Happening, who: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    """Say which particulars of the hotel were changed; of its first writing only that it was written."""
    if not any(before.values()):
        return Line(happening.at, who, _("Hotel written down"))
    return Line(happening.at, who, _("Hotel corrected"), tuple(str(NAMES[name]) for name in after if name in NAMES))


def _facts(of: Any) -> dict[str, Any]:
    return of if isinstance(of, dict) else {}


def _move(person: Participant | None, before: str | None, after: str | None) -> str:
    name = person.name.formal() if person else _("Somebody who left")
    return _("%(who)s: from %(before)s to %(after)s", who=name, before=place_words(before), after=place_words(after))


def place_words(mark: str | None) -> str:
    """Return where somebody sleeps, of a mark as `rooms.mark_of` writes it."""
    if not mark:
        return _("no room")
    number, first, last = mark.split()
    nights = formats.date_range(date.fromisoformat(first), date.fromisoformat(last), language(), year=False, short=True)
    return _("room %(room)s, %(nights)s", room=number, nights=nights)
