"""How the words of a sign-up are found again."""

import pytest

from tourreg.domain.hosting.rules import LONGEST_SEARCH_KEY, is_personal, search_key


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


@pytest.mark.parametrize(
    ("email", "personal"),
    [
        ("joanne@gmail.com", True), ("JOANNE@GMAIL.COM", True), ("lan@qq.com", True), ("lan@vip.163.com", True),
        ("lan@outlook.com", True), ("joanne@davenportiowa.gov", False), ("lan@yangzhou.gov.cn", False),
        ("joanne@notgmail.com", False), ("joanne@gmail.com.davenport.gov", False), ("", False),
    ],
)  # fmt: skip
def test_mail_for_everybody_shows_no_office(email: str, personal: bool) -> None:
    assert is_personal(email) is personal
