"""Which city a row of a file means: one that is here, one of the list of places, several, or none; pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tourreg.domain.cities.places import plain_name
from tourreg.kernel.bilingual import EMPTY, Text

# What people write before a name, and behind it, that belongs to no name in the list; tried only where the name as it
# stands is not known, since Kansas City is one.
_BEFORE = re.compile(r"^(?:the\s+)?(?:city|town|village|borough|township|municipality)\s+of\s+", re.IGNORECASE)
_BEHIND = re.compile(r"[\s,]+(?:city|town|village|borough|township|municipality)$", re.IGNORECASE)
_REGION_WORDS = re.compile(r"^(?:stateof|provinceof)|(?:province|state|autonomousregion|municipality)$")
_REGION_SIGNS = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$|(?<=..)州$")
LISTED_COUNTRIES = ("US", "CN")
MOST_CHOICES = 40


class RowRefused(Exception):
    """A row cannot be taken over; the column, what is wrong, and facts for its sentence."""

    def __init__(self, column: str, kind: str, **facts: Any) -> None:
        super().__init__(kind)
        self.column, self.kind, self.facts = column, kind, facts


@dataclass(frozen=True)
class Candidate:
    """A city that may be meant.

    key         "city:" and the public id of one that is here, or "place:" and its key in the list
    population  of a place without a figure 0
    """

    key: str
    name: Text
    region: Text
    country: str
    kind: str = "city"
    population: int = 0

    @property
    def is_here(self) -> bool:
        return self.key.startswith("city:")


@dataclass(frozen=True)
class Sought:
    """What a row says of where its city is; `region` and `country` are empty where it does not say."""

    names: tuple[str, ...]
    region: Text = EMPTY
    country: str = ""


@dataclass(frozen=True)
class Regions:
    """States and provinces, by the country and what `plain_region` makes of each name and of its letters."""

    known: Mapping[tuple[str, str], Text]

    def called(self, said: str, country: str) -> list[tuple[str, Text]]:
        """Return the country and the name in both languages of every region that the words may mean."""
        plain = plain_region(said)
        countries = [country] if country else sorted({code for code, _name in self.known})
        return [(code, self.known[code, plain]) for code in countries if (code, plain) in self.known]


def regions_known(listed: Mapping[str, Iterable[tuple[str, Text]]], cities: Iterable[Candidate]) -> Regions:
    """Return the regions of the list, and those in which a city is that is here."""
    known: dict[tuple[str, str], Text] = {}
    for city in cities:
        for name in (city.region.en, city.region.zh):
            known[city.country, plain_region(name)] = city.region
    for country, entries in listed.items():
        for letters, region in entries:
            for name in filter(None, (letters, region.en, region.zh)):
                known[country, plain_region(name)] = region
    return Regions(known)


def plain_region(said: str) -> str:
    """Return what two spellings of a state or province share: "Jiangsu", "Jiangsu Province"; 江苏, 江苏省."""
    signs = _REGION_SIGNS.sub("", re.sub(r"\s", "", said))
    plain = plain_name(signs or said)
    return _REGION_WORDS.sub("", plain) or plain


def sought(facts: Mapping[str, Any], regions: Regions) -> Sought:
    """Return what a row seeks.

    facts   of the row, by column; "Davenport, IA" as a name says the state as well
    raises  RowRefused
    """
    name, said = facts.get("name_en", ""), facts.get("region_en", "")
    if "," in name and not said and not facts.get("region_zh"):
        name, said = (part.strip() for part in name.rsplit(",", 1))
    names = tuple(filter(None, (name, facts.get("name_zh", ""))))
    if not names:
        raise RowRefused("name_en", "no_name")
    country = facts.get("country", "")
    typed = {"region_en": said, "region_zh": facts.get("region_zh", "")}
    found = [_region(column, words, country, regions) for column, words in typed.items() if words]
    if len({(code, region) for code, region in found if region}) > 1 and country in ("", *LISTED_COUNTRIES):
        raise RowRefused("region_en", "regions_differ")
    if not found:
        return Sought(names, EMPTY, country)
    code, region = found[0]
    if country not in ("", *LISTED_COUNTRIES) and not _is_known(typed, country, regions):
        region = Text(typed["region_en"] or typed["region_zh"], typed["region_zh"])
    return Sought(names, region, code)


def spellings(name: str) -> list[str]:
    """Return the name as it stands, and without what people write around names; the likelier first."""
    bare = _BEFORE.sub("", name)
    return list(dict.fromkeys((name, bare, _BEHIND.sub("", bare))))


def candidates(wanted: Sought, named: Mapping[str, Collection[Candidate]]) -> list[Candidate]:
    """Return who may be meant: those that have both names before those with one, cities that are here before the rest.

    named  those of each name, by what `plain_name` makes of it
    """
    found = [_of_name(name, wanted, named) for name in wanted.names]
    keys = set.intersection(*({each.key for each in of_name} for of_name in found))
    every = {each.key: each for of_name in found for each in of_name}
    chosen = [each for each in every.values() if each.key in keys] or list(every.values())
    here = [each for each in chosen if each.is_here]
    listed = [each for each in chosen if not each.is_here and not any(_is_same(each, other) for other in here)]
    return sorted(here, key=_order) + sorted(listed, key=_order)


def decide(wanted: Sought, found: Sequence[Candidate], chosen: str = "") -> Candidate | None:
    """Return the city that is meant, or None where none is known.

    chosen  the key that somebody chose where several may be meant
    raises  RowRefused with kind "several", what was said and the choices
    """
    if picked := next((each for each in found if each.key == chosen), None):
        return picked
    here = [each for each in found if each.is_here]
    if len(here) == 1 and (wanted.region or len(found) == 1):
        return here[0]
    if len(found) > 1:
        choices = here if wanted.region and here else list(found)
        raise RowRefused("name_en", "several", said=wanted.names[0], choices=choices[:MOST_CHOICES])
    return found[0] if found else None


def names_of(candidate: Candidate) -> set[str]:
    return {plain_name(name) for name in (candidate.name.en, candidate.name.zh) if name}


def is_called(candidate: Candidate, name: str) -> bool:
    """Tell whether the words name the city, with whatever stands around its name."""
    said = [*spellings(name), *spellings(name.rsplit(",", 1)[0].strip())]
    return any(plain_name(spelling) in names_of(candidate) for spelling in said)


def _lie_together(one: Candidate, other: Candidate) -> bool:
    """Tell whether two lie in one region of one country."""
    alike = {plain_region(each) for each in (one.region.en, one.region.zh) if each}
    return one.country == other.country and any(
        plain_region(each) in alike for each in (other.region.en, other.region.zh) if each
    )


def _is_same(one: Candidate, other: Candidate) -> bool:
    return bool(names_of(one) & names_of(other)) and _lie_together(one, other)


def _is_known(typed: Mapping[str, str], country: str, regions: Regions) -> bool:
    return any(words and regions.called(words, country) for words in typed.values())


def _region(column: str, said: str, country: str, regions: Regions) -> tuple[str, Text]:
    found = regions.called(said, country)
    if len(found) > 1:
        raise RowRefused("country", "which_country", said=said)
    if found:
        return found[0]
    if country in ("", *LISTED_COUNTRIES):
        raise RowRefused(column, "unknown_region", said=said, country=country)
    return country, Text(said if column == "region_en" else "", said if column == "region_zh" else "")


def _of_name(name: str, wanted: Sought, named: Mapping[str, Collection[Candidate]]) -> list[Candidate]:
    for spelling in spellings(name):
        found = [each for each in named.get(plain_name(spelling), ()) if _lies_there(each, wanted)]
        if found:
            return found
    return []


def _lies_there(candidate: Candidate, wanted: Sought) -> bool:
    if wanted.country and candidate.country != wanted.country:
        return False
    return not wanted.region or _lie_together(
        candidate, Candidate("", EMPTY, wanted.region, wanted.country or candidate.country)
    )


def _order(candidate: Candidate) -> tuple[int, str]:
    return -candidate.population, candidate.key
