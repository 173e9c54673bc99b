"""The study tour of twenty Chinese officials to three U.S. cities."""

from tourreg.demo.shapes import Event

ENERGY: Event = {
    "key": "energy-efficiency-us",
    "slug": "energy-efficiency-us",
    "reference_prefix": "EE",
    "kind": "study_tour",
    "direction": "to_us",
    "state": "published",
    "published_days_ago": 95,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Energy Efficiency in City Buildings and Utilities", "zh": "城市建筑与公用事业节能考察研修"},
    "theme": {"en": "Who measures, who pays, who keeps the savings", "zh": "谁来计量，谁来出资，节约归谁"},
    "summary": {
        "en": (
            "Twelve days for twenty officials from Chinese cities: a utility town, a river town "
            "and a banking town, their retrofits, and the contracts that paid for them."
        ),
        "zh": (
            "中国城市官员二十人，为期十二天，走访一座公用事业之城、一座河畔之城、一座金融之城，看"
            "节能改造，也看背后的合同。"
        ),
    },
    "description": {
        "en": (
            "Two thirds of the energy bill of a city hall goes to buildings and pumps that "
            "nobody campaigns for. This tour looks at the people who look after them: utility "
            "engineers, school facility managers, finance officers and the councils that vote "
            "the money.\n\n"
            "Fort Collins owns its power company and lets homeowners repay a retrofit on the "
            "utility bill. Davenport makes electricity and compost from sludge and has put its "
            "street lights and schools under performance contracts. Charlotte measured its "
            "office towers together and publishes what came of it.\n\n"
            "Each visit follows the same four questions: what was the base line, who measures, "
            "who carries the risk, and what would you do otherwise today. Participants get the "
            "contracts and bills in both languages before they travel and write a two-page plan "
            "for their own city on the way.\n\n"
            "The group travels with a programme officer and an interpreter. Official days are "
            "Monday to Friday; the weekend holds one farmers’ market, one supper with families "
            "and a free afternoon."
        ),
        "zh": (
            "一座城市的能源账单，大头花在无人喝彩的楼宇与水泵上。本次研修要见的，正是打理它们的人"
            "：公用事业工程师、学校设施主管、财务官员，以及表决拨款的议会。\n\n"
            "柯林斯堡拥有自己的供电公司，居民改造款可随电费分期偿还。达文波特以污泥发电、制肥，路"
            "灯与学校采用节能绩效合同。夏洛特曾联合监测市中心写字楼能耗，并公开结果。\n\n"
            "每场会谈围绕同样四个问题：基准线怎么定，由谁计量，风险由谁承担，重来一次会怎么做。出"
            "发前，学员将拿到中英文对照的合同与账单；途中，每人为本市写出两页行动方案。\n\n"
            "全程配项目官员与译员各一名。周一至周五为公务日程；周末安排一次农夫集市、一次家庭晚餐"
            "和半天自由活动。"
        ),
    },
    "who_comes": {
        "en": (
            "Division heads and deputy directors of housing, energy, public-buildings and "
            "finance departments of Chinese cities"
        ),
        "zh": "中国城市住建、发改、机关事务、财政等部门的处级及以上负责人",
    },
    "languages": {
        "en": "Chinese and English, interpreted throughout; papers in both",
        "zh": "中文、英文，全程口译，资料双语",
    },
    "access": {
        "en": "Coaches and hotels are step-free; two plant visits include stairs, with another route offered",
        "zh": "大巴与酒店均可无台阶通行；两处厂站参观含楼梯，另备替代路线",
    },
    "venue": {"en": "Fort Collins, Davenport and Charlotte", "zh": "柯林斯堡、达文波特、夏洛特"},
    "venue_address": {
        "en": "First meeting point: Terminal 2, Shanghai Pudong International Airport",
        "zh": "首日集合地点：上海浦东国际机场T2航站楼",
    },
    "host": {
        "en": "Cities of Fort Collins, Davenport and Charlotte (sample)",
        "zh": "柯林斯堡市、达文波特市、夏洛特市（示例）",
    },
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "Jiangsu Association for Building Energy (sample)", "zh": "江苏省建筑节能协会（示例）"},
        {"en": "Front Range Utility Institute (sample)", "zh": "前岭公用事业研究所（示例）"},
        {"en": "Piedmont School of Government Finance (sample)", "zh": "皮德蒙特政府财务学院（示例）"},
    ],
    "included": [
        {"en": "Ten hotel nights in twin rooms, with breakfast", "zh": "十晚双人间住宿，含早餐"},
        {"en": "Lunches, three host dinners and one supper with families", "zh": "午餐、三次接待晚宴及一次家庭晚餐"},
        {"en": "Flights inside the United States and all coaches", "zh": "美国境内航班及全部大巴"},
        {
            "en": "Interpreter, programme book, invitation letter and certificate",
            "zh": "译员、行程手册、邀请函与结业证书",
        },
    ],
    "not_included": [
        {"en": "International flights", "zh": "国际机票"},
        {"en": "Visa fee and travel insurance", "zh": "签证费与旅行保险"},
        {"en": "Dinners on free evenings, about US$25 each", "zh": "自由活动日的晚餐（每餐约25美元）"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 60 days before departure, and the whole amount comes back.\n"
            "Withdraw up to 45 days before, and 60 percent comes back.\n"
            "After that we return only what hotels and airlines return to us.\n"
            "If a visa is refused and the application was made in time, everything comes back "
            "but US$150."
        ),
        "zh": (
            "出发前60天（含）以前退出，全额退还。\n"
            "出发前45天（含）以前退出，退还60%。\n"
            "此后仅退还酒店与航空公司实际退回的部分。\n"
            "如按时申请而被拒签，扣除150美元后全部退还。"
        ),
    },
    "refund_steps": [
        {"up_to_days_before": 60, "percent": 100},
        {"up_to_days_before": 45, "percent": 60},
    ],
    "cover": "prairie",
    "slip": "美国三城",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 20,
    "minimum_to_run": 14,
    "starts_in_days": 76,
    "weekday": 6,
    "last_day": 11,
    "opens_days_before": 180,
    "closes_days_before": 45,
    "cities": [
        {
            "city": "fort-collins",
            "role": "main",
            "first_day": 0,
            "last_day": 4,
        },
        {
            "city": "davenport",
            "role": "main",
            "first_day": 4,
            "last_day": 7,
        },
        {
            "city": "charlotte",
            "role": "main",
            "first_day": 7,
            "last_day": 10,
        },
    ],
    "fees": [
        {
            "key": "standard",
            "label": {"en": "Programme fee", "zh": "项目费"},
            "who": {
                "en": "Officials and engineers of a Chinese city, sent by their employer",
                "zh": "由派出单位推荐的中国城市公务人员与工程技术人员",
            },
            "audience": "anyone",
            "amount_minor": 498_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": "单人间"},
            "summary": {"en": "The room to yourself for ten nights", "zh": "十晚独住一间"},
            "amount_minor": 78_000,
            "capacity": 8,
            "first_day": 0,
            "last_day": 10,
        },
    ],
}
