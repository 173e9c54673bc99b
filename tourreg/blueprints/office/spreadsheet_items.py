"""The item that a row of an itinerary's spreadsheet says, and what is wrong in which of its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from flask_babel import force_locale

from tourreg.adapters.workbooks import Value
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import LOCALES, language
from tourreg.blueprints.office import spreadsheet_cells as cells
from tourreg.blueprints.office.itinerary_item import LONGEST as LONGEST_DETAIL
from tourreg.blueprints.office.itinerary_item import MOST_MINUTES, WORDS
from tourreg.blueprints.office.itinerary_words import CHOICES
from tourreg.blueprints.office.sheet_reading import LONGEST
from tourreg.blueprints.office.spreadsheet_cells import CellWrong
from tourreg.blueprints.office.spreadsheet_speakers import bare, called, labels
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.itineraries import rules
from tourreg.domain.itineraries.details import TEXTS
from tourreg.domain.itineraries.merging import DayName
from tourreg.domain.itineraries.models import Speaker
from tourreg.domain.itineraries.plans import ItemPlan
from tourreg.kernel.bilingual import Text

LONGEST_WORDS = 120
_SEVERAL_LINES = ("notes", "for_participants", "for_host", "for_driver", "for_escort", "topics", "access")


@dataclass(frozen=True)
class Known:
    """What rows may name: the event with its tours, cities, speakers, and the items that stand now by public id."""

    event: Event
    cities: Sequence[City]
    speakers: Sequence[Speaker]
    items: Mapping[str, ItemPlan]

    def cities_called(self, name: str) -> list[City]:
        """Return the cities with this name, without case; of several those on the route alone, if there are any."""
        called = self._city_names.get(name, [])
        route = {stop.city_id for stop in self.event.stops}
        return [city for city in called if city.id in route] or called if len(called) > 1 else called

    @cached_property
    def _city_names(self) -> dict[str, list[City]]:
        named: dict[str, list[City]] = {}
        for city in self.cities:
            for name in {each.casefold() for each in (city.slug, city.name.en, city.name.zh) if each}:
                named.setdefault(name, []).append(city)
        return named

    @cached_property
    def part_names(self) -> dict[str, str]:
        tours = {
            name.casefold(): tour.public_id
            for tour in self.event.add_ons
            for name in (tour.label.en, tour.label.zh)
            if name
        }
        return {**dict.fromkeys(("", "programme", "program", "日程", "主行程"), ""), **tours}

    @cached_property
    def speakers_called(self) -> dict[str, list[str]]:
        return called(self.speakers)

    @cached_property
    def readers(self) -> dict[str, Callable[[Value], Any]]:
        return _readers(self)


def read_item(
    row: Mapping[str, Value],
    keys: set[str],
    known: Known,
    item: ItemPlan | None,
    day: DayName | None,
    faults: dict[str, str],
) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the fields that the row says of an item and of its details; faults are noted by their columns."""
    read = {key: attempt(reader, row.get(key), key, faults) for key, reader in known.readers.items() if key in keys}
    texts = {name: _text(read, name, item) for name in ("title", "place", "address", "notes") if _in(read, name)}
    details = {name: _text(read, name, item and item.details) for name in TEXTS if _in(read, name)}
    details |= {name: read[name] for name in (*WORDS, "leaves", "minutes") if name in read}
    said = {name: read[name] for name in _ALONE if name in read} | texts
    said |= {"fee_minor": read["fee"]} if "fee" in read else {}
    said |= _times(row, read, known, item, keys)
    if not row.get("kind") and item is None:
        faults.setdefault("kind", _("Choose what kind of thing it is."))
    if not row.get("kind"):
        said.pop("kind", None)
    if not (texts.get("title") or (item and item.title)):
        faults.setdefault("title_en", _("Say what it is, in English or in Chinese."))
    _check(said, item, day, keys, faults)
    return said, details


# What a column says of an item under the same name.
_ALONE = (
    "kind",
    "group",
    "nature",
    "cost",
    "optional",
    "capacity",
    "standing",
    "standing_by",
    "standing_on",
    "speakers",
)


def _readers(known: Known) -> dict[str, Callable[[Value], Any]]:
    """Return what reads each column of an item."""
    readers: dict[str, Callable[[Value], Any]] = {
        "start": cells.clock,
        "end": cells.end,
        "zone": cells.zone,
        "end_zone": cells.zone,
        "optional": cells.yes,
        "capacity": cells.number,
        "fee": partial(cells.amount, currency=known.event.currency),
        "standing_on": lambda value: None if cells.words(value) == "" else cells.day(value),
        "standing_by": partial(cells.text, most=LONGEST_WORDS),
        "speakers": partial(_speakers, known=known),
        "leaves": lambda value: "" if cells.words(value) == "" else f"{cells.clock(value):%H:%M}",
        "minutes": _minutes,
    }
    for name in ("kind", "group", "nature", "cost", "standing"):
        readers[name] = partial(cells.choice, choices=choices_of(name))
    for name in WORDS:
        readers[name] = partial(cells.text, most=LONGEST_WORDS)
    for name, most in (*LONGEST.items(), *((name, LONGEST_DETAIL) for name in TEXTS)):
        for code in ("en", "zh"):
            readers[f"{name}_{code}"] = partial(cells.text, most=most, lines=name in _SEVERAL_LINES)
    return readers


@cache
def choices_of(name: str) -> dict[str, str]:
    """Return the keys of a choice by the words that stand for them in either language, and by themselves."""
    found = {str(key).casefold(): str(key) for key in CHOICES[name]}
    for locale in LOCALES.values():
        with force_locale(locale):
            found |= {str(words).casefold(): str(key) for key, words in CHOICES[name].items()}
    return found


def _minutes(value: Value) -> int | None:
    found = cells.number(value)
    if found is not None and found > MOST_MINUTES:
        raise CellWrong(_("At most a day: %(most)d minutes.", most=MOST_MINUTES))
    return found


def _speakers(value: Value, known: Known) -> tuple[str, ...]:
    names = [name.strip() for name in cells.words(value).replace("；", ";").split(";") if name.strip()]
    return tuple(dict.fromkeys(_speaker(name, known) for name in names))


def _speaker(name: str, known: Known) -> str:
    meant = known.speakers_called.get(bare(name), [])
    if not meant:
        raise CellWrong(_("“%(name)s” is not among the speakers of the event.", name=name[:60]))
    if len(meant) > 1:
        label = labels(known.speakers, language())[meant[0]]
        raise CellWrong(
            _("Several speakers are called “%(name)s”. Write for example “%(label)s”.", name=name[:60], label=label)
        )
    return meant[0]


def _in(read: Mapping[str, Any], name: str) -> bool:
    return f"{name}_en" in read or f"{name}_zh" in read


def _text(read: Mapping[str, Any], name: str, before: Any) -> Text:
    """Return a text; the language for which there is no column stays as it is."""
    known: Text = getattr(before, name) if before else Text()
    english, chinese = read.get(f"{name}_en", known.en), read.get(f"{name}_zh", known.zh)
    return Text(english or "", chinese or "")


def _times(
    row: Mapping[str, Value], read: Mapping[str, Any], known: Known, item: ItemPlan | None, keys: set[str]
) -> dict[str, Any]:
    """Return when it happens; a new item without a zone happens where the day is."""
    cities = known.cities_called(cells.words(row.get("city")).casefold())
    usual = item.zone if item else cities[0].zone if cities else known.event.zone
    said = {"starts": read.get("start"), "zone": read.get("zone") or usual}
    if "end" in keys:
        ends, days = read.get("end") or (None, 0)
        said |= {"ends": ends, "ends_days": days}
    if "end_zone" in keys:
        said["ends_zone"] = read.get("end_zone") or None
    return said


def _check(
    said: Mapping[str, Any], item: ItemPlan | None, day: DayName | None, keys: set[str], faults: dict[str, str]
) -> None:
    """Note what does not go together, once every cell is right by itself."""
    if faults or day is None:
        return
    whole = {"ends": item.ends if item else None, "ends_zone": None, "ends_days": 0, **said}
    times = {name: whole[name] for name in ("starts", "zone", "ends", "ends_zone", "ends_days")}
    if rules.ends_too_early(day.on_date, ItemPlan(kind="", title=Text(), **times)):
        faults["end"] = _("It ends before it starts. Type 05:10+1 for the next day, or choose the zone it ends in.")
    optional = said.get("optional", item.optional if item else False)
    if not optional and (said.get("capacity") or said.get("fee_minor")):
        faults["optional"] = _("Only what people choose has places and a fee of its own.")
    asked = said.get("standing", "none") != "none"
    if asked and "standing_on" in keys and not said.get("standing_on"):
        faults["standing_on"] = _("Type the day on which the host was asked or answered.")


def attempt(read: Callable[[Value], Any], value: Value, key: str, faults: dict[str, str]) -> Any:
    """Return what a cell means, None where it is wrong, which is then noted by its column."""
    try:
        return read(value)
    except CellWrong as wrong:
        faults.setdefault(key, str(wrong))
        return None
