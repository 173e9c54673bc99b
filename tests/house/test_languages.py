"""Both languages are complete: every word of pages, letters and papers has its Chinese, and no other is kept."""

import re
from functools import cache
from pathlib import Path
from typing import Any

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


# The words of pages and letters, and those of papers.
CATALOGUES = pytest.mark.parametrize("name", ["messages", "papers"])


@CATALOGUES
def test_every_word_has_its_chinese_and_no_other_word_is_kept(name: str) -> None:
    spoken, translated = SPOKEN[name](), {key_of(message) for message in chinese(name)}

    assert spoken - translated == set()
    assert translated - spoken == set()
    assert [key_of(message) for message in chinese(name) if not all(said(message))] == []


@CATALOGUES
def test_no_chinese_is_left_from_before(name: str) -> None:
    assert [message.id for message in chinese(name) if message.fuzzy] == []
    assert list(read(name).obsolete) == []


@CATALOGUES
def test_both_languages_leave_the_same_holes_and_name_them(name: str) -> None:
    assert [message.id for message in chinese(name) if misfits(message)] == []


def test_only_reviewed_words_are_said_in_latin_letters_in_chinese() -> None:
    both = (*chinese("messages"), *chinese("papers"))

    assert {key_of(message) for message in both if any(map(is_latin, said(message)))} == IN_LATIN_LETTERS


def test_what_is_spoken_is_what_stands_in_the_catalogue() -> None:
    """Compile it when this fails: sh bin/bootstrap does."""
    with (CHINESE / "messages.mo").open("rb") as compiled:
        spoken = Translations(compiled)

    def speak(message: Message) -> str:
        # Some releases of Python 3.11 have a `gettext` that finds no sentence with a plural.
        return (
            spoken.ngettext(message.id[0], message.id[1], 1)
            if message.pluralizable
            else spoken.gettext(key_of(message))
        )

    assert [message.id for message in chinese("messages") if speak(message) != said(message)[0]] == []


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


def words_of_pages() -> set[str]:
    """Return what sources and templates mark for translation, as `pybabel extract` finds it."""
    with (ROOT / "babel.cfg").open() as lines:
        methods, options = parse_mapping_cfg(lines)
    return found_in(ROOT, methods, options, KEYWORDS)


def words_of_papers() -> set[str]:
    """Return what templates of papers, and what prints for them, call a label."""
    methods = [
        ("templates/documents/**.html", "jinja2"),
        ("paper_words.py", "python"),
        ("programme_words.py", "python"),
    ]
    return found_in(ROOT / "tourreg", methods, {}, {"label": None})


def found_in(folder: Path, methods: Any, options: Any, keywords: Any) -> set[str]:
    found = Catalog()
    for _file, _line, message, _comments, context in extract_from_dir(
        folder, methods, options, keywords=keywords, directory_filter=is_ours
    ):
        found.add(message, context=context)
    return {key_of(message) for message in found if message.id}


SPOKEN = {"messages": words_of_pages, "papers": words_of_papers}


def is_ours(folder: str) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in ("tests", "bench", "docs", "migrations", "instance", "requirements")


@cache
def chinese(name: str) -> tuple[Message, ...]:
    return tuple(message for message in read(name) if message.id)


def read(name: str) -> Catalog:
    with (CHINESE / f"{name}.po").open("rb") as lines:
        return read_po(lines)


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
