"""Rooming lists: of four nights with names that are hard to print, and of a stay too long for its grid beside them."""

from datetime import date, timedelta
from itertools import cycle
from typing import Any

from tests.paper_samples.itinerary import ITINERARY
from tests.paper_samples.organisations import both, usd

FIRST = date(2026, 5, 20)
LONG = "Wilhelmina Alexandra VAN DER MEER-STEENBERGEN-FEATHERSTONEHAUGH"
PEOPLE = (
    "CHEN Guoliang|陈国梁", "ZHOU Yaqin|周雅琴", "OUYANG Jingyi|欧阳静怡", "HAN Xuemei|韩雪梅", "WANG Zhiyuan|王志远",
    "LI Ming|李明", "ZHAO Jianjun|赵建军", "LYU Xiaofeng|吕晓峰", "SUN Lihua|孙丽华", "ZHU Haiyan|朱海燕",
    "RONG Zhekun|镕喆堃", "JI Xiang|𠮷祥", f"{LONG}|", "Siobhán O’BRIEN|", "GUO Wenjing|郭文静", "LIN Wanqing|林婉清",
    "GAO Xiang|高翔", "LIANG Yuhang|梁宇航", "LUO Zhenhua|罗振华", "SITU Ruolan|司徒若兰",
)  # fmt: skip
KING = {"type": both("King", "大床房"), "beds": both("1 king", "一张特大床"), "rate": usd(18_900)}
TWIN = {"type": both("Twin", "双床房"), "beds": both("2 queen", "两张大床"), "rate": usd(17_400)}
REMARKS = ("VIP 1, high floor", "", "near the lift", "", "no feather pillows; two keys; quiet side, away from the bar")


def _occupant(names: str, nights: int, late: int = 0) -> dict[str, Any]:
    latin, _, native = names.partition("|")
    days = [FIRST + timedelta(days=number) for number in range(nights)]
    return {
        "latin": latin,
        "native": native,
        "from_on": days[late].isoformat(),
        "to_on": (days[-1] + timedelta(days=1)).isoformat(),
        "nights": [number >= late for number in range(nights)],
    }


def _rooms(nights: int, *, many: int = 1) -> list[dict[str, Any]]:
    shares = [*(PEOPLE[place : place + 1] for place in range(4)), *(PEOPLE[at : at + 2] for at in range(4, 18, 2))]
    remarks = cycle(REMARKS)
    return [
        {
            **(TWIN if len(people) > 1 else KING),
            "number": number,
            "remarks": next(remarks),
            "single_use": len(people) == 1,
            "changed": number in (3, 7),
            "occupants": [_occupant(one, nights, late=int(one.startswith("ZHU"))) for one in people],
        }
        for number, people in enumerate([*shares, PEOPLE[18:19], PEOPLE[19:20]] * many, start=1)
    ]


def rooming_list(nights: int, *, many: int = 1) -> dict[str, Any]:
    """Return the sheet of a list over so many nights; `many` times twenty people."""
    rooms, days = _rooms(nights, many=many), [FIRST + timedelta(days=number) for number in range(nights)]
    counts = [sum(one["nights"][night] for room in rooms for one in room["occupants"]) for night in range(nights)]
    kinds = [(kind, [room for room in rooms if room["type"] == kind["type"]]) for kind in (KING, TWIN)]
    return {
        **ITINERARY,
        "kind": "rooming_list",
        "number": "RML-2026-031",
        "title": both("Energy Efficiency Study Tour", "建筑节能考察团"),
        "part": both(""),
        "hotel": both("Hotel Poudre River", "波德尔河酒店"),
        "address": both("160 Walnut Street\nFort Collins, CO 80524", "科罗拉多州科林斯堡核桃街160号"),
        "phone": "+1 970 555 0133",
        "contact": "Maya SERRANO",
        "check_in_on": days[0].isoformat(),
        "check_out_on": (days[-1] + timedelta(days=1)).isoformat(),
        "contract": "HPR-2026-0519",
        "cut_off_on": "2026-05-06",
        "billing": "master",
        "billing_note": both("Master account 44-0519, tax 11.7%.", "总账44-0519，税11.7%。"),
        "breakfast": True,
        "comps": 1,
        "currency": "USD",
        "nights": [day.isoformat() for day in days],
        "rooms": rooms,
        "types": [
            {
                "type": kind["type"],
                "contracted": len(of_kind),
                "rooms": [len(of_kind)] * nights,
                "room_nights": len(of_kind) * nights,
            }
            for kind, of_kind in kinds
        ],
        "people": counts,
        "heads": sum(len(room["occupants"]) for room in rooms),
        "breakfasts": [
            {"on": (day + timedelta(days=1)).isoformat(), "count": count}
            for day, count in zip(days, counts, strict=True)
        ],
        "without": 2,
        "since": "RML-2026-018",
        "since_at": "2026-04-18T14:00:00+00:00",
        "gone": [17, 18],
    }


ROOMING = rooming_list(4)
LONG_ROOMING = rooming_list(30, many=4)
