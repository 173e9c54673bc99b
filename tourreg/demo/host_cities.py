"""Further real cities with figures from the list of places, and what they offer: invented, and each offer says so.

Names, coordinates, populations and zones are those of `cities.places`, which names its sources. Nothing else is said
about a city: no form of government, no words in its name. Who speaks for it is a sample contact without a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tourreg.db import db, writing
from tourreg.demo.programme import BY, Season
from tourreg.domain.cities.models import City
from tourreg.domain.cities.places import POPULATION_SOURCE, Place, place_of
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import offers
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_plans import ChargePlan, HomestayPlan, OfferPlan, WindowPlan
from tourreg.domain.hosting.rules import search_key
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import local_day
from tourreg.kernel.ordering import sort_key

# Keys of places.
PLACES = (
    "us-1608830", "us-5367000", "us-5305280", "us-4123850", "us-4105800", "us-0670098", "us-0618100", "us-0665042",
    "us-3260600", "us-0423620", "us-0477000", "us-4962470", "us-5613900", "us-0807850", "us-0862000", "us-3570500",
    "us-4803000", "us-4876000", "us-4052500", "us-4075000", "us-2079000", "us-3128000", "us-4659020", "us-3825700",
    "us-2717000", "us-5548000", "us-5531000", "us-1912000", "us-1901855", "us-2915670", "us-2970000", "us-1759000",
    "us-2603000", "us-2634000", "us-1805860", "us-2146027", "us-4714000", "us-4740000", "us-0541000", "us-0137000",
    "us-1369000", "us-1225175", "us-4530850", "us-3702140", "us-5168000", "us-3663000", "us-5010675", "us-2360545",
)  # fmt: skip
# Topic, and what a visit on it is called.
VISITS = (
    ("water", "Two days from the river to the tap", "两天：从河流到水龙头"),
    ("energy", "City buildings that use less", "更节能的公共建筑"),
    ("transit", "Streets for buses, bicycles and feet", "公交、自行车与步行的街道"),
    ("parks", "Parks that residents look after", "居民共同维护的公园"),
    ("brownfields", "New use for old ground", "旧地新用"),
    ("budgeting", "How the council adopts a budget", "议会如何通过预算"),
    ("performance-management", "Measures that departments believe in", "部门认可的绩效指标"),
    ("downtown-renewal", "A main street with open doors", "重新开门的主街"),
    ("waste", "What happens behind the recycling bin", "回收桶之后"),
    ("resilience", "Ready for heat and floods", "应对高温与洪水"),
)
# What a city offers beside its visit, in turn.
FURTHER = ("visit", "homestay", "visit", "lecture", "visit", "job_shadow")
# States of an offer beside `offered`, by its number.
STATES = {7: ("offered", "paused"), 19: (), 33: (), 48: ("offered", "withdrawn"), 61: ("offered", "paused")}
CHINESE_HOSTS = ("xian", "hangzhou", "yangzhou", "suzhou", "quanzhou", "wuhan", "shenzhen", "zhuhai", "haikou",
                 "pingyao")  # fmt: skip
WRITTEN = timedelta(days=30)


def make_host_cities(season: Season, now: datetime) -> None:
    """Enter the further cities, let a contact speak for each that hosts, and write down what each offers."""
    with writing() as session:
        entered = [_city(_place(key)) for key in PLACES]
        session.add_all(entered)
        session.flush()
        hosts = [*entered, *(season.cities[key] for key in CHINESE_HOSTS)]
        session.add_all(_contact(city, now) for city in hosts)
        session.flush()
        for number, (city, plan) in enumerate(_offers(entered, [season.cities[key] for key in CHINESE_HOSTS], now)):
            _write(city, plan, STATES.get(number, ("offered",)), now)


def _place(key: str) -> Place:
    place = place_of(key)
    assert place is not None, key
    return place


def _city(place: Place) -> City:
    return City(
        slug="-".join(sort_key(f"{place.name.en} {place.region.en}").split()), name=place.name,
        region=place.region, country=place.country, zone=place.zone, latitude=place.latitude,
        longitude=place.longitude, population=place.population, population_source=POPULATION_SOURCE,
    )  # fmt: skip


def _contact(city: City, now: datetime) -> HostProfile:
    """Return a contact whom the office has accepted, as one that was taken over from an earlier list."""
    language = "zh" if city.country == "CN" else "en"
    named, at = city.name.in_(language), now - WRITTEN
    profile = HostProfile(
        state="accepted", city=city, city_name=named, region=city.region.in_(language), country=city.country,
        contact_name=f"示例联系人（{named}）" if language == "zh" else f"Sample contact, {named}",
        contact_position="外事办公室" if language == "zh" else "City Manager’s Office",
        contact_email=f"{city.slug}@example.org", language=language,
        offers="示例接待意向。" if language == "zh" else "Sample offer.",
        available="见接待意向" if language == "zh" else "As the offers say",
        submission_key=f"demo-host-{city.slug}", signed_up_at=at, confirmed_at=at, answered_at=at,
    )  # fmt: skip
    profile.search_key = search_key(named, profile.region, profile.contact_name, profile.contact_email)
    return profile


def _offers(american: list[City], chinese: list[City], now: datetime) -> Iterator[tuple[City, OfferPlan]]:
    for number, city in enumerate(american):
        yield city, _visit(city, number, now)
        yield city, _further(city, number, now)
    for number, city in enumerate(chinese):
        yield city, _visit(city, number * 3, now)
        if number % 5 == 0:
            yield city, _homestay(city, number, now)


def _further(city: City, number: int, now: datetime) -> OfferPlan:
    kind = FURTHER[number % len(FURTHER)]
    if kind == "homestay":
        return _homestay(city, number, now)
    if kind == "visit":
        return _visit(city, number + 4, now)
    first = _monday(now) + timedelta(weeks=10 + number % 7)
    topic, _english, _chinese = VISITS[number % len(VISITS)]
    named = (
        ("An afternoon’s lecture", "半天讲座") if kind == "lecture" else ("A week beside one of our staff", "跟岗一周")
    )
    group = (10, 60) if kind == "lecture" else (1, 1)
    return OfferPlan(
        kind=kind, title=_sample(*named), words=_sample("What it is about is agreed with each group.", "内容与各团商定。"),
        windows=(WindowPlan(first, first + timedelta(weeks=24)),), notice_days=45, smallest=group[0],
        largest=group[1], days_most=1 if kind == "lecture" else 5, topics=(topic,), spoken=_spoken(city),
    )  # fmt: skip


def _visit(city: City, number: int, now: datetime) -> OfferPlan:
    """Return an offer of a visit with two spans of days and numbers of its own, which follow from its number."""
    monday = _monday(now)
    topic, english, chinese = VISITS[number % len(VISITS)]
    beside = VISITS[(number * 3 + 1) % len(VISITS)][0]
    early, late = monday + timedelta(weeks=9 + number % 6), monday + timedelta(weeks=19 + number % 14)
    closed = {late + timedelta(days=number % 5), late + timedelta(days=14 + number % 5)}
    charged = number % 3 == 0
    currency = "CNY" if city.country == "CN" else "USD"
    return OfferPlan(
        kind="visit", title=_sample(english, chinese),
        words=_sample("Departments, one place on the ground and a talk with the manager’s office.",
                      "走访部门、实地考察一处，并与市政府办公室座谈。"),
        windows=(WindowPlan(early, early + timedelta(days=18)), WindowPlan(late, late + timedelta(days=130))),
        blackouts=tuple(sorted(closed)), notice_days=(30, 45, 60)[number % 3], smallest=(4, 6, 8, 10)[number % 4],
        largest=(16, 20, 24, 30, 18)[number % 5], days_most=1 + number % 3, topics=tuple(sorted({topic, beside})),
        spoken=_spoken(city), interpreted=_interpreted(city) if number % 2 == 0 else (),
        provided=_sample("Meeting room and guides", "会议室与讲解"), currency=currency,
        charges=(ChargePlan(Text("Lunch", "午餐"), (1_500 + number * 10) * (6 if currency == "CNY" else 1), "person"),)
        if charged else (),
        vehicle_seats=24 if number % 4 == 0 else None, meeting_seats=40, may_share=number % 9 == 0,
    )  # fmt: skip


def _homestay(city: City, number: int, now: datetime) -> OfferPlan:
    first = _monday(now) + timedelta(weeks=20 + number % 8)
    households = 6 + number % 7
    return OfferPlan(
        kind="homestay", title=_sample("Supper and nights with families", "家庭晚餐与住宿"),
        words=_sample("Each household has two guests.", "每户接待两位客人。"),
        windows=(WindowPlan(first, first + timedelta(days=120)),), notice_days=60, smallest=2, largest=households * 2,
        days_most=3, spoken=_spoken(city), homestay=HomestayPlan(households, 2, True, "breakfast_and_supper"),
    )  # fmt: skip


def _write(city: City, plan: OfferPlan, states: tuple[str, ...], now: datetime) -> None:
    at = now - WRITTEN
    offer = offers.write_offer(city, plan, submission_key=None, now=at, by=BY)
    for state in states:
        offers.move_offer(queries.offer_to_change(offer.public_id), state, seen=offer.state, now=at, by=BY)
    db.session.flush()


def _sample(english: str, chinese: str) -> Text:
    return Text(f"Sample: {english}", f"示例：{chinese}")


def _spoken(city: City) -> tuple[str, ...]:
    return ("zh",) if city.country == "CN" else ("en",)


def _interpreted(city: City) -> tuple[str, ...]:
    return ("en",) if city.country == "CN" else ("zh",)


def _monday(now: datetime) -> date:
    today = local_day(now - WRITTEN, "UTC")
    return today + timedelta(days=7 - today.weekday())
