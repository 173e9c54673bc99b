"""Axes of state: one table of allowed moves for each."""

from collections.abc import Mapping
from dataclasses import dataclass

from tourreg.kernel.refusals import Refusal


class MoveRefused(Refusal):
    """The table of moves has no such step; facts: axis, before, after."""


@dataclass(frozen=True)
class Axis:
    """One kind of state: the attribute that holds it and, for each state, the states it may move to."""

    name: str
    attribute: str
    moves: Mapping[str, tuple[str, ...]]

    def require_move(self, before: str, after: str) -> None:
        """Refuse a step that the table does not name.

        raises  MoveRefused
        """
        if after not in self.moves.get(before, ()):
            raise MoveRefused(axis=self.name, before=before, after=after)
