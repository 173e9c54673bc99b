"""Twenty people on a roster, and on a sheet to sign."""

from copy import deepcopy
from itertools import product

from tests.paper_samples.organisations import CENTRE, both
from tourreg.domain.papers.sheets import Bilingual, RosterRow, RosterSheet


def _row(names: str, title: Bilingual, organisation: Bilingual, role: Bilingual) -> RosterRow:
    latin, _, native = names.partition("|")
    arrival = both("Sun 17 May 17:40 CDT (UTC−5), AA 128", "5月17日周日17:40（UTC−5），AA 128")
    return {
        "latin": latin,
        "native": native,
        "title": title,
        "organisation": organisation,
        "country": "CN",
        "role": role,
        "arrival": arrival,
    }


MEMBER = both("Member", "团员")
_PEOPLE = [
    _row(
        "CHEN Guoliang|陈国梁",
        both("Deputy Director-General", "副厅长"),
        both("Jiangsu Department of Housing and Urban-Rural Development", "江苏省住房和城乡建设厅"),
        both("Leader", "团长"),
    ),
    _row(
        "ZHOU Yaqin|周雅琴",
        both("Vice Mayor", "副市长"),
        both("Yangzhou Municipal People’s Government", "扬州市人民政府"),
        both("Deputy leader", "副团长"),
    ),
    _row(
        "OUYANG Jingyi|欧阳静怡",
        both("Deputy Director", "副主任"),
        both("Nantong Development and Reform Commission", "南通市发展和改革委员会"),
        MEMBER,
    ),
    _row(
        "LYU Xiaofeng|吕晓峰",
        both("Deputy Director", "副局长"),
        both("Taizhou Housing and Urban-Rural Development Bureau", "泰州市住房和城乡建设局"),
        MEMBER,
    ),
    _row(
        "SITU Ruolan|司徒若兰",
        both("Deputy Section Chief", "副科长"),
        both("Yangzhou Finance Bureau", "扬州市财政局"),
        both("Treasurer", "财务"),
    ),
]
ROSTER: RosterSheet = {
    "kind": "roster",
    "number": "ROS-2026-031",
    "version": 3,
    "issued_at": "2026-05-02T20:40:00+00:00",
    "zone": "America/New_York",
    "replaces": "",
    "seller": CENTRE,
    "question": {"name": "Rachel NGUYEN", "phone": "+1 202 555 0199", "email": "tours@icc.example"},
    "sample": False,
    "title": both("Energy Efficiency Study Tour, Jiangsu Province", "江苏省建筑节能考察团"),
    "receiver": both("City of Fort Collins", "柯林斯堡市政府"),
    "meeting": both("City Hall, 300 Laporte Avenue, Thursday 21 May 2026, 09:00–11:30 Mountain Daylight Time (UTC−6)"),
    "show_country": True,
    "show_arrival": True,
    "rows": _PEOPLE * 4,
    "sessions": [],
    "destroy_on": "2026-05-24",
}
ATTENDANCE: RosterSheet = {
    **deepcopy(ROSTER),
    "kind": "attendance",
    "number": "ATT-2026-031",
    "sessions": [
        {"on": on, "name": name, "starts": starts}
        for on, (name, starts) in product(
            ("2026-05-21", "2026-05-22"), ((both("Morning", "上午"), "09:00"), (both("Afternoon", "下午"), "13:30"))
        )
    ],
}
