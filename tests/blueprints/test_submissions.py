"""The key of a form."""

import pytest

from tourreg.blueprints.submissions import submission_key
from tourreg.kernel.numbers import new_public_id


def test_a_form_keeps_its_key() -> None:
    key = new_public_id()

    assert submission_key({"submission_key": key}) == key


@pytest.mark.parametrize(
    "sent", [{}, *({"submission_key": key} for key in ("", "short", "x" * 23, "é" * 22, "x" * 21 + "\n"))]
)
def test_a_key_that_is_none_of_ours_is_replaced(sent: dict[str, str]) -> None:
    made = [submission_key(sent) for _ in range(2)]

    assert [len(key) for key in made] == [22, 22]
    assert made[0] != made[1]
    assert sent.get("submission_key") not in made
