"""Whatever an itinerary says, its Excel file says the same, and one changed cell is one change."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import a_published_summit
from tourreg.adapters.workbooks import read_table, write_table
from tourreg.blueprints.office.itinerary_words import CHOICES
from tourreg.blueprints.office.spreadsheet_columns import COLUMNS
from tourreg.blueprints.office.spreadsheet_items import Known
from tourreg.blueprints.office.spreadsheet_reading import ReadFile, read_file
from tourreg.blueprints.office.spreadsheet_rows import rows_of
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.itineraries import rules
from tourreg.domain.itineraries.commands import DayEdit, rewrite
from tourreg.domain.itineraries.details import TEXTS, Details
from tourreg.domain.itineraries.merging import Merge, merge
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, SpeakerPlan, plan_of
from tourreg.domain.itineraries.queries import days_of, speakers_of
from tourreg.domain.itineraries.speakers import write_speaker
from tourreg.kernel import typed
from tourreg.kernel.bilingual import Text
from tourreg.kernel.plans import fingerprint

NOON = datetime.fromisoformat("2027-01-01T12:00:00+00:00")
ON = date(2027, 10, 21)
# Writing, signs that spreadsheets take for formulas, and letters beyond the basic plane.
LETTERS = "Aé=+-@'\"<&,.; 0129:/\n扬州，。（）𠮷镕ทმᠮس"
LINES = ("notes", "topics", "access", "for_participants", "for_host", "for_driver", "for_escort")


def words(*, lines: bool = False) -> st.SearchStrategy[str]:
    return st.text(LETTERS, max_size=40).map(typed.tidy_lines if lines else typed.tidy)


def texts(name: str) -> st.SearchStrategy[Text]:
    return st.builds(Text, words(lines=name in LINES), words(lines=name in LINES))


def clocks() -> st.SearchStrategy[time]:
    return st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def items(draw: st.DrawFn, speakers: tuple[str, ...]) -> ItemPlan:
    """Draw an item that the domain accepts."""
    asked = draw(st.sampled_from([name for name in CHOICES["standing"] if name != "none"]) | st.just("none"))
    optional, ends = draw(st.booleans()), draw(st.none() | clocks())
    zones = st.sampled_from(["Asia/Shanghai", "America/Denver", "Asia/Kolkata"])
    details: dict[str, Any] = {name: draw(texts(name)) for name in TEXTS}
    details |= {name: draw(words()) for name in ("host_phone", "driver", "driver_phone", "reference")}
    item = ItemPlan(
        kind=draw(st.sampled_from(list(CHOICES["kind"]))),
        starts=draw(clocks()),
        zone=draw(zones),
        title=draw(texts("title").filter(bool)),
        ends=ends,
        ends_zone=draw(st.none() | zones) if ends else None,
        ends_days=draw(st.integers(-1, 2)) if ends else 0,
        place=draw(texts("place")),
        address=draw(texts("address")),
        notes=draw(texts("notes")),
        nature=draw(st.sampled_from(list(CHOICES["nature"]))),
        cost=draw(st.sampled_from(list(CHOICES["cost"]))),
        group=draw(st.sampled_from(list(CHOICES["group"]))),
        optional=optional,
        capacity=draw(st.none() | st.integers(1, 500)) if optional else None,
        fee_minor=draw(st.none() | st.integers(1, 9_999_999)) if optional else None,
        standing=asked,
        standing_by=draw(words()) if asked != "none" else "",
        standing_on=draw(st.dates(date(2026, 1, 1), date(2027, 12, 31))) if asked != "none" else None,
        details=Details(
            **details,
            leaves=draw(st.just("") | clocks().map(lambda shown: f"{shown:%H:%M}")),
            minutes=draw(st.none() | st.integers(1, 1_440)),
        ),
        speakers=tuple(draw(st.lists(st.sampled_from(speakers), unique=True))),
    )
    return replace(item, ends=None, ends_zone=None, ends_days=0) if rules.ends_too_early(ON, item) else item


@pytest.fixture
def summit(app: Flask) -> Iterator[Event]:
    """A summit with four speakers, two of whom share a name, and two of those share all that is said of them."""
    event = a_published_summit()
    with writing():
        locked = desk.event_to_change(event.public_id)
        for title in ("Mayor", "Engineer", "Engineer", ""):
            plan = SpeakerPlan(Text("Li Na" if title else "Amara Okafor", "李娜" if title else ""), Text(title))
            write_speaker(locked, None, plan, now=NOON, by="staff:ren")
    with app.test_request_context("/office/"):
        yield event


def put(event: Event, item: ItemPlan) -> None:
    """Let this be the only item of the last day."""
    with writing():
        locked = desk.event_to_change(event.public_id)
        last = days_of(locked)[-1]
        before = plan_of(last)
        plan = DayPlan(ON, before.city, before.add_on, before.title, (item,))
        rewrite(locked, [DayEdit(last.public_id, fingerprint(before), plan)], now=NOON, by="staff:ren")


def written(event: Event) -> bytes:
    db.session.rollback()
    rows = rows_of(event, days_of(event), speakers_of(event))
    return write_table([column.heading() for column in COLUMNS], rows, widths=[1] * len(COLUMNS), name="Itinerary")


def read_back(event: Event, content: bytes) -> tuple[ReadFile, Merge]:
    plans = {day.public_id: plan_of(day) for day in days_of(event)}
    known = {item.public_id: item for plan in plans.values() for item in plan.items}
    read = read_file(read_table(content, most_rows=100), Known(event, all_cities(), speakers_of(event), known))
    return read, merge(plans, read.rows, remove_missing=True)


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_itinerary_read_back_from_its_file_is_the_same(summit: Event, data: st.DataObject) -> None:
    speakers = tuple(speaker.public_id for speaker in speakers_of(summit))
    put(summit, data.draw(items(speakers)))

    read, merged = read_back(summit, written(summit))

    assert read.faults == []
    assert {outcome.what for outcome in merged.outcomes} == {"same"}
    assert merged.days == []
    assert merged.missing == []
    assert [edit.plan for edit in merged.edits] == [plan_of(day) for day in days_of(summit)]


OTHERWISE = {
    "title_en": ("Another title", ["title"]),
    "notes_zh": ("另一个说明", ["notes"]),
    "start": (time(0, 1), ["starts"]),
    "kind": ("Lecture", ["kind"]),
    "room_en": ("Room 12", ["details.room"]),
    "minutes": (77, ["details.minutes"]),
    "fee": (12.5, ["fee_minor"]),
    "speakers": ("Amara Okafor", ["speakers"]),
}


@pytest.mark.parametrize("column", OTHERWISE)
def test_one_changed_cell_is_one_change(summit: Event, column: str) -> None:
    speakers = [speaker.public_id for speaker in speakers_of(summit)]
    item = ItemPlan(
        "meeting", time(9), "Asia/Shanghai", Text("Opening", "开幕"), optional=True, speakers=tuple(speakers[:2])
    )
    put(summit, item)
    value, names = OTHERWISE[column]
    book = openpyxl.load_workbook(io.BytesIO(written(summit)))
    place = next(number for number, each in enumerate(COLUMNS, 1) if each.key == column)
    book.active.cell(book.active.max_row, place).value = value
    changed = io.BytesIO()
    book.save(changed)

    read, merged = read_back(summit, changed.getvalue())

    assert read.faults == []
    assert [(outcome.what, list(outcome.names)) for outcome in merged.outcomes if outcome.what != "same"] == [
        ("changed", names)
    ]


def test_a_name_that_several_speakers_bear_is_asked_about(summit: Event) -> None:
    put(summit, ItemPlan("meeting", time(9), "Asia/Shanghai", Text("Opening")))
    book = openpyxl.load_workbook(io.BytesIO(written(summit)))
    place = next(number for number, each in enumerate(COLUMNS, 1) if each.key == "speakers")
    book.active.cell(book.active.max_row, place).value = "li na"
    changed = io.BytesIO()
    book.save(changed)

    read, _merged = read_back(summit, changed.getvalue())

    assert [fault.sentence for fault in read.faults] == [
        "Several speakers are called “li na”. Write for example “Li Na (Mayor)”."
    ]


@pytest.mark.parametrize(
    "label",
    ["Li Na (Mayor)", "李娜（Mayor）", "li na ( Mayor, City of Yangzhou )", "Li Na (City of Yangzhou)"],
)
def test_speakers_of_one_name_are_told_by_position_or_organisation(summit: Event, label: str) -> None:
    mayor = speakers_of(summit)[[each.title.en for each in speakers_of(summit)].index("Mayor")]
    with writing():
        desk.event_to_change(summit.public_id)
        mayor.organisation = Text("City of Yangzhou")
    put(summit, ItemPlan("meeting", time(9), "Asia/Shanghai", Text("Opening")))
    book = openpyxl.load_workbook(io.BytesIO(written(summit)))
    place = next(number for number, each in enumerate(COLUMNS, 1) if each.key == "speakers")
    book.active.cell(book.active.max_row, place).value = label
    changed = io.BytesIO()
    book.save(changed)

    read, merged = read_back(summit, changed.getvalue())

    assert read.faults == []
    plan = merged.edits[-1].plan
    assert plan is not None
    assert plan.items[0].speakers == (mayor.public_id,)
