"""Filters of page templates: amounts, dates, times and texts in the page's language.

{{ fee|money }}   {{ first|date_range(last) }}   {{ day|deadline(event.zone) }}   {{ moment|instant("Asia/Shanghai") }}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import wraps
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from tourreg import formats
from tourreg.blueprints.languages import TAGS, language
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import LAST_MINUTE, local_day

# Those of tourreg.formats that end with the language; the page's own is put in.
_IN_THE_PAGES_LANGUAGE: tuple[Callable[..., str], ...] = (
    formats.money,
    formats.price,
    formats.full_date,
    formats.long_date,
    formats.short_date,
    formats.day_and_month,
    formats.month_and_year,
    formats.weekday,
    formats.short_weekday,
    formats.date_range,
    formats.time_range,
    formats.zone,
    formats.zone_name,
    formats.instant,
    formats.stamp,
    formats.deadline,
    formats.listing,
    formats.country,
)
LONGEST_KEPT = 24
# Not inside a tag, and not longer than a narrow screen is wide.
_HYPHENATED = re.compile(r"(?<![\w<\"=-])([^\W_]{1,9}-[^\W_]{1,9})(?![\w\">=-])")
# What Chinese titles of programmes end with; a title that takes two lines breaks before it.
_KIND_AT_THE_END = re.compile(r"(?<=[\u4e00-\u9fff]{4})(培训论坛|考察研修|区域峰会|论坛|峰会)$")
_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]")
_OTHER_ASIAN = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_PLAIN: tuple[Callable[..., str], ...] = (formats.plain_amount, formats.clock, formats.offset, formats.short_zone)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update({write.__name__: _in_the_pages_language(write) for write in _IN_THE_PAGES_LANGUAGE})
    app.jinja_env.filters.update({write.__name__: write for write in _PLAIN})
    app.jinja_env.filters.update(
        lines=lines,
        paragraphs=paragraphs,
        figures=figures,
        signed=signed,
        first_minute=first_minute,
        last_minute=last_minute,
        heading=heading,
        in_its_script=in_its_script,
        kept=kept,
        breakable=breakable,
        day_in=local_day,
    )


def lines(written: Text) -> list[Markup]:
    """Return the lines of a text in the page's language, empty ones left out."""
    return [_marked(line.strip(), written) for line in written.in_(language()).splitlines() if line.strip()]


def heading(written: Text) -> Markup:
    """Return the text for a title: short words with a hyphen are not parted, nor the last words of a Chinese one."""
    shown = written.in_(language())
    if _HAN.search(shown):
        return Markup("<wbr>").join(_marked(part, written) for part in _KIND_AT_THE_END.sub(r"\n\1", shown).split("\n"))
    return Markup(_HYPHENATED.sub(r'<span class="keep">\1</span>', str(_marked(shown, written))))  # noqa: S704


def in_its_script(words: str) -> Markup:
    """Return what somebody typed, marked as Chinese or Latin where the page is not, so that its marks stay theirs."""
    if language() == "en" and _HAN.search(words) and not _OTHER_ASIAN.search(words):
        return Markup('<bdi lang="{}">{}</bdi>').format(TAGS["zh"], words)
    if language() == "zh" and _LATIN.search(words) and not _HAN.search(words):
        return Markup('<bdi lang="{}">{}</bdi>').format(TAGS["en"], words)
    return escape(words)


def kept(words: str) -> str:
    """Return a number or a name that stays on one line, unless it is longer than a narrow screen is wide."""
    return Markup('<span class="keep">{}</span>').format(words) if len(words) <= LONGEST_KEPT else words


def breakable(address: str) -> Markup:
    """Return an e-mail address that breaks before its @ where it does not fit on a line."""
    return Markup("<wbr>@").join(address.split("@"))


def paragraphs(written: Text) -> Markup:
    """Return the text as paragraphs, parted by empty lines; a single line break stays one."""
    parts = written.in_(language()).replace("\r\n", "\n").split("\n\n")
    return Markup("\n").join(Markup("<p>{}</p>").format(_broken(part, written)) for part in parts if part.strip())


def signed(points: int) -> str:
    """Return points as +5 or −5, with a true minus."""
    return f"+{points}" if points > 0 else f"−{-points}"


def figures(count: int) -> str:
    """Return a count with commas between thousands: 4,559,797."""
    return f"{count:,}"


def first_minute(day: date, zone: str) -> str:
    """Return when a day begins, without its date: 00:00 China Standard Time (UTC+8)."""
    return _minute(formats.wall_time(day, time(0), zone))


def last_minute(day: date, zone: str) -> str:
    """Return when a deadline on that day ends, without its date: 23:59 China Standard Time (UTC+8)."""
    return _minute(formats.wall_time(day, LAST_MINUTE, zone))


def _minute(moment: datetime) -> str:
    between = "，" if language() == "zh" else " "
    return f"{formats.clock(moment)}{between}{formats.zone(moment, language())}"


def _in_the_pages_language(write: Callable[..., str]) -> Callable[..., str]:
    @wraps(write)
    def in_the_pages_language(*values: Any, **options: Any) -> str:
        return write(*values, language(), **options)

    return in_the_pages_language


def _broken(part: str, written: Text) -> Markup:
    return Markup("<br>").join(_marked(line, written) for line in part.strip().split("\n"))


def _marked(words: str, written: Text) -> Markup:
    """Return the words, marked with their own language where only the other one is written."""
    shown = written.language_shown(language())
    return escape(words) if shown == language() else Markup('<span lang="{}">{}</span>').format(TAGS[shown], words)
