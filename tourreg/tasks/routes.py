"""Routes for tours: searched by a worker, so that nobody's browser waits, and a person can watch and stop it."""

from __future__ import annotations

import time
from datetime import datetime

from tourreg.db import db, writing
from tourreg.domain.hosting.request_queries import requests_of_event
from tourreg.domain.matching import outcomes, route_searches, weighing
from tourreg.domain.matching.legs import legs_of
from tourreg.domain.matching.models import RouteSearch
from tourreg.domain.matching.own_stays import own_stays
from tourreg.domain.matching.reading import read_offers
from tourreg.domain.matching.search import GoOn, Progress
from tourreg.kernel.clock import local_day
from tourreg.tasks.registry import task

MOST_SECONDS = 20
SECONDS_BETWEEN_NOTES = 0.5


@task(route_searches.FIND_ROUTES, begins_light=True)
def find_routes(search: str, *, now: datetime) -> None:
    """Search the routes of a tour until the best are proven, the time is over, or somebody stops it."""
    with writing():
        if not route_searches.take_up(route_searches.search_to_change(search), now=now):
            return
    asked = route_searches.search_by_public_id(search)
    assert asked is not None, "a search is never removed"
    outcome, made_of = _found(asked, search, now)
    with writing():
        route_searches.note_outcome(route_searches.search_to_change(search), outcome, made_of, now=now)


def _found(asked: RouteSearch, public_id: str, now: datetime) -> tuple[dict[str, object], str]:
    legs, read, weights = legs_of(asked.event_id), read_offers(asked.event), weighing.weights()
    named, fixed = route_searches.asked_of(asked, legs, own_stays(requests_of_event(asked.event_id), legs))
    today = local_day(now, asked.event.zone)
    db.session.rollback()
    return outcomes.find(named, read, weights, fixed, today=today, go_on=_watched(public_id))


def _watched(public_id: str) -> GoOn:
    """Return a `go_on` that notes the progress now and then, and ends with the time or when somebody stops it."""
    ends_at = time.monotonic() + MOST_SECONDS
    next_at = time.monotonic() + SECONDS_BETWEEN_NOTES

    def goes_on(progress: Progress) -> bool:
        nonlocal next_at
        shown = time.monotonic()
        if shown < next_at:
            return shown < ends_at
        next_at = shown + SECONDS_BETWEEN_NOTES
        with writing():
            is_wanted = route_searches.note_progress(route_searches.search_to_change(public_id), progress)
        return is_wanted and shown < ends_at

    return goes_on
