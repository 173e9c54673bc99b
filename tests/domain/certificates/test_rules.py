"""How a certificate names a city until somebody writes it otherwise."""

import pytest

from tourreg.domain.certificates.rules import holder_of
from tourreg.kernel.bilingual import Text


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        (Text("Davenport", "达文波特"), Text("The City of Davenport", "达文波特市")),
        (Text("Salt Lake City", "盐湖城"), Text("Salt Lake City", "盐湖城市")),
        (Text("Polk County", "波尔克县"), Text("Polk County", "波尔克县")),
        (Text("Yangzhou", "扬州"), Text("The City of Yangzhou", "扬州市")),
        (Text("Chapel Hill", ""), Text("The City of Chapel Hill", "")),
        (Text("", "苏州市"), Text("", "苏州市")),
    ],
)
def test_a_city_is_named_by_what_it_is(name: Text, holder: Text) -> None:
    assert holder_of(name) == holder
