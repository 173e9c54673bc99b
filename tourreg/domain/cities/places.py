"""Places that cities are looked up in, so that nobody types coordinates: those of the United States and of China.

The tables lie beside this file; docs/decisions/0026-places.md says where they come from. They are read when somebody
looks something up, and stay in memory as lines, some four megabytes.
"""

from __future__ import annotations

import gzip
import heapq
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from tourreg.kernel.bilingual import Text
from tourreg.kernel.ordering import sort_key

_FOLDER = Path(__file__).parent
MOST_FOUND = 20
LONGEST_SEARCH = 80
_FEWEST_LETTERS = 2
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Words that names have short or long.
_LONG = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

SOURCE = Text(
    "Names and coordinates of U.S. places: U.S. Census Bureau, Gazetteer Files 2022. Populations, time zones and "
    "Chinese cities: GeoNames (geonames.org, CC BY 4.0), July 2026.",
    "美国地名与坐标：美国人口普查局《地名录》2022年版。人口、时区及中国城市："
    "GeoNames（geonames.org，CC BY 4.0），2026年7月。",
)
POPULATION_SOURCE = Text(
    "GeoNames (geonames.org, CC BY 4.0), July 2026, after census figures",
    "GeoNames（geonames.org，CC BY 4.0），2026年7月，据人口普查数据",
)


@dataclass(frozen=True)
class Place:
    """A place as the table has it.

    key         what addresses and sign-ups name it by: "us-" or "cn-" and the number that its government gave it
    population  None where the table has none, as for every Chinese city
    kind        "city", "town", "village", "borough", "township" or "county"
    """

    key: str
    name: Text
    region: Text
    country: str
    zone: str
    latitude: float
    longitude: float
    population: int | None
    kind: str


def find_places(words: str, *, most: int = MOST_FOUND) -> list[Place]:
    """Return the places that fit the words best: those of that name first, then by population.

    words  the beginning of a name, any words of it, and the state or its letters: "Springfield, IL", "saint louis"
    """
    asked = " ".join(words.split())[:LONGEST_SEARCH]
    if _HAN.search(asked):
        return [place for place in _named_in_chinese() if _is_han_of(asked, place)][:most]
    folded = _folded(asked).split()
    if len("".join(folded)) < _FEWEST_LETTERS:
        return []
    found = [*_found_in_states(folded), *_found_in_china(folded)]
    return heapq.nsmallest(most, found, key=lambda place: _rank(place, folded))


@lru_cache(maxsize=512)
def place_of(key: str) -> Place | None:
    """Return the place of a key; None where there is none."""
    country, _dash, number = key.partition("-")
    if country == "us":
        line = next((line for line in _us_table()[0] if line.split("\t")[6] == number), None)
        return _american(line) if line else None
    line = next((line for line in _china_lines() if line.split("\t")[6] == number), None)
    return _china(line) if country == "cn" and line else None


def places_named(names: Collection[str]) -> dict[str, list[Place]]:
    """Return all places that have just this name, by the names as they were asked; both tables are read through once.

    names  in English, with or without marks, or in Chinese with or without "市"
    """
    asked: dict[str, list[str]] = {}
    for name in names:
        asked.setdefault(plain_name(name), []).append(name)
    found: dict[str, list[Place]] = {name: [] for name in names}
    for plain, place in _of_plain_names(asked.keys() - {""}):
        for name in asked[plain]:
            found[name].append(place)
    return found


def plain_name(name: str) -> str:
    """Return what two spellings of one name share: without marks, spaces and case, "St." as "Saint", no "市".

    Chinese stays Chinese, since different names may be read alike.
    """
    if _HAN.search(name):
        bare = re.sub(r"[\s·]", "", name)
        return bare.removesuffix("市") if len(bare) > _FEWEST_LETTERS else bare
    return _folded(name).replace(" ", "")


def regions() -> dict[str, list[tuple[str, Text]]]:
    """Return states and provinces by country, each with its letters, "" where it has none."""
    provinces = {cells[2]: cells[3] for cells in (line.split("\t") for line in _china_lines())}
    return {
        "US": list(_states().items()),
        "CN": [("", Text(english, chinese)) for english, chinese in provinces.items()],
    }


def _of_plain_names(plain: Collection[str]) -> Iterator[tuple[str, Place]]:
    lines, haystack, _ends = _us_table()
    endings = {
        letters: f" {_folded(state.en)} {letters.lower()} {_folded(letters)}" for letters, state in _states().items()
    }
    for line, words in zip(lines, haystack.split("\n"), strict=True):
        name = words.removesuffix(endings[line.split("\t", 2)[1]]).replace(" ", "")
        if name in plain:
            yield name, _american(line)
    for place in map(_china, _china_lines()):
        if plain_name(place.name.en) in plain:
            yield plain_name(place.name.en), place
    for place in _named_in_chinese():
        if plain_name(place.name.zh) in plain:
            yield plain_name(place.name.zh), place


def _found_in_states(folded: list[str]) -> list[Place]:
    lines, haystack, ends = _us_table()
    every_word = "".join(rf"(?=.*\b{re.escape(word)})" for word in folded)
    found = re.finditer(f"^{every_word}.*$", haystack, re.MULTILINE)
    return [_american(lines[bisect_right(ends, match.start())]) for match in found]


def _found_in_china(folded: list[str]) -> list[Place]:
    asked = "".join(folded)
    named = ((_china(line), line.split("\t")) for line in _china_lines())
    return [
        place
        for place, cells in named
        if any(spelled.startswith(asked) for spelled in _spellings(cells)) or asked == _joined(cells[0] + cells[2])
    ]


def _spellings(cells: list[str]) -> tuple[str, str]:
    """Return how a Chinese city is written in Latin letters, without spaces: as the table has it, and by pinyin."""
    return _joined(cells[0]), _joined(cells[1])


def _joined(text: str) -> str:
    return sort_key(text).replace(" ", "")


def _named_in_chinese() -> Iterator[Place]:
    yield from map(_china, _china_lines())
    lines = (line for line in _us_table()[0] if line.split("\t")[6] in _us_names_zh())
    yield from sorted(map(_american, lines), key=lambda place: -(place.population or 0))


def _is_han_of(asked: str, place: Place) -> bool:
    """Tell whether the characters begin the city's name, with or without its province and "市"."""
    bare = re.sub(r"[市省\s,，]", "", asked)
    full = place.name.zh if place.region.zh == place.name.zh else place.region.zh + place.name.zh
    return bool(bare) and (place.name.zh.startswith(bare) or full.startswith(bare))


def _rank(place: Place, folded: list[str]) -> tuple[int, int, str]:
    """Return what to order by: places with just this name, then names that begin so, then the rest; largest first."""
    name, asked = _folded(place.name.en).split(), folded
    if asked[: len(name)] == name or "".join(asked) == "".join(name):
        nearness = 0
    else:
        nearness = 1 if " ".join(name).startswith(" ".join(asked)) else 2
    return nearness, -(place.population or 0), place.key


def _american(line: str) -> Place:
    name, state, latitude, longitude, population, zone, number, kind = line.split("\t")
    where = float(latitude), float(longitude)
    people = int(population) if population else None
    return Place(
        f"us-{number}", Text(name, _us_names_zh().get(number, "")), _states()[state], "US", zone, *where, people, kind
    )


def _china(line: str) -> Place:
    english, chinese, region_en, region_zh, latitude, longitude, number = line.split("\t")
    where = float(latitude), float(longitude)
    region = Text(region_en, region_zh)
    return Place(f"cn-{number}", Text(english, chinese), region, "CN", "Asia/Shanghai", *where, None, "city")


@cache
def _us_table() -> tuple[list[str], str, list[int]]:
    """Return the lines, the words that each is found by on a line of its own, and where each of those ends."""
    lines = gzip.decompress((_FOLDER / "us_places.tsv.gz").read_bytes()).decode("utf-8").splitlines()
    words = [_words_of(line) for line in lines]
    return lines, "\n".join(words), list(accumulate(len(each) + 1 for each in words))


def _words_of(line: str) -> str:
    name, state = line.split("\t", 2)[:2]
    return f"{_folded(name)} {_folded(_states()[state].en)} {state.lower()} {_folded(state)}"


@cache
def _states() -> dict[str, Text]:
    rows = (_FOLDER / "us_states.tsv").read_text("utf-8").splitlines()
    return {letters: Text(english, chinese) for letters, english, chinese in (row.split("\t") for row in rows)}


@cache
def _us_names_zh() -> dict[str, str]:
    """Return what the best known places of the United States are called in Chinese, by their number."""
    rows = (_FOLDER / "us_names_zh.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows)


@cache
def _china_lines() -> tuple[str, ...]:
    return tuple((_FOLDER / "china_places.tsv").read_text("utf-8").splitlines())


def _folded(text: str) -> str:
    return " ".join(_LONG.get(word, word) for word in sort_key(text).split())
