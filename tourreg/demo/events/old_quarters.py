"""The study tour to Pingyao, Suzhou and Quanzhou."""

from tourreg.demo.shapes import Event

OLD_QUARTERS: Event = {
    "key": "old-quarters-new-uses",
    "slug": "old-quarters-new-uses",
    "reference_prefix": "OQ",
    "kind": "study_tour",
    "direction": "to_china",
    "state": "published",
    "published_days_ago": 76,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Old Quarters, New Uses", "zh": "老城新用考察研修"},
    "theme": {"en": "Keeping the people when the houses are saved", "zh": "房子保住了，人也要留住"},
    "summary": {
        "en": (
            "Ten days in a walled town, a canal city and a merchant port, with the owners, "
            "planners and builders who keep old streets lived in."
        ),
        "zh": "十天走访一座古城、一座水城、一座商港，与房主、规划师和工匠座谈，看老街怎样留住生活。",
    },
    "description": {
        "en": (
            "It is easier to repair a house than to keep a grocer in it. Pingyao, Suzhou and "
            "Quanzhou have all been praised for their stone and timber; this tour asks what "
            "happened to rents, schools and shops behind the façades.\n\n"
            "In Pingyao owners and government share the cost of a roof. In Suzhou a protection "
            "code decides which use may enter which house. Quanzhou works by small sums and many "
            "hands, one lane at a time. Each city opens its files on one case that went well and "
            "one that did not.\n\n"
            "Between the cities the group goes by train and by one flight. Evenings are mostly "
            "free, in places made for walking."
        ),
        "zh": (
            "修好一座房子不难，难的是留住里面的杂货铺。平遥、苏州、泉州的古建筑保护广受称道；本次"
            "研修更想了解的是：门脸背后的租金、学校和店铺怎么样了。\n\n"
            "在平遥，修屋顶由房主与政府分担；在苏州，什么用途可以进什么房子，由保护条例说了算；泉"
            "州则小额投入、众人动手，一巷一巷地做。每座城市都会拿出一个成功案例和一个不成功的案例"
            "，卷宗可查。\n\n"
            "城际以高铁为主，另有一程航班。晚间大多自由安排，所住之处都适合步行。"
        ),
    },
    "who_comes": {
        "en": "Planners, preservation officers, housing and economic-development staff, council members",
        "zh": "规划、文保、住房与经济发展部门人员，议员",
    },
    "languages": {"en": "English, interpreted from Chinese", "zh": "英文，中译英口译"},
    "access": {
        "en": "Old paving and thresholds; about 6 km on foot on most days. A slower parallel route can be arranged.",
        "zh": "多石板路与门槛，每日步行约6公里；可另行安排较缓的路线。",
    },
    "venue": {"en": "Pingyao, Suzhou and Quanzhou", "zh": "平遥、苏州、泉州"},
    "venue_address": {
        "en": "First meeting point: arrivals hall, Taiyuan Wusu International Airport",
        "zh": "首日集合地点：太原武宿国际机场到达大厅",
    },
    "host": {"en": "Pingyao County, Suzhou and Quanzhou (sample)", "zh": "平遥县、苏州市、泉州市（示例）"},
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "Society for Lived-in Heritage (sample)", "zh": "活态遗产学会（示例）"},
        {"en": "Quanzhou Lane Workshop (sample)", "zh": "泉州街巷工坊（示例）"},
    ],
    "included": [
        {"en": "Nine nights in twin rooms, in courtyard houses where we can", "zh": "九晚双人间住宿，尽量安排院落客栈"},
        {"en": "Trains, coaches and one flight in China", "zh": "中国境内高铁、大巴及一程航班"},
        {"en": "All breakfasts and lunches, three dinners", "zh": "全部早餐、午餐及三次晚餐"},
        {"en": "Interpreter, programme book, invitation letter, certificate", "zh": "译员、行程手册、邀请函与证书"},
    ],
    "not_included": [
        {"en": "Flights to and from China", "zh": "往返中国的国际机票"},
        {"en": "Visa fee and travel insurance", "zh": "签证费与旅行保险"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 90 days before the first day, and the whole amount comes back.\n"
            "Withdraw up to 60 days before, and half comes back.\n"
            "After that nothing comes back, but you may name someone else until 30 days before."
        ),
        "zh": (
            "首日前90天（含）以前退出，全额退还。\n"
            "首日前60天（含）以前退出，退还一半。\n"
            "此后不再退款，首日前30天（含）以前可更换人员。"
        ),
    },
    "refund_steps": [
        {"up_to_days_before": 90, "percent": 100},
        {"up_to_days_before": 60, "percent": 50},
    ],
    "cover": "brick",
    "slip": "老城新用",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 24,
    "minimum_to_run": 15,
    "starts_in_days": 160,
    "weekday": 6,
    "last_day": 9,
    "opens_days_before": 240,
    "closes_days_before": 60,
    "cities": [
        {
            "city": "pingyao",
            "role": "main",
            "first_day": 0,
            "last_day": 3,
        },
        {
            "city": "suzhou",
            "role": "main",
            "first_day": 3,
            "last_day": 6,
        },
        {
            "city": "quanzhou",
            "role": "main",
            "first_day": 6,
            "last_day": 9,
        },
    ],
    "fees": [
        {
            "key": "standard",
            "label": {"en": "Programme fee", "zh": "项目费"},
            "who": {"en": "Anyone who works for a city or a public body", "zh": "任职于城市政府或公共机构者"},
            "audience": "other",
            "amount_minor": 336_000,
            "until_days_before": None,
        },
        {
            "key": "member",
            "label": {"en": "Member city", "zh": "会员城市"},
            "who": {"en": "Staff and officials of an alliance member", "zh": "联盟会员城市的公职人员"},
            "audience": "member",
            "amount_minor": 308_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": "单人间"},
            "summary": {"en": "The room to yourself for nine nights", "zh": "九晚独住一间"},
            "amount_minor": 42_000,
            "capacity": 6,
            "first_day": 0,
            "last_day": 9,
        },
        {
            "key": "tea-country",
            "kind": "post_tour",
            "label": {"en": "Anxi tea country", "zh": "安溪茶乡"},
            "summary": {
                "en": "Two more days in the hills west of Quanzhou, in a village that pays for its stream by tea",
                "zh": "加游两天，走进泉州西部山乡，看一个以茶养溪的村庄",
            },
            "amount_minor": 36_000,
            "capacity": 12,
            "first_day": 10,
            "last_day": 11,
        },
    ],
}
