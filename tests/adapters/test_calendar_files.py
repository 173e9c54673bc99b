"""Calendars are read back by two other programs, ics and vobject; the times are those that zoneinfo knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject

from tourreg.adapters.calendar_files import calendar_file
from tourreg.domain.itineraries.calendars import Entry, EventCalendar, Shown
from tourreg.kernel.bilingual import EMPTY, Language, Text

ISSUED_AT = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
SHANGHAI, DALLAS, ATLANTA = "Asia/Shanghai", "America/Chicago", "America/New_York"
GROUPS = {"a": "Group A"}


def local(at: str, zone: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))


def an_entry(item: str, starts: str, zone: str, ends: str, ends_zone: str = "", **changed: Any) -> Entry:
    shown: dict[str, Any] = {
        "part": "", "city": "", "title": Text("Item", "项目"), "place": EMPTY, "address": EMPTY, "notes": EMPTY,
        "group": "all", "optional": False,
    }  # fmt: skip
    standing: dict[str, Any] = {name: changed.pop(name) for name in ("sequence", "cancelled") if name in changed}
    shown.update(changed, starts_at=local(starts, zone), zone=zone, ends_zone=ends_zone or zone)
    whole = Shown(ends_at=local(ends, ends_zone or zone) if ends else None, **shown)
    kept: dict[str, Any] = {"sequence": 2, "made_at": ISSUED_AT, "changed_at": ISSUED_AT, **standing}
    return Entry(item, whole, **kept)


# Out over the date line, home over it by night; the U.S. clocks change on 14 March 2027, those of China never do.
ENTRIES = [
    an_entry("out", "2027-05-17T17:10", SHANGHAI, "2027-05-17T17:40", DALLAS, title=Text("To Dallas", "赴达拉斯")),
    an_entry("home", "2027-05-27T23:20", ATLANTA, "2027-05-29T03:05", SHANGHAI),
    an_entry("before", "2027-03-13T09:00", DALLAS, "2027-03-13T10:00"),
    an_entry("over", "2027-03-13T23:00", DALLAS, "2027-03-14T05:00"),
    an_entry("after", "2027-03-14T09:00", DALLAS, "2027-03-14T10:00"),
    an_entry("autumn", "2027-11-06T22:00", DALLAS, "2027-11-07T06:00"),
    an_entry("china", "2027-03-14T09:00", SHANGHAI, "2027-03-14T10:00"),
    an_entry("gone", "2027-05-18T09:00", DALLAS, "2027-05-18T10:00", sequence=3, cancelled=True),
    an_entry("moment", "2027-05-18T12:00", DALLAS, ""),
]


def file_of(*entries: Entry, language: Language = "en") -> str:
    calendar = EventCalendar(Text("Energy, 20; 27", "节能"), list(entries))
    return calendar_file(calendar, language=language, groups=GROUPS).decode()


def by_ics(file: str) -> dict[str, tuple[datetime, datetime]]:
    return {
        each.uid: (each.begin.datetime.astimezone(UTC), each.end.datetime.astimezone(UTC))
        for each in ics.Calendar(file).events
    }


def by_vobject(file: str) -> dict[str, tuple[datetime, datetime]]:
    found = {}
    for each in vobject.readOne(file).vevent_list:
        starts = each.dtstart.value
        ends = each.dtend.value if hasattr(each, "dtend") else starts
        found[each.uid.value] = (starts.astimezone(UTC), ends.astimezone(UTC))
    return found


@pytest.mark.parametrize("read", [by_ics, by_vobject])
def test_another_program_reads_the_instants_that_zoneinfo_knows(read: Callable[[str], Any]) -> None:
    expected = {
        f"{entry.item}@tourreg": (
            entry.shown.starts_at.astimezone(UTC),
            (entry.shown.ends_at or entry.shown.starts_at).astimezone(UTC),
        )
        for entry in ENTRIES
    }

    assert read(file_of(*ENTRIES)) == expected


@pytest.mark.parametrize("read", [by_ics, by_vobject])
def test_flights_over_the_date_line_last_as_long_as_they_do(read: Callable[[str], Any]) -> None:
    times = read(file_of(*ENTRIES))

    lasts = {item: times[f"{item}@tourreg"][1] - times[f"{item}@tourreg"][0] for item in ("out", "home")}
    assert lasts == {"out": timedelta(hours=13, minutes=30), "home": timedelta(hours=15, minutes=45)}


@pytest.mark.parametrize("read", [by_ics, by_vobject])
def test_a_clock_change_takes_an_hour_in_spring_and_gives_one_in_autumn(read: Callable[[str], Any]) -> None:
    times = read(file_of(*ENTRIES))

    lasts = {item: times[f"{item}@tourreg"][1] - times[f"{item}@tourreg"][0] for item in ("over", "autumn", "china")}
    assert lasts == {"over": timedelta(hours=5), "autumn": timedelta(hours=9), "china": timedelta(hours=1)}
    assert times["after@tourreg"][0] - times["before@tourreg"][0] == timedelta(hours=23)


def test_every_zone_that_is_used_comes_with_its_rules_and_no_other() -> None:
    read = vobject.readOne(file_of(*ENTRIES))

    named = {each.tzid.value for each in read.vtimezone_list}
    assert named == {SHANGHAI, DALLAS, ATLANTA}
    shanghai = next(each for each in read.vtimezone_list if each.tzid.value == SHANGHAI)
    assert not hasattr(shanghai, "daylight")


def test_what_is_gone_says_so_and_what_changed_counts_up() -> None:
    told = {each.uid.value: each for each in vobject.readOne(file_of(*ENTRIES)).vevent_list}

    assert (told["gone@tourreg"].status.value, told["gone@tourreg"].sequence.value) == ("CANCELLED", "3")
    assert (told["out@tourreg"].status.value, told["out@tourreg"].sequence.value) == ("CONFIRMED", "2")
    assert told["out@tourreg"].dtstamp.value.astimezone(UTC) == ISSUED_AT


def test_a_choice_is_tentative() -> None:
    choice = an_entry("choice", "2027-05-18T09:00", DALLAS, "2027-05-18T10:00", optional=True)

    assert "STATUS:TENTATIVE" in file_of(choice)


@pytest.mark.parametrize(("language", "title"), [("en", "To Dallas"), ("zh", "赴达拉斯")])
def test_a_calendar_speaks_one_language(language: Language, title: str) -> None:
    (read,) = ics.Calendar(file_of(ENTRIES[0], language=language)).events

    assert read.name == title


@pytest.mark.parametrize(
    "title", ["Commas, semicolons; \\ and\nlines", "𠮷野家" * 30, "ᠮᠣᠩᠭᠣᠯ สวัสดี مرحبا", "BEGIN:VALARM"]
)
def test_hard_titles_come_through_both_readers(title: str) -> None:
    file = file_of(an_entry("hard", "2027-05-18T09:00", DALLAS, "2027-05-18T10:00", title=Text(title, title)))

    (by_one,) = ics.Calendar(file).events
    assert by_one.name == title
    assert vobject.readOne(file).vevent.summary.value == title
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75


def test_where_and_for_whom_it_is_stands_in_the_entry() -> None:
    entry = an_entry(
        "visit", "2027-05-18T09:00", DALLAS, "2027-05-18T10:00",
        place=Text("City Hall"), address=Text("300 Laporte Avenue"), notes=Text("Bring a coat."), group="a",
    )  # fmt: skip

    (read,) = ics.Calendar(file_of(entry)).events

    assert (read.location, read.description) == ("City Hall, 300 Laporte Avenue", "Group A\nBring a coat.")


def test_the_same_itinerary_gives_the_same_bytes() -> None:
    assert file_of(*ENTRIES) == file_of(*ENTRIES)


def test_a_calendar_without_items_can_be_read() -> None:
    assert ics.Calendar(file_of()).events == set()
