"""A study tour to the United States whose registration has not opened yet."""

from tourreg.demo.shapes import Event

GREEN_SCHOOLS: Event = {
    "key": "green-schools-us",
    "slug": "green-schools-us",
    "reference_prefix": "GS",
    "kind": "study_tour",
    "direction": "to_us",
    "state": "published",
    "published_days_ago": 5,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Green Schools, Smaller Bills", "zh": "绿色校园，更低账单考察研修"},
    "theme": {"en": "Roofs, kitchens and classrooms that pay their own way", "zh": "让屋顶、厨房和教室自己挣回成本"},
    "summary": {
        "en": (
            "Ten days in three U.S. cities with the people who run school buildings: light, air, "
            "food waste and the energy bill."
        ),
        "zh": "十天走访美国三城，与学校后勤管理者座谈：采光、通风、厨余与能源账单。",
    },
    "description": {
        "en": (
            "A school is the one public building that every family enters. Albuquerque has put "
            "the sun on its roofs, Durham has rebuilt its kitchens and Tacoma teaches the meter "
            "in class.\n\n"
            "The tour is for those who must show a saving within one budget year and a better "
            "classroom within two.\n\n"
            "Registration opens on the day named on this page. Until then the programme may "
            "still change."
        ),
        "zh": (
            "学校是每个家庭都会走进的公共建筑。阿尔伯克基把阳光装上屋顶，达勒姆改造了学校厨房，塔"
            "科马把电表搬进课堂。\n\n"
            "研修面向须在一个预算年度见到节约、两年内见到教室改善的管理者。\n\n"
            "报名自本页所列日期起开放，此前日程仍可能调整。"
        ),
    },
    "who_comes": {
        "en": "Education bureaus, school builders, public-buildings offices",
        "zh": "教育局、学校建设与机关事务管理部门",
    },
    "languages": {"en": "Chinese and English, interpreted throughout", "zh": "中文、英文，全程口译"},
    "access": {"en": "Step-free throughout", "zh": "全程无台阶"},
    "venue": {"en": "Albuquerque, Durham and Tacoma", "zh": "阿尔伯克基、达勒姆、塔科马"},
    "venue_address": {
        "en": "First meeting point: Terminal 3, Beijing Capital International Airport",
        "zh": "首日集合地点：北京首都国际机场T3航站楼",
    },
    "host": {
        "en": "Cities of Albuquerque, Durham and Tacoma (sample)",
        "zh": "阿尔伯克基市、达勒姆市、塔科马市（示例）",
    },
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "Friends of the Open Classroom (sample)", "zh": "开放课堂之友（示例）"},
    ],
    "included": [
        {"en": "Eight nights in twin rooms with breakfast", "zh": "八晚双人间住宿，含早餐"},
        {"en": "Flights inside the United States and coaches", "zh": "美国境内航班与大巴"},
        {"en": "Interpreter, book, certificate", "zh": "译员、手册与证书"},
    ],
    "not_included": [
        {"en": "International flights", "zh": "国际机票"},
        {"en": "Visa fee and travel insurance", "zh": "签证费与旅行保险"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 60 days before departure, and the whole amount comes back.\n"
            "After that we return only what hotels and airlines return to us."
        ),
        "zh": "出发前60天（含）以前退出，全额退还。\n此后仅退还酒店与航空公司实际退回的部分。",
    },
    "refund_steps": [
        {"up_to_days_before": 60, "percent": 100},
    ],
    "cover": "willow",
    "slip": "绿色校园",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 20,
    "minimum_to_run": 14,
    "starts_in_days": 230,
    "weekday": 5,
    "last_day": 9,
    "opens_days_before": 150,
    "closes_days_before": 50,
    "cities": [
        {
            "city": "albuquerque",
            "role": "main",
            "first_day": 0,
            "last_day": 3,
        },
        {
            "city": "durham",
            "role": "main",
            "first_day": 3,
            "last_day": 6,
        },
        {
            "city": "tacoma",
            "role": "main",
            "first_day": 6,
            "last_day": 9,
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
            "amount_minor": 442_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": "单人间"},
            "summary": {"en": "The room to yourself for eight nights", "zh": "八晚独住一间"},
            "amount_minor": 61_000,
            "capacity": 8,
            "first_day": 0,
            "last_day": 9,
        },
    ],
}
