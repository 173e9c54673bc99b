"""Who may open papers that hold what people told of their journey: only whoever may read that itself."""

from collections.abc import Iterable

from flask import abort

from tourreg.blueprints.guards import reads
from tourreg.domain.papers.kinds import OF_JOURNEYS


def may_open(kind: str) -> bool:
    """Tell whether the signed-in member may open papers of this kind."""
    return kind not in OF_JOURNEYS or reads("programme")


def require_may_open(kinds: Iterable[str]) -> None:
    """Answer 403 unless the signed-in member may open papers of all these kinds."""
    if not all(may_open(kind) for kind in kinds):
        abort(403)
