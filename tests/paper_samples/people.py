"""The office's roster with names that are hard to print, and letters to hosts."""

from typing import Any

from tests.paper_samples.itinerary import ITINERARY
from tests.paper_samples.organisations import both
from tests.paper_samples.rosters import ROSTER

LONG = "Wilhelmina Alexandra Konstantinopolitanska-Featherstonehaugh-Cholmondeley van der"


def _wearer(surname: str, given: str, native: str = "", **changed: Any) -> dict[str, Any]:
    chinese = bool(native)
    return {
        "given": given,
        "surname": surname,
        "latin": f"{surname} {given}" if chinese else f"{given} {surname}",
        "native": native,
        "family_first": chinese,
        "left_off": False,
        "title": "Deputy Director, Water and Climate",
        "organisation": both("Housing and Urban-Rural Development Bureau", "扬州市住房和城乡建设局"),
        "country": "CN" if chinese else "US",
        "role": "delegate",
        **changed,
    }


PEOPLE = [
    _wearer("LI", "Ming", "李明"),
    _wearer("VAN DER MEER-STEENBERGEN", "Wilhelmina Alexandra", role="speaker"),
    _wearer("RONG", "Zhekun", "镕喆堃"),
    _wearer("JI", "Xiang", "𠮷祥", title="", organisation="", role="guest"),
    _wearer(LONG, "Thi", title="Deputy Director for Everything " * 6, left_off=True),
]
_HEAD: dict[str, Any] = {**ITINERARY}
OFFICE = {
    **_HEAD,
    "kind": "roster_operations",
    "rows": [
        {
            **person,
            "email": "li@example.org",
            "contact": "Sun Li",
            "contact_phone": "+86 514 5550 1180",
            "contact_email": "sun@example.org",
            "guest": "",
            "tours": both("pre-tour", "会前考察"),
        }
        for person in PEOPLE[:4]
    ],
}
_LETTER = {
    **ITINERARY,
    "city": both("Fort Collins", "柯林斯堡"),
    "addressee": "Kelly Ortiz",
    "position": "City Manager",
    "people": 20,
    "organisations": ["Jiangsu Housing Bureau (18)", "Yangzhou (2)"],
    "visits": [both("The council–manager city", "议会—经理制城市")],
    "topics": [both("Who decides on the tariff", "电价由谁决定")],
    "signed": {
        "people": [
            {
                "name": both("Eleanor WHITCOMBE", "埃莉诺·惠特科姆"),
                "position": both("Executive Director", "执行主任"),
                "signature": "",
            },
            {"name": both("Martin ADEYEMI", ""), "position": both("Director of Finance", "财务主任"), "signature": ""},
        ],
        "seal": "",
    },
}
REQUEST: dict[str, Any] = {**_LETTER, "kind": "host_request"}
_OFFERED = {"offer_kind": "visit", "offer": both("Sample: two days on water", "示例：两天水务考察")}
ASKED: dict[str, Any] = {
    **REQUEST,
    **_OFFERED,
    "visits": [],
    "programme_first_on": "2027-05-03",
    "programme_last_on": "2027-05-14",
    "goals": "How a small city pays for its works, and who decides. A meeting with its staff would be enough.",
    "answer_by": "2027-02-12",
    "days": [
        {
            "on": "2027-05-11",
            "items": [
                {
                    "starts": "09:00",
                    "title": both("Hosted by Fort Collins", "柯林斯堡接待"),
                    "place": both("City Hall, council chamber", "市政厅议事厅"),
                },
                {"starts": "14:00", "title": both("Water works", "自来水厂"), "place": both("", "")},
            ],
        },
        {"on": "2027-05-12", "items": [{"starts": "09:00", "title": both("Library", "图书馆"), "place": both("", "")}]},
    ],
}
CONFIRMED: dict[str, Any] = {
    **_LETTER,
    **_OFFERED,
    "kind": "host_confirmation",
    "places": [
        {"name": both("Drake Water Works", "德雷克再生水厂"), "address": both("3036 Environmental Drive", "")},
        {"name": both("City Hall", "市政厅"), "address": both("300 LaPorte Avenue\nFort Collins, CO 80521", "")},
    ],
    "provided": both("The council chamber and a bus", "市议会会议厅和大巴一辆"),
    "charges": [
        {"label": both("Lunch", "厂区午餐"), "amount": {"minor": 1_850, "currency": "USD"}, "per": "person"}
    ],
    "home": None,
    "confirmed_by": "Kelly Ortiz",
    "confirmed_on": "2027-01-20",
    "words": "The mayor would like to say a word of welcome.",
    "agreed": [{"step": "council", "on": "2027-01-19", "by": "City Council, resolution 2027-31"}],
    "ours": [
        {"name": "Ren Hui", "position": "", "email": "ren@example.org", "phone": ""},
        {"name": "", "position": both("Center for City Exchange", "城市交流中心"), "email": "office@example.org",
         "phone": "+1 202 555 0100"},
    ],
    "theirs": [
        {"name": "Kelly Ortiz", "position": "City Manager", "email": "kelly@example.org", "phone": "+1 970 555 0142"}
    ],
    "due": [
        {"what": "programme", "on": "2027-04-13"}, {"what": "names", "on": "2027-04-27"},
        {"what": "changes", "on": "2027-05-08"},
    ],
}  # fmt: skip
AT_HOME: dict[str, Any] = {
    **CONFIRMED,
    "offer_kind": "homestay",
    "places": [],
    "charges": [],
    "words": "",
    "agreed": [],
    "home": {
        "households": 12, "guests_each": 2, "own_room": True, "meals": "breakfast_and_supper",
        "hours": both("Fetched at 17:30, brought back at 8:30", "17:30接，次日8:30送回"),
    },
}  # fmt: skip
IN_KIND: dict[str, Any] = {
    **{name: _LETTER[name] for name in _LETTER if name not in ("signed", "organisations", "visits", "topics")},
    "kind": "in_kind_report",
    "currency": "USD",
    "gifts": [
        {"what": "Council chamber, two mornings", "who": "City Clerk", "minutes": None,
         "amount": {"minor": 60_000, "currency": "USD"}},
        {"what": "Guides at the water works", "who": "Public Works", "minutes": 750,
         "amount": {"minor": 54_375, "currency": "USD"}},
        {"what": "市政厅午餐", "who": "", "minutes": None, "amount": None},
    ],
    "came": [
        {"on": "2027-05-11", "title": both("The council–manager city", "议会—经理制城市"), "came": 20},
        {"on": "2027-05-12", "title": both("", ""), "came": 18},
    ],
    "minutes": 750,
    "sum": {"minor": 114_375, "currency": "USD"},
    "reported_by": "Kelly Ortiz",
    "reported_on": "2027-05-14",
}  # fmt: skip
MUCH_IN_KIND: dict[str, Any] = {
    **IN_KIND,
    "gifts": [
        {**IN_KIND["gifts"][1], "what": f"{number}. Guides, a bus and lunch for the whole delegation at the works " * 2,
         "who": "Department of Public Works, Utilities and Environmental Services"}
        for number in range(30)
    ],
    "came": IN_KIND["came"] * 15,
}  # fmt: skip
THANKS: dict[str, Any] = {**_LETTER, "kind": "host_thanks"}
OFFICIALS: dict[str, Any] = {
    **_LETTER,
    "addressee": "",
    "position": "",
    "official": both("Rosa Lindqvist", ""),
    "office": both("Mayor", "市长"),
    "country": "US",
    "certificate": "CTR-CER-2027-00003",
    "given": {"minutes": 750, "worth": [{"minor": 114_375, "currency": "USD"}]},
}
MAYOR: dict[str, Any] = {**OFFICIALS, "kind": "thanks_mayor"}
COUNCIL: dict[str, Any] = {
    **OFFICIALS,
    "kind": "thanks_council",
    "official": both("The City Council", "市议会"),
    "office": both("", ""),
    "certificate": "",
    "given": {"minutes": 60, "worth": []},
}
NOBODY_NAMED: dict[str, Any] = {
    **MAYOR, "official": both("", ""), "office": both("", ""), "visits": [], "topics": [],
    "given": {"minutes": 0, "worth": [{"minor": 9_000, "currency": "CNY"}, {"minor": 45_000, "currency": "USD"}]},
}  # fmt: skip
# A Chinese city's government; and what a city may be called, told and shown at its longest.
GOVERNMENT: dict[str, Any] = {
    **COUNCIL,
    "country": "CN",
    "city": both("Yangzhou", "扬州"),
    "official": both("The People’s Government of Yangzhou", "扬州市人民政府"),
}
LONGEST: dict[str, Any] = {
    **MAYOR,
    "city": both("Saint Wilhelmina on the Lower Konstantinopolis River", "下康斯坦丁诺波利斯河畔圣威廉明娜"),
    "official": both(LONG, "威廉明娜·亚历山德拉·康斯坦丁诺波利坦斯卡—费瑟斯通霍—乔姆利"),
    "office": both("Chair of the Board of Supervisors and Presiding Officer of the Consolidated City and County",
                   "市县合并政府监事会主席兼主持人"),
    "visits": [both("How a utility plans thirty years ahead, and who signs for what it costs the people " * 2,
                    "公用事业如何规划未来三十年，费用由谁批准、由谁承担")] * 8,
    "given": {"minutes": 123_450, "worth": [{"minor": 987_654_321, "currency": kind} for kind in ("CNY", "USD")]},
}  # fmt: skip
PUBLIC: dict[str, Any] = {**ROSTER, "kind": "roster_public", "show_country": False, "show_arrival": False}
SECURITY: dict[str, Any] = {**ROSTER, "kind": "roster_security", "show_country": True, "show_arrival": False}
SHEETS: tuple[dict[str, Any], ...] = (
    OFFICE, PUBLIC, SECURITY, REQUEST, CONFIRMED, IN_KIND, MAYOR, COUNCIL, THANKS,
)  # fmt: skip
