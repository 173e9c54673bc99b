"""The root of everything the domain refuses; pages choose the words."""

from functools import partial
from typing import Any


class Refusal(Exception):
    """A named no, with the facts that a page needs to say it well (read as attributes)."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(", ".join(f"{name}={value!r}" for name, value in facts.items()))
        self.facts = facts

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a refusal pass from one process to another."""
        return partial(type(self), **self.facts), ()
