"""Two sample programmes of the past, which Davenport received: what they were called, showed and left behind."""

from tourreg.domain.hosting.report_rules import Gift
from tourreg.kernel.bilingual import Text

# An item of a day: its kind, when it began and ended, what it was, and where.
Was = tuple[str, str, str, Text, Text]

CITY_HALL = Text("City Hall (sample room)", "市政厅（示例会议室）")
RIVERFRONT = Text("Main Street Landing (sample place)", "主街码头（示例地点）")
SHOWN: tuple[tuple[Text, tuple[Was, ...]], ...] = (
    (
        Text("Who decides, and who pays", "谁作决定，谁来付费"),
        (
            ("meeting", "09:00", "10:15", Text("Welcome by the mayor; how council and administrator work together",
                                               "市长致欢迎辞；市议会与城市行政官如何协作"), CITY_HALL),
            ("lecture", "10:30", "12:00", Text("Thirty years of pipes in one budget", "一份预算管三十年的管网"), CITY_HALL),
            ("meal", "12:15", "13:30", Text("Lunch with the crews", "与一线职工共进午餐"), CITY_HALL),
            ("site_visit", "14:00", "16:30", Text("A riverfront without a flood wall", "没有防洪墙的滨河地带"), RIVERFRONT),
        ),
    ),
    (
        Text("Works and workshops", "厂站与车间"),
        (
            ("site_visit", "08:45", "11:15", Text("Compost and biogas from what a city throws away", "城市废弃物变堆肥与沼气"),
             Text("Compost facility (sample)", "堆肥厂（示例）")),
            ("meal", "12:00", "13:15", Text("Lunch at the library", "图书馆午餐"), Text("Main library", "市图书馆")),
            ("meeting", "14:00", "15:30", Text("What each side takes home", "双方的收获"), CITY_HALL),
        ),
    ),
)  # fmt: skip
FIRST_TITLE = Text("Rivers and Small Cities", "河流与小城市")
LAST_TITLE = Text("Water and Waste in Small Cities", "小城市的水务与废弃物管理")
SUMMARY = Text(
    "A sample programme of the past: two days with the people who run a small city on a large river.",
    "样例往期项目：用两天时间，与大河边一座小城市的管理者交流。",
)
DESCRIPTION = Text(
    "Sample. City managers and engineers saw how a city of a hundred thousand decides, pays and keeps its works going.",
    "样例。城市管理者与工程师考察了一座十万人口城市如何决策、筹资并维护公用设施。",
)
FEE, FEE_MINOR = Text("Programme fee", "项目费"), 48_000
AUDIENCE = Text("City managers and engineers", "城市管理者与工程师")
LANGUAGES = Text("English and Chinese, with interpreters", "中英文，配口译")
WORDS = "Sample request. Twelve engineers want to see how a small city on a river keeps its works going."
GIFTS = (
    Gift("Guides and speakers", "Public Works", 1_470, 98_000),
    Gift("A bus and its driver for two days", "CitiBus", 960, 76_000),
    Gift("Room, sound and coffee at City Hall", "City Clerk", None, 42_500),
    Gift("Two lunches", "Mayor’s Office", None, 33_600),
    Gift("A library card for each guest", "Main Library"),
)
ANSWERS = {
    "group_fit": "well",
    "host_again": "yes",
    "went_well": "Sample. The crews were asked more than in any other year, and liked it.",
    "do_otherwise": "Sample. One interpreter for twelve people is too few at the works.",
    "gained": "Sample. Two of our engineers now write to Yangzhou about sludge.",
    "other": "",
}
PHOTO_NOTE = "Sample. The group at the landing"
