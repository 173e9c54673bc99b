"""Requests in Stripe's encoding: forms whose names nest with brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tourreg.adapters.stripe_stand_in.errors import StripeShapedError, missing

METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


class Form:
    """The parameters below one name, read with Stripe's refusals."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._values, self._path = values, path

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> list[str]:
        return list(self._values)

    def require_only(self, *names: str) -> None:
        for name in self._values:
            if name not in names:
                path = self.path(name)
                raise StripeShapedError(f"Received unknown parameter: {path}", code="parameter_unknown", param=path)

    def path(self, name: str) -> str:
        return f"{self._path}[{name}]" if self._path else name

    def text(self, name: str, *, longest: int = 5000) -> str | None:
        """Return the text, or None if it is not given or empty."""
        value = self._values.get(name, "")
        if not isinstance(value, str):
            raise StripeShapedError("Invalid string", code="parameter_invalid_string_empty", param=self.path(name))
        if len(value) > longest:
            raise StripeShapedError(
                f"Invalid string: must be at most {longest} characters", param=self.path(name), code="invalid_string"
            )
        return value or None

    def required_text(self, name: str, *, longest: int = 5000) -> str:
        value = self.text(name, longest=longest)
        if value is None:
            raise missing(self.path(name))
        return value

    def choice(self, name: str, words: Iterable[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in words:
            raise StripeShapedError(f"Invalid {self.path(name)}: must be one of {', '.join(words)}", param=name)
        return value

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,15}", value, flags=re.ASCII):
            raise StripeShapedError(
                f"Invalid integer: {value}", code="parameter_invalid_integer", param=self.path(name)
            )
        return int(value)

    def required_integer(self, name: str) -> int:
        value = self.integer(name)
        if value is None:
            raise missing(self.path(name))
        return value

    def child(self, name: str) -> Form:
        """Return the form below the name, empty if it is not given."""
        value = self._values.get(name) or {}
        if not isinstance(value, dict):
            raise StripeShapedError("Invalid object", code="parameter_invalid_object", param=self.path(name))
        return Form(value, self.path(name))

    def children(self, name: str) -> list[Form]:
        items = self._items(name)
        if not all(isinstance(item, dict) for item in items):
            raise self._no_array(name)
        return [Form(item, f"{self.path(name)}[{place}]") for place, item in enumerate(items)]

    def texts(self, name: str) -> list[str]:
        items = self._items(name)
        if not all(isinstance(item, str) for item in items):
            raise self._no_array(name)
        return items

    def _items(self, name: str) -> list[Any]:
        """Return what stands below the name at [0], [1], …, in order."""
        items = self._values.get(name) or {}
        if not isinstance(items, dict) or not all(place.isdecimal() for place in items):
            raise self._no_array(name)
        return [items[place] for place in sorted(items, key=int)]

    def _no_array(self, name: str) -> StripeShapedError:
        return StripeShapedError("Invalid array", code="parameter_invalid_array", param=self.path(name))

    def metadata(self) -> dict[str, str]:
        """Return the pairs below `metadata`, within Stripe's limits."""
        pairs = self.child("metadata")
        found = {key: pairs.text(key, longest=METADATA_VALUE_LENGTH) for key in pairs.names()}
        if len(found) > METADATA_KEYS:
            raise StripeShapedError(f"Metadata can have at most {METADATA_KEYS} keys", param=self.path("metadata"))
        for key in found:
            if len(key) > METADATA_KEY_LENGTH:
                raise StripeShapedError("Metadata keys have at most 40 characters", param=pairs.path(key))
        return {key: value for key, value in found.items() if value is not None}


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return `a[b][0]=x` as {"a": {"b": {"0": "x"}}}; `a[]=x` takes the next free place."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        _plant(tree, re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name), value)
    return tree


def _plant(tree: dict[str, Any], names: list[str], value: str) -> None:
    for name in names[:-1]:
        branch = tree.setdefault(name or str(len(tree)), {})
        if not isinstance(branch, dict):
            raise StripeShapedError(f"Invalid request: {name} is both a value and an object")
        tree = branch
    if names:
        tree[names[-1] or str(len(tree))] = value
