"""Names of people."""

import pytest

from tourreg.kernel.names import PersonName


@pytest.mark.parametrize(
    ("native", "language"),
    [
        ("周岚", "zh-Hans"),
        ("山田はなこ", "ja"),
        ("ハナコ", "ja"),
        ("김철수", "ko"),
        ("محمد", ""),
        ("Иван", ""),
        ("", ""),
    ],
)
def test_a_native_name_is_said_to_be_in_the_language_that_its_script_tells(native: str, language: str) -> None:
    assert PersonName("Hart", "Emily", native).native_language == language
