"""The cast of the tests: an issuer, cities, a summit and a study tour, with whatever a test wants changed.

`a_summit` is unsaved, for rules; `a_published_summit` and `a_study_tour` are saved with their route and days.
The clock of the tests stands at 15 January 2027, when both are open and early birds sing.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import AddOn, Event, Fee, Pool, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.consents.queries import current_texts
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.papers.models import Issuer
from tourreg.domain.registrations.commands import register
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.rules import BookedPerson, Booking
from tourreg.kernel.bilingual import Text
from tourreg.kernel.names import PersonName
from tourreg.kernel.numbers import new_public_id

MADE_AT = datetime(2027, 1, 2, 8, 0, tzinfo=UTC)
CENSUS = Text("Seventh National Population Census, 2020", "第七次全国人口普查（2020年）")
U_S_CENSUS = Text("U.S. Census Bureau, 2020 Census", "美国人口普查局，2020年人口普查")
# name, region, country, zone, latitude, longitude, population
CITIES: dict[str, tuple[Text, Text, str, str, float, float, int]] = {
    "beijing": (Text("Beijing", "北京"), Text("Beijing", "北京"), "CN", "Asia/Shanghai", 39.90, 116.40, 21_893_095),
    "xian": (Text("Xi’an", "西安"), Text("Shaanxi", "陕西"), "CN", "Asia/Shanghai", 34.27, 108.95, 12_952_907),
    "yangzhou": (Text("Yangzhou", "扬州"), Text("Jiangsu", "江苏"), "CN", "Asia/Shanghai", 32.39, 119.42, 4_559_797),
    "hangzhou": (Text("Hangzhou", "杭州"), Text("Zhejiang", "浙江"), "CN", "Asia/Shanghai", 30.27, 120.16, 11_936_010),
    "shanghai": (Text("Shanghai", "上海"), Text("Shanghai", "上海"), "CN", "Asia/Shanghai", 31.23, 121.47, 24_870_895),
    "fort-collins": (
        Text("Fort Collins", "科林斯堡"), Text("Colorado", "科罗拉多州"), "US", "America/Denver",
        40.59, -105.08, 169_810
    ),
    "davenport": (
        Text("Davenport", "达文波特"), Text("Iowa", "艾奥瓦州"), "US", "America/Chicago", 41.52, -90.58, 101_724
    ),
    "charlotte": (
        Text("Charlotte", "夏洛特"), Text("North Carolina", "北卡罗来纳州"), "US", "America/New_York",
        35.23, -80.84, 874_579
    ),
}  # fmt: skip


def saved(*records: Any) -> Any:
    """Write the records and return the first."""
    with writing() as session:
        session.add_all(records)
    return records[0]


def a_published_summit(slug: str = "yangzhou-2027", **changed: Any) -> Event:
    """Return the saved summit with its route of five cities, a post-tour, and three days of the itinerary."""
    with writing():
        event = a_summit(slug=slug, issuer=the_issuer(), **changed)
        db.session.add(event)
        if "add_ons" not in changed:
            event.add_ons.append(
                an_add_on("post_tour", "Post-tour: Hangzhou and Shanghai", 76_000, places=36, position=3,
                          from_on=date(2027, 10, 23), to_on=date(2027, 10, 26))
            )  # fmt: skip
        event.stops = _route()
        db.session.add_all(_days(event))
    return event


def a_study_tour(slug: str = "energy-2027", **changed: Any) -> Event:
    """Return a saved study tour to three U.S. cities, 3–14 May 2027, with 20 places, one fee and no add-on."""
    values: dict[str, Any] = {
        "kind": "study_tour", "direction": "to_us", "reference_prefix": "EE27", "slip": "美国三城", "cover": "prairie",
        "title": Text("Energy Efficiency in City Buildings", "城市建筑节能"), "venue": Text(),
        "starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 14), "zone": "America/Denver",
        "closes_on": date(2027, 3, 31), "minimum": 12, "add_ons": [],
    }  # fmt: skip
    with writing():
        parts = {"fees": [a_fee("Participant", "参加者", 495_000)], "pool": Pool(capacity=20, taken=0)}
        event = a_summit(slug=slug, issuer=the_issuer(), **{**values, **parts, **changed})
        db.session.add(event)
        event.stops = [
            Stop(position=place, city=the_city(name), from_on=date(2027, 5, first), to_on=date(2027, 5, first + 3))
            for place, (name, first) in enumerate((("fort-collins", 3), ("davenport", 7), ("charlotte", 11)), start=1)
        ]
    return event


def the_issuer() -> Issuer:
    """Return the seller of all saved events, made when first asked for."""
    known = db.session.scalar(select(Issuer).where(Issuer.key == "center"))
    if known is not None:
        return known
    issuer = an_issuer()
    db.session.add(issuer)
    return issuer


def the_city(slug: str) -> City:
    """Return one of CITIES, made when first asked for."""
    known = db.session.scalar(select(City).where(City.slug == slug))
    if known is not None:
        return known
    name, region, country, zone, latitude, longitude, population = CITIES[slug]
    city = City(
        slug=slug, name=name, region=region, country=country, zone=zone, latitude=latitude, longitude=longitude,
        population=population, population_source=U_S_CENSUS if country == "US" else CENSUS,
    )  # fmt: skip
    db.session.add(city)
    return city


def an_issuer(**changed: Any) -> Issuer:
    values: dict[str, Any] = {
        "key": "center",
        "name": Text("Center for City Exchange", "城市交流中心"),
        "address": Text("100 Main Street, Washington, DC 20001", "华盛顿主街100号"),
        "phone": "+1 202 555 0100",
        "email": "finance@example.org",
        "tax_id": "00-0000000",
        "tax_id_label": Text("EIN", "雇主识别号"),
        "zone": "America/New_York",
        "series_prefix": "CCE",
        "accent": "indigo",
        "country": "US",
        "banks": {"USD": [{"means": {"en": "Wire", "zh": "电汇"}, "facts": [{"label": "Account", "value": "0000"}]}]},
    }
    return Issuer(**{**values, **changed})


def a_summit(**changed: Any) -> Event:
    """The regional summit in Yangzhou: 200 places, an early and a full fee, a pre-tour of 20 and a single room."""
    parts: dict[str, Any] = {
        "issuer": an_issuer,
        "pool": lambda: Pool(capacity=200, taken=0),
        "fees": lambda: [
            a_fee("Early bird", "早鸟价", 48_000, last_on=date(2027, 6, 30)),
            a_fee("Full fee", "全价", 62_000, position=2),
        ],
        "add_ons": lambda: [
            an_add_on("pre_tour", "Pre-tour: Beijing and Xi’an", 89_000, places=20,
                      from_on=date(2027, 10, 16), to_on=date(2027, 10, 19)),
            an_add_on("single_room", "Single room", 21_000, position=2),
        ],
    }  # fmt: skip
    made = {name: make() for name, make in parts.items() if name not in changed}
    return Event(**{**_WORDS, **_TERMS, **made, **changed})


def a_fee(en: str = "Fee", zh: str = "费用", amount_minor: int = 48_000, **changed: Any) -> Fee:
    return Fee(**{"position": 1, "label": Text(en, zh), "amount_minor": amount_minor, "withdrawn": False, **changed})


def an_add_on(kind: str, label: str, amount_minor: int, *, places: int | None = None, **changed: Any) -> AddOn:
    """One add-on; without `places` it cannot sell out."""
    pool = None if places is None else Pool(capacity=places, taken=0)
    values = {"position": 1, "kind": kind, "label": Text(label, label), "amount_minor": amount_minor, "pool": pool}
    return AddOn(**{**values, "withdrawn": False, **changed})


def a_person(surname: str = "Hart", given: str = "Emily", *, native: str = "", **changed: Any) -> BookedPerson:
    """Return one participant of a booking, without a fee unless one is given."""
    return BookedPerson(**{"name": PersonName(surname, given, native), "fee": "", **changed})


def a_booking(event: Event, *people: BookedPerson, **changed: Any) -> Booking:
    """Return a booking of the saved event by Zhou Lan; people without a fee take the first, nobody means one person."""
    first = event.fees[0].public_id
    values: dict[str, Any] = {
        "contact_name": "周岚",
        "contact_email": "lan@example.org",
        "people": tuple(replace(person, fee=person.fee or first) for person in people or (a_person(),)),
        "pays_by": "card",
        "bill_to": BillTo(name="City of Charlotte", email="lan@example.org"),
        "consents": {},
        "language": "en",
        "submission_key": new_public_id(),
    }
    return Booking(**{**values, **changed})


def a_registration(event: Event, *people: BookedPerson, now: datetime, **changed: Any) -> Registration:
    """Return a saved registration for the event, its places held."""
    agreed = {text.kind: text.version_on for text in current_texts(now)}
    booking = a_booking(event, *people, **{"consents": agreed, **changed})
    with writing():
        return register(event, booking, invoice_hold_working_days=3, now=now)


def consent_texts() -> list[ConsentText]:
    """Return the three texts that everybody agrees to, in their version of 1 January 2027."""
    titles = {
        "terms": Text("Terms", "条款"),
        "privacy": Text("Privacy", "隐私"),
        "cross_border": Text("Abroad", "出境"),
    }
    return [
        ConsentText(kind=kind, version_on=date(2027, 1, 1), title=title, body=title) for kind, title in titles.items()
    ]


def listing_text() -> ConsentText:
    """Return the text of being listed, which nobody has to agree to."""
    title = Text("Being listed", "名单公开")
    return ConsentText(kind="listed", version_on=date(2027, 1, 1), title=title, body=title)


_TERMS: dict[str, Any] = {
    "slug": "yangzhou-2027",
    "reference_prefix": "YZ27",
    "kind": "summit",
    "direction": "none",
    "state": "published",
    "starts_on": date(2027, 10, 20),
    "ends_on": date(2027, 10, 22),
    "zone": "Asia/Shanghai",
    "opens_on": date(2027, 1, 10),
    "closes_on": date(2027, 9, 30),
    "minimum": 60,
    "cover": "willow",
    "slip": "扬州",
    "currency": "USD",
    "created_at": MADE_AT,
}
_WORDS: dict[str, Any] = {
    "title": Text("Regional Summit on Eco-friendly Urbanization", "生态城市化区域峰会"),
    "theme": Text("Water, old quarters and clean air", "水、老城与清洁空气"),
    "summary": Text("Three days on water, old quarters and the money that renews them.", "用三天时间谈水、谈老城。"),
    "description": Text("A city that has worked at water for 2,500 years.\n\nIt shows how.", "一座与水打交道的城市。"),
    "venue": Text("Mingyue Lake Conference Hall", "明月湖会议中心"),
    "audience": Text("Mayors, city managers, planners", "市长、城市经理、规划师"),
    "languages": Text("English and Chinese, interpreted", "中文、英文，全程同声传译"),
    "access": Text("Step-free hall and coaches", "会场与大巴均可无台阶通行"),
    "organiser": Text("Center for City Exchange", "城市交流中心"),
    "partners": [{"name": {"en": "Yangzhou Municipal Government", "zh": "扬州市人民政府"}}],
    "included": Text("Three nights in a twin room\nAll meals", "三晚双人间\n全部餐饮"),
    "not_included": Text("Flights to and from China\nVisa fee", "往返中国的机票\n签证费"),
    "cancellation_policy": Text("Full refund until 30 days before.", "会前30天可全额退款。"),
}


def _route() -> list[Stop]:
    stages = (
        ("beijing", "pre", 16, 17),
        ("xian", "pre", 18, 19),
        ("yangzhou", "main", 20, 22),
        ("hangzhou", "post", 23, 24),
        ("shanghai", "post", 25, 26),
    )
    return [
        Stop(position=place, city=the_city(slug), part=part, from_on=date(2027, 10, first), to_on=date(2027, 10, last))
        for place, (slug, part, first, last) in enumerate(stages, start=1)
    ]


def _days(event: Event) -> list[Day]:
    pre = event.add_ons[0] if event.add_ons else None
    return [
        Day(event=event, add_on=pre, city=the_city("beijing"), on_date=date(2027, 10, 16), title=Text("Arrival"),
            items=[_item(1, "cultural", "18:00", "20:00", Text("Walk in Yangmeizhu Lane", "漫步杨梅竹斜街"))]),
        Day(event=event, city=the_city("yangzhou"), on_date=date(2027, 10, 20), title=Text("Opening", "开幕"), items=[
            _item(1, "lecture", "09:30", "12:00", Text("Opening and keynote", "开幕式与主旨演讲")),
            _item(2, "meal", "12:00", "13:30", Text("Lunch", "午餐")),
        ]),
        Day(event=event, city=the_city("yangzhou"), on_date=date(2027, 10, 21), items=[
            _item(1, "transfer", "08:15", "08:50", Text("Coaches to Sanwan", "大巴前往三湾")),
            _item(2, "site_visit", "09:00", "12:00", Text("Sanwan Canal Park", "运河三湾公园")),
        ]),
    ]  # fmt: skip


def _item(position: int, kind: str, starts: str, ends: str, title: Text) -> Item:
    return Item(
        position=position,
        kind=kind,
        starts=time.fromisoformat(starts),
        ends=time.fromisoformat(ends),
        zone="Asia/Shanghai",
        title=title,
    )
