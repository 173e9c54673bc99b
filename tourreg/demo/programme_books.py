"""What the sample season's programme book says beside its days; people and numbers are invented."""

from datetime import datetime

from tourreg.db import writing
from tourreg.demo.programme import Season
from tourreg.demo.staff import programme_officer
from tourreg.domain.catalogue import desk
from tourreg.domain.itineraries.book import BookPlan, write_book
from tourreg.kernel.bilingual import Text

ENERGY = "energy-efficiency-us"


def _lines(*pairs: tuple[str, str]) -> Text:
    return Text("\n".join(english for english, _chinese in pairs), "\n".join(chinese for _english, chinese in pairs))


BOOK = BookPlan(
    purpose=Text(
        "To see how three cities of different size pay for energy they no longer use, and to take home what can be "
        "measured.",
        "考察三座规模不同的城市如何为省下的能源筹资，带回可以量化的做法。",
    ),
    objectives=_lines(
        ("Read a city’s energy plan beside its budget.", "对照预算读懂一座城市的能源规划。"),
        ("Tell what a saving is measured against, and by whom.", "弄清节能量以什么为基准、由谁核算。"),
        ("Choose one way of financing retrofits to try at home.", "选定一种改造融资方式，回国试行。"),
    ),
    questions=_lines(
        ("Who may read the meters of a private building?", "谁有权读取私人建筑的能耗数据？"),
        ("What happens to a loan when the building is sold?", "建筑出售后，节能贷款如何处理？"),
        ("Which savings did not come, and why?", "哪些节能量没有实现，原因何在？"),
    ),
    welcome=_lines(
        (
            "Welcome. The cities on these pages have opened their plants, their books and their council rooms to you.",
            "欢迎各位。本手册中的城市向你们开放了厂站、账目和议事厅。",
        ),
        (
            "Ask whatever you would ask a colleague at home; our hosts look forward to it.",
            "请像在家中请教同事那样提问；各位东道主期待着。",
        ),
    ),
    signatory=_lines(("Helen MARSH", "海伦·马什"), ("Director of Programmes (sample)", "项目主任（示例）")),
    reading=_lines(
        ("Your city’s own energy balance of last year", "本市上一年度能源平衡表"),
        ("The climate plan of each host city, its summary", "各接待城市气候规划摘要"),
    ),
    glossary=_lines(
        ("council–manager government", "议会—经理制"),
        ("city charter", "城市宪章"),
        ("home rule", "地方自治"),
        ("municipal utility", "市属公用事业"),
        ("general obligation bond", "一般责任债券"),
        ("on-bill financing", "账单偿还融资"),
        ("energy benchmarking", "能耗对标"),
        ("building code", "建筑法规"),
        ("retrofit", "节能改造"),
        ("demand response", "需求响应"),
    ),
    escort_name=Text("Rachel NGUYEN", "阮瑞秋"),
    escort_phone="+1 202 555 0199",
    emergency=_lines(
        ("Police, fire, ambulance in the United States: 911", "美国报警、火警、急救：911"),
        ("Police in China: 110; ambulance: 120; fire: 119", "中国报警：110；急救：120；火警：119"),
    ),
    insurance=Text("Travel insurance, day and night: +1 312 555 0140", "旅行保险24小时热线：+1 312 555 0140"),
    lost_passport=Text(
        "Tell the escort at once, report it to the police the same day and keep the number of the report. The consulate "
        "asks for two photographs.",
        "立即告知领队，当日报警并记下报案编号。领馆需要两张照片。",
    ),
    etiquette=Text(
        "Meetings begin on the minute. Ask before you photograph people. Gifts stay below USD 50.",
        "会议准时开始。拍摄人物前先征得同意。礼品不超过50美元。",
    ),
    currency=Text(
        "Cards are taken nearly everywhere; carry USD 60 in small notes. Tip 18 to 20 % at table. Prices exclude tax.",
        "几乎处处可刷卡，备60美元零钞。餐馆小费18%至20%。标价不含税。",
    ),
    plugs=Text(
        "120 V, 60 Hz, types A and B: bring adapters. Tap water is safe.",
        "120 V、60 Hz，A型和B型插头，请带转换器。自来水可直接饮用。",
    ),
    sponsors=Text(
        "Programme partner: Uptown Energy Forum, Charlotte (sample)", "项目合作伙伴：夏洛特上城能源论坛（示例）"
    ),
)


def write_books(season: Season, now: datetime) -> None:
    """Write down what the book of the energy tour says."""
    with writing():
        event = desk.event_to_change(season.events[ENERGY].public_id)
        write_book(event, BOOK, now=now, by=programme_officer())
