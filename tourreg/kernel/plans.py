"""Plans: what somebody writes down about a record, as a frozen dataclass of plain values and texts."""

import hashlib
import json
from dataclasses import asdict
from typing import Any


def plain(plan: Any) -> dict[str, Any]:
    """Return a plan as values that JSON knows, as the record of changes keeps it; dates and times become ISO text."""
    written: dict[str, Any] = json.loads(json.dumps(asdict(plan), default=str))
    return written


def fingerprint(plan: Any) -> str:
    """Return what two plans of a kind share only if they say the same."""
    return hashlib.sha256(json.dumps(plain(plan), sort_keys=True).encode()).hexdigest()[:32]
