"""How the words of a sign-up are found again."""

import pytest

from tourreg.domain.hosting.rules import LONGEST_SEARCH_KEY, search_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("扬州", "yangzhou"),
        ("Yang Zhou", "yangzhou"),
        ("San José", "sanjose"),
        ("joanne@example.org", "joanneexampleorg"),
        ("100% _", "100"),
        ("😀 <b>", "b"),
        ("%", ""),
    ],
)
def test_words_are_found_without_marks_signs_and_spaces(typed: str, key: str) -> None:
    assert search_key(typed) == key


def test_parts_do_not_run_into_each_other() -> None:
    assert search_key("Davenport", "Iowa") == "davenport/iowa"


def test_a_key_fits_its_column() -> None:
    assert len(search_key("a" * 10_000)) == LONGEST_SEARCH_KEY
