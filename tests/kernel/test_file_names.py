"""Names of files that any machine reads."""

import pytest

from tourreg.kernel.file_names import file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Programme book", "Luís Ñandú"), "0007-Programme-book-Luis-Nandu.pdf"),
        (("Programme book", "周岚", "CCE-ITN-2027-00001"), "0007-Programme-book-CCE-ITN-2027-00001.pdf"),
        (("../etc/passwd", "a\\b:c"), "0007-etc-passwd-a-b-c.pdf"),
        (("", ""), "0007.pdf"),
        (("x" * 300,), "0007-" + "x" * 60 + ".pdf"),
    ],
)
def test_a_name_is_plain_latin_with_its_place_first(parts: tuple[str, ...], name: str) -> None:
    assert file_name(7, *parts) == name
