"""What the diet list is made from: who eats what, for kitchens alone; nothing of access, flights or rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from tourreg.domain.catalogue.models import Event
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.sheets import Bilingual, Head
from tourreg.domain.registrations.models import Participant
from tourreg.domain.travel.manifests import NameOfList, destroy_on, name_of
from tourreg.domain.travel.models import Traveller

KIND = "diet_list"


class Diet(TypedDict):
    """One diet, as those who need it wrote it down."""

    diet: str
    people: list[NameOfList]


class DietSheet(Head):
    """The diet list of an event.

    people   how many take part, and so eat; guests whom they bring are counted in `guests`
    usual    how many told that they eat everything
    unknown  how many have not told
    """

    title: Bilingual
    first_on: str
    last_on: str
    destroy_on: str
    people: int
    guests: int
    usual: int
    unknown: int
    diets: list[Diet]


def diet_sheet(
    event: Event, people: Sequence[Participant], told: Mapping[int, Traveller], *, now: datetime
) -> DietSheet:
    """Return the sheet of the list; the diet that most need stands first.

    told  as `queries.travellers_of` returns it: of those whose consent counts
    """
    diets = _diets(people, told)
    return {
        **head(KIND, event.issuer, made_at=now),
        "title": both(event.title),
        "first_on": event.starts_on.isoformat(),
        "last_on": event.ends_on.isoformat(),
        "destroy_on": destroy_on(event),
        "people": len(people),
        "guests": sum(bool(one.guest) for one in people),
        "usual": sum(one.id in told and not told[one.id].diet.strip() for one in people),
        "unknown": sum(one.id not in told for one in people),
        "diets": sorted(diets, key=lambda diet: -len(diet["people"])),
    }


def _diets(people: Sequence[Participant], told: Mapping[int, Traveller]) -> list[Diet]:
    """Return the diets, each once however its letters were typed, in the order of the people."""
    alike: dict[str, list[Participant]] = defaultdict(list)
    for one in people:
        if one.id in told and told[one.id].diet.strip():
            alike[" ".join(told[one.id].diet.casefold().split())].append(one)
    return [
        {"diet": told[eaters[0].id].diet.strip(), "people": [name_of(one) for one in eaters]}
        for eaters in alike.values()
    ]
