"""An itinerary written to Excel and read back."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import a_published_summit
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.workbook_files import a_workbook
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Appearance, Day
from tourreg.domain.itineraries.plans import SpeakerPlan, plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.speakers import write_speaker
from tourreg.domain.outbox.models import Task
from tourreg.domain.outbox.uploads import FORGET_UPLOAD
from tourreg.kernel.bilingual import Text
from tourreg.tasks import registry

pytestmark = pytest.mark.usefixtures("clock_shows")
HEADINGS = ("Date", "City", "Start", "End", "Kind", "Title, English", "Title, Chinese")
A_ROW = ["2027-05-02", "扬州", "9", "", "会谈", "A", "甲"]


@pytest.fixture
def summit(officer: FlaskClient) -> Event:
    """Three days: 16 October in Beijing with the pre-tour, 20 and 21 October in Yangzhou."""
    return a_published_summit()


def address(event: Event) -> str:
    return f"/office/events/{event.public_id}/itinerary"


def send(client: FlaskClient, event: Event, content: bytes, *, name: str = "itinerary.xlsx") -> TestResponse:
    fields = fields_of(client.get(f"{address(event)}/import"), "import")
    return client.post(f"{address(event)}/import", data={**fields, "file": (io.BytesIO(content), name)})


def look(client: FlaskClient, event: Event, content: bytes) -> TestResponse:
    """Send a file that can be read and return the page of what it would change."""
    sent = send(client, event, content)
    assert sent.status_code == 303, words_of(page_of(sent))
    return client.get(sent.location)


def take_over(client: FlaskClient, event: Event, content: bytes, **chosen: str) -> TestResponse:
    sent = send(client, event, content)
    fields = fields_of(client.get(sent.location), "take-over")
    return client.post(sent.location, data={**fields, **chosen})


def exported(client: FlaskClient, event: Event, language: str = "en") -> bytes:
    return client.get(f"{address(event)}.xlsx?language={language}").get_data()


def changed(content: bytes, change: Callable[[Worksheet, dict[str, int]], None]) -> bytes:
    """Return the file with cells changed; columns are told by their headings."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    change(sheet, {cell.value: cell.column for cell in sheet[1]})
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def days(event: Event) -> list[Day]:
    db.session.rollback()
    return list(days_of(event))


def titles(event: Event) -> list[list[str]]:
    return [[item.title.en for item in day.items] for day in days(event)]


def full_of_particulars(event: Event) -> None:
    """Let the first item of the second day say everything that an item can say."""
    with writing():
        locked = desk.event_to_change(event.public_id)
        plan = SpeakerPlan(Text("Amara Okafor", "阿玛拉"))
        speaker = write_speaker(locked, None, plan, now=datetime(2027, 1, 1, tzinfo=UTC), by="staff:ren")
        item = days_of(locked)[1].items[0]
        names = ("room", "entrance", "topics", "access", "vehicle", "for_driver")
        texts: dict[str, Any] = {name: Text(f"{name} & <b>", f"{name}，中文") for name in names}
        said: dict[str, Any] = {
            "host_phone": "+86 514 5550 1100",
            "leaves": "08:40",
            "driver": "=cmd",
            "reference": "007",
        }
        item.details = Details(**texts, **said, minutes=25)
        item.ends, item.ends_on = time(1, 30), date(2027, 10, 21)
        item.optional, item.capacity, item.fee_minor, item.group = True, 12, 4_550, "b"
        item.standing, item.standing_by, item.standing_on = "confirmed", "Ms Xu", date(2027, 9, 1)
        item.appearances = [Appearance(speaker=speaker, position=1)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_export_read_back_changes_nothing(officer: FlaskClient, summit: Event, language: str) -> None:
    full_of_particulars(summit)
    before = [plan_of(day) for day in days(summit)]

    page = words_of(page_of(look(officer, summit, exported(officer, summit, language))))

    assert any(said in page for said in ("The file says what the itinerary says already.", "文件与现有行程一致。"))
    assert [plan_of(day) for day in days(summit)] == before


def test_the_export_has_days_and_times_of_the_program_and_no_formula(officer: FlaskClient, summit: Event) -> None:
    full_of_particulars(summit)

    sheet = openpyxl.load_workbook(io.BytesIO(exported(officer, summit))).active

    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[columns["Driver"] - 1].value)
    assert row[columns["Date"] - 1].value == datetime(2027, 10, 20)  # noqa: DTZ001
    assert isinstance(row[columns["Start"] - 1].value, time)
    assert row[columns["End"] - 1].value == "01:30+1"
    assert (row[columns["Driver"] - 1].value, row[columns["Driver"] - 1].data_type) == ("=cmd", "s")
    assert row[columns["Reference number"] - 1].value == "007"


def test_changed_rows_are_shown_and_then_taken_over(officer: FlaskClient, summit: Event) -> None:
    moved = days(summit)[1].items[1].public_id

    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(3, columns["Title, English"]).value = "Opening, changed"
        sheet.cell(3, columns["Driver"]).value = "Joe"
        sheet.cell(4, columns["Date"]).value = "2027年10月21日"
        sheet.append(
            [
                None,
                date(2027, 10, 20),
                "Yangzhou",
                None,
                None,
                None,
                "12:30 pm",
                "下午2:15",
                None,
                None,
                "用餐",
                "Lunch",
            ]
        )

    content = changed(exported(officer, summit), change)
    page = words_of(page_of(look(officer, summit, content)))
    assert all(said in page for said in ("1 new row", "1 changed", "1 moved", "Opening, changedTitle, Driver"))
    assert "Opening, changed" not in titles(summit)[1]

    assert take_over(officer, summit, content).status_code == 303

    _pre_tour, opening, closing = days(summit)
    assert (opening.items[0].title.en, opening.items[0].details.driver) == ("Opening, changed", "Joe")
    lunch = opening.items[1]
    assert (lunch.starts, lunch.ends, lunch.zone, lunch.kind) == (time(12, 30), time(14, 15), "Asia/Shanghai", "meal")
    assert moved in {item.public_id for item in closing.items}


def test_what_the_file_does_not_name_stays_unless_it_is_to_go(officer: FlaskClient, summit: Event) -> None:
    content = a_workbook(HEADINGS, ["2027-10-20", "Yangzhou", "0930", "", "Lecture", "Only this", "仅此"])
    before = titles(summit)

    assert "items are not in the file" in words_of(page_of(look(officer, summit, content)))
    take_over(officer, summit, content)
    assert sorted(titles(summit)[1]) == sorted([*before[1], "Only this"])
    assert [titles(summit)[0], titles(summit)[2]] == [before[0], before[2]]

    take_over(officer, summit, content, missing="remove")
    assert titles(summit) == [["Only this"]]


def test_other_names_titles_above_and_merged_days_are_understood(officer: FlaskClient, summit: Event) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A4:A5")

    content = a_workbook(
        ["Itinerary of the delegation", "", ""],
        [],
        ["Day", "From", "Until", "Type", "Activity", "Venue", "Weather"],
        [date(2027, 10, 24), "9:30", 0.5, "site visit", "Water works", "Plant 2", "fine"],
        [None, time(14), None, "Meeting", "Mayor's office", None, None],
        ["", "16:00", "", "transfer", "Back to the hotel", "", ""],
        change=change,
    )

    page = words_of(page_of(look(officer, summit, content)))
    assert "Columns that are not read: Weather" in page
    assert take_over(officer, summit, content).status_code == 303

    added = days(summit)[3]
    assert [(item.starts, item.ends, item.title.en) for item in added.items] == [
        (time(9, 30), time(12), "Water works"),
        (time(14), None, "Mayor's office"),
        (time(16), None, "Back to the hotel"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ({"Date": "5/12/2027"}, "Date", "two ways"),
        ({"Date": "2027-13-01"}, "Date", "no such day"),
        ({"Date": "tomorrow"}, "Date", "2027-10-21"),
        ({"Date": date(1999, 1, 1)}, "Date", "2000 and 2099"),
        ({"City": "Atlantis"}, "City", "No city"),
        ({"Start": "25:00"}, "Start", "930"),
        ({"Start": ""}, "Start", "930"),
        ({"End": "08:00"}, "End", "ends before it starts"),
        ({"End": "noon"}, "End", "1130"),
        ({"Kind": "feast"}, "Kind", "none of the words"),
        ({"Kind": ""}, "Kind", "kind of thing"),
        ({"Title, English": "", "Title, Chinese": ""}, "Title, English", "Say what it is"),
        ({"Title, English": "x" * 300}, "Title, English", "At most 200"),
        ({"Title, English": "Party \N{PARTY POPPER}"}, "Title, English", "cannot be printed"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    officer: FlaskClient, summit: Event, cells: dict[str, Any], column: str, said: str
) -> None:
    right = {"Date": "2027-10-20", "City": "Yangzhou", "Start": "0930", "Kind": "Lecture", "Title, English": "A"}
    wrong, before = {**right, **cells}, titles(summit)

    rows = ([row.get(name) for name in HEADINGS] for row in (right, wrong))
    answer = look(officer, summit, a_workbook(HEADINGS, *rows))

    [fault] = [words_of(line) for line in page_of(answer).findall(".//div[@class='errors']/ul/li")]
    assert fault.startswith(f"Row 3, {column}:")
    assert said in fault
    assert page_of(answer).find(".//form[@id='take-over']") is None
    assert titles(summit) == before


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("2027/5/2", date(2027, 5, 2)), ("2027.05.02", date(2027, 5, 2)), ("2027年5月2日（周日）", date(2027, 5, 2)),
        ("2 May 2027", date(2027, 5, 2)), ("Sunday, May 2nd, 2027", date(2027, 5, 2)),
        ("２０２７-０５-０２", date(2027, 5, 2)), (46509, date(2027, 5, 2)),
        (datetime(2027, 5, 2, 9, 0), date(2027, 5, 2)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(officer: FlaskClient, summit: Event, typed: Any, on: date) -> None:
    take_over(officer, summit, a_workbook(HEADINGS, [typed, "扬州", "9", "", "会谈", "", "会见"]))

    assert days(summit)[0].on_date == on


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("930", time(9, 30)), (930, time(9, 30)), ("9：30", time(9, 30)), ("9.30 AM", time(9, 30)),
        ("2:15 p.m.", time(14, 15)), ("12:05 am", time(0, 5)), ("下午 2:15", time(14, 15)),
        ("上午9:00", time(9)), (0.75, time(18)),
        ("09:30:00", time(9, 30)),
        (datetime(1900, 1, 1, 7, 45), time(7, 45)), (timedelta(hours=7), time(7)),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_times_are_read_however_they_are_written(officer: FlaskClient, summit: Event, typed: Any, starts: time) -> None:
    take_over(officer, summit, a_workbook(HEADINGS, ["2027-05-02", "扬州", typed, "", "会谈", "", "会见"]))

    assert days(summit)[0].items[0].starts == starts


def test_long_and_rare_names_are_kept_and_control_signs_are_not(officer: FlaskClient, summit: Event) -> None:
    rare = "𠮷野さん Батбаяр สมชาย " + "W" * 60

    take_over(
        officer, summit, a_workbook(HEADINGS, ["2027-05-02", "扬州", "9", "", "会谈", f" {rare}\u200b ", "\u202e会见"])
    )

    item = days(summit)[0].items[0]
    assert (item.title.en, item.title.zh) == (rare, "会见")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the file"),
        (b"Date,Start\n2027-05-02,0900\n", "no Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "password"),
        (a_workbook(), "empty"),
        (a_workbook(*([number] for number in range(5_000))), "more than 2000 rows"),
    ],
    ids=["nothing", "csv", "old", "empty", "5,000 rows"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_beside_its_field(
    officer: FlaskClient, summit: Event, content: bytes, said: str
) -> None:
    answer = send(officer, summit, content)

    assert answer.status_code == 422
    assert said in faults_of(answer)["file"].replace(",", "")


def test_a_file_without_the_columns_is_told_which(officer: FlaskClient, summit: Event) -> None:
    page = words_of(page_of(look(officer, summit, a_workbook(["Name", "E-mail"], ["Hart", "h@example.org"]))))

    assert "The file has no column for: Date, Start, Title, English" in page
    assert "Take the rows over" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.merge_cells("F2:F3"), "Row 2, Title, English: This cell is merged"),
        (lambda sheet: sheet.__setitem__("F2", '=CONCATENATE("a","b")'), "Row 2, Title, English: Its formula"),
    ],
    ids=["merged", "formula"],
)
def test_cells_that_hide_what_they_say_are_told(
    officer: FlaskClient, summit: Event, change: Callable[[Worksheet], None], said: str
) -> None:
    rows = (A_ROW, ["2027-05-02", "扬州", "10", "", "会谈", "B", "乙"])

    assert said in words_of(page_of(look(officer, summit, a_workbook(HEADINGS, *rows, change=change))))


def test_what_is_to_be_looked_at_is_told_before_anything_is_written(officer: FlaskClient, summit: Event) -> None:
    headings = ("Date", "Start", "End", "Time zone", "Kind", "Title, English")
    skipped = ["2027-03-14", "2:30", "", "America/New_York", "Meeting", "A call"]
    repeated = ["2027-11-07", "0:30", "1:30", "America/New_York", "Meeting", "Another call"]

    page = words_of(page_of(look(officer, summit, a_workbook(headings, skipped, repeated))))

    assert "Row 2, Date: The programme lasts 20–22 October 2027; this day lies outside." in page
    assert "Row 2, Start: Clocks are put forward here and skip this time." in page
    assert "Row 3, End: Clocks are put back here and show this time twice; the first is meant." in page
    assert "Take the rows over" in page
    assert len(days(summit)) == 3


@pytest.mark.parametrize("after", [timedelta(hours=23), timedelta(days=1)])
def test_a_file_that_nobody_takes_over_is_deleted_after_a_day(
    officer: FlaskClient, summit: Event, now: datetime, after: timedelta
) -> None:
    sent = send(officer, summit, a_workbook(HEADINGS, A_ROW))
    again = send(officer, summit, a_workbook(HEADINGS, A_ROW))
    waiting = db.session.scalars(select(Task).where(Task.kind == FORGET_UPLOAD).order_by(Task.id)).all()

    for task in waiting[:1]:
        if task.run_at <= now + after:
            registry.do(task.kind, dict(task.arguments), now=now + after)

    assert officer.get(sent.location).status_code == (303 if after == timedelta(days=1) else 200)
    assert officer.get(again.location).status_code == 200


def test_a_fee_is_a_number_in_the_export(officer: FlaskClient, summit: Event) -> None:
    full_of_particulars(summit)

    sheet = openpyxl.load_workbook(io.BytesIO(exported(officer, summit))).active

    columns = {cell.value: cell.column for cell in sheet[1]}
    place = columns[f"Fee ({summit.currency})"]
    assert [cell.value for (cell,) in sheet.iter_rows(2, None, place, place) if cell.value] == [45.5]


@pytest.mark.parametrize("fee", [45.5, "45.50", "{currency} 45.50", "45.5{currency}", "４５.５"])
def test_a_fee_is_read_as_a_number_or_as_text(officer: FlaskClient, summit: Event, fee: Any) -> None:
    full_of_particulars(summit)
    written = fee.format(currency=summit.currency) if isinstance(fee, str) else fee

    page = words_of(page_of(look(officer, summit, changed(exported(officer, summit), typed_fee(summit, written)))))

    assert "The file says what the itinerary says already." in page


def test_fees_in_another_currency_are_refused(officer: FlaskClient, summit: Event) -> None:
    full_of_particulars(summit)
    content = exported(officer, summit)

    def foreign(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(1, columns[f"Fee ({summit.currency})"]).value = "收费（JPY）"

    page = words_of(page_of(look(officer, summit, changed(content, foreign))))
    assert f"Row 1, Fee: The event takes {summit.currency}. Write the fees in it." in page

    page = words_of(page_of(look(officer, summit, changed(content, typed_fee(summit, "JPY 45")))))
    assert "Row 3, Fee: Write an amount as 45.50" in page


def typed_fee(event: Event, fee: Any) -> Callable[[Worksheet, dict[str, int]], None]:
    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(3, columns[f"Fee ({event.currency})"]).value = fee

    return change


@pytest.mark.parametrize("rewritten", ["saved by another program", "strings alone"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_export_that_another_program_saved_still_changes_nothing(
    officer: FlaskClient, summit: Event, language: str, rewritten: str
) -> None:
    full_of_particulars(summit)
    content = exported(officer, summit, language)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active]

    again = (
        a_workbook(*(list(map(as_shown, row)) for row in rows)) if "alone" in rewritten else changed(content, nothing)
    )
    page = words_of(page_of(look(officer, summit, again)))

    assert any(said in page for said in ("The file says what the itinerary says already.", "文件与现有行程一致。"))


def nothing(sheet: Worksheet, columns: dict[str, int]) -> None:
    """Change nothing."""


def as_shown(value: Any) -> str:
    """Return what a program shows of a cell, as one that keeps nothing but strings writes it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"\u200b{value}" if str(value).startswith("=") else "" if value is None else str(value)


def test_a_file_that_is_given_up_is_kept_no_longer(officer: FlaskClient, summit: Event) -> None:
    sent = send(officer, summit, a_workbook(HEADINGS, A_ROW))
    fields = fields_of(officer.get(sent.location), "take-over")
    assert fields

    answer = officer.post(f"{sent.location}/give-up", data=fields)

    assert answer.location.endswith("/itinerary/import")
    assert officer.get(sent.location).status_code == 303
    assert files().size(sent.location.rpartition("/")[2]) is None


def test_a_file_shown_for_another_state_writes_nothing_and_shows_again(officer: FlaskClient, summit: Event) -> None:
    sent = send(officer, summit, a_workbook(HEADINGS, A_ROW))
    fields = fields_of(officer.get(sent.location), "take-over")
    with writing():
        days_of(desk.event_to_change(summit.public_id))[1].items[0].title = Text("Changed meanwhile")

    answer = officer.post(sent.location, data=fields)

    assert answer.status_code == 409
    assert "was changed since" in words_of(page_of(answer))
    assert len(days(summit)) == 3
    assert officer.post(sent.location, data=fields_of(answer, "take-over")).status_code == 303
    assert len(days(summit)) == 4


def test_the_second_click_writes_nothing_more(officer: FlaskClient, summit: Event) -> None:
    sent = send(officer, summit, a_workbook(HEADINGS, A_ROW))
    fields = fields_of(officer.get(sent.location), "take-over")
    officer.post(sent.location, data=fields)

    again = officer.post(sent.location, data=fields)

    assert "taken over already" in words_of(page_of(officer.get(again.location)))
    assert len(days(summit)) == 4


def test_an_itinerary_of_more_days_than_there_may_be_is_refused(officer: FlaskClient, summit: Event) -> None:
    rows = [[date(2028, 1, 1) + timedelta(day), "扬州", "9", "", "会谈", "A", "甲"] for day in range(60)]

    page = words_of(page_of(look(officer, summit, a_workbook(HEADINGS, *rows))))

    assert "at most 60 days" in page


def test_what_was_taken_over_is_one_step_to_undo(officer: FlaskClient, summit: Event) -> None:
    before = titles(summit)
    take_over(officer, summit, a_workbook(HEADINGS, A_ROW), missing="remove")
    assert titles(summit) == [["A"]]

    officer.post(address(summit), data={**fields_of(officer.get(address(summit)), "sheet"), "do": "undo"})

    assert titles(summit) == before


@pytest.mark.parametrize(("file", "status"), [("x", 404), ("0" * 64, 303)])
def test_a_file_that_was_never_sent_is_not_there(officer: FlaskClient, summit: Event, file: str, status: int) -> None:
    assert officer.get(f"{address(summit)}/import/{file}").status_code == status


def test_days_alone_that_change_are_shown_and_written(officer: FlaskClient, summit: Event) -> None:
    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, columns["Date"]).value == datetime(2027, 10, 20):  # noqa: DTZ001
                sheet.cell(row, columns["Title of the day, English"]).value = "Water"
        sheet.append({columns["Date"]: date(2027, 10, 25), columns["Title of the day, English"]: "Rest"})

    content = changed(exported(officer, summit), change)
    page = words_of(page_of(look(officer, summit, content)))
    assert "Changed, Wednesday 20 October 2027, Water" in page
    assert "New, Monday 25 October 2027, Rest" in page

    take_over(officer, summit, content)

    assert [(day.on_date.day, day.title.en) for day in days(summit)][1::2] == [(20, "Water"), (25, "Rest")]


def test_a_day_that_goes_to_another_city_moves_its_items(officer: FlaskClient, summit: Event) -> None:
    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, columns["Date"]).value == datetime(2027, 10, 20):  # noqa: DTZ001
                sheet.cell(row, columns["City"]).value = "北京"

    page = words_of(page_of(look(officer, summit, changed(exported(officer, summit), change))))

    assert "2 moved" in page


def test_a_copied_row_is_a_new_one_and_needs_its_kind(officer: FlaskClient, summit: Event) -> None:
    def change(sheet: Worksheet, columns: dict[str, int]) -> None:
        copied = {column: sheet.cell(3, column).value for column in range(1, sheet.max_column + 1)}
        sheet.append({**copied, columns["Kind"]: None})

    page = words_of(page_of(look(officer, summit, changed(exported(officer, summit), change))))

    assert "Kind: Choose what kind of thing it is." in page


def test_hostile_text_is_shown_as_text(officer: FlaskClient, summit: Event) -> None:
    evil = "<script>alert(1)</script>{{ 7 * 7 }}"

    answer = look(officer, summit, a_workbook([*HEADINGS, evil], ["2027-05-02", "扬州", "9", "", "会谈", evil, evil]))

    assert "<script>alert" not in answer.get_data(as_text=True)
    assert "{{ 7 * 7 }}" in words_of(page_of(answer))
