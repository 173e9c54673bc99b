"""How pages print what was written: titles that break where their words end, names in the type of their script."""

from collections.abc import Iterator

import pytest
from flask import Flask, g
from markupsafe import escape

from tourreg.blueprints.filters import heading, in_its_script
from tourreg.kernel.bilingual import Language, Text


@pytest.fixture(params=["en", "zh"])
def language(app: Flask, request: pytest.FixtureRequest) -> Iterator[Language]:
    with app.test_request_context():
        g.language = request.param
        yield request.param


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        g.language = "en"
        yield


@pytest.fixture
def chinese(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        g.language = "zh"
        yield


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("生态城市建设扬州峰会", "生态城市建设扬州<wbr>峰会"),
        ("美国城市能效考察研修", "美国城市能效<wbr>考察研修"),
        ("夏洛特峰会", "夏洛特峰会"),
        ("峰会之后的考察安排", "峰会之后的考察安排"),
    ],
)
def test_a_chinese_title_breaks_before_the_kind_of_programme_that_it_ends_with(title: str, shown: str) -> None:
    assert heading(Text(en="", zh=title)) == shown


@pytest.mark.usefixtures("english")
def test_a_short_word_with_a_hyphen_stays_on_one_line_of_a_title() -> None:
    assert heading(Text(en="Low-carbon cities", zh="")) == '<span class="keep">Low-carbon</span> cities'


@pytest.mark.usefixtures("chinese")
def test_a_title_that_is_not_chinese_yet_is_marked_as_english_in_the_chinese_page() -> None:
    assert 'lang="en"' in heading(Text(en="Low-carbon cities", zh=""))


@pytest.mark.usefixtures("english")
def test_chinese_words_are_marked_in_an_english_page_and_latin_ones_are_not() -> None:
    assert in_its_script("周岚") == '<bdi lang="zh-Hans">周岚</bdi>'
    assert in_its_script("Lan Zhou") == "Lan Zhou"


@pytest.mark.usefixtures("chinese")
def test_latin_words_are_marked_in_a_chinese_page_and_those_with_chinese_in_them_are_not() -> None:
    assert in_its_script("Siobhán O’Hare") == '<bdi lang="en">Siobhán O’Hare</bdi>'
    assert in_its_script("扬州市 Yangzhou") == "扬州市 Yangzhou"


@pytest.mark.usefixtures("english")
def test_japanese_and_korean_names_are_not_taken_for_chinese() -> None:
    assert in_its_script("田中さくら") == "田中さくら"


@pytest.mark.parametrize("words", ["<b>周岚</b>", "<b>Lan</b>", "2027"])
def test_what_somebody_typed_is_escaped_in_either_language(language: Language, words: str) -> None:
    assert str(escape(words)) in in_its_script(words), language
