"""Both languages are complete: every word of pages and letters has its Chinese, and no other word is kept."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from babel.support import Translations

from tests.house.test_sources import ROOT

CHINESE = ROOT / "tourreg" / "translations" / "zh_Hans" / "LC_MESSAGES"
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l", "lazy_gettext", "N_"])}
HOLE = re.compile(r"%(?:\((\w+)\))?[a-z]|%%")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")
# Reviewed: what Chinese readers read in Latin letters too.
IN_LATIN_LETTERS = {"A4", "Mx", "PDF", "%(paper)s as PDF"}


def test_every_word_has_its_chinese_and_no_other_word_is_kept() -> None:
    spoken, translated = {key_of(message) for message in words()}, {key_of(message) for message in chinese()}

    assert spoken - translated == set()
    assert translated - spoken == set()
    assert [key_of(message) for message in chinese() if not all(said(message))] == []


def test_no_chinese_is_left_from_before() -> None:
    assert [message.id for message in chinese() if message.fuzzy] == []
    assert list(read(CHINESE / "messages.po").obsolete) == []


def test_both_languages_leave_the_same_holes_and_name_them() -> None:
    assert [message.id for message in chinese() if misfits(message)] == []


def test_only_reviewed_words_are_said_in_latin_letters_in_chinese() -> None:
    assert {key_of(message) for message in chinese() if any(map(is_latin, said(message)))} == IN_LATIN_LETTERS


def test_what_is_spoken_is_what_stands_in_the_catalogue() -> None:
    """Compile it when this fails: sh bin/bootstrap does."""
    with (CHINESE / "messages.mo").open("rb") as compiled:
        spoken = Translations(compiled)

    assert [message.id for message in chinese() if spoken.gettext(key_of(message)) != said(message)[0]] == []


@pytest.mark.parametrize(
    ("english", "in_chinese"),
    [
        ("%(n)s of %(all)s", "%(all)s个"),
        ("%(n)s seats", "%(m)s个名额"),
        ("%s seats", "%s个名额"),
        ("100%% of %(n)s", "100%"),
        (("One seat for %(who)s", "%(n)s seats for %(who)s"), ("名额",)),
    ],
)
def test_the_tests_notice_holes_that_differ_or_have_no_name(
    english: str | tuple[str, str], in_chinese: str | tuple[str, ...]
) -> None:
    assert misfits(Message(english, in_chinese))


def misfits(message: Message) -> bool:
    """Tell whether a translation has other holes than the sentence, or one of them no name.

    An English singular may say “the seat” where the plural has a number; Chinese, of one form, may do as either.
    """
    sentences = (message.id,) if isinstance(message.id, str) else message.id
    return any("" in holes(text) or holes(text) not in map(holes, sentences) for text in said(message))


def is_latin(text: str) -> bool:
    """Tell whether letters stand in a text beside its holes, and none of them is Chinese."""
    between = HOLE.sub("", text)
    return bool(LATIN.search(between)) and not HAN.search(between)


def holes(text: str) -> set[str]:
    return {hole[1] or "" for hole in HOLE.finditer(text) if hole[0] != "%%"}


@cache
def words() -> tuple[Message, ...]:
    """Return every sentence that sources and templates mark for translation, as `pybabel extract` finds them."""
    with (ROOT / "babel.cfg").open() as lines:
        methods, options = parse_mapping_cfg(lines)
    found = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=is_ours
    ):
        found.add(message, context=context)
    return tuple(message for message in found if message.id)


def is_ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in ("tests", "bench", "docs", "migrations", "instance", "requirements")


@cache
def chinese() -> tuple[Message, ...]:
    return tuple(message for message in read(CHINESE / "messages.po") if message.id)


def read(catalogue: Path) -> Catalog:
    with catalogue.open("rb") as lines:
        return read_po(lines)


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
