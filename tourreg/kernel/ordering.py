"""Keys that put names in order, the same on every database: Latin without its marks, Chinese by pinyin."""

import re
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("pinyin.txt")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Letters that Unicode does not take apart into a letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ə": "e"}
)
# Family names that are read otherwise than the same characters elsewhere.
_FAMILY_NAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "澹台": "tan tai", "宓": "fu", "曾": "zeng", "单": "shan",
    "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao", "区": "ou", "盖": "ge", "缪": "miao", "乐": "yue",
    "员": "yun", "召": "shao", "折": "she", "种": "chong", "秘": "bi", "繁": "po", "重": "chong", "翟": "zhai",
    "覃": "qin", "卜": "bu", "洗": "xian",
}  # fmt: skip
# Places that are read otherwise than their characters alone.
_PLACES = {
    "厦门": "xia men", "重庆": "chong qing", "长沙": "chang sha", "长春": "chang chun", "长治": "chang zhi",
    "长江": "chang jiang", "长兴": "chang xing", "长乐": "chang le", "成都": "cheng du", "都江堰": "du jiang yan",
    "六安": "lu an", "六合": "lu he", "蚌埠": "beng bu", "番禺": "pan yu", "乐清": "yue qing", "泌阳": "bi yang",
    "铅山": "yan shan", "枞阳": "zong yang", "尉犁": "yu li", "牟平": "mu ping", "中牟": "zhong mu",
}  # fmt: skip
_PLACE = re.compile("|".join(_PLACES))


def sort_key(text: str) -> str:
    """Return what to order a text by: "zhou lan" for 周岚, "nunez jose" for Núñez, José."""
    named = _PLACE.sub(lambda place: f" {_PLACES[place[0]]} ", text)
    spelled = _HAN.sub(lambda han: f" {_syllable(han[0])} ", named)
    letters = unicodedata.normalize("NFKD", spelled.casefold().translate(_WHOLE_LETTERS))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


def name_sort_key(name: str) -> str:
    """Return what to order a person's full name by, with the family name read as a family name: "zeng" for 曾."""
    for length in (2, 1):
        if reading := _FAMILY_NAMES.get(name[:length]):
            return sort_key(f"{reading} {name[length:]}")
    return sort_key(name)


def _syllable(han: str) -> str:
    """Return how a character is read, or the character where the table has none."""
    table = _readings()
    place = table.find(han)
    if place < 0:
        return han
    start = table.rfind("\n", 0, place) + 1
    return table[start : table.index(" ", start)]


@cache
def _readings() -> str:
    return _TABLE.read_text("utf-8")
