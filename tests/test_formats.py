import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tourreg import formats
from tourreg.kernel.clock import zones
from tourreg.kernel.money import Money


@pytest.mark.parametrize(
    ("minor", "currency", "english", "chinese", "plain"),
    [
        (154_000, "USD", "US$1,540.00", "US$1,540.00", "1,540.00"),
        (340_000, "CNY", "CN¥3,400.00", "¥3,400.00", "3,400.00"),
        (1_200_000, "JPY", "JP¥1,200,000", "JP¥1,200,000", "1,200,000"),
        (99, "EUR", "€0.99", "€0.99", "0.99"),
        (0, "USD", "US$0.00", "US$0.00", "0.00"),
        (-29_000, "USD", "−US$290.00", "−US$290.00", "−290.00"),
        (123, "XTS", "XTS\u00a01.23", "XTS\u00a01.23", "1.23"),
    ],
)
def test_an_amount_says_its_currency_and_has_a_true_minus(minor, currency, english, chinese, plain):
    amount = Money(minor, currency)

    assert formats.money(amount, "en") == english
    assert formats.money(amount, "zh") == chinese
    assert formats.plain_amount(amount) == plain


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (48_000, "USD", "US$480"),
        (48_050, "USD", "US$480.50"),
        (480, "JPY", "JP¥480"),
        (4_800, "JPY", "JP¥4,800"),
        (0, "USD", "US$0"),
    ],
)
def test_a_fee_shows_cents_only_where_it_has_some(minor, currency, shown):
    assert formats.price(Money(minor, currency), "en") == shown


def test_a_date_is_written_in_each_language_in_its_own_order():
    day = date(2026, 10, 21)

    assert formats.full_date(day, "en") == "Wednesday 21 October 2026"
    assert formats.full_date(day, "zh") == "2026年10月21日（周三）"
    assert formats.long_date(day, "en") == "21 October 2026"
    assert formats.short_date(date(2026, 9, 5), "en") == "5 Sep 2026"
    assert formats.day_and_month(day, "en") == "21 Oct"
    assert formats.day_and_month(day, "zh") == "10月21日"
    assert (formats.weekday(day, "en"), formats.weekday(day, "zh")) == ("Wednesday", "星期三")
    assert (formats.short_weekday(day, "en"), formats.short_weekday(day, "zh")) == ("Wed", "周三")
    assert formats.dated(day, "en").startswith("Wed ")
    assert formats.dated(day, "zh").endswith("日（周三）")


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (date(2026, 10, 21), date(2026, 10, 21), "21 October 2026", "2026年10月21日"),
        (date(2026, 10, 21), date(2026, 10, 23), "21–23 October 2026", "2026年10月21—23日"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 September – 2 October 2026", "2026年9月30日—10月2日"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027", "2026年12月30日—2027年1月2日"),
        (date(2026, 10, 5), date(2027, 10, 6), "5 October 2026 – 6 October 2027", "2026年10月5日—2027年10月6日"),
    ],
)
def test_a_range_says_once_what_its_ends_share(first, last, english, chinese):
    assert formats.date_range(first, last, "en") == english
    assert formats.date_range(first, last, "zh") == chinese


def test_a_range_can_leave_out_the_year_and_shorten_the_month():
    first, last = date(2026, 10, 17), date(2026, 10, 18)

    assert formats.date_range(first, last, "zh", year=False) == "10月17—18日"
    assert formats.date_range(first, last, "en", year=False) == "17–18 October"
    assert formats.date_range(first, last, "en", short=True) == "17–18 Oct 2026"


def test_times_of_day_count_24_hours():
    assert formats.time_range(time(9, 30), time(12), "en") == "09:30–12:00"
    assert formats.time_range(time(9, 30), time(12), "zh") == "09:30—12:00"
    assert formats.time_range(time(21), None, "en") == "21:00"


@pytest.mark.parametrize(
    ("key", "day", "english", "chinese", "short"),
    [
        ("Asia/Shanghai", date(2026, 7, 1), "China Standard Time (UTC+8)", "中国标准时间（UTC+8）", "UTC+8"),
        (
            "America/Chicago",
            date(2026, 10, 31),
            "Central Daylight Time (UTC−5)",
            "北美中部夏令时间（UTC−5）",
            "CDT UTC−5",
        ),
        (
            "America/Chicago",
            date(2026, 11, 2),
            "Central Standard Time (UTC−6)",
            "北美中部标准时间（UTC−6）",
            "CST UTC−6",
        ),
        (
            "America/Phoenix",
            date(2026, 7, 1),
            "Mountain Standard Time (UTC−7)",
            "北美山区标准时间（UTC−7）",
            "MST UTC−7",
        ),
        ("Asia/Kolkata", date(2026, 7, 1), "India Time (UTC+5:30)", "印度时间（UTC+5:30）", "UTC+5:30"),
        (
            "America/St_Johns",
            date(2026, 1, 1),
            "Newfoundland Standard Time (UTC−3:30)",
            "纽芬兰标准时间（UTC−3:30）",
            "UTC−3:30",
        ),
        ("Asia/Kathmandu", date(2026, 1, 1), "Nepal Time (UTC+5:45)", "尼泊尔时间（UTC+5:45）", "UTC+5:45"),
        ("Europe/London", date(2026, 1, 1), "Greenwich Mean Time (UTC+0)", "格林尼治标准时间（UTC+0）", "GMT UTC+0"),
        ("UTC", date(2026, 1, 1), "Coordinated Universal Time (UTC+0)", "协调世界时（UTC+0）", "UTC+0"),
    ],
)
def test_a_zone_has_its_name_and_the_offset_of_that_day(key, day, english, chinese, short):
    moment = formats.wall_time(day, time(12), key)

    assert formats.zone(moment, "en") == english
    assert formats.zone(moment, "zh") == chinese
    assert formats.short_zone(moment) == short


def test_a_moment_is_told_in_the_zone_asked_for():
    moment = datetime(2026, 5, 2, 20, 40, tzinfo=UTC)

    assert (
        formats.instant(moment, "America/New_York", "en") == "Saturday 2 May 2026, 16:40 Eastern Daylight Time (UTC−4)"
    )
    assert formats.instant(moment, "Asia/Shanghai", "zh") == "2026年5月3日（周日）04:40，中国标准时间（UTC+8）"
    assert formats.stamp(moment, "America/New_York", "en") == "2 May 2026 16:40 EDT (UTC−4)"
    assert formats.stamp(moment, "Asia/Shanghai", "en") == "3 May 2026 04:40 (UTC+8)"
    assert formats.stamp(moment, "America/New_York", "zh") == "2026年5月2日16:40（UTC−4）"


def test_a_deadline_ends_with_its_day_in_the_zone_of_the_event():
    day = date(2026, 10, 21)

    assert (
        formats.deadline(day, "Asia/Shanghai", "en") == "Wednesday 21 October 2026, 23:59 China Standard Time (UTC+8)"
    )
    assert formats.deadline(day, "Asia/Shanghai", "zh") == "2026年10月21日（周三）23:59，中国标准时间（UTC+8）"


def test_a_time_that_clocks_show_twice_is_the_first():
    assert formats.offset(formats.wall_time(date(2026, 11, 1), time(1, 30), "America/Chicago")) == "UTC−5"


@pytest.mark.parametrize("write", [formats.offset, lambda moment: formats.zone(moment, "en"), formats.short_zone])
def test_a_time_without_a_zone_is_not_printed(write):
    with pytest.raises(ValueError, match="without a zone"):
        write(datetime(2026, 5, 2, 20, 40))  # noqa: DTZ001 - without one on purpose


@pytest.mark.parametrize(
    ("things", "english", "chinese"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A和B"),
        (["A", "B", "C"], "A, B and C", "A、B和C"),
    ],
)
def test_a_list_reads_as_a_sentence_would_list_it(things, english, chinese):
    assert formats.listing(things, "en") == english
    assert formats.listing(things, "zh") == chinese


def test_countries_have_their_names_in_both_languages():
    assert (formats.country("CN", "en"), formats.country("cn", "zh")) == ("China", "中国")
    assert formats.country("US", "zh") == "美国"
    assert formats.country("QQ", "en") == "QQ"


def test_a_fixed_offset_is_named_by_its_zone():
    moment = datetime(2026, 5, 2, 12, tzinfo=ZoneInfo("Asia/Tokyo"))

    assert formats.zone(moment, "en") == "Japan Standard Time (UTC+9)"


def test_every_zone_that_can_be_chosen_has_its_chinese_name():
    places = (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    offered = [zone for zone in zones() if zone.startswith(tuple(f"{place}/" for place in places))]
    moment = datetime(2026, 11, 1, tzinfo=UTC)

    latin = re.compile("[A-Za-z]")
    foreign = [
        zone
        for zone in offered
        if latin.search(formats.zone_place(zone, "zh"))
        or latin.search(formats.zone_name(moment.astimezone(ZoneInfo(zone)), "zh"))
    ]

    assert foreign == []


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("Asia/Kolkata", "Kolkata", "加尔各答"),
        ("Asia/Calcutta", "Kolkata", "加尔各答"),
        ("Europe/Kyiv", "Kyiv", "基辅"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "布宜诺斯艾利斯"),
        ("America/Kentucky/Louisville", "Louisville", "路易斯维尔"),
        ("America/Nuuk", "Nuuk", "努克"),
    ],
)
def test_a_zone_that_changed_its_name_keeps_the_name_of_its_city(zone, english, chinese):
    assert (formats.zone_place(zone, "en"), formats.zone_place(zone, "zh")) == (english, chinese)
