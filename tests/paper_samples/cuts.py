"""Cuts of the sample tour, with all that an item can say, and a notice of what has changed of it."""

from typing import Any

from tests.paper_samples.itinerary import CHICAGO, DENVER, FORT_COLLINS, ITINERARY
from tests.paper_samples.organisations import both

DETAILS: dict[str, Any] = {
    "room": both("Community Room", "社区厅"),
    "entrance": both("East entrance; an identity card is asked for", "东门入口，须出示证件"),
    "leaves": "08:40",
    "minutes": 10,
    "vehicle": both("Coach, 56 seats, no. 14", "56座大巴，14号"),
    "driver": "Pat DOYLE",
    "driver_phone": "+1 970 555 0117",
    "host_name": both("Kelly ORTIZ", "凯莉·奥尔蒂斯"),
    "host_title": both("City Manager", "市政经理"),
    "host_phone": "+1 970 555 0144",
    "topics": both("Who decides on the tariff; what the council sees", "电价由谁决定；议会看到什么"),
    "language": both("English, consecutive into Chinese", "英语，交替传译"),
    "dress": both("Business", "正装"),
    "access": both("Ten minutes on foot, free of steps", "步行十分钟，无台阶"),
    "photos": both("Not in the control room", "控制室内请勿拍照"),
    "bring": both("The page with your questions", "请带问题清单"),
    "reference": "FC-2026-0521",
}
SPEAKER = {
    "name": both("Amara OKAFOR", "阿玛拉·奥卡福"),
    "title": both("Utilities Director", "公用事业局局长"),
    "organisation": both("City of Fort Collins", "柯林斯堡市"),
    "bio": both(""),
}


def _full() -> list[dict[str, Any]]:
    """Return the days of the sample, whose first meeting says everything."""
    days: list[dict[str, Any]] = [{**day, "items": [{**item} for item in day["items"]]} for day in ITINERARY["days"]]
    meeting = next(item for day in days for item in day["items"] if item["kind"] == "meeting")
    meeting.update(details=DETAILS, speakers=[SPEAKER], group="a", cost="own", optional=True, capacity=12, fee=4_500)
    return days


HEAD: dict[str, Any] = {**ITINERARY, "programme_version": 3, "currency": "USD", "days": _full()}
SUMMARY = {**HEAD, "kind": "itinerary_summary"}
HOST_GUIDE = {**HEAD, "kind": "host_guide", "number": "", "sign_up_at": "example.org/en/host/sign-up"}
HOST_DAY = {**HEAD, "kind": "host_day", "reader": FORT_COLLINS, "people": 20, "days": HEAD["days"][1:2]}
CITY_DAYS = {
    **HOST_DAY,
    "days": HEAD["days"][1:3],
    "heads": {"a": 18, "b": 17, "guests": 3},
    "leading": [
        {"latin": "CHEN Guoliang", "native": "陈国良", "title": "Vice Mayor"},
        {"latin": "WANG Meilin", "native": "王美琳", "title": "Director, Housing and Construction Bureau"},
        {"latin": "LI Ming", "native": "李明", "title": "Chief Engineer"},
    ],
    "escort": {"name": both("Daniel REYES", "丹尼尔·雷耶斯"), "phone": "+1 202 555 0188", "email": ""},
}
PERSONAL = {
    **HEAD,
    "kind": "personal_itinerary",
    "reader": both("CHEN Guoliang", "陈国良"),
    "organisation": both("Yangzhou Municipal Government", "扬州市人民政府"),
    "legs": [
        {
            "way": way,
            "carrier": "Sample Air",
            "number": "ZZ 857" if way == "arrival" else "",
            "from_place": "Shanghai Pudong PVG" if way == "arrival" else "Denver Union Station, Wynkoop Street",
            "departs_on": "2026-05-17" if way == "arrival" else "2026-05-29",
            "departs": "00:20",
            "departs_zone": "Asia/Shanghai" if way == "arrival" else DENVER,
            "to_place": "Denver DEN" if way == "arrival" else "北京南站 Beijing South railway station",
            "arrives_on": "2026-05-16" if way == "arrival" else "2026-05-30",
            "arrives": "20:20",
            "arrives_zone": DENVER if way == "arrival" else "Asia/Shanghai",
            "minutes": 660,
            "shift": -1 if way == "arrival" else 1,
        }
        for way in ("arrival", "departure")
    ],
    "nights": [
        {
            "hotel": both("Hotel Poudre River", "普德河酒店"),
            "address": both("160 Walnut Street, Fort Collins, CO 80524", "柯林斯堡市胡桃街160号"),
            "phone": "+1 970 555 0133",
            "from_on": "2026-05-17",
            "to_on": "2026-05-22",
            "room": both("Twin room with two queen beds", "双床房"),
            "mates": ["Borjigin Batbayar Erdenetsogt", "HAN Xuemei"],
        },
        {
            "hotel": both("Inn at Ponce City"),
            "address": both(""),
            "phone": "",
            "from_on": "2026-05-22",
            "to_on": "2026-05-23",
            "room": both("King room", "大床房"),
            "mates": [],
        },
    ],
    "chosen": [
        {
            "on": "2026-05-21",
            "starts": "09:00",
            "zone": DENVER,
            "title": both("The council–manager city", "议会—经理制城市"),
        }
    ],
}
RIDE = {
    **{name: DETAILS[name] for name in ("leaves", "minutes", "entrance", "vehicle", "driver", "driver_phone")},
    "zone": DENVER,
    "arrives": "08:50",
    "start": both("Hotel Poudre River", "普德河酒店"),
    "start_address": both("160 Walnut Street"),
    "end": both("City Hall", "市政厅"),
    "end_address": both("300 Laporte Avenue"),
    "note": both("Park at Mason Street lot C.", "请停在梅森街C区停车场。"),
}
DRIVER = {
    **HEAD,
    "kind": "driver_sheet",
    "on": "2026-05-21",
    "city": FORT_COLLINS,
    "people": 21,
    "rides": [RIDE, {**RIDE, "leaves": "11:45", "arrives": "", "minutes": None, "driver": "Wes GRADY"}],
}
CARD = {
    **HEAD,
    "kind": "pocket_card",
    "country": "US",
    "home": "Asia/Shanghai",
    "hotels": [
        {
            "first_on": f"2026-05-{first}",
            "last_on": f"2026-05-{first + 3}",
            "city": city,
            "zone": zone,
            "name": both("Hotel Poudre River", "普德河酒店"),
            "address": both("160 Walnut Street, Fort Collins, CO 80524"),
            "phone": "+1 970 555 0133",
        }
        for first, city, zone in ((17, both("Dallas", "达拉斯"), CHICAGO), (20, FORT_COLLINS, DENVER))
    ],
    "ways": [
        {
            "title": both("AA 128 to Dallas", "AA 128 航班赴达拉斯"),
            "on": "2026-05-17",
            "starts": "17:10",
            "zone": "Asia/Shanghai",
            "ends": "17:40",
            "ends_on": "2026-05-17",
            "ends_zone": CHICAGO,
        }
    ],
}
APPROVAL = {
    **HEAD,
    "kind": "approval_cut",
    "days_abroad": 13,
    "official": 3,
    "items_in_all": 4,
    "days": [
        {
            **day,
            "country": "US",
            "activities": [{"details": {}, **item} for item in day["items"] if item["kind"] == "meeting"],
        }
        for day in HEAD["days"]
    ],
}
CHANGES = {
    **HEAD,
    "kind": "change_notice",
    "version_before": 2,
    "change_note": both("The visit to the plant begins earlier.", "参观水厂提前开始。"),
    "changes": [
        {
            "what": what,
            "on": "2026-05-21",
            "starts": "09:00",
            "zone": DENVER,
            "city": FORT_COLLINS,
            "title": both("The council–manager city", "议会—经理制城市"),
            "differences": differences,
        }
        for what, differences in (
            ("added", []),
            ("removed", []),
            (
                "moved",
                [
                    {"name": "on", "before": "2026-05-20", "after": "2026-05-21"},
                    {"name": "starts", "before": "10:00", "after": "09:00"},
                ],
            ),
            (
                "changed",
                [
                    {"name": "details.room", "before": None, "after": DETAILS["room"]},
                    {"name": "fee", "before": 4_000, "after": 4_500},
                    {"name": "group", "before": "all", "after": "a"},
                    {"name": "speakers", "before": [SPEAKER], "after": []},
                ],
            ),
        )
    ],
}
