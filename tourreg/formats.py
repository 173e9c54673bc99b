"""How amounts, dates, times, zones, lists and countries are written in English and in Chinese.

Every function takes the language ("en" or "zh"), never the request's, so that pages, letters and papers write alike.
Words and signs come from CLDR by way of Babel; the order and the punctuation are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location, get_timezone_name
from babel.numbers import get_currency_symbol

from tourreg.kernel.bilingual import Language
from tourreg.kernel.money import Money, digits

MINUS = "\N{MINUS SIGN}"
# British English for order and lists, since that is how we write dates; CLDR's Chinese for China.
_LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
_SYMBOLS = {
    ("en", "USD"): "US$", ("en", "JPY"): "JP¥", ("en", "CAD"): "CA$", ("en", "AUD"): "A$", ("en", "CNY"): "CN¥",
}  # fmt: skip
# Cities of zones that are younger than the CLDR that Babel brings.
_YOUNG_CITIES = {("America/Coyhaique", "zh"): "科伊艾克"}
_YOUNG_TERRITORIES = {"America/Coyhaique": "CL"}
# Zones whose names CLDR keeps under the name they had before.
_FORMER_ZONE_NAMES = {
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Yangon": "Asia/Rangoon",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "Europe/Kyiv": "Europe/Kiev",
}


# Money


def money(amount: Money, language: Language) -> str:
    """Return US$1,540.00 or ¥3,400.00: the sign says which dollar or yuan it is, a minus is a true one."""
    figures = plain_amount(Money(abs(amount.minor), amount.currency))
    return f"{MINUS if amount.minor < 0 else ''}{currency_sign(amount.currency, language)}{figures}"


def price(amount: Money, language: Language) -> str:
    """Return the amount as a list of fees shows it: US$480, and decimals only where there are some."""
    text = money(amount, language)
    places = digits(amount.currency)
    return text[: -places - 1] if places and amount.minor % 10**places == 0 else text


def plain_amount(amount: Money) -> str:
    """Return the figures alone, as tables of papers show them: 1,540.00, −290.00, or 12,000 for yen."""
    return _figures(amount, MINUS, ",")


def decimal_amount(amount: Money) -> str:
    """Return the figures as programs read them: 1540.00."""
    return _figures(amount, "-", "")


def _figures(amount: Money, minus: str, thousands: str) -> str:
    places = digits(amount.currency)
    sign = minus if amount.minor < 0 else ""
    whole, fraction = divmod(abs(amount.minor), 10**places)
    figures = f"{whole:{thousands}}"
    return f"{sign}{figures}.{fraction:0{places}}" if places else sign + figures


@cache
def currency_sign(currency: str, language: Language) -> str:
    """Return US$, CN¥ (in Chinese ¥), €; the code and a space where CLDR knows no sign."""
    symbol = _SYMBOLS.get((language, currency)) or get_currency_symbol(currency, locale=_LOCALES[language])
    return f"{currency}\N{NO-BREAK SPACE}" if symbol == currency else symbol


# Dates


def full_date(day: date, language: Language) -> str:
    """Return Wednesday 21 October 2026 or 2026年10月21日（周三）."""
    if language == "zh":
        return f"{long_date(day, 'zh')}（{_weekday(day, 'abbreviated', 'zh')}）"
    return f"{_weekday(day, 'wide', 'en')} {long_date(day, 'en')}"


def long_date(day: date, language: Language) -> str:
    """Return 21 October 2026 or 2026年10月21日."""
    return _date(day, language, year=True, short=False)


def short_date(day: date, language: Language) -> str:
    """Return 21 Oct 2026, for narrow columns; Chinese is short already."""
    return _date(day, language, year=True, short=True)


def day_and_month(day: date, language: Language) -> str:
    """Return 21 Oct or 10月21日, where the year stands nearby."""
    return _date(day, language, year=False, short=True)


def month_and_year(day: date, language: Language) -> str:
    """Return October 2026 or 2026年10月."""
    if language == "zh":
        return f"{day.year}年{day.month}月"
    return f"{_locale('en').months['format']['wide'][day.month]} {day.year}"


def weekday(day: date, language: Language) -> str:
    """Return Wednesday or 星期三."""
    return _weekday(day, "wide", language)


def short_weekday(day: date, language: Language) -> str:
    """Return Wed or 周三."""
    return _weekday(day, "abbreviated", language)


def dated(day: date, language: Language) -> str:
    """Return Wed 21 Oct 2026 or 2026年10月21日（周三）."""
    on, weekday = short_date(day, language), short_weekday(day, language)
    return f"{on}（{weekday}）" if language == "zh" else f"{weekday} {on}"


def date_range(first: date, last: date, language: Language, *, year: bool = True, short: bool = False) -> str:
    """Return both days with what they share said once: 21–23 October 2026, 30 September – 2 October, 2026年10月17—18日.

    last   inclusive; the same day gives one date
    short  Oct for October; Chinese is short already
    """
    if first == last:
        return _date(first, language, year=year, short=short)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if language == "zh":
        end = f"{last.day}日" if same_month else _date(last, "zh", year=year and not same_year, short=short)
        start = _date(first, "zh", year=year, short=short)
        return f"{start.removesuffix('日') if same_month else start}—{end}"
    end = _date(last, "en", year=year, short=short)
    if same_month:
        return f"{first.day}–{end}"
    return f"{_date(first, 'en', year=year and not same_year, short=short)} – {end}"


def _date(day: date, language: Language, *, year: bool, short: bool) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
    # Four letters for September in British English would be the only ones: cut to three.
    month = _locale("en").months["format"]["wide"][day.month]
    words = f"{day.day} {month[:3] if short else month}"
    return f"{words} {day.year}" if year else words


def _weekday(day: date, width: str, language: Language) -> str:
    return str(_locale(language).days["format"][width][day.weekday()])


# Times and zones


def clock(at: time | datetime) -> str:
    """Return the time of day, 24 hours: 09:30."""
    return f"{at:%H:%M}"


def time_range(start: time | datetime, end: time | datetime | None, language: Language) -> str:
    """Return 09:30–12:00 or 09:30—12:00, or the start alone where the end is open."""
    dash = "—" if language == "zh" else "–"
    return f"{clock(start)}{dash}{clock(end)}" if end else clock(start)


def wall_time(day: date, at: time, zone: str) -> datetime:
    """Return when the clocks of an IANA zone show that time; the first of two in the night they go back."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone))


def zone_place(zone_key: str, language: Language) -> str:
    """Return the city that a zone is named after: Denver, 丹佛."""
    canonical = get_global("zone_aliases").get(zone_key, zone_key)
    known = _locale(language).time_zones
    for name in (zone_key, canonical, *_former_names(canonical)):
        if "city" in known.get(name, {}):
            return str(known[name]["city"])
    return _YOUNG_CITIES.get((canonical, language)) or canonical.rpartition("/")[2].replace("_", " ")


def offset(moment: datetime) -> str:
    """Return UTC+8, UTC−5 or UTC+5:30 of an aware moment, with a true minus."""
    minutes = _offset_minutes(moment)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{MINUS if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def zone_name(moment: datetime, language: Language) -> str:
    """Return the zone of an aware moment by name: China Standard Time, 中国标准时间, India Time."""
    named = moment.astimezone(_known_to_cldr(moment.tzinfo))
    # CLDR keeps the English names of American zones with American English.
    locale = "en_US" if language == "en" else _LOCALES[language]
    name = get_timezone_name(named, "long", locale=locale)
    by_place = get_timezone_location(named, locale=locale)
    is_by_place = name == by_place or (name.startswith("GMT") and name != "GMT")
    return _place_time(str(named.tzinfo), by_place, language) if is_by_place else name


def zone(moment: datetime, language: Language) -> str:
    """Return China Standard Time (UTC+8) or 中国标准时间（UTC+8）, as that moment has it, summer time included."""
    name = zone_name(moment, language)
    return f"{name}（{offset(moment)}）" if language == "zh" else f"{name} ({offset(moment)})"


def short_zone(moment: datetime) -> str:
    """Return MDT UTC−6, or UTC+8 alone where the letters are not everybody's (CST is three zones)."""
    letters = get_timezone_name(moment.astimezone(_known_to_cldr(moment.tzinfo)), "short", locale="en_US")
    return f"{letters} {offset(moment)}" if letters.isalpha() and letters != "UTC" else offset(moment)


def instant(moment: datetime, zone_key: str, language: Language) -> str:
    """Return a moment in full in a zone: Wednesday 21 October 2026, 16:40 China Standard Time (UTC+8)."""
    local = moment.astimezone(ZoneInfo(zone_key))
    if language == "zh":
        return f"{full_date(local, 'zh')}{clock(local)}，{zone(local, 'zh')}"
    return f"{full_date(local, 'en')}, {clock(local)} {zone(local, 'en')}"


def stamp(moment: datetime, zone_key: str, language: Language) -> str:
    """Return a moment as a footer has it: 2 May 2026 16:40 EDT (UTC−4), 2026年5月2日16:40（UTC−4）."""
    local = moment.astimezone(ZoneInfo(zone_key))
    if language == "zh":
        return f"{long_date(local, 'zh')}{clock(local)}（{offset(local)}）"
    letters, _, rest = short_zone(local).rpartition(" ")
    return f"{long_date(local, 'en')} {clock(local)}{' ' + letters if letters else ''} ({rest})"


def deadline(day: date, zone_key: str, language: Language) -> str:
    """Return the last minute of a day in a zone, which is when our deadlines end."""
    return instant(wall_time(day, time(23, 59), zone_key), zone_key, language)


def _offset_minutes(moment: datetime) -> int:
    span = moment.utcoffset()
    if span is None:
        raise ValueError("a time without a zone cannot be printed")
    return round(span.total_seconds() / 60)


def _known_to_cldr(zone_of_moment: tzinfo | None) -> tzinfo:
    if zone_of_moment is None:
        raise ValueError("a time without a zone cannot be printed")
    former = _FORMER_ZONE_NAMES.get(str(zone_of_moment))
    return ZoneInfo(former) if former else zone_of_moment


def _place_time(zone_key: str, by_place: str, language: Language) -> str:
    """Return the time of a country, and of a city in it where the country has several: 乌克兰（基辅）时间."""
    canonical = get_global("zone_aliases").get(zone_key, zone_key)
    territory = get_global("zone_territories").get(canonical) or _YOUNG_TERRITORIES.get(canonical)
    if territory is None or len(get_global("territory_zones").get(territory, ())) == 1:
        return by_place
    locale = _locale(language)
    names = {"0": zone_place(zone_key, language), "1": locale.territories[territory]}
    return str(locale.zone_formats["region"] % (locale.zone_formats["fallback"] % names))


@cache
def _former_names(canonical: str) -> tuple[str, ...]:
    return tuple(sorted(name for name, now in get_global("zone_aliases").items() if now == canonical))


# Lists and countries


def listing(things: Iterable[str], language: Language) -> str:
    """Return the things as a sentence lists them: A, B and C, or A、B和C."""
    *most, last = [*things] or [""]
    if not most:
        return last
    return f"{'、'.join(most)}和{last}" if language == "zh" else f"{', '.join(most)} and {last}"


def country(code: str, language: Language) -> str:
    """Return the name of a country (ISO 3166, two letters), or the code itself if nobody knows it."""
    return str(_locale(language).territories.get(code.upper(), code))


def language_name(code: str, language: Language) -> str:
    """Return what a language is called."""
    return str(_locale(language).languages.get(code, code))


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(_LOCALES[language])
