"""The sheet on which the office shares out rooms: what stands in it, and what somebody typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tourreg.blueprints.gettext import _
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.lodging import Lodging
from tourreg.domain.travel.models import Bed, Room
from tourreg.domain.travel.nights import Nights
from tourreg.domain.travel.pairing import Sleeper
from tourreg.domain.travel.rooms import MOST_ROOMS, Placement, RoomEdit, mark_of, mark_of_room
from tourreg.kernel import typed
from tourreg.kernel.glyphs import unprinted_sign

Typed = Mapping[str, str]
MOST_REMARKS = 300
# So many days before the first night and after the last a bed may lie; more is a slip of the pen.
FURTHEST = timedelta(days=14)


@dataclass
class PersonRow:
    """Somebody and where they sleep, as it stands on the sheet.

    room, first, last  as typed
    was                the mark of the bed that the editor saw; "" where there was none
    now                where they are meanwhile, where that is something else
    """

    person: Participant
    sleeper: Sleeper | None
    room: str
    first: str
    last: str
    was: str
    now: str | None = None
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"p-{self.person.public_id}"

    def placement(self) -> Placement:
        """Return what the row says; only after it was found right."""
        number = int(self.room) if self.room else None
        nights = Nights(date.fromisoformat(self.first), date.fromisoformat(self.last)) if number else _NO_NIGHTS
        return Placement(self.person.public_id, number, nights, self.was)


@dataclass
class RoomRow:
    """A room with its people, as it stands on the sheet."""

    number: int
    type: str
    remarks: str
    was: str
    people: list[PersonRow]
    changed: bool = False
    fault: str = ""

    @property
    def name(self) -> str:
        return f"r-{self.number}"

    def edit(self) -> RoomEdit:
        return RoomEdit(self.number, self.type, self.remarks, self.was)


@dataclass
class Sheet:
    """Everybody who has a bed, room by room, and who has none; `others` need none by what we know."""

    rooms: list[RoomRow]
    without: list[PersonRow]
    others: list[Participant]
    first: date
    last: date

    @property
    def people(self) -> list[PersonRow]:
        return [*self.without, *(row for room in self.rooms for row in room.people)]

    @property
    def next_number(self) -> int:
        return max((room.number for room in self.rooms), default=0) + 1

    def is_right(self) -> bool:
        """Look at every row, note what is wrong in it, and tell whether nothing is."""
        for row in self.people:
            _look_at(row, self.first, self.last)
        for room in self.rooms:
            sign = unprinted_sign(room.remarks)
            if len(room.remarks) > MOST_REMARKS:
                room.fault = _("At most %(most)d characters.", most=MOST_REMARKS)
            elif sign:
                room.fault = _("Our papers cannot print “%(sign)s”.", sign=sign)
        return not self.faults()

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        of_people = [
            (f"{row.name}-{name}", f"{row.person.name.formal()}: {sentence}")
            for row in self.people
            for name, sentence in row.faults.items()
        ]
        return [*((f"{room.name}-remarks", room.fault) for room in self.rooms if room.fault), *of_people]


def sheet_of(lodging: Lodging, written: Typed | None = None) -> Sheet:
    """Return the sheet of a hotel as it is, or with what somebody typed into it.

    written  what was sent; rows that it does not speak of stand as they are
    """
    sleepers = {sleeper.id: sleeper for sleeper in lodging.sleepers}
    rooms = [_room(room, sleepers, written or {}) for room in sorted(lodging.stay.rooms, key=lambda each: each.number)]
    without = [_without(lodging.people[one.id], one, written or {}) for one in lodging.without_room]
    shown = {row.person.public_id for row in without} | {row.person.public_id for room in rooms for row in room.people}
    others = [person for key, person in lodging.people.items() if key not in shown]
    added = next((one for one in others if written and written.get("other") == one.public_id), None)
    if added is not None and written is not None:
        without.append(_added(added, lodging, written))
        others.remove(added)
    stay = lodging.stay
    return Sheet(rooms, without, others, stay.check_in_on, stay.check_out_on)


def _room(room: Room, sleepers: Mapping[str, Sleeper], written: Typed) -> RoomRow:
    name, mark = f"r-{room.number}", mark_of_room(room)
    beds = sorted(room.beds, key=lambda bed: bed.id)
    return RoomRow(
        room.number,
        written.get(f"{name}-type", room.room_type.public_id),
        typed.tidy(written.get(f"{name}-remarks", room.remarks)),
        written.get(f"{name}-was", mark),
        [_sleeping(bed, sleepers.get(bed.participant.public_id), written) for bed in beds],
    )


def _sleeping(bed: Bed, sleeper: Sleeper | None, written: Typed) -> PersonRow:
    return _row(bed.participant, sleeper, written, str(bed.room.number), Nights(bed.from_on, bed.to_on), mark_of(bed))


def _without(person: Participant, sleeper: Sleeper, written: Typed) -> PersonRow:
    return _row(person, sleeper, written, "", sleeper.nights, "")


def _added(person: Participant, lodging: Lodging, written: Typed) -> PersonRow:
    """Return the row of somebody who needs no bed by what we know, and whom the office gives one."""
    stay = lodging.stay
    return PersonRow(
        person, None, _figures(written.get("other-room", "")), stay.check_in_on.isoformat(),
        stay.check_out_on.isoformat(), "",
    )  # fmt: skip


def _row(
    person: Participant, sleeper: Sleeper | None, written: Typed, room: str, nights: Nights, mark: str
) -> PersonRow:
    name = f"p-{person.public_id}"
    return PersonRow(
        person,
        sleeper,
        _figures(written.get(f"{name}-room", room)),
        written.get(f"{name}-from", nights.from_on.isoformat()).strip(),
        written.get(f"{name}-to", nights.to_on.isoformat()).strip(),
        written.get(f"{name}-was", mark),
    )


def _figures(text: str) -> str:
    return typed.plain_width(text)


def _look_at(row: PersonRow, first: date, last: date) -> None:
    if not row.room:
        return
    if not (row.room.isascii() and row.room.isdecimal() and 0 < int(row.room[:9]) <= MOST_ROOMS):
        row.faults["room"] = _("Type the number of a room, from 1 to %(most)s.", most=f"{MOST_ROOMS:,}")
    days = {name: _day(text) for name, text in (("from", row.first), ("to", row.last))}
    for name, day in days.items():
        if day is None or not first - FURTHEST <= day <= last + FURTHEST:
            row.faults[name] = _("Type a day of the stay, as 2027-05-20.")
    from_on, to_on = days["from"], days["to"]
    if from_on and to_on and to_on <= from_on and not row.faults:
        row.faults["to"] = _("The last morning lies after the first night.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_NO_NIGHTS = Nights(date(2000, 1, 1), date(2000, 1, 1))
