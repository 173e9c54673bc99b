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
THANKS: dict[str, Any] = {**_LETTER, "kind": "host_thanks"}
PUBLIC: dict[str, Any] = {**ROSTER, "kind": "roster_public", "show_country": False, "show_arrival": False}
SECURITY: dict[str, Any] = {**ROSTER, "kind": "roster_security", "show_country": True, "show_arrival": False}
SHEETS: tuple[dict[str, Any], ...] = (OFFICE, PUBLIC, SECURITY, REQUEST, THANKS)
