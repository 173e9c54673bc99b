"""What may be said of an item beside its time, title and place; most items say little of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from tourreg.kernel.bilingual import EMPTY, Text, text_of


@dataclass(frozen=True)
class Details:
    """The particulars of an item; an empty one is not printed.

    room      within the place
    entrance  which door, and which identification it asks for
    access    how far to walk, and whether it is free of steps
    photos    what may be photographed
    bring     what people bring along
    language  spoken, and who interprets
    host_name, host_title, host_phone  who receives the group
    leaves    HH:MM in the item's zone: when the vehicle leaves for it; minutes is how long it takes
    choose_until  the last day on which an optional item can be chosen, as 2027-03-01; "" until it begins
    for_…     notes that only these read; `notes` of the item are public
    """

    room: Text = EMPTY
    entrance: Text = EMPTY
    topics: Text = EMPTY
    language: Text = EMPTY
    dress: Text = EMPTY
    access: Text = EMPTY
    photos: Text = EMPTY
    bring: Text = EMPTY
    host_name: Text = EMPTY
    host_title: Text = EMPTY
    host_phone: str = ""
    vehicle: Text = EMPTY
    leaves: str = ""
    minutes: int | None = None
    driver: str = ""
    driver_phone: str = ""
    reference: str = ""
    choose_until: str = ""
    for_participants: Text = EMPTY
    for_host: Text = EMPTY
    for_driver: Text = EMPTY
    for_escort: Text = EMPTY

    def plain(self) -> dict[str, Any]:
        """Return what is said, as values that JSON knows."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value.plain() if isinstance(value, Text) else value for name, value in said.items() if value}


NOTHING = Details()
TEXTS = tuple(field.name for field in fields(Details) if isinstance(field.default, Text))


def details_of(said: dict[str, Any]) -> Details:
    """Return what `plain` wrote down."""
    written: dict[str, Any] = {name: text_of(value) if name in TEXTS else value for name, value in said.items()}
    return Details(**written)


class DetailsColumn(TypeDecorator[Details]):
    """`Details`, kept as JSON with what is said and no more."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Details | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else value.plain()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Details | None:
        return None if value is None else details_of(value)
