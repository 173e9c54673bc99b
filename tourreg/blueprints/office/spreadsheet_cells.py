"""Single cells of an itinerary's spreadsheet, read as what they mean, whatever the program made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from tourreg.adapters.workbooks import Value
from tourreg.blueprints.fields import unprintable
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import FIRST_DAY, LAST_DAY
from tourreg.domain.itineraries import rules
from tourreg.kernel import typed
from tourreg.kernel.clock import zones
from tourreg.kernel.money import AmountUnreadable, read_money

# Day 1 of Excel's calendar is 31 December 1899, and it counts a 29 February 1900 that never was.
_EXCEL_EPOCH = date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_TWO_WAYS = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*(\d{2}|\d{4})", re.ASCII)
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_HALF_DAY = re.compile(r"(?P<zh>上午|下午|晚上|中午)?\s*(?P<clock>[\d:.]+)\s*(?P<en>[ap]\.?m\.?)?", re.IGNORECASE)
_YES = {"yes", "y", "true", "1", "x", "是", "✓", "√", "对"}
_NO = {"", "no", "n", "false", "0", "否", "不"}
# What Excel shows where a formula failed, which a file of commas has as words.
_EXCEL_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
MOST_NUMBER = 100_000


class CellWrong(Exception):
    """The cell cannot be read; the text of this says what to type."""


def words(value: Value) -> str:
    """Return what a cell shows, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return typed.tidy(str(value))


def day(value: Value) -> date:
    """Return the date; text is read only where it can mean one day.

    raises  CellWrong
    """
    found = _day(value)
    if not FIRST_DAY <= found <= LAST_DAY:
        raise CellWrong(_("The day lies between 2000 and 2099."))
    return found


def clock(value: Value) -> time:
    """Return the time of day: a time of the program, or text such as 930, 9:30, 2:30 pm or 下午2:30.

    raises  CellWrong
    """
    shown, days = _moment(value)
    if days:
        raise CellWrong(_("Type the start as 930 or 9:30."))
    return shown


def end(value: Value) -> tuple[time, int] | None:
    """Return the time of day and the days after the day's own; None for an empty cell.

    raises  CellWrong
    """
    if words(value) == "":
        return None
    if isinstance(value, str):
        try:
            return rules.read_end(value)
        except rules.TimeUnreadable:
            pass
    try:
        return _moment(value)
    except CellWrong:
        raise CellWrong(_("Type the end as 1130 or 11:30, or 05:10+1 for the next day.")) from None


def zone(value: Value) -> str:
    """Return the time zone; "" for an empty cell.

    raises  CellWrong
    """
    name, known = words(value), _zones()
    if name and name.casefold() not in known:
        raise CellWrong(_("There is no time zone “%(zone)s”. Write it as in Asia/Shanghai.", zone=name[:60]))
    return known.get(name.casefold(), "")


def text(value: Value, *, most: int, lines: bool = False) -> str:
    """Return words as they are printed.

    raises  CellWrong
    """
    said = typed.tidy_lines(value) if lines and isinstance(value, str) else words(value)
    if said in _EXCEL_ERRORS:
        raise CellWrong(_("The cell holds an error of Excel, %(error)s. Write what is meant.", error=said))
    if len(said) > most:
        raise CellWrong(_("At most %(most)d characters; this has %(typed)d.", most=most, typed=len(said)))
    if fault := unprintable(said):
        raise CellWrong(fault)
    return said


def choice(value: Value, choices: Mapping[str, str]) -> str:
    """Return the key of what is chosen; an empty cell is the first.

    choices  keys by the words that stand for them, without case
    raises   CellWrong
    """
    said = words(value).casefold()
    if said == "":
        return next(iter(choices.values()))
    if said not in choices:
        raise CellWrong(_("“%(said)s” is none of the words that may stand here.", said=words(value)[:60]))
    return choices[said]


def yes(value: Value) -> bool:
    """Tell whether it says yes.

    raises  CellWrong
    """
    said = words(value).casefold()
    if said not in _YES | _NO:
        raise CellWrong(_("Write yes or no."))
    return said in _YES


def number(value: Value) -> int | None:
    """Return a whole number; None for an empty cell.

    raises  CellWrong
    """
    said = typed.plain_width(words(value))
    if said == "":
        return None
    if not re.fullmatch(r"\d{1,6}", said, re.ASCII) or int(said) > MOST_NUMBER:
        raise CellWrong(_("Write a whole number."))
    return int(said)


def amount(value: Value, currency: str) -> int | None:
    """Return an amount in the smallest unit of the currency, which it may name; None for an empty cell.

    raises  CellWrong
    """
    said = typed.plain_width(words(round(value, 6) if isinstance(value, float) else value))
    said = re.sub(rf"^{currency}\s*|\s*{currency}$", "", said, flags=re.IGNORECASE)
    try:
        return read_money(said, currency).minor if said else None
    except AmountUnreadable:
        raise CellWrong(_("Write an amount as 45.50, without a sign.")) from None


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in zones()}


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _EXCEL_EPOCH + timedelta(days=int(min(max(value, 0), 999_999)))
    said = typed.plain_width(words(value))
    match = _ISO.match(said)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise CellWrong(_("There is no such day. Type it as in 2027-10-21.")) from None
    if _TWO_WAYS.match(said):
        raise CellWrong(_("“%(said)s” can be read in two ways. Type the day as in 2027-10-21.", said=said[:40]))
    return _day_in_words(said)


def _day_in_words(said: str) -> date:
    """Return a day written with an English name of its month, a weekday before it left aside."""
    plain = re.sub(r"^(mon|tue|wed|thu|fri|sat|sun)\w*\s+", "", said.replace(",", " ").casefold())
    plain = " ".join(re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", plain).split())
    for form in _IN_WORDS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a date alone
        except ValueError:
            continue
    raise CellWrong(_("Type the day, as in 2027-10-21."))


def _moment(value: Value) -> tuple[time, int]:
    """Return a time of day and days after; seconds are left aside."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0), 0
    if isinstance(value, timedelta):
        return _after(value)
    if isinstance(value, float) and 0 <= value < 2 and not value.is_integer():
        return _after(timedelta(minutes=round(value * 24 * 60)))
    return _typed_clock(typed.plain_width(words(value))), 0


def _after(passed: timedelta) -> tuple[time, int]:
    minutes = round(passed.total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    if not 0 <= days <= rules.MOST_DAYS_APART:
        raise CellWrong(_("Type the time as 930 or 9:30."))
    return time(rest // 60, rest % 60), days


def _typed_clock(said: str) -> time:
    match = _HALF_DAY.fullmatch(said)
    try:
        shown = rules.read_clock(re.sub(r"(:\d\d):\d\d$", r"\1", match["clock"] if match else said))
    except rules.TimeUnreadable:
        raise CellWrong(_("Type the time as 930 or 9:30.")) from None
    half: Any = (match["zh"] or (match["en"] or "").casefold()[:1]) if match else ""
    if not half:
        return shown
    if not 1 <= shown.hour <= 12:
        raise CellWrong(_("Type the time as 930 or 9:30."))
    late = half in ("下午", "晚上", "p") or (half == "中午" and shown.hour != 11)
    return shown.replace(hour=shown.hour % 12 + (12 if late else 0))
