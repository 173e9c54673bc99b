"""A study tour whose registration has closed."""

from tourreg.demo.shapes import Event

WATER: Event = {
    "key": "water-sensitive-cities",
    "slug": "water-sensitive-cities",
    "reference_prefix": "WS",
    "kind": "study_tour",
    "direction": "to_china",
    "state": "closed",
    "published_days_ago": 120,
    "ended_days_ago": 6,
    "ended_reason": None,
    "title": {"en": "Water-sensitive Cities", "zh": "水敏感城市考察研修"},
    "theme": {"en": "Three coasts, three ways to meet a storm", "zh": "三处海岸，三种迎风接雨的办法"},
    "summary": {
        "en": (
            "Nine days along the southern coast, in Zhuhai, Haikou and Xiamen, with the drainage "
            "engineers and the fishermen."
        ),
        "zh": "九天沿南海岸而行，走访珠海、海口、厦门，与排水工程师座谈，也听渔民怎么说。",
    },
    "description": {
        "en": (
            "Three coastal cities meet the same typhoons with different means. Zhuhai wrote "
            "sponge-city rules into land sales, Haikou gave a river its bends back, and Xiamen "
            "has worked on one lagoon for more than thirty years.\n\n"
            "The group goes out with the crews, at low tide and, if the weather wishes, in the "
            "rain. Engineers show the models; residents say where the water stood.\n\n"
            "Registration has closed. Participants sign in for their papers and the latest "
            "version of the itinerary."
        ),
        "zh": (
            "三座滨海城市迎的是同样的台风，用的是不同的办法。珠海把海绵城市要求写进土地出让条件，"
            "海口让河道重新弯起来，厦门为一个潟湖治理了三十多年。\n\n"
            "团组随作业人员一同出勤，看低潮，如遇降雨，也看雨中实况。工程师讲模型，居民说水淹到哪"
            "里。\n\n"
            "报名已截止。学员请登录查阅文件与最新行程。"
        ),
    },
    "who_comes": {
        "en": "Water, drainage, parks and emergency-management staff",
        "zh": "水务、排水、园林与应急管理部门人员",
    },
    "languages": {"en": "English and Chinese, interpreted throughout", "zh": "中文、英文，全程口译"},
    "access": {
        "en": "One boat and two unpaved banks; another route is offered",
        "zh": "含一段乘船与两处未铺装岸线，另备替代路线",
    },
    "venue": {"en": "Zhuhai, Haikou and Xiamen", "zh": "珠海、海口、厦门"},
    "venue_address": {
        "en": "First meeting point: Zhuhai Jinwan Airport, arrivals",
        "zh": "首日集合地点：珠海金湾机场到达层",
    },
    "host": {"en": "Zhuhai, Haikou and Xiamen (sample)", "zh": "珠海市、海口市、厦门市（示例）"},
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "South Coast Water Network (sample)", "zh": "南海岸水务网络（示例）"},
    ],
    "included": [
        {"en": "Eight nights in twin rooms with breakfast", "zh": "八晚双人间住宿，含早餐"},
        {"en": "Flights and coaches between the cities", "zh": "城际航班与大巴"},
        {"en": "All lunches, two host dinners", "zh": "全部午餐及两次接待晚宴"},
        {"en": "Interpreter, papers, certificate", "zh": "译员、资料与证书"},
    ],
    "not_included": [
        {"en": "Travel to Zhuhai and from Xiamen", "zh": "赴珠海及离厦门的交通"},
        {"en": "Visa fee and travel insurance", "zh": "签证费与旅行保险"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 60 days before the first day, and the whole amount comes back.\n"
            "Withdraw up to 30 days before, and half comes back.\n"
            "After that nothing comes back, but you may name someone else until 10 days before."
        ),
        "zh": (
            "首日前60天（含）以前退出，全额退还。\n"
            "首日前30天（含）以前退出，退还一半。\n"
            "此后不再退款，首日前10天（含）以前可更换人员。"
        ),
    },
    "refund_steps": [
        {"up_to_days_before": 60, "percent": 100},
        {"up_to_days_before": 30, "percent": 50},
    ],
    "cover": "slate",
    "slip": "水与城",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 24,
    "minimum_to_run": 10,
    "starts_in_days": 17,
    "weekday": 0,
    "last_day": 8,
    "opens_days_before": 150,
    "closes_days_before": 30,
    "cities": [
        {
            "city": "zhuhai",
            "role": "main",
            "first_day": 0,
            "last_day": 2,
        },
        {
            "city": "haikou",
            "role": "main",
            "first_day": 3,
            "last_day": 5,
        },
        {
            "city": "xiamen",
            "role": "main",
            "first_day": 6,
            "last_day": 8,
        },
    ],
    "fees": [
        {
            "key": "member",
            "label": {"en": "Member city", "zh": "会员城市"},
            "who": {"en": "Staff and officials of an alliance member", "zh": "联盟会员城市的公职人员"},
            "audience": "member",
            "amount_minor": 272_000,
            "until_days_before": None,
        },
        {
            "key": "other",
            "label": {"en": "Other city", "zh": "其他城市"},
            "who": {"en": "Anyone who works for a city or a public body", "zh": "任职于城市政府或公共机构者"},
            "audience": "other",
            "amount_minor": 296_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": "单人间"},
            "summary": {"en": "The room to yourself for eight nights", "zh": "八晚独住一间"},
            "amount_minor": 39_000,
            "capacity": 6,
            "first_day": 0,
            "last_day": 8,
        },
    ],
}
