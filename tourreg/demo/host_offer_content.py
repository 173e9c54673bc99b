"""The sample cities' places and offers; all of it is invented, and each name says so."""

from __future__ import annotations

from typing import TypedDict

from tourreg.domain.hosting.sites import SitePlan
from tourreg.kernel.bilingual import Text

Week = tuple[int, int]
Both = tuple[str, str]


class OfferContent(TypedDict):
    """One offer; days are numbers of weeks and weekdays from the Monday after it was written.

    states  through which it went after the draft: those of an offer, and "renewed"
    group   smallest and largest
    seats   of the vehicle and of the meeting room
    """

    city: str
    kind: str
    title: Both
    words: Both
    days_ago: int
    states: tuple[str, ...]
    windows: tuple[tuple[Week, Week], ...]
    blackouts: tuple[Week, ...]
    notice_days: int
    group: tuple[int, int]
    days_most: int
    topics: tuple[str, ...]
    sites: tuple[str, ...]
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    provided: Both
    currency: str
    charges: tuple[tuple[str, str, int, str], ...]
    seats: tuple[int | None, int | None]
    may_share: bool
    homestay: tuple[int, int, bool, str, Text, str] | None
    council: bool


def _site(key: str, city: str, name: Both, topics: tuple[str, ...], **more: object) -> tuple[str, str, SitePlan]:
    called = Text(f"Sample: {name[0]}", f"示例：{name[1]}")
    plan: SitePlan = SitePlan(name=called, topics=topics, **more)  # type: ignore[arg-type]
    return key, city, plan


def _offer(city: str, kind: str, title: Both, words: Both, **more: object) -> OfferContent:
    usual: OfferContent = {
        "city": city, "kind": kind, "title": title, "words": words, "days_ago": 25, "states": ("offered",),
        "windows": (((14, 0), (17, 4)),), "blackouts": (), "notice_days": 45, "group": (6, 18), "days_most": 2,
        "topics": (), "sites": (), "spoken": ("en",), "interpreted": (),
        "provided": ("Meeting room and guides", "会议室与讲解"), "currency": "USD", "charges": (),
        "seats": (None, 40), "may_share": False, "homestay": None, "council": False,
    }  # fmt: skip
    return {**usual, **more}  # type: ignore[typeddict-item]


SITES: list[tuple[str, str, SitePlan]] = [
    _site(
        "creek", "dubuque", ("Daylighted creek and flood basin", "重见天日的溪流与调蓄池"), ("resilience", "water"),
        address=Text("Meet at the lower basin’s car park", "在下游调蓄池停车场集合"),
        words=Text("A buried sewer opened into a creek with banks that may flood.", "原埋于地下的排水道改为可行洪的明渠。"),
        capacity=30, walking_metres=1_200, step_free="partly", photo_rule="free",
        safety_gear=Text("Closed shoes", "不露趾的鞋"), shown_by="Public Works, project engineer",
    ),
    _site(
        "chamber", "dubuque", ("Council chamber", "市议会议事厅"), ("budgeting", "citizen-engagement"),
        capacity=60, walking_metres=100, step_free="yes", id_rule="names_ahead", shown_by="City Manager’s Office",
    ),
    _site(
        "reuse", "las-cruces", ("Water reuse plant", "再生水厂"), ("water",),
        capacity=12, walking_metres=600, step_free="no", id_rule="photo_id", photo_rule="ask",
        safety_gear=Text("Hard hats and vests, which are lent", "安全帽和反光背心，可借用"),
        rules_note=Text("No bags beyond the gate.", "包不得带入大门。"), shown_by="Utilities, plant supervisor",
    ),
    _site(
        "solar", "fort-collins", ("District with shared batteries", "共享储能片区"), ("energy", "resilience"),
        capacity=24, walking_metres=1_500, step_free="yes", shown_by="Utilities, energy services",
    ),
    _site(
        "mill", "davenport", ("Mill turned into flats", "厂房改造住宅"), ("brownfields", "housing"),
        capacity=25, walking_metres=400, step_free="partly", photo_rule="ask", shown_by="Community planning",
    ),
    _site(
        "lake", "xiamen", ("Lagoon after its cleaning", "治理后的潟湖"), ("resilience", "water"),
        capacity=40, walking_metres=2_000, step_free="yes", shown_by="市政园林局",
    ),
    _site(
        "lanes", "suzhou", ("Old lanes and their sewers", "老街巷与地下管网"), ("culture-heritage", "downtown-renewal"),
        capacity=20, walking_metres=1_800, step_free="partly", shown_by="姑苏区古城办",
    ),
]  # fmt: skip

OFFERS: list[OfferContent] = [
    _offer(
        "dubuque", "visit", ("Two days on floods and residents’ plans", "两天：防洪与居民参与规划"),
        ("The creek, the basin and the loan behind them, then an evening with residents who wrote the plan.",
         "考察明渠、调蓄池及其融资方式，晚间与参与编制规划的居民座谈。"),
        days_ago=40, states=("offered",), windows=(((20, 0), (23, 4)), ((42, 0), (44, 4))), blackouts=((22, 0),),
        group=(6, 16), topics=("citizen-engagement", "resilience", "water"), sites=("creek", "chamber"),
        provided=("Council chamber and a bus for 22", "议事厅与22座客车"), seats=(22, 60), council=True,
        charges=(("Lunch at the basin", "调蓄池午餐", 1_850, "person"),),
    ),
    _offer(
        "dubuque", "homestay", ("Supper and a night with families", "家庭晚餐与住宿"),
        ("Six families each have two guests to supper; they may stay the night.", "六户家庭各接待两位客人用餐，也可留宿。"),
        windows=(((10, 0), (13, 4)),), group=(2, 12), days_most=2, seats=(None, None),
        provided=("Rooms and meals", "住宿与餐食"),
        homestay=(6, 2, True, "breakfast_and_supper", Text("Fetched at 17:30, back at 8:30", "17:30接，8:30送回"),
                  "Two families have cats. One would rather not have smokers."),
    ),
    _offer(
        "dubuque", "visit", ("Three days by the creek", "溪边三日"),
        ("Last year’s programme on the creek and the riverfront.", "去年的明渠与滨河项目。"),
        days_ago=330, states=("offered", "expired", "renewed"), windows=(((30, 0), (33, 4)),), days_most=3,
        topics=("resilience", "parks"), sites=("creek",), group=(6, 16),
    ),
    _offer(
        "las-cruces", "visit", ("Water on a small budget", "小预算的节水与再生水"),
        ("Reuse of water for parks, shade trees and one-page budget reports.", "公园再生水、遮荫树木与一页纸预算报告。"),
        windows=(((8, 0), (11, 4)), ((40, 0), (45, 4))), group=(4, 12), topics=("budgeting", "water"), sites=("reuse",),
        interpreted=("es",), seats=(12, 20),
    ),
    _offer(
        "las-cruces", "job_shadow", ("A week beside the budget officer", "随预算主管工作一周"),
        ("One person sees how the yearly budget is made, meeting by meeting.", "一位学员逐场会议了解年度预算的编制。"),
        windows=(((12, 0), (20, 4)),), group=(1, 1), days_most=5, notice_days=60, topics=("budgeting",),
    ),
    _offer(
        "fort-collins", "visit", ("One day on shared batteries", "一天：共享储能"),
        ("How a district shares storage and who pays for it.", "片区如何共享储能、费用如何分担。"),
        windows=(((9, 0), (16, 4)),), blackouts=((11, 0), (11, 1)), group=(5, 24), days_most=1, may_share=True,
        topics=("energy", "resilience"), sites=("solar",), seats=(24, 30),
    ),
    _offer(
        "davenport", "visit", ("From mill to flats", "从厂房到住宅"),
        ("A walk through a mill with those who cleaned the ground and those who lent the money.",
         "与土壤修复方和贷款方一同走访改造厂房。"),
        windows=(((13, 0), (15, 4)),), group=(8, 25), days_most=1, topics=("brownfields", "housing"), sites=("mill",),
        states=("offered", "paused"), interpreted=("zh",),
    ),
    _offer(
        "charlotte", "lecture", ("An afternoon on performance measures", "半天：绩效指标"),
        ("The budget office shows its measures and which of them it gave up.", "预算部门介绍其绩效指标及其取舍。"),
        windows=(((6, 0), (30, 4)),), group=(10, 60), days_most=1, topics=("budgeting", "performance-management"),
        seats=(None, 80), may_share=True,
    ),
    _offer(
        "phoenix", "lecture", ("Heat, shade and cool pavement", "高温、遮荫与降温路面"),
        ("Three years of measurements, with what did not work.", "三年实测数据，包括未见成效的做法。"),
        states=(), windows=(((20, 0), (26, 4)),), group=(5, 25), days_most=1, topics=("resilience",),
    ),
    _offer(
        "decatur", "internship", ("Twelve weeks in the planning department", "规划部门实习十二周"),
        ("Work on zoning cases beside a planner; housing is found together.", "跟随规划师办理分区案件；住处共同落实。"),
        windows=(((16, 0), (40, 4)),), group=(1, 2), days_most=84, notice_days=120, topics=("planning",),
        charges=(("Bus pass", "公交卡", 9_500, "person"),),
    ),
    _offer(
        "xiamen", "visit", ("Two days round the lagoon", "环潟湖两日"),
        ("The lagoon before and after, a sponge district and a community office.", "潟湖治理前后对比、海绵城市片区与社区治理。"),
        windows=(((7, 0), (12, 4)),), group=(6, 20), topics=("resilience", "water"), sites=("lake",), spoken=("zh",),
        interpreted=("en",), currency="CNY", seats=(33, 50), provided=("Meeting room and bus", "会议室与市内用车"),
        charges=(("Meals at agreed price", "协议价用餐", 12_000, "person_day"),),
    ),
    _offer(
        "suzhou", "visit", ("Old lanes, new pipes", "老街巷的新管网"),
        ("How sewers came into lanes too narrow for a machine.", "窄巷之中如何敷设排水管网。"),
        states=("offered", "withdrawn"), windows=(((9, 0), (12, 4)),), group=(6, 20),
        topics=("culture-heritage", "downtown-renewal"), sites=("lanes",), spoken=("zh",), interpreted=("en",),
        currency="CNY",
    ),
]  # fmt: skip
