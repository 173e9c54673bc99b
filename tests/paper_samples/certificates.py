"""Certificates of recognition: a plain one, and one whose every word is as long as it may be."""

from typing import Any

from tests.paper_samples.organisations import both
from tests.paper_samples.people import THANKS

RECOGNITION: dict[str, Any] = {
    **THANKS,
    "kind": "host_recognition",
    "holder": both("The City of Fort Collins", "柯林斯堡市"),
    "people": 20,
    "places": [both("The council–manager city", "议会—经理制城市"), both("Drake water works", "德雷克水厂")],
    "citation": both("", ""),
}
LONG: dict[str, Any] = {
    **RECOGNITION,
    "holder": both("The Metropolitan Government of Nashville and Davidson County", "纳什维尔与戴维森县联合都会政府"),
    "title": both(
        "Energy Efficiency and Building Performance in the Public Buildings of Middle-Sized Cities",
        "中等城市公共建筑节能与建筑性能提升",
    ),
    "people": 120,
    "places": [
        both("The council–manager city and what its charter leaves to whom", "议会—经理制城市：宪章把哪些事交给谁"),
        both("Power from sludge at the regional water reclamation facility", "区域再生水厂的污泥发电"),
        both("Two schools after their deep energy retrofit", "两所学校的深度节能改造"),
    ],
    "citation": both(
        "Its staff opened the books of the utility, answered every question, and drove the night shift’s round twice "
        "so that nobody missed it.",
        "市政人员公开公用事业账目，有问必答，并两次陪同夜班巡检，使每一位团员都能参加。",
    ),
    "replaces": "CTR-CER-2027-00002",
}
