"""Steps on the sheet of an itinerary beside typing: rows put in, doubled, moved to another day, and days shifted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.office.sheet import DaySheet, Row, Sheet
from tourreg.kernel import typed

# What days are shifted by at most: a tour of one year becomes that of the next, on the same weekdays.
FARTHEST = 3_700
_OF_ONE_ROW = re.compile(r"(below|double|earlier|later)-(d\d{1,3}r\d{1,3})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)


class CannotStep(Exception):
    """The step cannot be taken; `field` of the bar is where the sentence stands."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True)
class Taken:
    """A step that was taken on the sheet.

    said     what to tell once it is saved; "" where it only makes room to type
    day      name of the day to go back to, "" for the top
    """

    said: str
    day: str = ""


def take_step(sheet: Sheet, wish: str, sent: Mapping[str, str]) -> Taken | None:
    """Take the step that a button asks for, on what was typed; None where the wish is none of these.

    wish    value of the button: "double", "move", "shift", or one for a single row, as in below-d1r3
    sent    what the bar says: move_to, shift_by, shift_what
    raises  CannotStep
    """
    match = _OF_ONE_ROW.fullmatch(wish)
    if match:
        return _of_one_row(sheet, match[1], match[2])
    steps: dict[str, Callable[[], Taken]] = {
        "double": lambda: _double(sheet, _picked_rows(sheet), sheet.picked_days()),
        "move": lambda: _move(_picked_rows(sheet), _day(sheet, sent.get("move_to", ""))),
        "shift": lambda: _shift(_days_to_shift(sheet, sent.get("shift_what", "")), _by(sent.get("shift_by", ""))),
    }
    return steps[wish]() if wish in steps else None


def _of_one_row(sheet: Sheet, step: str, name: str) -> Taken | None:
    found = next(((day, row) for day in sheet.days for row in day.rows if row.name == name), None)
    if found is None:
        return None
    day, row = found
    if step == "below":
        zone = row.cells.get("end_zone") or row.cells.get("zone", "")
        day.rows.insert(day.rows.index(row) + 1, Row({"zone": zone}, held=True))
        return Taken("", day.name)
    if step == "double":
        return _double(sheet, [found], [])
    return _move([found], _beside(sheet, day, 1 if step == "later" else -1))


def _double(sheet: Sheet, rows: Sequence[tuple[DaySheet, Row]], days: Sequence[DaySheet]) -> Taken:
    whole = {id(day) for day in days}
    alone = [(day, row) for day, row in rows if id(day) not in whole]
    if not alone and not days:
        raise CannotStep("double", _("Choose the rows or days to double, with the boxes at their left."))
    for day, row in alone:
        day.rows.insert(day.rows.index(row) + 1, _again(row))
    for day in days:
        sheet.days.insert(sheet.days.index(day) + 1, _next_free(sheet, day))
    if days:
        return Taken(ngettext("%(num)d day doubled.", "%(num)d days doubled.", len(days)))
    return Taken(ngettext("%(num)d row doubled.", "%(num)d rows doubled.", len(alone)), alone[0][0].name)


def _again(row: Row) -> Row:
    """Return the row once more, as a new one that takes over the particulars of the old."""
    cells = {name: value for name, value in row.cells.items() if name not in ("id", "pick")}
    return Row({**cells, "from": row.cells.get("id") or row.cells.get("from", "")})


def _next_free(sheet: Sheet, day: DaySheet) -> DaySheet:
    """Return the day once more, on the next date that has none of its city and part."""
    names = {tuple(other.cells.get(cell, "") for cell in ("on", "city", "part")) for other in sheet.real_days}
    try:
        on = date.fromisoformat(day.cells.get("on", ""))
        while (on.isoformat(), day.cells.get("city", ""), day.cells.get("part", "")) in names:
            on += timedelta(1)
    except (ValueError, OverflowError) as error:
        raise CannotStep("double", _("Type the date of the day first, as in 2027-10-21.")) from error
    cells = {name: value for name, value in day.cells.items() if name not in ("id", "seen", "pick")}
    return DaySheet({**cells, "on": on.isoformat(), "seen": ""}, [_again(row) for row in day.filled])


def _move(rows: Sequence[tuple[DaySheet, Row]], into: DaySheet) -> Taken:
    moved = [(day, row) for day, row in rows if day is not into]
    if not moved:
        raise CannotStep("move_to", _("Choose the rows to move, with the boxes at their left, and another day."))
    for day, row in moved:
        day.rows.remove(row)
        into.rows.insert(len(into.filled), row)
        row.cells.pop("pick", None)
    return Taken(ngettext("%(num)d row moved.", "%(num)d rows moved.", len(moved)), into.name)


def _shift(days: Sequence[DaySheet], by: int) -> Taken:
    if not days:
        raise CannotStep("shift_what", _("Choose the days to shift, with the boxes at their left."))
    for day in days:
        try:
            day.cells["on"] = (date.fromisoformat(day.cells.get("on", "")) + timedelta(by)).isoformat()
        except (ValueError, OverflowError):
            continue  # the date stands with its fault, and nothing is saved
        day.cells.pop("pick", None)
    return Taken(ngettext("%(num)d day shifted.", "%(num)d days shifted.", len(days)))


def _picked_rows(sheet: Sheet) -> list[tuple[DaySheet, Row]]:
    return [(day, row) for day in sheet.real_days for row in day.filled if row.picked]


def _day(sheet: Sheet, name: str) -> DaySheet:
    day = next((day for day in sheet.real_days if day.name == name), None)
    if day is None:
        raise CannotStep("move_to", _("Choose the day to which the rows move."))
    return day


def _beside(sheet: Sheet, day: DaySheet, step: int) -> DaySheet:
    days = sheet.real_days
    place = days.index(day) + step
    if not 0 <= place < len(days):
        raise CannotStep("move_to", _("There is no day beyond; add one first."))
    return days[place]


def _days_to_shift(sheet: Sheet, what: str) -> list[DaySheet]:
    """Return the days chosen, all, those of the programme, or those of one tour."""
    if what == "chosen":
        return sheet.picked_days()
    if what == "all":
        return sheet.real_days
    part = "" if what == "programme" else what
    return [day for day in sheet.real_days if day.cells.get("part", "") == part]


def _by(text: str) -> int:
    number = typed.plain_width(text).replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(number) or not 0 < abs(int(number)) <= FARTHEST:
        sentence = _("Type by how many days: 1 is a day later, −7 a week earlier; at most %(most)d.", most=FARTHEST)
        raise CannotStep("shift_by", sentence)
    return int(number)
