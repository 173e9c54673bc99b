"""Comparisons of Stripe's own lists with our books: asked for, run in slices, kept with what they found."""

from datetime import datetime, timedelta
from typing import Any

from tourreg.db import db
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.outbox.queries import task_by_key
from tourreg.domain.settlements import lookups
from tourreg.domain.settlements.models import Comparison

COMPARE = "compare_with_stripe"
COMPARE_NIGHTLY = "compare_nightly"
LISTS = ("sessions", "charges", "refunds", "disputes")
# What differs is counted to the end, and named up to so many.
MOST_FINDINGS = 500
LONGEST_FAILURE = 500
# A comparison that a killed worker left behind does not keep others from beginning for longer than this.
LONGEST_RUN = timedelta(hours=2)
# Each night looks back at least so far, so that what one night missed the next one finds.
NIGHTLY_REACH = timedelta(days=3)
# What people may ask for.
FARTHEST_ASKED = timedelta(days=400)
FARTHEST_REACH = timedelta(days=30)


def ask_for_comparison(since: datetime, *, is_dry: bool, now: datetime, by: str) -> Comparison:
    """Ask the worker to compare; while one is under way, that one is returned and no other begins."""
    running = lookups.last_comparisons(1)
    if running and running[0].ended_at is None and now - running[0].begun_at < LONGEST_RUN:
        return running[0]
    comparison = begin(since, is_dry=is_dry, now=now, by=by)
    add_task(COMPARE, {"comparison": comparison.public_id}, key=f"{COMPARE}:{comparison.public_id}", now=now)
    return comparison


def begin(since: datetime, *, is_dry: bool, now: datetime, by: str) -> Comparison:
    """Begin a comparison of everything since an instant.

    is_dry  find only, and change nothing
    """
    comparison = Comparison(since=since, is_dry=is_dry, begun_at=now, begun_by=by, read=dict.fromkeys(LISTS, 0))
    db.session.add(comparison)
    db.session.flush()
    return comparison


def ask_for_tonight(night_at: datetime, day: str, *, now: datetime) -> None:
    """Ask for the comparison of a night, once.

    day  the night's date in the office's zone
    """
    add_task(COMPARE_NIGHTLY, {}, key=_night_key(day), now=now, run_at=night_at)


def is_asked_for(day: str) -> bool:
    """Tell whether a night's comparison was asked for."""
    return task_by_key(_night_key(day)) is not None


def nightly_since(now: datetime) -> datetime:
    """Return from when on a night compares: from before the last whole comparison, within bounds."""
    last = lookups.last_whole_comparison()
    reach = now - last.begun_at + timedelta(days=1) if last else FARTHEST_REACH
    return now - min(max(reach, NIGHTLY_REACH), FARTHEST_REACH)


def note_slice(
    public_id: str, read: dict[str, int], findings: list[dict[str, Any]], *, now: datetime, is_whole: bool
) -> None:
    """Keep what a slice of a comparison found; with the last one it has ended."""
    comparison = lookups.comparison_by_public_id(public_id)
    if comparison is None or comparison.ended_at is not None:
        return
    comparison.read = read
    comparison.findings = [*comparison.findings, *findings][:MOST_FINDINGS]
    comparison.failure = ""
    if is_whole:
        comparison.ended_at = now


def note_failure(public_id: str, failure: str) -> None:
    """Keep why a comparison did not come to its end; it may come to it yet."""
    comparison = lookups.comparison_by_public_id(public_id)
    if comparison is not None and comparison.ended_at is None:
        comparison.failure = failure[:LONGEST_FAILURE]


def _night_key(day: str) -> str:
    return f"{COMPARE_NIGHTLY}:{day}"
