"""Rows of a file put into an itinerary."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.merging import DayName, FileRow, Merge, merge
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel.bilingual import Text

FIRST, SECOND = DayName(date(2027, 5, 10), "denver", ""), DayName(date(2027, 5, 11), "denver", "")
LATER = DayName(date(2027, 5, 20), "denver", "")


def an_item(public_id: str, hour: int, **more: Any) -> ItemPlan:
    return ItemPlan("meeting", time(hour), "America/Denver", Text(public_id.upper()), public_id=public_id, **more)


DAYS = {
    "one": DayPlan(
        *FIRST, title=Text("Day one"), items=(an_item("a", 9, details=Details(room=Text("1"))), an_item("b", 11))
    ),
    "two": DayPlan(*SECOND, items=(an_item("c", 9),)),
}


def rows_of(days: dict[str, DayPlan]) -> list[FileRow]:
    rows: list[FileRow] = []
    for plan in days.values():
        for item in plan.items:
            said = {"starts": item.starts, "title": item.title, "kind": item.kind, "zone": item.zone}
            rows.append(
                FileRow(len(rows) + 2, DayName(plan.on_date, plan.city, plan.add_on), None, item.public_id, said)
            )
    return rows


def plans(merged: Merge) -> dict[str, DayPlan | None]:
    return {edit.day: edit.plan for edit in merged.edits}


def whats(merged: Merge) -> list[str]:
    return [outcome.what for outcome in merged.outcomes]


def test_rows_that_say_what_stands_change_nothing() -> None:
    merged = merge(DAYS, rows_of(DAYS), remove_missing=True)

    assert plans(merged) == DAYS
    assert whats(merged) == ["same"] * 3
    assert merged.missing == []


def test_what_a_row_is_silent_on_stays() -> None:
    row = replace(rows_of(DAYS)[0], said={"starts": time(10)}, details={"driver": "Joe"})

    merged = merge(DAYS, [row], remove_missing=False)

    changed = plans(merged)["one"]
    assert changed is not None
    assert changed.items[0].details == Details(room=Text("1"), driver="Joe")
    assert merged.outcomes[0].names == ("starts", "details.driver")


def test_a_row_without_a_mark_is_new() -> None:
    said = {"kind": "meal", "starts": time(12), "zone": "America/Denver", "title": Text("Lunch")}

    merged = merge(
        DAYS, [FileRow(2, FIRST, None, "", said), FileRow(3, LATER, Text("New day"), "", said)], remove_missing=False
    )

    assert whats(merged) == ["added", "added"]
    first, later = plans(merged)["one"], plans(merged)[""]
    assert first is not None
    assert later is not None
    assert [item.title.en for item in first.items] == ["Lunch", "A", "B"]
    assert (later.on_date, later.title, len(later.items)) == (LATER.on_date, Text("New day"), 1)


def test_an_item_under_another_day_moves_there() -> None:
    rows = rows_of(DAYS)

    merged = merge(DAYS, [rows[0], replace(rows[1], day=SECOND), rows[2]], remove_missing=False)

    assert whats(merged) == ["same", "moved", "same"]
    one, two = plans(merged)["one"], plans(merged)["two"]
    assert one is not None
    assert two is not None
    assert [item.public_id for item in one.items] == ["a"]
    assert [item.public_id for item in two.items] == ["b", "c"]


def test_a_day_whose_items_all_change_their_date_stays_the_same_day() -> None:
    rows = rows_of(DAYS)

    merged = merge(DAYS, [replace(rows[0], day=LATER), replace(rows[1], day=LATER), rows[2]], remove_missing=False)

    moved = plans(merged)["one"]
    assert moved is not None
    assert (moved.on_date, moved.title) == (LATER.on_date, Text("Day one"))
    assert whats(merged) == ["moved", "moved", "same"]
    assert len(merged.edits) == 2


def test_an_item_that_leaves_a_day_of_which_the_file_says_nothing_more_is_not_there_twice() -> None:
    rows = rows_of(DAYS)

    merged = merge(DAYS, [replace(rows[0], day=LATER)], remove_missing=False)

    one = plans(merged)["one"]
    assert one is not None
    assert [item.public_id for item in one.items] == ["b"]


def test_what_a_file_does_not_name_stays_or_goes_as_wanted() -> None:
    first = rows_of(DAYS)[:1]

    kept, gone = merge(DAYS, first, remove_missing=False), merge(DAYS, first, remove_missing=True)

    assert [item.public_id for item in kept.missing] == ["b", "c"]
    assert plans(kept) == {"one": DAYS["one"]}
    assert plans(gone) == {"one": replace(DAYS["one"], items=DAYS["one"].items[:1]), "two": None}


def test_a_mark_that_stands_twice_is_the_item_once_and_a_new_one() -> None:
    row = rows_of(DAYS)[0]

    merged = merge(DAYS, [row, replace(row, number=3)], remove_missing=False)

    assert whats(merged) == ["same", "added"]


def test_a_row_that_only_names_a_day_makes_an_empty_one() -> None:
    merged = merge({}, [FileRow(2, LATER, Text("Rest"))], remove_missing=False)

    assert plans(merged) == {"": DayPlan(*LATER, title=Text("Rest"))}
    assert merged.outcomes == []
