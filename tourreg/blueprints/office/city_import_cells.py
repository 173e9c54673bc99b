"""Single cells of a file of cities, read as what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from tourreg import formats
from tourreg.adapters.workbooks import Value
from tourreg.blueprints.countries import country_choices
from tourreg.blueprints.fields import email_address, script_of_papers, telephone
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office import spreadsheet_cells as cells
from tourreg.blueprints.office.spreadsheet_cells import CellWrong
from tourreg.kernel import typed
from tourreg.kernel.bilingual import LANGUAGES

_COUNTRIES = {
    "usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "the united states": "US",
    "america": "US", "美利坚合众国": "US", "prc": "CN", "p.r.c.": "CN", "p.r. china": "CN", "pr china": "CN",
    "people's republic of china": "CN", "people’s republic of china": "CN", "mainland china": "CN",
    "china mainland": "CN", "中华人民共和国": "CN", "中国大陆": "CN",
}  # fmt: skip
_ROLES = {
    "approver": "approver", "approval": "approver", "审批人": "approver", "批准人": "approver",
    "coordinator": "coordinator", "协调人": "coordinator", "联络人": "coordinator",
    "security desk": "security_desk", "security_desk": "security_desk", "security": "security_desk",
    "安全部门": "security_desk", "安保部门": "security_desk", "安保": "security_desk", "安保处": "security_desk",
    "press": "press", "media": "press", "press office": "press",
    "新闻宣传": "press", "新闻": "press", "媒体": "press", "新闻联络": "press",
}  # fmt: skip
_LANGUAGES = {
    "en": "en", "english": "en", "英文": "en", "英语": "en",
    "zh": "zh", "chinese": "zh", "中文": "zh", "汉语": "zh", "zh-hans": "zh",
    "simplified chinese": "zh", "简体中文": "zh",
}  # fmt: skip
MOST_PEOPLE = 100_000_000


def country(value: Value) -> str:
    """Return the two letters of a country, by them or by its name in either language.

    raises  CellWrong
    """
    said = typed.plain_width(cells.words(value))
    found = _countries().get(said.casefold(), "")
    if said and not found:
        raise CellWrong(_("There is no country or region “%(said)s”. Write US, CN or its name.", said=said[:60]))
    return found


def people(value: Value) -> int | None:
    """Return how many people, written with or without commas.

    raises  CellWrong
    """
    said = re.sub(r"[,\s]", "", typed.plain_width(cells.words(value)))
    if not said:
        return None
    if not re.fullmatch(r"\d{1,9}", said, re.ASCII) or int(said) > MOST_PEOPLE:
        raise CellWrong(_("Write a whole number."))
    return int(said)


def degrees(value: Value, *, most: int) -> float | None:
    """Return degrees, north and east positive.

    raises  CellWrong
    """
    said = typed.plain_width(cells.words(value)).replace("−", "-").rstrip("°")
    if not said:
        return None
    if not re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,10})?", said, re.ASCII) or abs(float(said)) > most:
        raise CellWrong(_("Write degrees as 32.39, at most %(most)d; south and west are negative.", most=most))
    return float(said)


def email(value: Value) -> str:
    return _checked(value, 254, email_address)


def phone(value: Value) -> str:
    return _checked(value, 40, telephone)


def roles(value: Value) -> tuple[str, ...]:
    """Return what somebody does for the city, several with commas or semicolons between them.

    raises  CellWrong
    """
    said = [part.strip() for part in re.split(r"[;,；，、/\n]", typed.plain_width(cells.words(value)))]
    for part in filter(None, said):
        if part.casefold() not in _ROLES:
            offered = _("approver, coordinator, security desk, press")
            raise CellWrong(_("“%(said)s” is no role. These are: %(roles)s.", said=part[:60], roles=offered))
    return tuple(dict.fromkeys(_ROLES[part.casefold()] for part in said if part))


def language(value: Value) -> str:
    """Return in which language somebody is written to; "" for an empty cell.

    raises  CellWrong
    """
    said = typed.plain_width(cells.words(value)).casefold()
    if said and said not in _LANGUAGES:
        raise CellWrong(_("Write English or Chinese."))
    return _LANGUAGES.get(said, "")


def printed(value: Value, *, most: int) -> str:
    """Return a name that stands on papers.

    raises  CellWrong
    """
    said = cells.text(value, most=most)
    if fault := script_of_papers(said):
        raise CellWrong(fault)
    return said


def _checked(value: Value, most: int, check: Callable[[str], str | None]) -> str:
    said = typed.plain_width(cells.text(value, most=most))
    if said and (fault := check(said)):
        raise CellWrong(fault)
    return said


@cache
def _countries() -> dict[str, str]:
    named = {formats.country(code, shown).casefold(): code for code in sorted(country_choices()) for shown in LANGUAGES}
    return {**named, **{code.casefold(): code for code in country_choices()}, **_COUNTRIES}


READERS: dict[str, Callable[[Value], Any]] = {
    "name_en": partial(printed, most=120),
    "name_zh": partial(printed, most=120),
    "region_en": partial(cells.text, most=120),
    "region_zh": partial(cells.text, most=120),
    "country": country,
    "zone": cells.zone,
    "latitude": partial(degrees, most=90),
    "longitude": partial(degrees, most=180),
    "population": people,
    "population_source_en": partial(cells.text, most=200),
    "population_source_zh": partial(cells.text, most=200),
    "government_en": partial(cells.text, most=400, lines=True),
    "government_zh": partial(cells.text, most=400, lines=True),
    "summary_en": partial(cells.text, most=1_000, lines=True),
    "summary_zh": partial(cells.text, most=1_000, lines=True),
    "contact_name": partial(cells.text, most=120),
    "position": partial(cells.text, most=120),
    "email": email,
    "phone": phone,
    "roles": roles,
    "language": language,
}
