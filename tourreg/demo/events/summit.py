"""The regional summit in Yangzhou, with a tour before it and a tour after it."""

from tourreg.demo.shapes import Event

SUMMIT: Event = {
    "key": "eco-urbanization-yangzhou",
    "slug": "eco-urbanization-yangzhou",
    "reference_prefix": "YZ",
    "kind": "summit",
    "direction": "to_china",
    "state": "published",
    "published_days_ago": 98,
    "ended_days_ago": None,
    "ended_reason": None,
    "title": {"en": "Regional Summit on Eco-friendly Urbanization", "zh": "生态友好型城市化区域峰会"},
    "theme": {
        "en": "Growing within bounds: water, old streets and honest budgets",
        "zh": "有边界的增长：理水、护老街、算清账",
    },
    "summary": {
        "en": (
            "Three working days in Yangzhou for city people from nine countries, two hundred in "
            "all. Study tours in four more cities come before and after."
        ),
        "zh": "九国城市同行共二百人相聚扬州，三天研讨讲求实效；会前、会后另有考察路线，走进四座城市。",
    },
    "description": {
        "en": (
            "Most cities can no longer grow by building outwards. They have to grow inside the "
            "lines they already have: on old factory land, beside cleaned canals, above and "
            "below the streets. Yangzhou has done so for twenty years, with results that can be "
            "walked and mistakes that its planners are ready to name.\n\n"
            "The summit is small on purpose. Two hundred people, seated at tables by the problem "
            "they bring and not by rank, work through three subjects: water that has room, old "
            "quarters in which people stay, and the money that pays for both. Every table has an "
            "interpreter and leaves a page of notes.\n\n"
            "On the second day twelve cities lay one unsolved problem each on the table. "
            "Colleagues from elsewhere have half an hour to ask and half an hour to advise. "
            "Earlier summits showed that this hour is what people remember when they are home "
            "again.\n\n"
            "Two study tours can be added. The one before the summit leads from Beijing’s lanes "
            "to the walls and wetlands of Xi’an; the one after it visits Hangzhou’s wetland and "
            "waste stations and the opened banks of Shanghai. Each takes 36 people, with a guide "
            "and an interpreter."
        ),
        "zh": (
            "多数城市已不能再靠向外摊开来增长，只能在既有边界之内做文章：用好老厂区，理清旧河道，"
            "统筹地上与地下。扬州为此实践了二十年，成果可以走着看，走过的弯路，规划者也愿意坦诚相"
            "告。\n\n"
            "峰会有意控制规模。二百位代表不按级别、而按所带问题分桌就座，围绕三个议题深入讨论：给"
            "水以空间，让居民留在老城，以及两者的钱从何而来。每桌配有译员，并留下一页纪要。\n\n"
            "第二天，十二座城市各带来一个尚未解决的难题，由其他城市的同行用半小时提问、半小时支招"
            "。往届经验表明，代表们回去之后最常提起的，正是这一小时。\n\n"
            "会前、会后各可参加一条考察路线。会前由北京胡同到西安的城墙与湿地；会后走访杭州的湿地"
            "、垃圾分类站点和上海贯通的滨水岸线。每条路线至多36人，配领队与译员。"
        ),
    },
    "who_comes": {
        "en": (
            "Mayors, city managers and their deputies; planners; heads of water, housing and "
            "finance departments; university researchers"
        ),
        "zh": "市长、城市经理及副职，规划师，水务、住建、财政部门负责人，高校研究人员",
    },
    "languages": {
        "en": "English and Chinese, with simultaneous interpretation in the hall and an interpreter at each table",
        "zh": "中文、英文；主会场同声传译，每桌配译员",
    },
    "access": {
        "en": (
            "Hall, hotel and coaches are step-free; the canal boat has one step of 20 cm. Tell "
            "us of other needs when you register."
        ),
        "zh": "会场、酒店、大巴均可无台阶通行；游船登船处有一级20厘米台阶。其他需要请在报名时说明。",
    },
    "venue": {"en": "Mingyue Lake Conference Hall, Yangzhou", "zh": "扬州明月湖会议中心"},
    "venue_address": {
        "en": "118 Mingyue Lake East Road (sample), Hanjiang District, Yangzhou, Jiangsu 225000",
        "zh": "江苏省扬州市邗江区明月湖东路118号（示例）",
    },
    "host": {"en": "Yangzhou Municipal People’s Government (sample)", "zh": "扬州市人民政府（示例）"},
    "organiser": {"en": "Center for City Exchange", "zh": "城市交流中心"},
    "partners": [
        {"en": "Yangzhou Foreign Affairs Office (sample)", "zh": "扬州市人民政府外事办公室（示例）"},
        {"en": "Grand Canal Cities Forum (sample)", "zh": "大运河城市论坛（示例）"},
        {"en": "Potomac School of Public Affairs (sample)", "zh": "波托马克公共事务学院（示例）"},
        {"en": "Jiangsu Society for Urban Renewal (sample)", "zh": "江苏省城市更新学会（示例）"},
    ],
    "included": [
        {"en": "Three nights in a twin room, from the evening before the summit", "zh": "三晚双人间住宿（会前一晚起）"},
        {"en": "All meals from breakfast on the first day to lunch on the last", "zh": "首日早餐至末日午餐的全部用餐"},
        {"en": "Interpretation, coaches and site visits in Yangzhou", "zh": "扬州期间的口译、大巴与现场考察"},
        {"en": "Programme book, invitation letter and certificate of attendance", "zh": "会议手册、邀请函与参会证书"},
    ],
    "not_included": [
        {"en": "Travel to and from Yangzhou", "zh": "往返扬州的交通"},
        {"en": "Visa fees", "zh": "签证费用"},
        {"en": "Travel insurance, which every participant must have", "zh": "旅行保险（每位代表须自行购买）"},
    ],
    "cancellation_policy": {
        "en": (
            "Withdraw up to 60 days before the first day, and the whole amount comes back.\n"
            "Withdraw up to 30 days before, and half comes back, tours and rooms included.\n"
            "After that nothing comes back, but you may send a colleague in your place at no "
            "cost until the day before.\n"
            "If we cancel the summit or a tour, all that was paid for it comes back within 15 "
            "working days."
        ),
        "zh": (
            "开幕前60天（含）以前退出，已付款项全额退还。\n"
            "开幕前30天（含）以前退出，退还一半，考察与单间费用同此办理。\n"
            "此后不再退款，但开幕前一日以前可免费更换同事参加。\n"
            "如由主办方取消峰会或考察，相应款项于15个工作日内全额退还。"
        ),
    },
    "refund_steps": [
        {"up_to_days_before": 60, "percent": 100},
        {"up_to_days_before": 30, "percent": 50},
    ],
    "cover": "willow",
    "slip": "扬州",
    "zone": "Asia/Shanghai",
    "issuer": "cce",
    "currency": "USD",
    "other_currencies": ["CNY"],
    "rate": {"currency": "EUR", "figure": "0.92", "days_before": 190},
    "capacity": 200,
    "minimum_to_run": 120,
    "starts_in_days": 92,
    "weekday": 2,
    "last_day": 2,
    "opens_days_before": 200,
    "closes_days_before": 21,
    "cities": [
        {
            "city": "beijing",
            "role": "pre",
            "first_day": -4,
            "last_day": -3,
        },
        {
            "city": "xian",
            "role": "pre",
            "first_day": -2,
            "last_day": -1,
        },
        {
            "city": "yangzhou",
            "role": "main",
            "first_day": 0,
            "last_day": 2,
        },
        {
            "city": "hangzhou",
            "role": "post",
            "first_day": 3,
            "last_day": 4,
        },
        {
            "city": "shanghai",
            "role": "post",
            "first_day": 5,
            "last_day": 6,
        },
    ],
    "fees": [
        {
            "key": "member",
            "label": {"en": "Member city or institution", "zh": "会员城市或机构"},
            "who": {
                "en": "Staff and elected officials of a city or institution in the exchange alliance",
                "zh": "交流联盟会员城市或机构的公职人员",
            },
            "audience": "member",
            "admits": "member",
            "proof": "number",
            "amount_minor": 60_000,
            "other_prices": {"CNY": {"regular": 420_000, "early": 364_000, "late": 462_000}},
            "until_days_before": None,
            "early": {"amount_minor": 52_000, "until_days_before": 60},
            "late": {"amount_minor": 66_000, "from_days_before": 30},
        },
        {
            "key": "other",
            "label": {"en": "Other city or institution", "zh": "其他城市或机构"},
            "who": {
                "en": "Anyone who works for a city, a public body or its partner",
                "zh": "任职于其他城市、公共机构或其合作单位者",
            },
            "audience": "other",
            "amount_minor": 79_000,
            "other_prices": {"CNY": {"regular": 553_000, "early": 483_000, "late": 609_000}},
            "until_days_before": None,
            "early": {"amount_minor": 69_000, "until_days_before": 60},
            "late": {"amount_minor": 87_000, "from_days_before": 30},
        },
        {
            "key": "academic",
            "label": {"en": "Academic or student", "zh": "学者、学生"},
            "who": {
                "en": "Teachers, researchers and students; we ask for a letter of the school",
                "zh": "高校教师、研究人员与在读学生，须提供学校证明",
            },
            "audience": "academic",
            "admits": "student",
            "proof": "approval",
            "places": 15,
            "amount_minor": 29_000,
            "other_prices": {"CNY": {"regular": 203_000}},
            "until_days_before": None,
        },
        {
            "key": "small-city",
            "label": {"en": "Small city", "zh": "小城市"},
            "who": {
                "en": "Staff of a small city",
                "zh": "小城市的工作人员",
            },
            "audience": "anyone",
            "admits": "government",
            "population_most": 110_000,
            "amount_minor": 45_000,
            "other_prices": {"CNY": {"regular": 315_000}},
            "until_days_before": None,
        },
    ],
    "add_ons": [
        {
            "key": "pre-tour",
            "kind": "pre_tour",
            "label": {"en": "Pre-tour: Beijing and Xi’an", "zh": "会前考察：北京、西安"},
            "summary": {
                "en": "Four days with guide and interpreter, twin rooms, the fast train and the flight to Yangzhou",
                "zh": "四天，含领队、译员、双人间、高铁及赴扬州航班",
            },
            "amount_minor": 94_000,
            "other_prices": {"CNY": {"regular": 658_000}},
            "capacity": 36,
            "first_day": -4,
            "last_day": -1,
        },
        {
            "key": "post-tour",
            "kind": "post_tour",
            "label": {"en": "Post-tour: Hangzhou and Shanghai", "zh": "会后考察：杭州、上海"},
            "summary": {
                "en": (
                    "Four days and four nights from the evening the summit ends; guide, interpreter, "
                    "twin rooms, coach and fast train"
                ),
                "zh": "自闭幕当晚起四天四晚，含领队、译员、双人间、大巴与高铁",
            },
            "amount_minor": 81_000,
            "other_prices": {"CNY": {"regular": 567_000}},
            "capacity": 36,
            "first_day": 3,
            "last_day": 6,
        },
        {
            "key": "single-room",
            "kind": "single_room",
            "label": {"en": "Single room in Yangzhou", "zh": "扬州期间单人间"},
            "summary": {"en": "The room to yourself for the three nights of the summit", "zh": "峰会三晚独住一间"},
            "amount_minor": 16_500,
            "other_prices": {"CNY": {"regular": 115_500}},
            "capacity": 40,
            "first_day": -1,
            "last_day": 2,
        },
        {
            "key": "evening-boat",
            "kind": "other",
            "label": {"en": "Evening boat on the Grand Canal", "zh": "夜游大运河"},
            "summary": {
                "en": "Ninety minutes on the second evening, with tea and a canal historian",
                "zh": "第二天晚上，全程九十分钟，备茶，由运河史专家讲解",
            },
            "amount_minor": 4500,
            "other_prices": {"CNY": {"regular": 31_500}},
            "capacity": 120,
            "first_day": 1,
            "last_day": 1,
        },
        {
            "key": "airport-transfer",
            "kind": "other",
            "label": {"en": "Transfer from Nanjing Lukou Airport", "zh": "南京禄口机场接机"},
            "summary": {
                "en": "A shared coach to the hotel on the day before the summit",
                "zh": "会前一日拼车大巴送至酒店",
            },
            "amount_minor": 3500,
            "other_prices": {"CNY": {"regular": 24_500}},
            "capacity": None,
            "first_day": -1,
            "last_day": -1,
        },
        {
            "key": "guest",
            "kind": "guest",
            "label": {"en": "Guest at the receptions", "zh": "招待会随行人员"},
            "summary": {
                "en": "One guest of yours at the opening dinner and the evening by the lake",
                "zh": "可携一位随行人员出席开幕晚宴和湖畔之夜",
            },
            "amount_minor": 9_000,
            "other_prices": {"CNY": {"regular": 63_000}},
            "capacity": 30,
            "first_day": 0,
            "last_day": 1,
        },
    ],
}
