"""What an event still says in one language only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from tourreg.domain.catalogue.plans import EventPlan
from tourreg.kernel.bilingual import Language, Text


@dataclass(frozen=True)
class Missing:
    """One text that lacks a language; `row` counts the fees, add-ons or partners from 0."""

    name: str
    language: Language
    row: int | None = None


def missing(plan: EventPlan) -> list[Missing]:
    """Return what is there in one language but not in the other, each text or row once, in the order of the plan."""
    found = (Missing(name, language, row) for name, row, text in _texts(plan) for language in text.missing())
    return list(dict.fromkeys(found))


def _texts(plan: EventPlan) -> Iterator[tuple[str, int | None, Text]]:
    for field in fields(plan):
        value = getattr(plan, field.name)
        if isinstance(value, Text):
            yield field.name, None, value
    for row, partner in enumerate(plan.partners):
        yield "partners", row, partner
    for row, fee in enumerate(plan.fees):
        yield from (("fees", row, text) for text in (fee.label, fee.audience) if not fee.withdrawn)
    for row, add_on in enumerate(plan.add_ons):
        yield from (("add_ons", row, text) for text in (add_on.label, add_on.summary) if not add_on.withdrawn)
