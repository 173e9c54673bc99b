"""A study tour of three days, with a flight over the date line."""

from tests.paper_samples.organisations import ACADEMY, CENTRE, both
from tourreg.domain.papers.sheets import Bilingual, Day, Item, ItinerarySheet


def item(
    kind: str,
    clock: str,
    zone: str,
    title: Bilingual,
    place: Bilingual,
    address: str = "",
    notes: Bilingual | None = None,
) -> Item:
    """Return an item; clock is "09:00-11:30" or "09:00"."""
    starts, _, ends = clock.partition("-")
    return {
        "kind": kind,
        "starts": starts,
        "zone": zone,
        "ends": ends,
        "ends_on": "",
        "ends_zone": "",
        "title": title,
        "place": place,
        "address": both(address),
        "notes": notes or both(""),
    }


SHANGHAI, CHICAGO, DENVER = "Asia/Shanghai", "America/Chicago", "America/Denver"
FLIGHT: Item = {
    **item(
        "flight",
        "17:10-17:40",
        SHANGHAI,
        both("AA 128 to Dallas", "AA 128 航班赴达拉斯"),
        both("Shanghai Pudong PVG, Terminal 2", "上海浦东机场T2航站楼"),
    ),
    "ends_on": "2026-05-17",
    "ends_zone": CHICAGO,
    "notes": both("Two meals on board. Set watches back 13 hours.", "机上两餐。请将手表拨慢13小时。"),
}
NIGHT_FLIGHT: Item = {
    **item(
        "flight",
        "23:20-03:05",
        "America/New_York",
        both("DL 185 to Shanghai", "DL 185 航班赴上海"),
        both("Atlanta ATL", "亚特兰大机场"),
    ),
    "ends_on": "2026-05-29",
    "ends_zone": SHANGHAI,
}


def day(
    number: int, on: str, city: Bilingual, title: Bilingual, items: list[Item], part: Bilingual | None = None
) -> Day:
    return {"number": number, "on": on, "part": part or both(""), "city": city, "title": title, "items": items}


FORT_COLLINS = both("Fort Collins, Colorado", "科罗拉多州柯林斯堡")
ITINERARY: ItinerarySheet = {
    "kind": "itinerary",
    "number": "ITN-2026-031",
    "version": 3,
    "issued_at": "2026-05-02T20:40:00+00:00",
    "zone": "America/New_York",
    "replaces": "ITN-2026-031, version 2",
    "seller": CENTRE,
    "question": {"name": "Rachel NGUYEN", "phone": "+1 202 555 0199", "email": "tours@icc.example"},
    "sample": False,
    "title": both("Energy Efficiency in Buildings and Cities", "建筑与城市节能"),
    "direction": both("Study tour to the United States", "赴美考察团"),
    "summary": both(
        "Three cities that own their savings: who decides, who measures, and who pays.",
        "三座城市的节能实践：谁来决策，如何核算，谁来承担。",
    ),
    "first_on": "2026-05-17",
    "last_on": "2026-05-29",
    "cities": [both("Dallas, Texas", "得克萨斯州达拉斯"), FORT_COLLINS, both("Decatur, Georgia", "佐治亚州迪凯特")],
    "partners": [ACADEMY],
    "days": [
        day(
            1,
            "2026-05-17",
            both("Shanghai to Dallas", "上海—达拉斯"),
            both(""),
            [
                item(
                    "transfer",
                    "13:40-14:30",
                    SHANGHAI,
                    both("Assemble and check in", "集合并办理登机"),
                    both(
                        "Shanghai Pudong Airport (PVG), Terminal 2, Departures, Door 14, island H",
                        "上海浦东机场T2出发层14号门，H岛",
                    ),
                    "",
                    both(
                        "Passport and invitation letter at hand; two pieces of 23 kg",
                        "请备好护照和邀请函；托运行李两件，各23公斤",
                    ),
                ),
                FLIGHT,
                item(
                    "meal",
                    "20:00-21:00",
                    CHICAGO,
                    both("Light supper at the hotel", "酒店简餐"),
                    both("Pecan Room, level 2", "二层山核桃厅"),
                    "400 Commerce Street, Dallas, TX 75202",
                ),
                item(
                    "hotel",
                    "21:00",
                    CHICAGO,
                    both("Trinity Plaza Hotel", "三一广场酒店"),
                    both(""),
                    "",
                    both("Tomorrow starts at 08:30", "次日08:30出发"),
                ),
            ],
        ),
        day(
            2,
            "2026-05-21",
            FORT_COLLINS,
            both("The city that owns its power company", "拥有供电公司的城市"),
            [
                item(
                    "meeting",
                    "09:00-11:30",
                    DENVER,
                    both("The council–manager city and its energy policy", "议会—经理制与城市能源政策"),
                    both("City Hall, Council Chambers, east entrance", "市政厅议事厅，东门进入"),
                    "300 Laporte Avenue, Fort Collins, CO 80521",
                    both(
                        "Emily HART, City Manager; Daniel REYES, Utilities Director. Passport at the desk.",
                        "艾米莉·哈特，市经理；丹尼尔·雷耶斯，公用事业局局长。前台查验护照。",
                    ),
                ),
                item(
                    "meal",
                    "12:00-13:15",
                    DENVER,
                    both("Working lunch with Utilities staff", "与公用事业局员工工作午餐"),
                    both("Community Room", "社区厅"),
                    "222 Laporte Avenue",
                ),
                item(
                    "site_visit",
                    "13:30-16:00",
                    DENVER,
                    both("Powerhouse Energy Laboratory", "能源实验室"),
                    both("Visitors’ door, Vine Drive side", "Vine Drive一侧访客门"),
                    "430 North College Avenue, Fort Collins, CO 80524",
                    both(
                        "900 m in two hours, two stairs; step-free route by the lift",
                        "两小时约900米，两段楼梯；可乘电梯",
                    ),
                ),
                item(
                    "free_time", "16:15-21:30", DENVER, both("Old Town; dinner on your own", "老城；晚餐自理"), both("")
                ),
                item("hotel", "21:30", DENVER, both("Hotel Poudre River", "普德河酒店"), both(""), "160 Walnut Street"),
            ],
        ),
        day(
            3,
            "2026-05-27",
            both("Decatur to Shanghai", "迪凯特—上海"),
            both(""),
            [NIGHT_FLIGHT],
            both("Journey home", "返程"),
        ),
    ],
}
