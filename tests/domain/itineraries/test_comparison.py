"""What is different between two versions."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.paper_samples.itinerary import ITINERARY
from tourreg.domain.itineraries.comparison import compare
from tourreg.domain.itineraries.notices import public_changes
from tourreg.domain.papers.sheets import Day, Item


def numbered() -> list[Day]:
    """Return three days of the sample tour, each day and item with an id."""
    days = deepcopy(ITINERARY["days"])
    for place, day in enumerate(days):
        day["id"] = f"day{place}"
        for number, item in enumerate(day["items"]):
            item["id"] = f"item{place}.{number}"
    return days


def test_the_same_days_are_not_different() -> None:
    assert len(compare(numbered(), numbered())) == 0


def test_what_is_new_and_what_is_gone_is_told() -> None:
    before, after = numbered(), numbered()
    gone = after[0]["items"].pop()
    new: Item = {**before[1]["items"][0], "id": "new"}
    after[1]["items"].append(new)

    changes = compare(before, after).items

    assert [(change.what, change.item) for change in changes] == [("added", new), ("removed", gone)]


def test_another_time_is_a_move_and_another_place_a_change() -> None:
    before, after = numbered(), numbered()
    later, elsewhere = after[1]["items"][0], after[1]["items"][1]
    later["starts"] = "23:30"
    elsewhere["place"] = {"en": "Room 9", "zh": "9号室"}

    moved, changed = compare(before, after).items

    assert (moved.what, [each.name for each in moved.differences]) == ("moved", ["starts"])
    assert (changed.what, changed.differences[0].name) == ("changed", "place")
    assert changed.differences[0].after == {"en": "Room 9", "zh": "9号室"}


def test_an_item_on_another_day_says_from_which() -> None:
    before, after = numbered(), numbered()
    item = after[0]["items"].pop()
    after[1]["items"].append(item)

    (moved,) = compare(before, after).items

    assert (moved.what, moved.was_on, moved.day["on"]) == ("moved", before[0]["on"], before[1]["on"])
    assert moved.differences[0].name == "on"


def test_a_day_that_is_another_city_or_date_is_told_by_itself() -> None:
    before, after = numbered(), numbered()
    after[2]["city"] = {"en": "Boulder", "zh": "博尔德"}

    (change,) = compare(before, after).days

    assert (change.what, change.differences[0].name, change.differences[0].after["en"]) == (
        "changed",
        "city",
        "Boulder",
    )


def test_an_older_version_without_particulars_is_not_different_for_lacking_them() -> None:
    before, after = numbered(), numbered()
    item: Any
    for day in after:
        for item in day["items"]:
            item.update(nature="official", cost="included", group="all", optional=False, capacity=None, fee=None)
            item.update(standing="none", standing_by="", standing_on="", details={}, speakers=[])

    assert len(compare(before, after)) == 0


def test_a_notice_tells_nothing_of_private_notes_and_answers() -> None:
    before, after = numbered(), numbered()
    after[0]["items"][0]["details"] = {"for_host": {"en": "A secret", "zh": ""}, "for_driver": {"en": "Gate", "zh": ""}}
    second: Any = after[0]["items"][1]
    second.update(standing="declined", standing_by="Somebody", standing_on="2026-05-01")

    assert len(compare(before, after).items) == 2
    assert public_changes(before, after) == []


words = st.text("abc", max_size=2)
items = st.fixed_dictionaries(
    {"id": st.sampled_from("abcdefgh"), "starts": st.sampled_from(["08:00", "09:00"]), "title": words, "place": words}
)


@st.composite
def programmes(draw: st.DrawFn) -> list[Any]:
    """Draw up to three days over which different items are spread."""
    drawn = draw(st.lists(items, max_size=8, unique_by=lambda item: item["id"]))
    days: list[Any] = [{"id": str(number), "on": f"2026-05-0{number + 1}", "items": []} for number in range(3)]
    for item in drawn:
        days[draw(st.integers(0, 2))]["items"].append(
            {**item, "title": {"en": item["title"], "zh": ""}, "place": {"en": item["place"], "zh": ""}}
        )
    for day in days:
        day.update(city={"en": "", "zh": ""}, title={"en": "", "zh": ""}, part={"en": "", "zh": ""})
    return days


@given(before=programmes(), after=programmes())
def test_the_differences_applied_to_what_was_make_what_is(before: list[Any], after: list[Any]) -> None:
    """Whoever holds the earlier version and learns the differences knows the later one, whatever has changed."""
    known = {item["id"]: (day["on"], item) for day in before for item in day["items"]}
    for change in compare(before, after).items:
        key = change.item.get("id", "")
        if change.what == "removed":
            del known[key]
        elif change.before is None:
            known[key] = change.day["on"], dict(change.item)
        else:
            on, item = known[key]
            told = {difference.name: difference.after for difference in change.differences}
            known[key] = told.pop("on", on), {**item, **told}

    assert known == {item["id"]: (day["on"], item) for day in after for item in day["items"]}
