"""What templates of papers can say, in English, in Chinese, or in both side by side.

Every word of ours is a `label`, translated in papers.po (extract with `-k label`), and whatever is told differently in
the two languages is a `Pair`, which prints itself as the paper's language asks.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from tourreg import formats
from tourreg.adapters.glyph_widths import fits, largest_size
from tourreg.kernel.bilingual import Language
from tourreg.kernel.chinese_amounts import spelled_in_chinese
from tourreg.kernel.money import Money

PaperLanguage = Literal["en", "zh", "both"]

STYLES = Path(__file__).parent / "static" / "papers"
# Deep teal, seal red and ink blue: darker than 60 % grey, so that they survive a black-and-white printer.
ACCENTS = {"teal": "#14505c", "red": "#8a2f23", "ink": "#34427d"}
THIN_SPACE = "\u2009"
LONG_TITLE = 9  # signs
GAP, BREAK = Markup("\u2002"), Markup("<br>")
_HAN = r"[\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_LATIN = r"[A-Za-z0-9$%°+−@#&]"
_HAN_THEN_LATIN = re.compile(f"({_HAN})(?={_LATIN})")
_LATIN_THEN_HAN = re.compile(f"({_LATIN})(?={_HAN})")
_ANY_HAN = re.compile(_HAN)
_BROAD = "，。、；：（）《》“”—"
# These signs take the breadth of a Chinese character in our font unless the proportional ones are asked for.
_FULL_WIDTH_UNLESS_ASKED = re.compile("[‘’“”…―]")
# A word with what stands behind it, or one sign of a script without blanks.
_BREAKABLE = re.compile(r"[^\s-]{1,24}-?\s*")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing said in both languages; prints itself as a paper in `language` asks. A side may be missing.

    Side by side it reads English, then Chinese in the same line; `under` puts the Chinese on a line of its own, and
    `once` prints one language where a second would say nothing new (dates in narrow columns). `apart` and `under_apart`
    are for the places where Chinese is set otherwise than the English beside it.

    together_from  signs from which the last four of a Chinese line stay on one line
    """

    en: str
    zh: str
    language: PaperLanguage
    together_from: int = 29

    def __html__(self) -> Markup:
        return self._joined(GAP)

    @property
    def apart(self) -> Markup:
        return self._joined(Markup(" "), css_class="z")

    @property
    def under(self) -> Markup:
        return self._joined(BREAK)

    @property
    def under_apart(self) -> Markup:
        return self._joined(BREAK, css_class="z")

    @property
    def once(self) -> Markup:
        return self.chinese() if self.zh and (self.language == "zh" or not self.en) else self.english()

    def fits(self, width: int) -> bool:
        """Tell whether both languages fit in one line; width in halves of a Chinese character."""
        return breadth(f"{self.en} {self.zh}") <= width

    def within(self, width: int) -> Markup:
        """Return both languages in one line where they fit, else the Chinese below."""
        return self.__html__() if self.fits(width) else self.under

    def english(self) -> Markup:
        run = BREAK.join(self.en.split("\n"))
        css_class = "e" if self.language != "en" and _FULL_WIDTH_UNLESS_ASKED.search(self.en) else ""
        tag = "en" if self.language == "zh" and _LETTERS.search(self.en) else ""
        return _run(run, tag, css_class)

    def chinese(self, css_class: str = "") -> Markup:
        if not self.zh:
            return Markup("")
        run = BREAK.join(_set(line, self.together_from) for line in self.zh.split("\n"))
        if self.language == "zh":
            return run
        return _run(run, "zh-Hans", "z" if self.language == "en" else css_class)

    @property
    def on_a_line(self) -> Pair:
        """Return it with the lines of each language joined: an address in a letterhead."""
        between = "，" if _ANY_HAN.search(self.zh) else ", "
        return replace(self, en=self.en.replace("\n", ", "), zh=self.zh.replace("\n", between))

    @property
    def as_title(self) -> Pair:
        """Return it for large type: no English word is broken at its hyphen, no Chinese line ends in a lonely sign."""
        return replace(self, en=self.en.replace("-", "\u2011"), together_from=LONG_TITLE)

    def plain(self) -> str:
        """Return it without markup, for titles and footers."""
        sides = {"en": (self.en or self.zh,), "zh": (self.zh or self.en,), "both": (self.en, self.zh)}[self.language]
        return " ".join(dict.fromkeys(side.replace("\n", ", ") for side in sides if side))

    def in_(self, language: Language) -> str:
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def _joined(self, between: Markup, css_class: str = "") -> Markup:
        if self.language != "both" or not self.en or not self.zh or self.en == self.zh:
            return self.once
        if self.zh.startswith(self.en):  # SWIFT, SWIFT代码: the Chinese says all of it
            return self.chinese(css_class)
        return self.english() + between + self.chinese(css_class)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def __str__(self) -> str:
        return str(self.__html__())


def _run(run: Markup, language_tag: str, css_class: str) -> Markup:
    """Return a run of text that says its language, or is set in its own way, or neither."""
    if not language_tag and not css_class:
        return run
    tag = Markup(' lang="{}"').format(language_tag) if language_tag else Markup("")
    name = Markup(' class="{}"').format(css_class) if css_class else Markup("")
    return Markup("<span{}{}>{}</span>").format(tag, name, run)


def _set(chinese: str, together_from: int) -> Markup:
    """Return a Chinese text as it is set: thin spaces around Latin and figures, no lonely last character on a line."""
    spaced = _LATIN_THEN_HAN.sub(rf"\1{THIN_SPACE}", _HAN_THEN_LATIN.sub(rf"\1{THIN_SPACE}", chinese))
    if len(spaced) < together_from:
        return escape(spaced)
    return escape(spaced[:-4]) + Markup('<span class="nm1">{}</span>').format(spaced[-4:])


def breadth(text: str) -> int:
    """Return how broad a text is set, in halves of a Chinese character."""
    return sum(2 if _ANY_HAN.match(sign) or sign in _BROAD else 1 for sign in text)


class PaperWords:
    """What templates of papers can say; every answer is a Pair unless it is the same in both languages."""

    OFFERED = (
        "label", "text", "full_date", "long_date", "short_date", "date_span", "stamp", "money", "figures", "country",
        "clock", "local", "time_zone", "short_zone", "weekday", "dated", "spelled_out", "unsigned", "starting",
        "label_column", "mark", "styles", "made_at", "day_in", "zones", "joined", "clock_in", "fit", "pieces",
        "comma", "semicolon", "colon", "opening", "closing",
    )  # fmt: skip

    def __init__(self, language: PaperLanguage, chinese: Mapping[str, str]) -> None:
        """Speak the language; `chinese` holds the Chinese of every label by its English."""
        self.language = language
        self._chinese = chinese
        signs = ("，", "；", "：", "（", "）") if language == "zh" else (", ", "; ", ": ", " (", ")")
        self.comma, self.semicolon, self.colon, self.opening, self.closing = signs

    def label(self, msgid: str, **holes: object) -> Pair:
        """Return one of our own words or sentences, its holes filled in each language."""
        return self._pair(_filled(msgid, holes, "en"), _filled(self._chinese.get(msgid, ""), holes, "zh"))

    def text(self, words: str | Mapping[str, object]) -> Pair:
        """Return what somebody wrote: in both languages, or once in a language that its letters tell."""
        if not isinstance(words, str):
            return self._pair(str(words["en"]), str(words["zh"]))
        return self._pair("", words) if _ANY_HAN.search(words) else self._pair(words, "")

    def joined(self, things: Sequence[Pair]) -> Pair:
        """Return what is said, as a list with commas in each language; what has one side only stands in both lists."""
        said = [thing for thing in things if thing]
        english = [thing.en or thing.zh for thing in said] if any(thing.en for thing in said) else []
        chinese = [thing.zh or thing.en for thing in said] if any(thing.zh for thing in said) else []
        return self._pair(", ".join(english), "，".join(chinese))

    def full_date(self, day: str) -> Pair:
        return self._both(formats.full_date, day_of(day)) if day else self._pair("", "")

    def long_date(self, day: str) -> Pair:
        return self._both(formats.long_date, day_of(day)) if day else self._pair("", "")

    def short_date(self, day: str) -> Pair:
        return self._both(formats.short_date, day_of(day)) if day else self._pair("", "")

    def weekday(self, day: str) -> Pair:
        return self._both(formats.short_weekday, day_of(day))

    def dated(self, day: str) -> Pair:
        return self._both(formats.dated, day_of(day))

    def date_span(self, first: str, last: str, *, year: bool = True, short: bool = False) -> Pair:
        if not first:
            return self._pair("", "")
        return self._both(partial(formats.date_range, year=year, short=short), day_of(first), day_of(last or first))

    def day_in(self, zone: str, moment: str) -> str:
        """Return the date that an instant has in a zone."""
        return moment_of(moment).astimezone(ZoneInfo(zone)).date().isoformat()

    def stamp(self, moment: str, zone: str) -> Pair:
        return self._both(formats.stamp, moment_of(moment), zone)

    def money(self, amount: Mapping[str, Any]) -> str:
        return f"{amount['currency']} {self.figures(amount)}"

    def figures(self, amount: Mapping[str, Any] | None) -> str:
        return formats.plain_amount(amount_of(amount)) if amount else ""

    def country(self, code: str) -> Pair:
        return self._both(lambda language: formats.country(code, language)) if code else self._pair("", "")

    def clock(self, start: str, end: str) -> str:
        return f"{start}–{end}" if end else start

    def local(self, day: str, at: str, zone: str) -> datetime:
        return formats.wall_time(day_of(day), time.fromisoformat(at), zone)

    def fit(self, *lines: str, millimetres: float, most: float, least: float, weight: int = 700) -> str:
        """Return the class of the size at which each line fits; sizes.css has one for each half point."""
        sizes = [largest_size(line, millimetres, most=most, least=least, weight=weight) for line in lines]
        return f"h{min(sizes, default=least) * 2:.0f}"

    def pieces(self, text: str, millimetres: float, least: float) -> list[str]:
        """Return a name in the lines that it takes: one, unless it would be smaller than the least size."""
        if not text or fits(text, millimetres, least):
            return [text] if text else []
        lines: list[str] = []
        for word in _BREAKABLE.findall(text):
            if lines and fits((lines[-1] + word).strip(), millimetres, least):
                lines[-1] += word
            else:
                lines.append(word)
        return [line.strip() for line in lines]

    def clock_in(self, moment: datetime, zone: str) -> str:
        """Return what clocks of a zone show at an instant."""
        return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"

    def time_zone(self, moment: datetime) -> Pair:
        return self._both(formats.zone, moment)

    def short_zone(self, moment: datetime) -> str:
        return formats.offset(moment) if self.language == "zh" else formats.short_zone(moment)

    def unsigned(self, amount: Mapping[str, Any]) -> dict[str, Any]:
        """Return an amount without its sign, where words say on whose side it is."""
        return {**amount, "minor": abs(amount["minor"])}

    def spelled_out(self, amount: Mapping[str, Any]) -> str:
        """Return an amount in Chinese figures that cannot be altered (大写); "" in English, and where there is none."""
        money = amount_of(amount)
        return spelled_in_chinese(money) if self.language != "en" and money.minor > 0 else ""

    def starting(self, items: list[Mapping[str, Any]], first: str, before: str) -> list[Pair]:
        """Return the titles of what starts in a part of the day, hotels left out; before is exclusive."""
        return [
            self.text(item["title"]) for item in items if first <= item["starts"] < before and item["kind"] != "hotel"
        ]

    def zones(self, day: Mapping[str, Any]) -> list[Pair]:
        """Return the zones in which a day's items start and end, each once, as that day has them."""
        moments = [self.local(day["on"], item["starts"], item["zone"]) for item in day["items"]] + [
            self.local(item["ends_on"] or day["on"], item["ends"], item["ends_zone"])
            for item in day["items"]
            if item["ends"] and item["ends_zone"]
        ]
        return list(dict.fromkeys(self.time_zone(moment) for moment in moments))

    def label_column(self, facts: Sequence[Mapping[str, Any]]) -> str:
        """Return the class of the narrowest column that holds the labels of these facts."""
        broadest = max((breadth(self.text(fact["label"]).plain()) for fact in facts), default=0)
        return next((f"w{width}" for width in (8, 11, 14, 17, 20) if broadest <= width), "w25")

    def mark(self, name: str) -> str:
        """Return an organisation's mark as a data: address."""
        return _mark(name)

    def styles(self, accent: str, *names: str) -> Markup:
        """Return the style sheets of a paper as one, in an organisation's colour, and how its pages are numbered."""
        return _styles(names, ACCENTS.get(accent, ACCENTS["teal"])) + self._page_numbers()

    def made_at(self, moment: str) -> str:
        """Return an instant as the head of an HTML document dates itself."""
        return f"{moment_of(moment).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def _page_numbers(self) -> Markup:
        numbers = self.label("Page %(page)s of %(pages)s", page='" counter(page) "', pages='" counter(pages) "')
        lines = [numbers.en, numbers.zh] if self.language == "both" else [numbers.in_(self.language)]
        content = '"\\A "'.join(f'"{line}"' for line in lines if line)
        return Markup(f"@page {{ @bottom-right {{ content: {content} }} }}")  # noqa: S704 - a msgid of ours

    def _both(self, write: Callable[..., str], *facts: object) -> Pair:
        return self._pair(write(*facts, language="en"), write(*facts, language="zh"))

    def _pair(self, en: str, zh: str) -> Pair:
        return Pair(en, zh, self.language)


def _filled(sentence: str, holes: Mapping[str, object], language: Language) -> str:
    filling = {name: hole.in_(language) if isinstance(hole, Pair) else str(hole) for name, hole in holes.items()}
    return sentence % filling if holes else sentence


@cache
def _mark(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise ValueError(f"no mark has such a name: {name!r}")
    drawing = base64.b64encode((STYLES / "marks" / f"{name}.svg").read_bytes()).decode()
    return f"data:image/svg+xml;base64,{drawing}"


@cache
def _styles(names: tuple[str, ...], accent: str) -> Markup:
    sheets = "".join((STYLES / f"{name}.css").read_text(encoding="utf-8") for name in names)
    return Markup(sheets.replace("var(--accent)", accent))  # noqa: S704 - our own files


def amount_of(value: Money | Mapping[str, Any]) -> Money:
    return value if isinstance(value, Money) else Money(value["minor"], value["currency"])


def day_of(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment_of(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
