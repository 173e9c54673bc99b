"""What would come of a file of cities, row by row, city by city and contact by contact; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact
from tourreg.domain.hosting.city_merging import Merged, merged
from tourreg.domain.hosting.city_people import in_its_region
from tourreg.kernel.bilingual import Text


@dataclass(frozen=True)
class FileRow:
    """A row that could be read: its number, and what it says of a city and of somebody there, by field."""

    number: int
    city: Mapping[str, Any]
    contact: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Why a row is not taken over, or what is doubtful in it: its column, and facts for a sentence."""

    row: int
    column: str
    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class CityOutcome:
    """What would come of a city.

    city    as it is here; None for a new one
    before  its fields now: of a new city those of the list of places
    said    what the rows say of it together
    rows    their numbers
    """

    key: str
    city: City | None
    before: Mapping[str, Any]
    said: dict[str, Any]
    rows: list[int]

    @property
    def merge(self) -> Merged:
        return merged(self.before, self.said)

    @property
    def name(self) -> Text:
        """Return what it is called now, with its state or province."""
        texts = [
            Text(*(self.before.get(f"{name}_{code}") or self.said.get(f"{name}_{code}", "") for code in ("en", "zh")))
            for name in ("name", "region")
        ]
        return in_its_region(*texts)

    def after(self, *, overwrite: bool) -> dict[str, Any]:
        """Return its fields then; of a new city those of the file come before those of the list."""
        return self.merge.onto(self.before, overwrite=overwrite or self.city is None)


@dataclass
class ContactOutcome:
    """What would come of somebody at a city.

    known      as the office knows them there; None for somebody new
    shares     they share the city's page, where they look after their entry themselves
    elsewhere  names of other cities at which they are known, or which they stand beside in the file
    """

    key: tuple[str, str]
    known: CityContact | None
    shares: bool
    said: dict[str, Any]
    rows: list[int]
    elsewhere: list[Text] = field(default_factory=list)

    @property
    def merge(self) -> Merged:
        before = {name: getattr(self.known, name) for name in self.said} if self.known else {}
        return merged(before, {name: value for name, value in self.said.items() if name != "email" or not self.known})


@dataclass
class RowOutcome:
    """What a row comes to: a city, and perhaps somebody there, each of whom an earlier row may have named."""

    number: int
    city: CityOutcome
    contact: ContactOutcome | None


@dataclass
class Look:
    """What would come of a file.

    faults  rows that cannot be taken over
    notes   what two rows say otherwise, of which the first counts
    seen    what only the same cities and contacts in the same state share
    """

    rows: list[RowOutcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    cities: dict[str, CityOutcome] = field(default_factory=dict)
    contacts: dict[tuple[str, str], ContactOutcome] = field(default_factory=dict)
    seen: str = ""


def what_of_city(city: CityOutcome, *, overwrite: bool) -> str:
    """Return "new", "changed" or "same"."""
    if city.city is None:
        return "new"
    return "changed" if city.merge.changes(overwrite=overwrite) else "same"


def what_of_contact(contact: ContactOutcome, *, overwrite: bool) -> str:
    """Return "new", "changed", "same", or "shares" for those who look after their entry themselves."""
    if contact.known is None:
        return "shares" if contact.shares else "new"
    return "changed" if contact.merge.changes(overwrite=overwrite) else "same"


def would_write(look: Look, *, overwrite: bool) -> bool:
    """Tell whether anything would be written."""
    cities = (what_of_city(city, overwrite=overwrite) != "same" for city in look.cities.values())
    people = (what_of_contact(one, overwrite=overwrite) in ("new", "changed") for one in look.contacts.values())
    return any(cities) or any(people)


def told(row: RowOutcome, *, overwrite: bool) -> list[Any]:
    """Return what became of a row; a later row of the same city or contact is a double of the first."""
    contact = row.contact
    city = "double" if row.city.rows[0] != row.number else what_of_city(row.city, overwrite=overwrite)
    person = ""
    if contact:
        person = "double" if contact.rows[0] != row.number else what_of_contact(contact, overwrite=overwrite)
    return [row.number, row.city.name.plain(), "", city, person]


def counts(look: Look, *, overwrite: bool) -> dict[str, int]:
    """Return how many rows come to what."""
    cities = Counter(told(row, overwrite=overwrite)[3] for row in look.rows)
    people = Counter(told(row, overwrite=overwrite)[4] for row in look.rows)
    return {
        **{f"cities_{what}": cities[what] for what in ("new", "changed", "same", "double")},
        **{f"contacts_{what}": people[what] for what in ("new", "changed", "same", "shares", "double")},
    }
