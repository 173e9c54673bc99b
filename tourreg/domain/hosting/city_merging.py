"""What a file adds to what is known of a city or of somebody there: empty fields, and others only when asked; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tourreg.domain.cities.commands import CityPlan
from tourreg.domain.cities.places import plain_name
from tourreg.kernel.bilingual import Text

TEXTS = ("name", "region", "population_source", "government", "summary")
FIELDS = (
    "name_en", "name_zh", "region_en", "region_zh", "country", "zone", "latitude", "longitude", "population",
    "population_source_en", "population_source_zh", "government_en", "government_zh", "summary_en", "summary_zh",
)  # fmt: skip
NEEDED = FIELDS[:8]
CONTACT_FIELDS = ("name", "position", "email", "phone", "language", "roles")
# Where a city is tells which it is; a file does not move it.
_IDENTITY = ("region_en", "region_zh", "country")


@dataclass(frozen=True)
class Merged:
    """What comes of fields and what a file says of them.

    filled     fields that were empty, with what the file says
    differing  fields in which the file says something else, with that
    """

    filled: dict[str, Any] = field(default_factory=dict)
    differing: dict[str, Any] = field(default_factory=dict)

    def onto(self, before: Mapping[str, Any], *, overwrite: bool) -> dict[str, Any]:
        """Return the fields as they are then."""
        return {**before, **self.filled, **(self.differing if overwrite else {})}

    def changes(self, *, overwrite: bool) -> bool:
        return bool(self.filled or (overwrite and self.differing))


def merged(before: Mapping[str, Any], said: Mapping[str, Any]) -> Merged:
    """Return what is filled and what differs; an empty cell says nothing."""
    filled, differing = {}, {}
    for name, value in said.items():
        if is_empty(value) or name in _IDENTITY:
            continue
        if is_empty(before.get(name)):
            filled[name] = value
        elif not _is_alike(name, before[name], value):
            differing[name] = value
    return Merged(filled, _with_source(differing, said))


def joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what two rows say of one thing, the first before the second, and the fields in which they differ.

    Roles add up.
    """
    if "roles" in first:
        first = {**first, "roles": tuple(dict.fromkeys((*first["roles"], *second.get("roles", ()))))}
    added = merged(first, second)
    differing = [name for name in added.differing if not is_empty(second.get(name))]
    return {**first, **added.filled}, differing


def flat(plan: CityPlan) -> dict[str, Any]:
    """Return what is written down about a city, by field, each language its own."""
    texts = {f"{name}_{code}": getattr(getattr(plan, name), code) for name in TEXTS for code in ("en", "zh")}
    return {name: texts[name] if name in texts else getattr(plan, name) for name in FIELDS}


def plan_from(fields: Mapping[str, Any]) -> CityPlan:
    """Return what `flat` took apart."""
    texts = {name: Text(fields.get(f"{name}_en", ""), fields.get(f"{name}_zh", "")) for name in TEXTS}
    rest = {name: fields.get(name) for name in ("country", "zone", "latitude", "longitude", "population")}
    return CityPlan(**texts, **rest)  # type: ignore[arg-type]


def is_empty(value: Any) -> bool:
    return value is None or value in ("", (), [])


def _is_alike(name: str, one: Any, other: Any) -> bool:
    if name.startswith("name_"):
        return plain_name(one) == plain_name(other)
    if name == "roles":
        return set(one) >= set(other)
    return bool(one == other)


def _with_source(differing: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs; with another population goes its source, since that of the old one is of the old one."""
    if "population" not in differing:
        return differing
    sources = {name: said.get(name) or "" for name in ("population_source_en", "population_source_zh")}
    return {**differing, **sources}
