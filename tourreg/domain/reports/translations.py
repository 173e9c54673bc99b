"""Texts of coming events that stand in one language only, so that half of their readers read the other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, and_, case, func, null, or_, select, type_coerce

from tourreg.db import Base, db
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.itineraries.models import Day, Item
from tourreg.kernel.bilingual import Language, Text

# Every text that a reader of the event sees, by the record that holds it.
EVENT_TEXTS = (
    "title",
    "theme",
    "summary",
    "description",
    "venue",
    "audience",
    "languages",
    "access",
    "organiser",
    "included",
    "not_included",
    "cancellation_policy",
)
_TEXTS: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Event, EVENT_TEXTS),
    (Fee, ("label", "audience")),
    (AddOn, ("label", "summary")),
    (Day, ("title",)),
    (Item, ("title", "place", "address", "notes")),
)


@dataclass(frozen=True)
class Untranslated:
    """One text that lacks a language.

    slug   of the event, which tells it from one of the same title
    of     "event", "fee", "add_on", "day" or "item"
    name   which of its texts: "title", "summary" …
    on     the day of an item or a day
    """

    event: str
    event_title: Text
    slug: str
    of: str
    name: str
    lacks: Language
    text: Text
    on: date | None


def count_missing(today: date) -> int:
    """Return how many texts of events that have not ended lack a language, in one statement."""
    counts = [_about_coming(select(_lacking_in_row(table, names)), table, today) for table, names in _TEXTS]
    return sum(db.session.execute(select(*(count.scalar_subquery() for count in counts))).one())


def missing(today: date) -> list[Untranslated]:
    """Return the texts that lack a language, event by event, in five statements."""
    found = [text for table, names in _TEXTS for text in _of_table(table, names, today)]
    return sorted(found, key=lambda text: (text.event_title.en or text.event_title.zh, text.event))


def _of_table(table: type[Base], names: tuple[str, ...], today: date) -> Iterator[Untranslated]:
    texts: list[Any] = [getattr(table, name) for name in names]
    on: Any = Day.on_date if table in (Day, Item) else null()
    rows = select(Event.public_id, Event.title, Event.slug, on.label("on_date"), *texts)
    lacking = _about_coming(rows, table, today).where(or_(*(_one_sided(text) for text in texts)))
    for public_id, title, slug, day, *found in db.session.execute(lacking.order_by(Event.starts_on, "on_date")):
        for name, text in zip(names, found, strict=True):
            for language in text.missing():
                yield Untranslated(public_id, title, slug, _NAMES[table], name, language, text, day)


_NAMES: dict[type[Base], str] = {Event: "event", Fee: "fee", AddOn: "add_on", Day: "day", Item: "item"}


def _about_coming(statement: Select[Any], table: type[Base], today: date) -> Select[Any]:
    """Join the table to its event, and leave out what nobody will read any more."""
    if table is Event:
        joined = statement
    elif table is Item:
        joined = statement.join_from(Item, Day).join(Event)
    else:
        joined = statement.join_from(table, Event)
    if table in (Fee, AddOn):
        joined = joined.where(~table.withdrawn)
    return joined.where(Event.ends_on >= today, Event.state != "cancelled")


def _lacking_in_row(table: type[Base], names: tuple[str, ...]) -> ColumnElement[int]:
    each = (case((_one_sided(getattr(table, name)), 1), else_=0) for name in names)
    return func.coalesce(func.sum(sum(each, start=0)), 0)


def _one_sided(column: Any) -> ColumnElement[bool]:
    text = type_coerce(column, JSON)
    en, zh = (func.coalesce(text[language].as_string(), "") for language in ("en", "zh"))
    return or_(and_(en == "", zh != ""), and_(en != "", zh == ""))
