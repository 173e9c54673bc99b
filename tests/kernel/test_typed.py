"""What people type, tidied and checked."""

import pytest

from tourreg.kernel.typed import (
    is_email,
    is_latin_name,
    is_phone,
    plain_width,
    tidy,
    tidy_lines,
    unprintable_sign,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  City   of\tCharlotte\r\n", "City of Charlotte"),
        ("\u202a+1 555 0100\u202c", "+1 555 0100"),  # as copied from a telephone
        ("\ufeffZhou\u200b", "Zhou"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O\x00K\x1b", "O\ufffdK\ufffd"),
        ("Jose\u0301", "José"),
        ("\u3000周岚\u3000", "周岚"),
        ("{{ 7*7 }}<script>", "{{ 7*7 }}<script>"),
    ],
)
def test_a_line_is_kept_as_typed_but_for_what_nobody_sees(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_an_address_keeps_its_lines() -> None:
    assert tidy_lines(" 600 East  Fourth Street \r\n\r\nCharlotte\x00, NC ") == (
        "600 East Fourth Street\n\nCharlotte\ufffd, NC"
    )


def test_wide_letters_of_a_chinese_keyboard_become_narrow() -> None:
    assert plain_width("ｌａｎ＠ｅｘａｍｐｌｅ．ｏｒｇ") == "lan@example.org"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("City of Charlotte, № 4 (Bldg. C) – 50 % © 2027, €3 + $2 & “co”", None),
        ("扬州市人民政府（外事办公室）", None),
        ("مدينة دبي", None),
        ("line\nline", None),
        ("Hello 😀", "😀"),
        ("a\ufffdb", "\ufffd"),
        ("a\ue000b", "\ue000"),
        ("→ here", "→"),
        ("1\u20e3", "\u20e3"),
    ],
)
def test_signs_that_are_no_writing_are_found(text: str, sign: str | None) -> None:
    assert unprintable_sign(text) == sign


@pytest.mark.parametrize("name", ["Hart", "Núñez-Łuczak", "O’Brien", "d'Arc", "Nguyễn", "Kaʻahumanu", "St. John", "Ǆ"])
def test_names_in_latin_letters(name: str) -> None:
    assert is_latin_name(name)


@pytest.mark.parametrize(
    "name", ["周", "Zhou 岚", "Иванов", "R2D2", "<b>", "{{x}}", "😀", "-", "", "A\ufffd", "a_b", "محمد"]
)
def test_names_that_are_not(name: str) -> None:
    assert not is_latin_name(name)


@pytest.mark.parametrize(
    "address", ["name@city.gov", "a.b+c@x-y.example.org", "o'brien@example.org", "x@xn--fiqs8s.xn--fiqz9s"]
)
def test_addresses_that_can_be_written_to(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "t.okafor@", "@city.gov", "name", "a b@example.org", "a@b", "a@-b.org", "a..b@example.org", ".a@example.org",
        "a@example.org\nBcc: b@example.org", "a@exa mple.org", "a@example.org.", "a@[127.0.0.1]", "周@example.org",
        f"{'a' * 65}@example.org", f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.org",
        "<a@example.org>", "a@example.1",
    ],
)  # fmt: skip
def test_addresses_that_cannot(address: str) -> None:
    assert not is_email(address)


@pytest.mark.parametrize("number", ["+1 (704) 336-7600", "0514-8786 3000", "+86 10 5555 0100 转 8", "555-0100 ext. 12"])
def test_telephone_numbers(number: str) -> None:
    assert is_phone(number)


@pytest.mark.parametrize("number", ["1234", "call me", "+", "555-0100; DROP", "<555>0100 1"])
def test_what_is_no_telephone_number(number: str) -> None:
    assert not is_phone(number)
