"""The points that the office gives each thing that speaks for a city."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime

from tourreg.db import add_once, db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.matching.models import MatchingWeights
from tourreg.domain.matching.values import Weights

SUBJECT = "matching weights"
MOST_POINTS = 1000
_ONLY = 1


def weights() -> Weights:
    """Return the weights that the office has set, and the usual ones where it has set none."""
    kept = db.session.get(MatchingWeights, _ONLY)
    known = {each.name for each in fields(Weights)}
    return Weights(**{name: points for name, points in (kept.points if kept else {}).items() if name in known})


def set_weights(chosen: Weights, *, now: datetime, by: str) -> None:
    """Weigh otherwise from now on; searches that are done keep the points they were made with."""
    note_change(SUBJECT, SUBJECT, asdict(weights()), asdict(chosen), now=now, by=by)
    kept, _added = add_once(MatchingWeights, MatchingWeights.id, id=_ONLY, points={})  # type: ignore[arg-type]
    kept.points = asdict(chosen)
