"""A study tour that was cancelled for want of people, its fees paid back."""

from tourreg.demo.shapes import Event

WASTE: Event = {
    "key": "waste-sorted-at-the-door",
    "slug": "waste-sorted-at-the-door",
    "reference_prefix": "WD",
    "kind": "study_tour",
    "direction": "to_china",
    "state": "cancelled",
    "published_days_ago": 82,
    "ended_days_ago": 9,
    "ended_reason": {
        "en": (
            "The minimum of twelve participants was not reached by the date set. Everything paid has been returned."
        ),
        "zh": "截至规定日期，报名未达到十二人的成团人数。已付款项全部退还。",
    },
    "title": {"en": "Waste Sorted at the Door", "zh": "垃圾分类：从家门口做起"},
    "theme": {"en": "What a household will do, and what it must be paid", "zh": "居民愿做什么，又要补贴多少"},
    "summary": {
        "en": "Six days in Hangzhou and Shanghai on sorting, weighing and charging for household waste.",
        "zh": "六天走访杭州与上海，研讨生活垃圾的分类、计量与收费。",
    },
    "description": {
        "en": (
            "Sorting succeeds or fails in ninety seconds at the bin. The tour was to spend its "
            "mornings beside those bins with the volunteers and its afternoons with the people "
            "who read the scales.\n\n"
            "Hangzhou weighs by district and shares the savings; Shanghai wrote its rules into "
            "law. Both collect figures by the street.\n\n"
            "We hope to offer it again, in another season and for a smaller group."
        ),
        "zh": (
            "分类成败，就在垃圾桶前的九十秒。研修原定上午到投放点与志愿者同站，下午与计量管理人员"
            "座谈。\n\n"
            "杭州按城区核算、共享减量收益；上海立法先行。两地都有分街道的数据。\n\n"
            "我们希望另择季节、以更小的规模再次开班。"
        ),
    },
    "who_comes": {
        "en": "Solid-waste managers, public-works directors, council members",
        "zh": "固废管理人员、公共工程部门负责人、议员",
    },
    "languages": {"en": "English, interpreted from Chinese", "zh": "英文，中译英口译"},
    "access": {"en": "Step-free but for one transfer station", "zh": "除一处转运站外均可无台阶通行"},
    "venue": {"en": "Hangzhou and Shanghai", "zh": "杭州、上海"},
    "venue_address": {
        "en": "First meeting point: Hangzhou East Railway Station, south exit",
        "zh": "首日集合地点：杭州东站南出口",
    },
    "host": {"en": "Hangzhou and Shanghai (sample)", "zh": "杭州市、上海市（示例）"},
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "West Lake Circular Economy Circle (sample)", "zh": "西湖循环经济研习社（示例）"},
    ],
    "included": [
        {"en": "Five nights in twin rooms", "zh": "五晚双人间住宿"},
        {"en": "Coaches, one train and all lunches", "zh": "大巴、一程高铁及全部午餐"},
        {"en": "Interpreter and papers", "zh": "译员与资料"},
    ],
    "not_included": [
        {"en": "Flights to and from China", "zh": "往返中国的国际机票"},
        {"en": "Visa fee and travel insurance", "zh": "签证费与旅行保险"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 45 days before the first day, and the whole amount comes back.\n"
            "If we cancel the tour, everything comes back within 15 working days."
        ),
        "zh": "首日前45天（含）以前退出，全额退还。\n如由主办方取消，款项于15个工作日内全额退还。",
    },
    "refund_steps": [
        {"up_to_days_before": 45, "percent": 100},
    ],
    "cover": "slate",
    "slip": "分类之道",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "capacity": 20,
    "minimum_to_run": 12,
    "starts_in_days": 66,
    "weekday": 0,
    "last_day": 5,
    "opens_days_before": 150,
    "closes_days_before": 30,
    "cities": [
        {
            "city": "hangzhou",
            "role": "main",
            "first_day": 0,
            "last_day": 2,
        },
        {
            "city": "shanghai",
            "role": "main",
            "first_day": 3,
            "last_day": 5,
        },
    ],
    "fees": [
        {
            "key": "standard",
            "label": {"en": "Programme fee", "zh": "项目费"},
            "who": {"en": "Anyone who works for a city or a public body", "zh": "任职于城市政府或公共机构者"},
            "audience": "anyone",
            "amount_minor": 214_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room", "zh": "单人间"},
            "summary": {"en": "The room to yourself for five nights", "zh": "五晚独住一间"},
            "amount_minor": 24_000,
            "capacity": 5,
            "first_day": 0,
            "last_day": 5,
        },
    ],
}
