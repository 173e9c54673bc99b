"""Cities that offered to host a group, in every state of the offer; the people are invented."""

from tourreg.demo.shapes import Host

HOSTS: list[Host] = [
    {
        "key": "host-dubuque",
        "city": "dubuque",
        "state": "accepted",
        "days_ago": 48,
        "language": "en",
        "contact": {
            "surname": "Hollis",
            "given": "Marguerite",
            "native_name": "",
            "salutation": "ms",
            "position": {"en": "Sustainability Coordinator", "zh": "可持续发展协调员"},
            "organisation": "dubuque",
            "email": "marguerite.hollis@example.org",
            "phone": "+1 563 555 0174",
            "language": "en",
        },
        "department": "City Manager’s Office",
        "offers": (
            "Three days. We can show the Bee Branch from the buried sewer to the open creek, the "
            "flood-mitigation loan behind it, and how residents wrote our sustainability plan. "
            "Council chambers and a bus for 22 are free of charge; hotel rates are about US$119. "
            "Six families would each have two guests to supper."
        ),
        "available": "The second half of September or the first half of May",
        "group_size": 16,
        "decided_days_ago": 40,
        "decision_note": {
            "en": (
                "Your dates and your creek fit two groups we have in hand. We shall come back with a "
                "request for one of them."
            ),
            "zh": "贵市所提时间与河道项目与我方两个团组的需求相符，拟就其中一个团组向贵市提出接待请求。",
        },
    },
    {
        "key": "host-las-cruces",
        "city": "las-cruces",
        "state": "accepted",
        "days_ago": 33,
        "language": "en",
        "contact": {
            "surname": "Montoya",
            "given": "Gabriel",
            "native_name": "",
            "salutation": "mr",
            "position": {"en": "Assistant City Manager", "zh": "助理市经理"},
            "organisation": "las-cruces",
            "email": "gabriel.montoya@example.org",
            "phone": "+1 575 555 0175",
            "language": "en",
        },
        "department": "City Manager’s Office",
        "offers": (
            "Topics: solar roofs on small budgets, shade trees, reuse of water for parks, "
            "one-page budget reports. We can lend a Spanish interpreter but not a Chinese one.\n\n"
            "Twelve people at most, as our vans hold that many."
        ),
        "available": "Any week from October to March except the last two of December",
        "group_size": 12,
        "decided_days_ago": 27,
        "decision_note": {
            "en": "Accepted for groups of up to 12. We bring our own interpreter.",
            "zh": "同意接待，规模不超过12人，译员由我方派出。",
        },
    },
    {
        "key": "host-kansas-city",
        "city": "kansas-city",
        "state": "address_confirmed",
        "days_ago": 6,
        "language": "en",
        "contact": {
            "surname": "Brannigan",
            "given": "Moira",
            "native_name": "",
            "salutation": "ms",
            "position": {"en": "Chief Environmental Officer", "zh": "首席环境官"},
            "organisation": "kansas-city",
            "email": "moira.brannigan@example.org",
            "phone": "+1 816 555 0176",
            "language": "en",
        },
        "department": "Office of Environmental Quality",
        "offers": (
            "Green storm-water works in three neighbourhoods, two of them finished and one "
            "argued about. We should like planners and water engineers who do not mind the "
            "argument. Two days. As a sister city of Xi’an we would be glad of colleagues from "
            "there."
        ),
        "available": "April or October",
        "group_size": 20,
        "decided_days_ago": None,
        "decision_note": None,
    },
    {
        "key": "host-phoenix",
        "city": "phoenix",
        "state": "signed_up",
        "days_ago": 1,
        "language": "en",
        "contact": {
            "surname": "Delgado-Price",
            "given": "Yolanda",
            "native_name": "",
            "salutation": "ms",
            "position": {"en": "Program Manager, Heat Response", "zh": "高温应对项目主管"},
            "organisation": "phoenix",
            "email": "yolanda.delgado-price@example.org",
            "phone": "+1 602 555 0177",
            "language": "en",
        },
        "department": "Office of Heat Response and Mitigation",
        "offers": (
            "Heat plans, shade along bus stops, cool pavement with three years of measurements. "
            "Half-day or full-day visits at no cost to you."
        ),
        "available": "Please not from June to September, unless the group wants to feel what the plan is about",
        "group_size": 25,
        "decided_days_ago": None,
        "decision_note": None,
    },
    {
        "key": "host-tacoma",
        "city": "tacoma",
        "state": "declined",
        "days_ago": 61,
        "language": "en",
        "contact": {
            "surname": "Kjærsgaard",
            "given": "Nels",
            "native_name": "",
            "salutation": "mr",
            "position": {"en": "Economic Development Specialist", "zh": "经济发展专员"},
            "organisation": "tacoma",
            "email": "nels.kjaersgaard@example.org",
            "phone": "+1 253 555 0178",
            "language": "en",
        },
        "department": "Community and Economic Development",
        "offers": "A harbour cruise and a reception at the museum, one afternoon.",
        "available": "August",
        "group_size": 40,
        "decided_days_ago": 52,
        "decision_note": {
            "en": (
                "Thank you. Our groups need at least one working day with city staff; we would "
                "gladly hear from you if that becomes possible."
            ),
            "zh": "感谢贵市的盛情。我方团组至少需安排一个完整工作日与市政部门座谈；如有可能，欢迎再次联系。",
        },
    },
    {
        "key": "host-xiamen",
        "city": "xiamen",
        "state": "address_confirmed",
        "days_ago": 12,
        "language": "zh",
        "contact": {
            "surname": "Su",
            "given": "Mingyue",
            "native_name": "苏明玥",
            "salutation": "ms",
            "position": {"en": "Deputy Division Chief", "zh": "副处长"},
            "organisation": "xiamen-fao",
            "email": "mingyue.su@example.org",
            "phone": "+86 592 5555 0179",
            "language": "zh",
        },
        "department": "对外友好交流处",
        "offers": (
            "我市愿接待美国城市管理者团组，为期两至三天。可安排筼筜湖治理、滨海步道、海绵城市片区"
            "及社区治理等现场教学，由市政园林、水务部门负责同志讲解。会议室与市内用车由我方提供，"
            "食宿按协议价自理。可配英语译员一名。"
        ),
        "available": "每年3月至5月、10月至12月",
        "group_size": 20,
        "decided_days_ago": None,
        "decision_note": None,
    },
    {
        "key": "host-davenport",
        "city": "davenport",
        "state": "accepted",
        "days_ago": 63,
        "language": "en",
        "contact": {
            "surname": "Abernathy",
            "given": "Ruth",
            "native_name": "",
            "salutation": "ms",
            "position": {"en": "Assistant City Administrator", "zh": "助理市政管理官"},
            "organisation": "davenport",
            "email": "ruth.abernathy@example.org",
            "phone": "+1 563 555 0126",
            "language": "en",
        },
        "department": "City Administrator’s Office",
        "offers": (
            "Two days with the crews who run the biogas plant and the solar roofs of our garages. A round table with "
            "our finance office on who measures the saving. The Council chambers hold 40."
        ),
        "available": "Winter and spring, Mondays to Thursdays",
        "group_size": 24,
        "decided_days_ago": 55,
        "decision_note": {
            "en": "The energy tour comes to you for two days. Its programme follows.",
            "zh": "能源考察团将到贵市访问两天，行程随后寄上。",
        },
    },
]
