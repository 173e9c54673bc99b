"""The training forum in Wuhan of which every seat is taken."""

from tourreg.demo.shapes import Event

ASSET_FORUM: Event = {
    "key": "city-pipes-wuhan",
    "slug": "city-pipes-wuhan",
    "reference_prefix": "CP",
    "kind": "training_forum",
    "direction": "none",
    "state": "published",
    "published_days_ago": 94,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {
        "en": "What Lies under the Street: Managing Pipes and Pavements",
        "zh": "街面之下：管网与道路资产管理培训论坛",
    },
    "theme": {"en": "Repair before it breaks, and prove that it pays", "zh": "坏之前修，并证明划得来"},
    "summary": {
        "en": (
            "Two days in Wuhan with twenty-four engineers and finance officers: condition "
            "surveys, renewal plans and the case to put before the finance bureau."
        ),
        "zh": "两天在武汉，二十四位工程与财务人员同堂研讨：管网普查怎么做，更新计划怎么排，怎样说服财政部门。",
    },
    "description": {
        "en": (
            "A burst main is news; the thirty years in which nobody looked at it are not. This "
            "forum brings those who look after pipes together with those who hold the purse, in "
            "equal numbers.\n\n"
            "We work on one real network of 212 km in Wuhan, from the camera survey to a "
            "ten-year plan. On the second afternoon the group puts the plan before a panel of "
            "finance officers, who are not kind.\n\n"
            "Seats are few because the class goes underground together. If all are taken, the "
            "next round is announced here."
        ),
        "zh": (
            "爆管上新闻，此前三十年无人过问却不是新闻。本论坛把管管网的人和管钱的人请到一起，人数"
            "各半。\n\n"
            "研讨以武汉一片长212公里的真实管网为样本，从管道影像检测做到十年更新计划。第二天下午"
            "，学员向财务评审组陈述方案，评审毫不客气。\n\n"
            "因要集体下井踏勘，名额有限。报满之后，下期安排将在此公布。"
        ),
    },
    "who_comes": {
        "en": "Water, drainage and road engineers; finance and state-asset officers",
        "zh": "供排水与道路工程人员，财政与国资部门人员",
    },
    "languages": {"en": "Chinese; papers also in English", "zh": "中文授课，资料另备英文"},
    "access": {
        "en": "The walk underground needs sure feet; a film of it is shown in parallel",
        "zh": "地下踏勘须行动便利，同时放映实况影像供选择",
    },
    "venue": {"en": "Jiang’an Water Works Museum, Wuhan", "zh": "武汉江岸水务博物馆（示例）"},
    "venue_address": {
        "en": "27 Yanjiang Avenue (sample), Jiang’an District, Wuhan, Hubei 430010",
        "zh": "湖北省武汉市江岸区沿江大道27号（示例）",
    },
    "host": {"en": "Wuhan Drainage Training Base (sample)", "zh": "武汉排水实训基地（示例）"},
    "organiser": {"en": "Shenzhen Academy of City Management", "zh": "深圳城市管理研修院"},
    "partners": [
        {"en": "Yangtze Network Engineers’ Circle (sample)", "zh": "长江管网工程师联谊会（示例）"},
        {"en": "Center for City Exchange", "zh": "城市交流中心"},
    ],
    "included": [
        {"en": "Both days, papers and protective clothing", "zh": "两天课程、资料与防护用品"},
        {"en": "Two lunches", "zh": "两次午餐"},
        {"en": "Certificate of completion", "zh": "结业证书"},
    ],
    "not_included": [
        {"en": "Travel and hotel", "zh": "交通与住宿"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 21 days before, and the whole fee comes back.\n"
            "After that nothing comes back, but a colleague may come in your place."
        ),
        "zh": "开课前21天（含）以前退出，全额退还。\n此后不再退款，可更换同事参加。",
    },
    "refund_steps": [
        {"up_to_days_before": 21, "percent": 100},
    ],
    "cover": "indigo",
    "slip": "武汉",
    "zone": "Asia/Shanghai",
    "issuer": "szacm",
    "currency": "CNY",
    "capacity": 24,
    "minimum_to_run": 12,
    "starts_in_days": 52,
    "weekday": 1,
    "last_day": 1,
    "opens_days_before": 150,
    "closes_days_before": 10,
    "cities": [
        {
            "city": "wuhan",
            "role": "main",
            "first_day": 0,
            "last_day": 1,
        },
    ],
    "fees": [
        {
            "key": "member",
            "label": {"en": "Member", "zh": "会员"},
            "who": {
                "en": "Staff of a member city or institution of the academy",
                "zh": "研修院会员城市或会员机构工作人员",
            },
            "audience": "member",
            "amount_minor": 180_000,
            "until_days_before": None,
        },
        {
            "key": "non-member",
            "label": {"en": "Non-member", "zh": "非会员"},
            "who": {"en": "Everyone else", "zh": "其他人员"},
            "audience": "other",
            "amount_minor": 240_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [],
}
