"""Badges and name plates, among them names that are long, rare or broken."""

from typing import Any

from tests.paper_samples.itinerary import ITINERARY
from tests.paper_samples.organisations import both

LONGEST = "Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh Cholmondeley Majoribanks-Smythe"


def badge(given: str, family: str, native: str = "", *, family_first: bool = False, role: str = "delegate") -> Any:
    return {
        "given": given,
        "family": family,
        "family_first": family_first,
        "native": native,
        "native_first": family_first and bool(native),
        "title": both("Deputy Director, Water and Climate", "水务与气候司副司长"),
        "organisation": both("Province of South Holland", "南荷兰省"),
        "country": "CN" if family_first else "NL",
        "role": role,
    }


BADGES: dict[str, Any] = {
    **ITINERARY,
    "kind": "badges",
    "badges": [
        badge("Wilhelmina Alexandra", "van der Meer-Steenbergen", "范德梅尔", role="speaker"),
        badge("Ming", "Li", "李明", family_first=True),
        badge("", LONGEST),
        badge("Rongji", "Xu", "徐镕喆", family_first=True, role="staff"),
        badge("Yoshiko", "Yoshida", "𠮷田堃", family_first=True),
    ],
    "appointments": [
        {"on": "2026-05-21", "starts": "09:00", "title": both("Opening", "开幕式")},
        {"on": "2026-05-21", "starts": "14:00", "title": both("Round table", "圆桌会议")},
    ],
    "hotel": both("Hotel Poudre River", "普德河酒店"),
    "hotel_address": both("160 Walnut Street, Fort Collins", "柯林斯堡市胡桃街160号"),
}
PLATES = {**BADGES, "kind": "name_plates"}
