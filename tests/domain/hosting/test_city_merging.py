"""What a file adds to what is known."""

from typing import Any

import pytest

from tourreg.domain.hosting.city_merging import flat, joined, merged, plan_from

BEFORE = {"name_en": "Davenport", "name_zh": "达文波特", "region_en": "Iowa", "population": None, "roles": ["press"]}


@pytest.mark.parametrize(
    ("said", "filled", "differing"),
    [
        ({"population": 5}, {"population": 5}, {}),
        ({"population": None, "name_zh": ""}, {}, {}),
        ({"name_en": "DAVENPORT"}, {}, {}),
        ({"name_zh": "达文波特市"}, {}, {}),
        ({"name_zh": "达文港"}, {}, {"name_zh": "达文港"}),
        ({"region_en": "Florida"}, {}, {}),
        ({"roles": ("press",)}, {}, {}),
        ({"roles": ("press", "approver")}, {}, {"roles": ("press", "approver")}),
    ],
)
def test_empty_fields_are_filled_and_others_kept(said: Any, filled: Any, differing: Any) -> None:
    found = merged(BEFORE, said)

    assert (found.filled, found.differing) == (filled, differing)


def test_what_differs_is_written_only_when_asked() -> None:
    found = merged(BEFORE, {"name_zh": "达文港", "population": 5})

    assert found.onto(BEFORE, overwrite=False)["name_zh"] == "达文波特"
    assert found.onto(BEFORE, overwrite=True)["name_zh"] == "达文港"
    assert found.onto(BEFORE, overwrite=False)["population"] == 5


def test_another_population_takes_the_source_of_the_old_one_away() -> None:
    before = {"population": 4, "population_source_en": "Census of 2020"}

    assert merged(before, {"population": 5}).onto(before, overwrite=True) == {
        "population": 5, "population_source_en": "", "population_source_zh": "",
    }  # fmt: skip


def test_of_two_rows_the_first_counts_and_roles_add_up() -> None:
    first = {"name": "Ruth Clerk", "roles": ("press",), "phone": ""}
    second = {"name": "R. Clerk", "roles": ("approver",), "phone": "+1 563 555 0100"}

    both, differing = joined(first, second)

    assert both == {"name": "Ruth Clerk", "roles": ("press", "approver"), "phone": "+1 563 555 0100"}
    assert differing == ["name"]


def test_a_plan_taken_apart_and_put_together_is_the_same() -> None:
    fields = {**flat(plan_from(BEFORE | {"country": "US", "zone": "UTC", "latitude": 1.0, "longitude": 2.0}))}

    assert flat(plan_from(fields)) == fields
