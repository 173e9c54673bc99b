"""The columns of a file of cities and contacts: what each is called, in both languages and by others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from tourreg.blueprints.languages import LOCALES


@dataclass(frozen=True)
class Column:
    """One column; `hint` is what to type into it, and `width` is in letters."""

    key: str
    name: Any
    hint: Any
    width: int = 18


COLUMNS = (
    Column("name_en", _l("City"), _l("Needed, in English or in the next column in Chinese.")),
    Column(
        "name_zh",
        _l("City, in Chinese"),
        _l("Needed for a new U.S. city whose Chinese name our list does not have."),
    ),
    Column(
        "region_en",
        _l("State or province"),
        _l("Illinois, IL or 江苏. Left empty, you choose where several cities are called so."),
    ),
    Column("region_zh", _l("State or province, in Chinese"), _l("Only for a city outside the two countries.")),
    Column("country", _l("Country or region"), _l("As US, CN or a name in either language.")),
    Column("population", _l("Population"), _l("A number. Left empty, the figure of our list is taken."), 12),
    Column("population_source_en", _l("Source of the population, in English"), _l("Who counted, and when.")),
    Column("population_source_zh", _l("Source of the population, in Chinese"), _l("Who counted, and when.")),
    Column("latitude", _l("Latitude"), _l("Only for a city that our list does not have, as 32.39."), 12),
    Column("longitude", _l("Longitude"), _l("Only for a city that our list does not have, as -89.65."), 12),
    Column("zone", _l("Time zone"), _l("Only for a city that our list does not have, as Asia/Shanghai.")),
    Column("government_en", _l("Form of government, in English"), _l("At most 400 characters.")),
    Column("government_zh", _l("Form of government, in Chinese"), _l("At most 400 characters.")),
    Column(
        "summary_en",
        _l("Why this city, in English"),
        _l("Two or three sentences, for the pages of its programmes."),
        30,
    ),
    Column(
        "summary_zh",
        _l("Why this city, in Chinese"),
        _l("Two or three sentences, for the pages of its programmes."),
        30,
    ),
    Column(
        "contact_name",
        _l("Contact’s name"),
        _l("Needed for somebody new. One row for each contact, with the city repeated."),
    ),
    Column("position", _l("Position"), _l("What they are, as City Clerk.")),
    Column("email", _l("E-mail"), _l("Needed for a contact: people are told apart by it."), 26),
    Column("phone", _l("Telephone"), _l("With the country’s code, as +1 704 555 0100.")),
    Column(
        "roles",
        _l("Roles"),
        _l("Approver, coordinator, security desk, press; several with semicolons between them."),
        26,
    ),
    Column("language", _l("Letters in"), _l("English or Chinese. Left empty, that of the city’s country.")),
)
CONTACT_COLUMNS = ("contact_name", "position", "email", "phone", "roles", "language")
# What other people call them; the words of both languages stand in the catalogue besides.
_ALSO = {
    "name_en": ("cityname", "municipality", "hostcity", "town", "城市英文名", "英文名", "cityenglish"),
    "name_zh": ("城市", "城市名称", "城市中文名", "中文名", "citychinese", "接待城市"),
    "region_en": ("state", "province", "region", "stateprovince", "州", "省", "省州", "省份", "州省"),
    "country": ("country", "nation", "国家", "国家地区"),
    "population": ("pop", "人口数"),
    "latitude": ("lat", "纬度"),
    "longitude": ("lon", "lng", "long", "经度"),
    "zone": ("timezone", "tz", "时区"),
    "summary_en": ("why", "whythiscity", "summary"),
    "contact_name": ("contact", "contactname", "name", "person", "contactperson", "fullname", "联系人", "姓名"),
    "position": ("title", "jobtitle", "职务", "职位", "头衔"),
    "email": ("mail", "emailaddress", "电子邮件", "邮箱", "电邮"),
    "phone": ("phone", "tel", "mobile", "telephonenumber", "电话", "手机"),
    "roles": ("role", "function", "角色", "职责"),
    "language": ("language", "preferredlanguage", "语言", "通信语言"),
}
_SIGNS = re.compile(r"[\W_]+")


def column_of(heading: str) -> str | None:
    """Return the key of the column that a heading names, in either language or by another name; None for none."""
    return _known().get(_bare(heading))


def heading_of(key: str) -> str:
    return next(str(column.name) for column in COLUMNS if column.key == key)


def lacking(keys: Sequence[str]) -> list[str]:
    """Return the headings without which no row can be read; one language of the name is enough."""
    return [] if {"name_en", "name_zh"} & set(keys) else [heading_of("name_en")]


@cache
def _known() -> dict[str, str]:
    known = {_bare(name): key for key, names in _ALSO.items() for name in names}
    for locale in LOCALES.values():
        with force_locale(locale):
            known |= {_bare(str(column.name)): column.key for column in COLUMNS}
    return known


def _bare(heading: str) -> str:
    """Return a heading without case, blanks and signs, wide letters made narrow."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", heading).casefold())
