"""The sheet of an itinerary: whatever was typed into its cells, with days and rows put in and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tourreg.domain.itineraries.models import Day
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, plan_of
from tourreg.domain.itineraries.rules import typed_end
from tourreg.kernel import typed
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

MOST_DAYS, MOST_ROWS = 60, 60
TEXTS = ("title", "place", "address", "notes")
# What makes a row more than an empty one.
_CONTENT = ("start", "end", "kind", *(f"{name}_{language}" for name in TEXTS for language in ("en", "zh")))
_SEVERAL_LINES = ("notes_en", "notes_zh")
_CELL = re.compile(r"d(\d{1,3})(?:r(\d{1,3}))?-([a-z_]{1,12})", re.ASCII)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)
EMPTY_ROWS, ROWS_OF_AN_EMPTY_DAY, MORE_ROWS = 1, 5, 5


@dataclass
class Row:
    """One item as its cells show it.

    name     what the names of its cells begin with: d3r5
    faults   what is wrong, by cell
    clash    a sentence on what it overlaps with
    missing  a sentence on the language that it lacks
    doubts   sentences on what else may not work out
    held     empty, and kept where it was put
    """

    cells: dict[str, str]
    name: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    clash: str = ""
    missing: str = ""
    doubts: list[str] = field(default_factory=list)
    held: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.cells.get("id") and not any(self.cells.get(cell) for cell in _CONTENT)

    @property
    def picked(self) -> bool:
        return bool(self.cells.get("pick"))


@dataclass
class DaySheet:
    """One day as its cells show it; `theirs` are lines of what somebody else saved meanwhile."""

    cells: dict[str, str]
    rows: list[Row]
    name: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Tell whether it is the day that nobody has added yet."""
        return not self.cells.get("id") and not self.cells.get("on") and not self.filled

    @property
    def filled(self) -> list[Row]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def picked(self) -> bool:
        return bool(self.cells.get("pick"))


@dataclass
class Sheet:
    """All days, each with its empty rows, and a blank one at the end."""

    days: list[DaySheet]

    @property
    def real_days(self) -> list[DaySheet]:
        return [day for day in self.days if not day.is_blank]

    def faults(self) -> list[tuple[str, str]]:
        """Return what is wrong, with the ids of the cells, in the order of the page."""
        found = []
        for day in self.days:
            found += [(f"{day.name}-{cell}", sentence) for cell, sentence in day.faults.items()]
            for row in day.rows:
                found += [(f"{row.name}-{cell}", sentence) for cell, sentence in row.faults.items()]
        return found

    def without_picked(self) -> Sheet:
        """Return the sheet without the rows and days that were chosen."""
        kept = [day for day in self.days if not day.picked]
        for day in kept:
            day.rows = [row for row in day.rows if not row.picked]
        return Sheet(kept)

    def picked_days(self) -> list[DaySheet]:
        return [day for day in self.real_days if day.picked]

    def laid_out(self, *, more_in: str = "") -> Sheet:
        """Return the sheet with empty rows at the end of each day, a blank day at its end, and every cell named anew.

        more_in  name of the day that gets several empty rows more
        """
        days = [*self.real_days[:MOST_DAYS], next((day for day in self.days if day.is_blank), DaySheet({}, []))]
        for place, day in enumerate(days):
            if not day.is_blank:
                kept = [row for row in day.rows if row.held or not row.is_empty]
                day.rows = [*kept[:MOST_ROWS], *_empty_rows(day, more_in != "" and day.name == more_in)]
            day.name = f"d{place}"
            for number, row in enumerate(day.rows):
                row.name = f"{day.name}r{number}"
        return Sheet(days)


def sheet_of(days: Iterable[Day]) -> Sheet:
    """Return the sheet as it stands when nobody has typed yet."""
    return Sheet([_day_of(day) for day in days])


def read_sheet(sent: Mapping[str, str]) -> Sheet:
    """Return the sheet as it was sent, its cells tidied."""
    days: dict[int, DaySheet] = {}
    rows: dict[tuple[int, int], Row] = {}
    for name, value in sent.items():
        match = _CELL.fullmatch(name)
        if match is None:
            continue
        day = days.setdefault(int(match[1]), DaySheet({}, [], name=f"d{int(match[1])}"))
        cells = day.cells
        if match[2]:
            name = f"d{int(match[1])}r{int(match[2])}"
            cells = rows.setdefault((int(match[1]), int(match[2])), Row({}, name=name)).cells
        cells[match[3]] = typed.tidy_lines(value) if match[3] in _SEVERAL_LINES else typed.tidy(value)
    for (number, _place), row in sorted(rows.items(), key=lambda entry: entry[0]):
        days[number].rows.append(row)
    return Sheet([_checked(day) for _number, day in sorted(days.items())])


def zones_in(sheet: Sheet) -> set[str]:
    """Return every zone that a row names."""
    return {zone for day in sheet.days for row in day.rows for zone in _zones_of(row)}


def _checked(day: DaySheet) -> DaySheet:
    """Forget a fingerprint that is none; the day then counts as seen by nobody."""
    if not _FINGERPRINT.fullmatch(day.cells.get("seen", "")):
        day.cells["seen"] = ""
    return day


def _zones_of(row: Row) -> Iterator[str]:
    yield from (row.cells[cell] for cell in ("zone", "end_zone") if row.cells.get(cell))


def _empty_rows(day: DaySheet, more: bool) -> list[Row]:
    """Return rows to type into, in the zone in which the last item ended."""
    last = day.filled[-1].cells if day.filled else {}
    zone = last.get("end_zone") or last.get("zone") or day.cells.get("zone", "")
    count = (EMPTY_ROWS if day.filled else ROWS_OF_AN_EMPTY_DAY) + (MORE_ROWS if more else 0)
    return [Row({"zone": zone}) for _ in range(count)]


def _day_of(day: Day) -> DaySheet:
    plan = plan_of(day)
    cells = {"id": day.public_id, **day_cells(plan), "seen": fingerprint(plan)}
    return DaySheet({**cells, "zone": day.city.zone if day.city else ""}, [Row(row_cells(item)) for item in plan.items])


def day_cells(plan: DayPlan) -> dict[str, str]:
    """Return what the cells of a day's own line show."""
    return {"on": plan.on_date.isoformat(), "city": plan.city, "part": plan.add_on, **_both("title", plan.title)}


def row_cells(item: ItemPlan) -> dict[str, str]:
    """Return what the cells of a row show."""
    cells = {
        "id": item.public_id,
        "start": f"{item.starts:%H:%M}",
        "end": typed_end(item),
        "zone": item.zone,
        "end_zone": item.ends_zone or "",
        "kind": item.kind,
    }
    for name in TEXTS:
        cells.update(_both(name, getattr(item, name)))
    return cells


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}
