"""Who was put into which group last, and by whom, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from tourreg import formats
from tourreg.blueprints.gettext import ngettext
from tourreg.blueprints.group_words import group_words
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.histories import actor_words
from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.audit.models import Change
from tourreg.domain.audit.queries import last_changes
from tourreg.domain.registrations.groups import CHANGE
from tourreg.domain.registrations.models import Participant

# So many changes are looked at, so many deeds told, and of one so many people named.
MOST_CHANGES, MOST_LINES, MOST_NAMED = 200, 12, 8


@dataclass(frozen=True)
class Line:
    """One deed: where people were put, when and by whom."""

    at: datetime
    who: str
    what: str
    people: str


def history_of_groups(people: Sequence[Participant]) -> list[Line]:
    """Return the last deeds, the latest first, in two statements."""
    changes = last_changes([person.public_id for person in people], CHANGE, most=MOST_CHANGES)
    names = {person.public_id: person.name.formal() for person in people}
    actors = staff_names({change.by for change in changes})
    deeds = groupby(changes, key=lambda change: (change.at, change.by, str(change.after["group"])))
    return [
        Line(at, actor_words(by, actors), group_words(group), _named(list(moved), names))
        for (at, by, group), moved in islice(deeds, MOST_LINES)
    ]


def _named(moved: Sequence[Change], names: dict[str, str]) -> str:
    """Return who was moved, in the order in which they were; of many the first, and how many more there are."""
    known = [names[change.subject] for change in reversed(moved)]
    listed = known[:MOST_NAMED]
    more = len(known) - len(listed)
    if more:
        listed.append(ngettext("%(num)d more", "%(num)d more", more))
    return formats.listing(listed, language())
