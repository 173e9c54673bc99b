"""All that is known of one host city's sign-up, gathered for the page that staff work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tourreg.domain.accounts.queries import staff_names
from tourreg.domain.hosting import queries as hosting
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.reports.histories import Happening, SentLetter, history_of, letters_about


@dataclass(frozen=True)
class HostFile:
    """One profile with its letters and history, the latest first."""

    profile: HostProfile
    letters: Sequence[SentLetter]
    history: Sequence[Happening]
    staff: Mapping[str, str]


def file_of(public_id: str) -> HostFile | None:
    """Return the whole file in five statements, however much happened."""
    profile = hosting.by_public_id(public_id)
    if profile is None:
        return None
    history = history_of([public_id])
    return HostFile(profile, letters_about([public_id]), history, staff_names(happening.by for happening in history))
