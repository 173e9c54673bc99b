"""The sample season's hotels: what is contracted, and rooms shared out by the rules; houses and numbers are invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.travel import queries
from tourreg.domain.travel.lodging import lodging_of
from tourreg.domain.travel.plans import RoomTypePlan, StayPlan
from tourreg.domain.travel.rooms import propose
from tourreg.domain.travel.stays import write_stay
from tourreg.kernel.bilingual import Text

MASTER = Text(
    "Room, tax and breakfast to our master account. Incidentals are the guests’ own, by card at check-in.",
    "房费、税和早餐计入我方总账；杂费由客人自理，入住时刷卡。",
)


@dataclass(frozen=True)
class Hotel:
    """A house for some nights of an event.

    first, last  days from the event's first: the first night, and the morning of leaving
    """

    event: str
    name: Text
    address: Text
    phone: str
    contact: str
    first: int
    last: int
    contract: str
    cut_off_days: int
    types: tuple[RoomTypePlan, ...]
    currency: str = "USD"
    comps: int = 0
    tour: str = ""


def _twin(contracted: int, rate_minor: int, beds: Text) -> RoomTypePlan:
    return RoomTypePlan("twin", Text("Twin", "双床房"), beds, 2, contracted, rate_minor)


def _king(contracted: int, rate_minor: int) -> RoomTypePlan:
    return RoomTypePlan("double", Text("King", "大床房"), Text("1 king", "一张特大床"), 2, contracted, rate_minor)


TWO_QUEEN_BEDS, TWO_SINGLE_BEDS = Text("2 queen", "两张大床"), Text("2 single", "两张单人床")
HOTELS = (
    Hotel(
        "energy-efficiency-us", Text("Linden Street Inn (sample)", "林登街酒店（示例）"),
        Text("240 Linden Street (sample), Fort Collins, CO 80524"), "+1 970 555 0133", "Maya Serrano", 0, 4,
        "LSI-0519", 28, (_king(6, 18_900), _twin(6, 17_400, TWO_QUEEN_BEDS)), comps=1,
    ),
    Hotel(
        "energy-efficiency-us", Text("River Drive Hotel (sample)", "河滨大道酒店（示例）"),
        Text("210 East River Drive (sample), Davenport, IA 52801"), "+1 563 555 0147", "Otto Lind", 4, 7,
        "RDH-27-08", 21, (_king(6, 15_400), _twin(6, 14_900, TWO_QUEEN_BEDS)),
    ),
    Hotel(
        "energy-efficiency-us", Text("Tryon House Hotel (sample)", "特赖恩酒店（示例）"),
        Text("410 North Tryon Street (sample), Charlotte, NC 28202"), "+1 704 555 0162", "Grace Amari", 7, 10,
        "THH-4411", 21, (_king(7, 21_900), _twin(5, 20_900, TWO_QUEEN_BEDS)),
    ),
    Hotel(
        "eco-urbanization-yangzhou", Text("Canal Garden Hotel (sample)", "运河花园酒店（示例）"),
        Text("9 Mingyue Lake East Road (sample), Hanjiang District, Yangzhou 225000", "扬州市邗江区明月湖东路9号（示例）"),
        "+86 514 5555 0118", "Xu Min", -1, 2, "CGH-2027-031", 30,
        (_king(40, 52_000), _twin(60, 48_000, TWO_SINGLE_BEDS)), currency="CNY", comps=3,
    ),
    Hotel(
        "eco-urbanization-yangzhou", Text("Canal Garden Hotel (sample)", "运河花园酒店（示例）"),
        Text("9 Mingyue Lake East Road (sample), Hanjiang District, Yangzhou 225000", "扬州市邗江区明月湖东路9号（示例）"),
        "+86 514 5555 0118", "Xu Min", 2, 3, "CGH-2027-032", 30,
        (_king(8, 52_000), _twin(14, 48_000, TWO_SINGLE_BEDS)), currency="CNY", tour="post_tour",
    ),
    Hotel(
        "eco-urbanization-yangzhou", Text("Willow Bank Hotel (sample)", "柳岸酒店（示例）"),
        Text("77 Nanshan Road (sample), Shangcheng District, Hangzhou 310002", "杭州市上城区南山路77号（示例）"),
        "+86 571 5555 0166", "Fang Yi", 3, 5, "WBH-0088", 30,
        (_king(8, 68_000), _twin(14, 62_000, TWO_SINGLE_BEDS)), currency="CNY", tour="post_tour",
    ),
    Hotel(
        "eco-urbanization-yangzhou", Text("Creekside Hotel (sample)", "苏河畔酒店（示例）"),
        Text("400 North Suzhou Road (sample), Hongkou District, Shanghai 200080", "上海市虹口区北苏州路400号（示例）"),
        "+86 21 5555 0400", "Lu Jing", 5, 6, "CSH-1107", 30,
        (_king(8, 78_000), _twin(14, 72_000, TWO_SINGLE_BEDS)), currency="CNY", tour="post_tour",
    ),
)  # fmt: skip


def make_hotels(season: Season, now: datetime) -> None:
    """Write the hotels down, and let the rules share rooms out in all but the last."""
    by = programme_officer()
    stays = [_write(hotel, season.events[hotel.event].public_id, now, by) for hotel in HOTELS]
    for public_id in stays[:-1]:
        with writing():
            propose(lodging_of(queries.stay_to_change(public_id)), now=now, by=by)


def _write(hotel: Hotel, event_id: str, now: datetime, by: str) -> str:
    with writing():
        event = desk.event_to_change(event_id)
        key = f"demo-{hotel.contract}"
        return write_stay(event, _plan(hotel, event), submission_key=key, now=now, by=by).public_id


def _plan(hotel: Hotel, event: Event) -> StayPlan:
    check_in_on = event.starts_on + timedelta(days=hotel.first)
    tour = next((add_on.public_id for add_on in event.add_ons if add_on.kind == hotel.tour), "")
    return StayPlan(
        hotel=hotel.name,
        address=hotel.address,
        phone=hotel.phone,
        contact=hotel.contact,
        email="groups@hotel.example.org",
        check_in_on=check_in_on,
        check_out_on=event.starts_on + timedelta(days=hotel.last),
        cut_off_on=check_in_on - timedelta(days=hotel.cut_off_days),
        contract=hotel.contract,
        currency=hotel.currency,
        comps=hotel.comps,
        add_on=tour,
        billing_note=MASTER,
        room_types=hotel.types,
    )
