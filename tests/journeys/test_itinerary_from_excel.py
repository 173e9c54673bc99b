"""An organizer takes an itinerary from Excel, adds to it by the keyboard, issues it, and those concerned are told."""

import io
import re
from collections.abc import Callable

import icalendar
import openpyxl
import pypdf
from playwright.sync_api import FilePayload

from tests.journeys.desk import send, sign_in
from tests.journeys.traveller import Traveller, attachments_of, letters_to

SLUG = "energy-efficiency-us"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")


def test_a_changed_itinerary_reaches_the_papers_and_calendars_of_its_readers(
    traveller: Callable[..., Traveller],
) -> None:
    officer, visitor = traveller("en", width=1280), traveller("en", width=320, scripts=False)
    sign_in(officer, "programme")
    event = the_event(officer)

    moved = take_from_excel(officer, event)
    add_below_by_keyboard(officer, moved)
    version = issue(officer, event)
    address = tell(officer, event)

    [letter] = letters_to(officer.place, address)
    [notice] = attachments_of(letter).values()
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(notice)).pages)
    assert "夜游灯光" in "".join(printed.split())
    calendar = visitor.page.request.get(f"{visitor.place.site}/en/events/{SLUG}/calendar.ics").body()
    entries = {str(entry["SUMMARY"]): entry for entry in icalendar.Calendar.from_ical(calendar).walk("VEVENT")}
    assert entries[moved]["SEQUENCE"] == version
    assert entries["Lights by night"]["SEQUENCE"] == version
    assert visitor.visit(f"/en/events/{SLUG}")
    assert "Lights by night" in visitor.text()


def the_event(officer: Traveller) -> str:
    officer.visit("/office/events")
    officer.follow(re.compile("Energy Efficiency in City Buildings"))
    return officer.page.url.rpartition("/")[2]


def take_from_excel(officer: Traveller, event: str) -> str:
    """Change the title of an evening in the exported file, take it over, and return the new title."""
    exported = officer.page.request.get(f"{officer.place.site}/office/events/{event}/itinerary.xlsx").body()
    book = openpyxl.load_workbook(io.BytesIO(exported))
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(sheet.max_row, 1, -1) if sheet.cell(row, columns["Kind"]).value == "Meal")
    title = f"{sheet.cell(row, columns['Title, English']).value}, on the terrace"
    sheet.cell(row, columns["Title, English"]).value = title
    made = io.BytesIO()
    book.save(made)

    officer.visit(f"/office/events/{event}/itinerary/import")
    officer.page.locator("[name=file]").set_input_files(
        FilePayload(name="itinerary.xlsx", mimeType=EXCEL, buffer=made.getvalue())
    )
    send(officer, "#import")
    assert title in officer.text()
    send(officer, "#take-over")
    return title


def add_below_by_keyboard(officer: Traveller, title: str) -> None:
    """Add a row below the one with that title and fill it in without the mouse."""
    keyboard = officer.page.keyboard
    officer.page.evaluate(
        "title => [...document.querySelectorAll('textarea')].find(cell => cell.value === title).focus()", title
    )
    with officer.page.expect_navigation():
        keyboard.press("Control+Enter")
    for typed in ("2215", "2300", "", "Cu", "Lights by night", "夜游灯光"):
        keyboard.type(typed)
        keyboard.press("Tab")
    with officer.page.expect_navigation():
        keyboard.press("Control+s")
    officer.look()
    assert officer.page.locator("#undo").count() == 1


def issue(officer: Traveller, event: str) -> int:
    """Issue the next version and return its number."""
    officer.visit(f"/office/events/{event}/versions")
    form = officer.page.locator("#issue-version")
    form.locator("[name=note_en]").fill("An evening is added.")
    form.locator("[name=note_zh]").fill("增加一项晚间活动。")
    send(officer, "#issue-version")
    found = re.search(r"Issue version (\d+)", officer.text())
    assert found is not None
    return int(found[1]) - 1


def tell(officer: Traveller, event: str) -> str:
    """Send the notices, and return the address of one who gets one."""
    officer.visit(f"/office/events/{event}/versions/holders")
    waiting = officer.page.locator("#holders tr", has_text="Outdated, to be told").first.inner_text()
    found = ADDRESS.search(waiting)
    assert found is not None, waiting
    send(officer, "#send-notices")
    return found[0]
