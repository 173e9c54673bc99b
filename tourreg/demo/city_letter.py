"""A sample letter to host cities of both countries, one of which has nobody to read it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tourreg.db import writing
from tourreg.demo.staff import programme_officer
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.hosting.city_letter_rules import Draft
from tourreg.domain.hosting.city_letters import write_to_cities
from tourreg.domain.hosting.city_readers import readers_of_cities
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.kernel.bilingual import Text

LETTER = Draft(
    Text("Sample: your weeks for next spring", "样例：请{city}告知明春可接待的时段"),
    Text(
        "Sample. We are putting together next spring’s study tours and would like to bring one of them to {city}.\n\n"
        "Please open your page and put the weeks that suit you into your offers:\n"
        "- one window is enough,\n- days on which you cannot receive anybody help us as much.\n\n"
        "Programme office",
        "样例。我们正在安排明春的考察研修，希望有一个考察团到访{city}。\n\n"
        "请打开贵市页面，在接待意向中填写合适的时段：\n- 填一个时段即可；\n- 不便接待的日子也请注明。\n\n项目办公室",
    ),
)
AMERICAN, CHINESE, WITHOUT_READER = 4, 3, 1
BEFORE = timedelta(hours=3)


def write_to_some_cities(now: datetime) -> None:
    """Ask for the letter to the first cities of both countries with a contact, and to one without; three hours ago."""
    cities = all_cities()
    reached = readers_of_cities([city.id for city in cities], ROLES)
    chosen = [city.id for city in cities if city.id not in reached][:WITHOUT_READER]
    for country, most in (("US", AMERICAN), ("CN", CHINESE)):
        chosen += [city.id for city in cities if city.country == country and city.id in reached][:most]
    with writing():
        write_to_cities(LETTER, chosen, submission_key="sample", now=now - BEFORE, by=programme_officer())
