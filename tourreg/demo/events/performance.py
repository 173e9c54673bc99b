"""The fee-based training forum on performance management in Shenzhen."""

from tourreg.demo.shapes import Event

PERFORMANCE: Event = {
    "key": "performance-management-shenzhen",
    "slug": "performance-management-shenzhen",
    "reference_prefix": "PM",
    "kind": "training_forum",
    "direction": "none",
    "state": "published",
    "published_days_ago": 80,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Performance Management in City Government", "zh": "城市政府绩效管理培训论坛"},
    "theme": {"en": "Fewer indicators, better questions", "zh": "指标少一点，问题准一点"},
    "summary": {
        "en": (
            "Two days in Shenzhen on setting targets that staff believe in, publishing them, and "
            "changing course by them; with a clinic for your own indicators."
        ),
        "zh": "两天走进深圳，研讨怎样定出大家认可的目标，怎样公开，又怎样据以调整；设指标会诊，可带本单位指标来。",
    },
    "description": {
        "en": (
            "A district that reports on four hundred indicators steers by none of them. The "
            "forum shows how cities in both countries came down to a few dozen, and what they "
            "did with the rest.\n\n"
            "The first day is for method: outcome and output, base lines, the honest use of "
            "surveys, and what to do when a number is good and the street is not. Speakers come "
            "from Shenzhen, Wuhan and, by video, Charlotte and Kansas City.\n\n"
            "The second day is a clinic. In groups of six, with one adviser each, participants "
            "put their own indicator sheets on the table, cut them, and rewrite three. Sheets "
            "should reach the academy a week before; they are not passed on."
        ),
        "zh": (
            "一个区若要考核四百项指标，等于一项也没有考核。论坛将介绍两国城市怎样把指标压减到几十"
            "项，其余的又作何处置。\n\n"
            "第一天讲方法：结果与产出之别，基准线的确定，满意度调查的合理使用，以及数字好看而街面"
            "不好看时怎么办。讲者来自深圳、武汉，夏洛特与堪萨斯城的同行以视频方式参加。\n\n"
            "第二天为指标会诊。六人一组，每组一位顾问，学员把本单位的指标表摆上桌面，先删减，再重"
            "写其中三项。指标表请提前一周交研修院，不作他用。"
        ),
    },
    "who_comes": {
        "en": "Heads of performance, audit, data and general offices of cities and districts",
        "zh": "市、区绩效、审计、数据部门及办公室负责人",
    },
    "languages": {
        "en": "Chinese, with English interpretation for the plenary sessions",
        "zh": "中文；大会环节提供英文同声传译",
    },
    "access": {"en": "Step-free; hearing loop in the main hall", "zh": "全程无台阶；主会场设助听环路"},
    "venue": {"en": "Lianhua Lecture Hall, Shenzhen Academy of City Management", "zh": "深圳城市管理研修院莲花报告厅"},
    "venue_address": {
        "en": "88 Lianhua West Road (sample), Futian District, Shenzhen, Guangdong 518000",
        "zh": "广东省深圳市福田区莲花西路88号（示例）",
    },
    "host": {"en": "Shenzhen Academy of City Management", "zh": "深圳城市管理研修院"},
    "organiser": {
        "en": "Shenzhen Academy of City Management, with the Center for City Exchange",
        "zh": "深圳城市管理研修院、城市交流中心",
    },
    "partners": [
        {"en": "Futian District Performance Office (sample)", "zh": "福田区绩效管理办公室（示例）"},
        {"en": "Wuhan Institute of Public Audit (sample)", "zh": "武汉公共审计研究院（示例）"},
    ],
    "included": [
        {"en": "Both days with papers and case book", "zh": "两天课程、资料与案例集"},
        {"en": "Two lunches and one dinner", "zh": "两次午餐、一次晚餐"},
        {"en": "Certificate of completion", "zh": "结业证书"},
    ],
    "not_included": [
        {
            "en": "Travel and hotel; the academy has a rate with a house next door",
            "zh": "交通与住宿（研修院与邻近酒店有协议价）",
        },
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 14 days before, and the whole fee comes back.\n"
            "Withdraw up to 7 days before, and half comes back.\n"
            "After that nothing comes back, but a colleague may come in your place."
        ),
        "zh": (
            "开课前14天（含）以前退出，全额退还。\n开课前7天（含）以前退出，退还一半。\n此后不再退款，可更换同事参加。"
        ),
    },
    "refund_steps": [
        {"up_to_days_before": 14, "percent": 100},
        {"up_to_days_before": 7, "percent": 50},
    ],
    "cover": "harbour",
    "slip": "深圳",
    "zone": "Asia/Shanghai",
    "issuer": "szacm",
    "currency": "CNY",
    "capacity": 60,
    "minimum_to_run": 24,
    "starts_in_days": 38,
    "weekday": 3,
    "last_day": 1,
    "opens_days_before": 120,
    "closes_days_before": 7,
    "cities": [
        {
            "city": "shenzhen",
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
            "amount_minor": 220_000,
            "until_days_before": None,
        },
        {
            "key": "non-member",
            "label": {"en": "Non-member", "zh": "非会员"},
            "who": {"en": "Everyone else", "zh": "其他人员"},
            "audience": "other",
            "amount_minor": 300_000,
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "clinic-report",
            "kind": "other",
            "label": {"en": "Written report on your indicator sheet", "zh": "指标表书面诊断报告"},
            "summary": {"en": "Six pages by your adviser within three weeks", "zh": "三周内由顾问出具六页报告"},
            "amount_minor": 80_000,
            "capacity": None,
            "first_day": 1,
            "last_day": 1,
        },
    ],
}
