"""The columns of an itinerary as a spreadsheet: what each is called, in both languages and by others, and how wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import LOCALES
from tourreg.blueprints.office.itinerary_words import NAMES
from tourreg.domain.itineraries.details import TEXTS
from tourreg.kernel.money import CURRENCIES

LANGUAGES = {"en": _l("English"), "zh": _l("Chinese")}


@dataclass(frozen=True)
class Column:
    """One column: `language` is that of a text, `width` is in letters, and 0 hides it."""

    key: str
    name: Any
    language: str = ""
    width: int = 12

    def heading(self, currency: str = "") -> str:
        """Return what stands on top of it, in the language of the page; amounts name the currency, if it is given."""
        if self.key == "fee" and currency:
            return _("%(what)s (%(currency)s)", what=self.name, currency=currency)
        if self.language:
            return _("%(what)s, %(language)s", what=self.name, language=LANGUAGES[self.language])
        return str(self.name)


def _both(key: str, name: Any, width: int = 24) -> Iterator[Column]:
    for language in LANGUAGES:
        yield Column(f"{key}_{language}", name, language, width)


COLUMNS = (
    Column("id", _l("Mark of the row, leave as it is"), width=0),
    Column("on", _l("Date")),
    Column("city", NAMES["city"], width=16),
    Column("part", NAMES["part"], width=16),
    *_both("day_title", _l("Title of the day")),
    Column("start", NAMES["starts"], width=8),
    Column("end", NAMES["ends"], width=8),
    Column("zone", NAMES["zone"], width=20),
    Column("end_zone", NAMES["ends_zone"], width=20),
    Column("kind", NAMES["kind"]),
    *_both("title", NAMES["title"], 36),
    *_both("place", NAMES["place"]),
    *_both("address", NAMES["address"], 30),
    *_both("notes", NAMES["notes"], 36),
    Column("group", NAMES["group"]),
    Column("nature", NAMES["nature"]),
    Column("cost", NAMES["cost"]),
    Column("optional", NAMES["optional"], width=8),
    Column("capacity", NAMES["capacity"], width=8),
    Column("fee", NAMES["fee"], width=8),
    Column("standing", NAMES["standing"]),
    Column("standing_by", NAMES["standing_by"], width=16),
    Column("standing_on", NAMES["standing_on"]),
    Column("speakers", NAMES["speakers"], width=24),
    *(column for name in TEXTS for column in _both(name, NAMES[f"details.{name}"])),
    *(
        Column(name, NAMES[f"details.{name}"], width=14)
        for name in ("host_phone", "leaves", "minutes", "driver", "driver_phone", "reference")
    ),
)
NEEDED = ("on", "start", "title_en", "title_zh")
# What other people call them. One word for both languages names the column of its own.
_ALSO = {
    "on": ("day", "日期"),
    "city": ("city", "城市"),
    "part": ("part", "部分"),
    "start": ("starttime", "from", "time", "begin", "begins", "starts", "开始", "开始时间", "时间"),
    "end": ("endtime", "to", "until", "ends", "finish", "结束", "结束时间"),
    "zone": ("zone", "timezone", "tz", "时区"),
    "kind": ("type", "category", "类型", "类别"),
    "title_en": ("title", "activity", "event", "item", "subject", "programme", "program", "english", "英文"),
    "title_zh": ("标题", "活动", "内容", "事项", "日程", "chinese", "中文"),
    "place_en": ("place", "venue", "location", "where"),
    "place_zh": ("地点", "场所", "地点名称"),
    "address_en": ("address",),
    "address_zh": ("地址",),
    "notes_en": ("notes", "note", "remarks", "remark", "comments"),
    "notes_zh": ("备注", "说明"),
    "reference": ("ref", "reference", "referenceno"),
    "vehicle_en": ("vehicle", "bus", "coach"),
    "vehicle_zh": ("车辆",),
    "room_en": ("room",),
    "room_zh": ("房间", "会议室"),
    "dress_en": ("dress", "dresscode"),
    "dress_zh": ("着装",),
    "host_name_en": ("host", "contact"),
    "host_name_zh": ("接待人", "联系人"),
}
_SIGNS = re.compile(r"[\W_]+")


def column_of(heading: str) -> str | None:
    """Return the key of the column that a heading names, in either language or by another name; None for none."""
    return _known().get(_bare(heading)) or ("fee" if currency_of(heading) else None)


def currency_of(heading: str) -> str:
    """Return the currency that the heading of the fees names, "" where it names none."""
    bare = _bare(heading)
    name, currency = bare[:-3], bare[-3:].upper()
    return currency if currency in CURRENCIES and _known().get(name) == "fee" else ""


def heading_of(key: str) -> str:
    return next(column.heading() for column in COLUMNS if column.key == key)


def lacking(keys: Sequence[str]) -> list[str]:
    """Return the headings without which no row can be read; one language of the title is enough."""
    lacks = [key for key in ("on", "start") if key not in keys]
    if not {"title_en", "title_zh"} & set(keys):
        lacks.append("title_en")
    return [heading_of(key) for key in lacks]


@cache
def _known() -> dict[str, str]:
    known = {_bare(name): key for key, names in _ALSO.items() for name in names}
    for locale in LOCALES.values():
        with force_locale(locale):
            known |= {_bare(column.heading()): column.key for column in COLUMNS}
    return known


def _bare(heading: str) -> str:
    """Return a heading without case, blanks and signs, wide letters made narrow."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading).casefold())
