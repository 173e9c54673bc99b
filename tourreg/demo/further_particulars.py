"""What the books of the tour to China and of the two forums say of items; people are invented."""

from collections.abc import Mapping
from typing import Any

from tourreg.domain.itineraries.plans import SpeakerPlan
from tourreg.kernel.bilingual import Text

OLD_QUARTERS, PERFORMANCE, PIPES = "old-quarters-new-uses", "performance-management-shenzhen", "city-pipes-wuhan"
CONSECUTIVE = Text("Chinese, consecutive into English", "中文，交替传译为英语")
SIMULTANEOUS = Text("Chinese and English, simultaneous both ways", "中英文双向同声传译")
BUSINESS = Text("Business", "正装")
WALKING = Text("Flat shoes with a good sole", "平底防滑鞋")
WALLS = {"vehicle": Text("Coach, 33 seats", "33座大巴"), "driver": "王建民", "driver_phone": "+86 354 5550 1172"}
GARDENS = {"vehicle": Text("Coach, 37 seats", "37座大巴"), "driver": "顾永明", "driver_phone": "+86 512 5550 1138"}
HARBOUR = {"vehicle": Text("Two minibuses", "两辆中巴"), "driver": "蔡志强", "driver_phone": "+86 595 5550 1129"}
LOTUS = {"vehicle": Text("Academy coach", "研修院大巴"), "driver": "黎国华", "driver_phone": "+86 755 5550 1195"}
RIVERSIDE = {
    "vehicle": Text("Two crew vans of the water works", "水务公司两辆工程车"),
    "driver": "胡建新",
    "driver_phone": "+86 27 5550 1147",
}

FURTHER_SPEAKERS: Mapping[str, Mapping[str, SpeakerPlan]] = {
    OLD_QUARTERS: {
        "repairs": SpeakerPlan(
            Text("Hou Yulan", "侯玉兰"),
            Text("Head of Repairs", "修缮科科长"),
            Text("Pingyao heritage office (sample)", "平遥县文物局（示例）"),
            Text("She has inspected every roof within the walls twice.", "城内每一处屋顶她都查看过两遍。"),
        ),
        "rents": SpeakerPlan(
            Text("Lu Wenjun", "陆文俊"),
            Text("Property Economist", "房产经济师"),
            Text("Gusu District (sample)", "姑苏区（示例）"),
            Text("He publishes the rents of the Pingjiang quarter each year.", "每年公布平江片区的租金。"),
        ),
    },
    PERFORMANCE: {
        "futian": SpeakerPlan(
            Text("Zeng Huilin", "曾慧琳"),
            Text("Deputy Director, Performance Office", "绩效办副主任"),
            Text("Futian District (sample)", "福田区（示例）"),
            Text("She cut four hundred indicators to thirty-eight and kept count of who complained.", "将四百项指标压减到三十八项，并记下谁提了意见。"),
        ),
        "charlotte": SpeakerPlan(
            Text("Andre MCKINNEY", "安德烈·麦金尼"),
            Text("Budget and Evaluation Manager", "预算与评估经理"),
            Text("City of Charlotte (sample)", "夏洛特市（示例）"),
            Text("He has kept one scorecard through six city managers.", "历经六任市经理，守着同一张计分卡。"),
        ),
        "hotline": SpeakerPlan(
            Text("Peng Xiaodong", "彭晓东"), Text("Head of the Hotline", "热线主任"), Text("City of Wuhan (sample)", "武汉市（示例）")
        ),
    },
    PIPES: {
        "camera": SpeakerPlan(
            Text("Qian Zhiwei", "钱志伟"),
            Text("Chief Engineer, Drainage", "排水总工程师"),
            Text("Wuhan Water Works (sample)", "武汉水务（示例）"),
            Text("He has watched nine hundred kilometres of pipe on film.", "看过九百公里管道影像。"),
        ),
        "chart": SpeakerPlan(
            Text("Sharon OKAFOR", "莎伦·奥卡福"),
            Text("Finance Director", "财务总监"),
            Text("Louisville drainage district (sample)", "路易斯维尔排水区（示例）"),
            Text("She explains ten years of borrowing in one chart.", "用一张图讲清十年举债。"),
        ),
    },
}  # fmt: skip

FURTHER_SAID: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    OLD_QUARTERS: {
        "Coach from Taiyuan airport": {**WALLS, "leaves": "15:00", "minutes": 105, "for_driver": Text("Meet them inside, exit 3, with the sign.", "在3号出口内举牌接机。"), "reference": "PY-1"},
        "Three courtyards: repaired, half repaired, refused": {
            "host_name": Text("Hou Yulan", "侯玉兰"), "host_title": Text("Head of Repairs", "修缮科科长"), "host_phone": "+86 354 5550 1121",
            "speakers": ["repairs"], "language": CONSECUTIVE, "dress": WALKING, "access": Text("2 km on cobbles; high thresholds at each gate", "石板路2公里；各院门槛较高"),
            "photos": Text("Not of the family altars", "请勿拍摄神龛"), "topics": Text("Who pays for a roof; what an owner may refuse", "屋顶修缮由谁出资；业主可以拒绝什么"),
            "standing": "confirmed", "standing_by": "侯玉兰", "for_host": Text("One member walks with a stick.", "团中一人持杖行走。"),
        },
        "The repair subsidy, file by file": {
            "room": Text("Second floor, reading room", "二楼阅览室"), "entrance": Text("Passports are noted at the gate", "门口登记护照"), "language": CONSECUTIVE, "dress": BUSINESS,
            "bring": Text("One subsidy rule of your own city, on a page", "本市补助办法一页"), "nature": "official", "standing": "confirmed", "standing_by": "县文物局",
        },
        "The wall from outside: drains, buses, shops": {"dress": WALKING, "access": Text("3 km, flat", "平路3公里"), "group": "a", "standing": "held", "standing_by": "县住建局"},
        "Free afternoon and evening": {"nature": "free", "cost": "own"},
        "Fast trains by way of Beijing": {"reference": "G 000", "bring": Text("Passport: it is the ticket", "凭护照乘车"), "for_escort": Text("Change at Beijing West; lifts at the north end.", "北京西站换乘，北端有电梯。")},
        "The protection code and the list of uses": {
            "host_name": Text("Shen Qiyun", "沈绮云"), "host_title": Text("Deputy District Head", "副区长"), "host_phone": "+86 512 5550 1106", "language": CONSECUTIVE, "dress": BUSINESS,
            "nature": "official", "standing": "confirmed", "standing_by": "区外办", "room": Text("Meeting room 3", "第三会议室"),
        },
        "Twelve old houses, twelve uses": {**GARDENS, "leaves": "13:35", "minutes": 20, "dress": WALKING, "photos": Text("Ask in the four houses that are lived in", "四处有人居住的宅院请先征得同意"), "standing": "confirmed", "standing_by": "平江街道"},
        "With the boat crew that cleans the canals": {"optional": True, "capacity": 12, "bring": Text("A jacket; life jackets are given", "请带外套；救生衣现场发放"), "nature": "cultural"},
        "Rents after repair: ten years of figures": {"speakers": ["rents"], "language": CONSECUTIVE, "nature": "official", "standing": "confirmed", "standing_by": "陆文俊"},
        "Coach to Shanghai Hongqiao Airport": {**GARDENS, "leaves": "08:30", "minutes": 120, "for_driver": Text("Terminal 2, departures, door 6.", "2号航站楼出发层6号门。")},
        "West Street at the hour of supper": {"nature": "cultural", "cost": "own"},
        "Four lanes repaired for less than one car park": {
            **HARBOUR, "leaves": "08:40", "minutes": 15, "host_name": Text("Su Mingyuan", "苏明远"), "host_title": Text("Lane Steward", "街巷管家"), "host_phone": "+86 595 5550 1153",
            "language": CONSECUTIVE, "access": Text("Narrow lanes without steps", "窄巷，无台阶"), "standing": "confirmed", "standing_by": "苏明远",
        },
        "The lane workshop: who decides the colour of a door": {"language": CONSECUTIVE, "topics": Text("A vote of sixty-two households", "六十二户的一次表决"), "standing": "asked", "standing_by": "街巷工坊"},
        "Luoyang Bridge at low tide, with those who keep its stones": {**HARBOUR, "leaves": "07:50", "minutes": 35, "dress": Text("Rubber boots are lent", "备有雨靴"), "for_participants": Text("Low tide is at 09:20; whoever is late sees water.", "退潮时间09:20，迟到只能看水。")},
        "Cars to Jinjiang (JJN) and Xiamen (XMN) airports": {**HARBOUR, "leaves": "08:00", "minutes": 90},
    },
    PERFORMANCE: {
        "Sign in; case book and badge": {"entrance": Text("Gate 2; passport or identity card", "2号门，凭护照或身份证"), "access": Text("Free of steps", "无台阶")},
        "Opening by the president of the academy": {"language": SIMULTANEOUS, "dress": BUSINESS, "nature": "official", "host_name": Text("Tan Jingren", "谭敬仁"), "host_title": Text("President of the academy", "研修院院长"), "standing": "confirmed", "standing_by": "院长办公室"},
        "From four hundred indicators to thirty-eight: a district in Futian": {"speakers": ["futian"], "language": SIMULTANEOUS, "topics": Text("What was cut first; what came back", "先删什么；后来又恢复了什么"), "standing": "confirmed", "standing_by": "曾慧琳"},
        "By video from Charlotte: a scorecard that outlived six managers": {"speakers": ["charlotte"], "language": SIMULTANEOUS, "room": Text("Main hall, screen 1", "主会场1号屏"), "standing": "confirmed", "standing_by": "A. McKinney"},
        "Working groups: base lines, surveys, audit": {"bring": Text("Your own indicator list", "本单位指标清单"), "language": CONSECUTIVE, "room": Text("By group: 201, 203, 205", "按组：201、203、205")},
        "When the number is good and the street is not: Wuhan’s hotline": {"speakers": ["hotline"], "language": SIMULTANEOUS, "standing": "held", "standing_by": "彭晓东"},
        "The district’s service hall and its open ranking": {
            **LOTUS, "leaves": "16:50", "minutes": 10, "entrance": Text("West door, in groups of ten", "西门，十人一组"), "photos": Text("Not of people at the counters", "请勿拍摄窗口群众"),
            "host_name": Text("Luo Yan", "罗燕"), "host_title": Text("Hall Manager", "大厅主任"), "host_phone": "+86 755 5550 1162", "standing": "confirmed", "standing_by": "罗燕",
        },
        "Dinner with the speakers": {**LOTUS, "leaves": "18:20", "minutes": 10, "nature": "cultural", "for_host": Text("Three guests eat no pork.", "三位来宾不食猪肉。")},
        "What may be cut, and what the law wants counted": {"speakers": ["futian"], "language": SIMULTANEOUS},
        "Indicator clinic, first round: cut": {"group": "a", "bring": Text("A red pencil", "一支红铅笔"), "for_participants": Text("The advisers have read your list beforehand.", "导师已事先读过您的清单。")},
        "Indicator clinic, second round: rewrite three": {"group": "b"},
        "Certificates": {"nature": "official", "dress": BUSINESS, "photos": Text("A picture of all at the end", "最后合影")},
    },
    PIPES: {
        "Sign in; clothing and helmets": {"dress": Text("Work clothing and boots are lent; give your size", "提供工作服和雨靴，请报尺码"), "entrance": Text("Gate of the old pumping station", "老泵站大门")},
        "What a camera sees in a pipe, and what it misses": {"speakers": ["camera"], "language": SIMULTANEOUS, "topics": Text("Joints, roots, and what hides under water", "接口、树根与水下的病害"), "standing": "confirmed", "standing_by": "钱志伟"},
        "Underground, in two groups": {
            **RIVERSIDE, "leaves": "10:30", "minutes": 12, "group": "a", "access": Text("Ladder of four metres; a film above ground for whoever stays up", "四米爬梯；不下井者可在地面观看影像"),
            "photos": Text("With a lamp on the helmet only", "仅限头盔灯照明"), "bring": Text("Nothing in the pockets", "口袋请勿携带物品"), "host_name": Text("Qian Zhiwei", "钱志伟"), "host_title": Text("Chief Engineer", "总工程师"),
            "host_phone": "+86 27 5550 1133", "standing": "confirmed", "standing_by": "钱志伟", "for_driver": Text("Gas meters are in the second van.", "气体检测仪在第二辆车上。"),
        },
        "212 km of pipe, one spreadsheet: grading condition and risk": {"room": Text("Pump hall, six tables", "泵房六张桌"), "bring": Text("A laptop with a spreadsheet", "装有电子表格软件的笔记本电脑"), "language": CONSECUTIVE},
        "Ten years in one chart: renewal, borrowing, tariff": {"speakers": ["chart"], "language": SIMULTANEOUS, "standing": "confirmed", "standing_by": "S. Okafor", "nature": "official"},
        "Each pair, one engineer and one accountant, writes its case": {"topics": Text("One street, one sum, one year", "一条街、一笔钱、一年"), "for_participants": Text("Pairs hang at the door; exchanges until 10:30.", "配对名单贴在门口，10:30前可调换。")},
        "Before the panel: eight minutes each": {"language": SIMULTANEOUS, "dress": BUSINESS, "nature": "official", "host_name": Text("Sharon OKAFOR", "莎伦·奥卡福"), "host_title": Text("Chair of the panel", "评审组组长")},
        "Certificates": {"nature": "official", "photos": Text("A picture of all on the stairs", "台阶上合影")},
    },
}  # fmt: skip

# By event: the item that the first version had in another room, and where.
MOVED = {
    OLD_QUARTERS: ("The repair subsidy, file by file", Text("Town hall, side room", "县政府小会议室")),
    PERFORMANCE: ("Each table shows one page", Text("Room 301", "301室")),
    PIPES: ("Before the panel: eight minutes each", Text("Museum, upper gallery", "博物馆二层展廊")),
}
