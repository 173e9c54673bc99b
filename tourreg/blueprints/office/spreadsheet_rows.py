"""The rows of an itinerary's spreadsheet, in the order of the days, with words in the language of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tourreg import formats
from tourreg.adapters.workbooks import Value
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.itinerary_words import CHOICES
from tourreg.blueprints.office.spreadsheet_columns import COLUMNS
from tourreg.blueprints.office.spreadsheet_speakers import labels
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.details import TEXTS
from tourreg.domain.itineraries.models import Day, Speaker
from tourreg.domain.itineraries.plans import ItemPlan, plan_of
from tourreg.domain.itineraries.rules import read_clock, typed_end
from tourreg.kernel.money import Money


def rows_of(event: Event, days: Sequence[Day], speakers: Sequence[Speaker]) -> Iterator[list[Value]]:
    """Yield a row for each item, and one for each day without any; cells in the order of `COLUMNS`."""
    names = labels(speakers, language())
    for day in days:
        plan = plan_of(day)
        of_day = {
            "on": day.on_date,
            "city": day.city.name.in_(language()) if day.city else "",
            "part": day.add_on.label.in_(language()) if day.add_on else _("Programme"),
            "day_title_en": day.title.en,
            "day_title_zh": day.title.zh,
        }
        for item in plan.items:
            yield _row({**of_day, **_cells(event, item, names)})
        if not plan.items:
            yield _row(of_day)


def _row(cells: Mapping[str, Any]) -> list[Value]:
    return [cells.get(column.key) for column in COLUMNS]


def _cells(event: Event, item: ItemPlan, names: Mapping[str, str]) -> dict[str, Any]:
    details = item.details
    fee = item.fee_minor
    cells: dict[str, Any] = {
        "id": item.public_id,
        "start": item.starts,
        "end": typed_end(item) if item.ends_days else item.ends,
        "zone": item.zone,
        "end_zone": item.ends_zone,
        "optional": str(CHOICES["optional"][item.optional]),
        "capacity": item.capacity,
        "fee": None if fee is None else Decimal(formats.decimal_amount(Money(fee, event.currency))),
        "standing_by": item.standing_by,
        "standing_on": item.standing_on,
        "speakers": "; ".join(names[speaker] for speaker in item.speakers),
        "leaves": read_clock(details.leaves) if details.leaves else None,
    }
    for name in ("kind", "group", "nature", "cost", "standing"):
        cells[name] = str(CHOICES[name][getattr(item, name)])
    for name in ("host_phone", "minutes", "driver", "driver_phone", "reference"):
        cells[name] = getattr(details, name)
    for name in ("title", "place", "address", "notes"):
        cells |= _both(name, getattr(item, name))
    for name in TEXTS:
        cells |= _both(name, getattr(details, name))
    return cells


def _both(name: str, text: Any) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}
