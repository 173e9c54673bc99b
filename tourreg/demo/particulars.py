"""What the programme books of the sample season say of items beside time, title and place; people are invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tourreg.db import db, writing
from tourreg.demo.further_particulars import FURTHER_SAID, FURTHER_SPEAKERS, MOVED
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.details import Details
from tourreg.domain.itineraries.models import Appearance, Item
from tourreg.domain.itineraries.plans import SpeakerPlan
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.speakers import write_speaker
from tourreg.domain.itineraries.versions import issue_version
from tourreg.kernel.bilingual import Text

ENERGY, SUMMIT = "energy-efficiency-us", "eco-urbanization-yangzhou"
ENGLISH = Text("English, consecutive into Chinese", "英语，交替传译为中文")
CHINESE = Text("Chinese, simultaneous into English", "中文，同声传译为英语")
BUSINESS = Text("Business", "正装")
SHOES = Text("Closed, flat shoes; long trousers", "平底包趾鞋、长裤")
COACH = {"vehicle": Text("Coach, 44 seats, sign “City Exchange”", "44座大巴，车牌前放“城市交流”牌")}
FRONT_RANGE = {**COACH, "driver": "Pat DOYLE", "driver_phone": "+1 970 555 0117"}
RIVER = {**COACH, "driver": "Dale KRUSE", "driver_phone": "+1 563 555 0162"}
QUEEN = {**COACH, "driver": "Wes GRADY", "driver_phone": "+1 704 555 0155"}
CANAL = {
    "vehicle": Text("Coaches 1 to 4, by table colour", "1至4号大巴，按桌色乘坐"),
    "driver": "吴建平",
    "driver_phone": "+86 514 5550 1188",
}

SPEAKERS: Mapping[str, Mapping[str, SpeakerPlan]] = {
    ENERGY: {
        "rates": SpeakerPlan(
            Text("Dana WHITFIELD", "达娜·惠特菲尔德"),
            Text("Utilities Rate Manager", "公用事业费率经理"),
            Text("City of Fort Collins (sample)", "柯林斯堡市（示例）"),
            Text(
                "She has set the city’s electric rates for eleven years and explains each line of a bill to whoever asks.",
                "她主持该市电价制定十一年，乐于向任何人解释账单上的每一行。",
            ),
        ),
        "loans": SpeakerPlan(
            Text("Miguel SANTOS", "米格尔·桑托斯"),
            Text("Efficiency Loan Officer", "节能贷款专员"),
            Text("City of Fort Collins (sample)", "柯林斯堡市（示例）"),
            Text(
                "He has closed two hundred loans that are paid back on the utility bill.",
                "经手两百笔随电费账单偿还的节能贷款。",
            ),
        ),
        "towers": SpeakerPlan(
            Text("Renee CALDWELL", "蕾妮·考德威尔"),
            Text("Director", "主任"),
            Text("Uptown Energy Forum, Charlotte (sample)", "夏洛特上城能源论坛（示例）"),
            Text(
                "She reads the meters of sixty towers and publishes who saves.",
                "她汇总六十栋写字楼的表计数据并公布节能排名。",
            ),
        ),
    },
    SUMMIT: {
        "canal": SpeakerPlan(
            Text("Gao Wenyuan", "高文渊"),
            Text("Chief Planner", "总规划师"),
            Text("Yangzhou Planning Institute (sample)", "扬州市规划设计院（示例）"),
            Text(
                "He drew the plan that moved sixty workshops away from the canal.",
                "主持将六十家作坊迁离运河沿线的规划。",
            ),
        ),
        "curitiba": SpeakerPlan(
            Text("Helena DUARTE", "埃莱娜·杜阿尔特"),
            Text("Urban Planner", "城市规划师"),
            Text("Curitiba (sample)", "库里蒂巴（示例）"),
        ),
        "freiburg": SpeakerPlan(
            Text("Jonas KELLER", "约纳斯·凯勒"),
            Text("Head of Green Space", "绿地处处长"),
            Text("Freiburg im Breisgau (sample)", "弗赖堡（示例）"),
        ),
    },
}

# By event and English title: particulars of the item; "speakers" and what is no particular are named beside them.
SAID: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    ENERGY: {
        "Coach to Fort Collins": {**FRONT_RANGE, "leaves": "16:45", "minutes": 80, "for_driver": Text("Group of 12 with large bags; island 4.", "12人，行李较多，4号岛。")},
        "Welcome; how council, manager and utility share the decisions": {
            "host_name": Text("Karen LINDQUIST", "卡伦·林奎斯特"), "host_title": Text("Deputy City Manager", "副市政经理"),
            "host_phone": "+1 970 555 0141", "entrance": Text("East door; visitors sign in, no identity card", "东门入口，登记即可"),
            "room": Text("Council chambers, ground floor", "一层议事厅"), "language": ENGLISH, "dress": BUSINESS,
            "topics": Text("Who sets the tariff; what the council sees each month; who may say no", "电价由谁确定；议会每月看到什么；谁有否决权"),
            "photos": Text("Yes, also of the chamber", "可以，包括议事厅"), "access": Text("Free of steps", "无台阶"),
            "for_host": Text("Gifts are books; please no alcohol at lunch.", "礼品为书籍；午餐请勿备酒。"),
            "standing": "confirmed", "standing_by": "K. Lindquist", "nature": "official", "reference": "FC-0215-1",
        },
        "Rates, meters, rebates: the electric utility opens its books": {
            "speakers": ["rates"], "room": Text("Training room, 222 Laporte", "拉波特大街222号培训室"), "language": ENGLISH,
            "bring": Text("Your city’s own electricity bill, with the prices", "请携带本市电费账单，含单价"), "standing": "confirmed",
            "standing_by": "D. Whitfield",
        },
        "A loan on the utility bill: fourteen retrofits, one by one": {
            "speakers": ["loans", "rates"], "language": ENGLISH, "topics": Text("Who carries the risk; what happens when a house is sold", "风险由谁承担；房屋出售后怎么办"),
            "standing": "confirmed", "standing_by": "M. Santos",
        },
        "Two houses after their retrofit, with owners and bills": {
            "access": Text("Fifteen minutes on foot; narrow stairs to both cellars", "步行十五分钟；两处地下室楼梯较窄"),
            "photos": Text("Ask the owners", "请先征得房主同意"), "group": "a", "standing": "confirmed", "standing_by": "M. Santos",
        },
        "Free; dinner on your own in Old Town": {"cost": "own", "nature": "free"},
        "Drake Water Reclamation Facility: heat and power from digesters": {
            **FRONT_RANGE, "leaves": "08:20", "minutes": 20, "entrance": Text("Gate 2; passports are shown to the guard", "2号门，向门卫出示护照"),
            "dress": SHOES, "photos": Text("Not in the control room", "控制室内请勿拍照"), "access": Text("Gratings and stairs; a way without steps to the gallery", "有格栅和楼梯；观摩廊有无障碍通道"),
            "host_name": Text("Ray MARTENSEN", "雷·马滕森"), "host_title": Text("Plant Superintendent", "水厂负责人"), "host_phone": "+1 970 555 0176",
            "standing": "confirmed", "standing_by": "R. Martensen", "for_driver": Text("Wait inside gate 2; turn the engine off.", "请在2号门内等候并熄火。"),
        },
        "The Powerhouse: a plant of 1936 that now tests microgrids": {
            **FRONT_RANGE, "leaves": "13:05", "minutes": 12, "language": ENGLISH, "standing": "held", "standing_by": "Powerhouse front desk",
            "topics": Text("Microgrids that keep a fire station running", "保障消防站供电的微电网"),
        },
        "Host dinner given by the city": {"dress": BUSINESS, "nature": "official", "for_escort": Text("Seating by protocol; table plan in the blue folder.", "按礼宾次序就座，座次表在蓝色文件夹内。")},
        "The city’s own buildings: the operator’s screen and the boiler room": {**FRONT_RANGE, "leaves": "08:25", "minutes": 12, "dress": SHOES},
        "Coach to Denver airport; breakfast boxes": {**FRONT_RANGE, "leaves": "04:45", "minutes": 75, "reference": "DEN ZZ 1187"},
        "Lunch with the city administrator": {
            "host_name": Text("Corrine OAKES", "科琳·奥克斯"), "host_title": Text("City Administrator", "市行政官"), "host_phone": "+1 563 555 0128",
            "standing": "confirmed", "standing_by": "C. Oakes", "nature": "official", "dress": BUSINESS,
        },
        "Water Pollution Control Plant: power from sludge": {**RIVER, "leaves": "13:20", "minutes": 15, "dress": SHOES, "standing": "asked", "standing_by": "Plant office"},
        "Two schools, with the bills of before and after": {**RIVER, "leaves": "13:40", "minutes": 15, "group": "a", "photos": Text("No children in pictures", "请勿拍摄儿童")},
        "Supper in eight family homes": {
            "bring": Text("A small gift from your city", "本市小礼品"), "nature": "cultural",
            "for_participants": Text("Families live up to twenty minutes away; they bring you back by 21:00.", "接待家庭车程二十分钟以内，21:00前送回。"),
        },
        "Farmers’ market": {"nature": "cultural", "optional": True, "capacity": 10},
        "Free afternoon; the art museum is open": {"nature": "free", "cost": "own", "optional": True, "fee": 1_200},
        "Coach to Moline airport": {**RIVER, "leaves": "07:45", "minutes": 25},
        "Welcome by the city manager’s office; the energy plan and its scorecard": {
            "host_name": Text("Terrence BOYD", "特伦斯·博伊德"), "host_title": Text("Assistant City Manager", "市政经理助理"), "host_phone": "+1 704 555 0119",
            "room": Text("Room 267", "267室"), "entrance": Text("Fourth Street lobby; passports are shown", "第四街大厅，出示护照"), "language": ENGLISH,
            "dress": BUSINESS, "standing": "confirmed", "standing_by": "T. Boyd",
        },
        "What sixty office towers learned from one another’s meters": {"speakers": ["towers"], "language": ENGLISH, "standing": "confirmed", "standing_by": "R. Caldwell"},
        "McAlpine Creek plant: pumps, tariffs and night hours": {**QUEEN, "leaves": "08:30", "minutes": 40, "dress": SHOES, "standing": "declined", "standing_by": "Plant office; another plant is asked for"},
        "Coach to the airport; breakfast boxes": {**QUEEN, "leaves": "04:00", "minutes": 25},
    },
    SUMMIT: {
        "Opening by the mayor of Yangzhou": {
            "room": Text("Hall of the Thousand Springs", "千泉厅"), "entrance": Text("North gate; badge and passport", "北门，凭胸牌和护照入场"), "language": CHINESE,
            "dress": BUSINESS, "standing": "confirmed", "standing_by": "市外办", "access": Text("Free of steps; seats for wheelchairs in row 3", "无台阶，第3排设轮椅席位"),
        },
        "Keynote: the compact city along the canal": {"speakers": ["canal"], "language": CHINESE, "room": Text("Hall of the Thousand Springs", "千泉厅"), "standing": "confirmed", "standing_by": "高文渊"},
        "Two replies, from Curitiba and Freiburg": {"speakers": ["curitiba", "freiburg"], "language": Text("English, simultaneous into Chinese", "英语，同声传译为中文"), "standing": "confirmed", "standing_by": "Secretariat"},
        "Coaches to Sanwan, by table colour": {**CANAL, "leaves": "08:10", "minutes": 35},
        "Sanwan Canal Park, with the engineers who cleaned its soil": {
            "access": Text("3 km on level paths; carts for those who want them", "平路3公里，可乘电瓶车"), "bring": Text("Hat and water", "帽子和饮用水"), "group": "a",
            "host_name": Text("Xu Lan", "徐岚"), "host_title": Text("Park Director", "公园主任"), "host_phone": "+86 514 5550 1166", "standing": "confirmed", "standing_by": "徐岚",
        },
        "China Grand Canal Museum, the gallery of locks": {"group": "b", "standing": "held", "standing_by": "博物馆预约处", "photos": Text("Without flash", "请勿使用闪光灯")},
        "Evening boat on the Grand Canal": {"nature": "cultural", "optional": True, "capacity": 80, "fee": 2_500, "bring": Text("A jacket: it is cool on the water", "水面较凉，请带外套")},
        "Dongguan Street before the shops open, with residents": {"nature": "cultural", "group": "guests"},
        "Coaches to Nanjing Lukou Airport (NKG) and Yangzhou East station": {**CANAL, "leaves": "14:00", "minutes": 90},
        "Optional: the sorting point at the hour of the rush": {"optional": True, "capacity": 12},
        "Optional: the former power station that is now a museum": {"optional": True, "capacity": 15, "fee": 1_500, "nature": "cultural"},
    },
}  # fmt: skip
# The item of the summit that its first version had in another place, and where.
BEFORE = ("Two replies, from Curitiba and Freiburg", Text("Hall of the Five Pavilions", "五亭厅"))
_OF_THE_ITEM = ("nature", "cost", "group", "optional", "capacity", "standing", "standing_by")


def write_particulars(season: Season, now: datetime) -> None:
    """Write down what the books say, and issue the energy tour twice; its draft has moved on since."""
    by = programme_officer()
    with writing():
        for key in (*SAID, *FURTHER_SAID):
            _write(season.events[key], key, now, by)
    for key in (SUMMIT, *MOVED):
        _issue_twice(season.events[key].public_id, key, now, by)
    energy = season.events[ENERGY].public_id
    _issue(
        energy,
        Text("The first version for cities and participants.", "致各城市和参团人员的首个版本。"),
        now - timedelta(days=9),
        by,
    )
    with writing():
        _changed_since_the_first(desk.event_to_change(energy))
    _issue(
        energy,
        Text("The plant is visited earlier; the round table has another room.", "参观水厂提前；座谈改换会议室。"),
        now - timedelta(days=2),
        by,
    )
    with writing():
        lunch = _item(desk.event_to_change(energy), "Lunch with the crews")
        lunch.place = Text("Public Works Center, training room", "公共工程中心培训室")


def _write(event: Event, content: str, now: datetime, by: str) -> None:
    plans, said = {**SPEAKERS, **FURTHER_SPEAKERS}[content], {**SAID, **FURTHER_SAID}[content]
    known = {key: write_speaker(event, None, plan, now=now, by=by) for key, plan in plans.items()}
    for title, values in said.items():
        item = _item(event, title)
        for name in _OF_THE_ITEM:
            setattr(item, name, values.get(name, getattr(item, name)))
        item.fee_minor = values.get("fee")
        item.standing_on = (now - timedelta(days=20)).date() if "standing" in values else None
        item.details = Details(
            **{name: value for name, value in values.items() if name not in (*_OF_THE_ITEM, "fee", "speakers")}
        )
        item.appearances = [
            Appearance(speaker=known[key], position=place)
            for place, key in enumerate(values.get("speakers", ()), start=1)
        ]
    db.session.flush()


def _item(event: Event, title: str) -> Item:
    return next(item for day in days_of(event) for item in day.items if item.title.en == title)


def _issue_twice(public_id: str, key: str, now: datetime, by: str) -> None:
    """Issue two versions, in the first of which one item was in another place."""
    title, before = MOVED.get(key, BEFORE)
    with writing():
        item = _item(desk.event_to_change(public_id), title)
        place, item.place = item.place, before
    _issue(public_id, Text("For all who are taking part.", "致全体参加人员。"), now - timedelta(days=12), by)
    with writing():
        _item(desk.event_to_change(public_id), title).place = place
    _issue(public_id, Text("One item has another place.", "一项活动更换地点。"), now - timedelta(days=3), by)


def _issue(public_id: str, note: Text, at: datetime, by: str) -> None:
    with writing():
        issue_version(desk.event_to_change(public_id), change_note=note, now=at, by=by)


def _changed_since_the_first(event: Event) -> None:
    visit = _item(event, "Drake Water Reclamation Facility: heat and power from digesters")
    visit.starts = visit.starts.replace(hour=visit.starts.hour, minute=30)
    table = _item(event, "Round table: who measures the saving, and against what")
    table.place = Text("Powerhouse Energy Campus, library", "动力站能源校区图书室")
