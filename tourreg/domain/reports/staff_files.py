"""All that is known of one member of staff, gathered for the page on which administrators work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tourreg.domain.accounts import queries as accounts
from tourreg.domain.accounts.models import StaffMember
from tourreg.domain.reports.histories import Happening, SentLetter, history_of, letters_about


@dataclass(frozen=True)
class StaffFile:
    """One member with their letters and history, the latest first, and the names of who acted."""

    member: StaffMember
    letters: Sequence[SentLetter]
    history: Sequence[Happening]
    actors: Mapping[str, str]


def file_of(public_id: str) -> StaffFile | None:
    """Return the whole file in six statements, however much happened."""
    member = accounts.member_by_public_id(public_id)
    if member is None:
        return None
    history = history_of([public_id])
    actors = accounts.staff_names(happening.by for happening in history)
    return StaffFile(member, letters_about([public_id]), history, actors)
