"""Searches for the routes of a tour: asked for, watched, stopped, and what they found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.matching.legs import wanted
from tourreg.domain.matching.models import SEARCH_MOVES, RouteSearch, TourLeg
from tourreg.domain.matching.own_stays import OwnStays, settled
from tourreg.domain.matching.routes import Fixed
from tourreg.domain.matching.search import Progress
from tourreg.domain.matching.values import Leg
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.outbox.queries import task_by_key
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.states import Axis

FIND_ROUTES = "find_routes"
SEARCH = Axis("route search", "state", SEARCH_MOVES)
UNDER_WAY = ("waiting", "running")
WORKER = "worker"


def begin_search(
    event: Event, fixed: Mapping[str, Fixed], *, submission_key: str, now: datetime, by: str
) -> RouteSearch:
    """Ask the worker for the routes of a tour; the same form again returns its first, and one that runs is stopped.

    fixed  what a person chose, by the leg's public id
    """
    known = db.session.scalar(select(RouteSearch).where(RouteSearch.submission_key == submission_key))
    if known is not None:
        return known
    last = last_search(event.id)
    if last is not None:
        stop_search(last, now=now, by=by)
    search = RouteSearch(
        public_id=new_public_id(), submission_key=submission_key, event=event, asked_at=now, asked_by=by, outcome={},
        fixed={leg: {"offer": one.offer, "start_on": one.start_on and one.start_on.isoformat()}
               for leg, one in fixed.items()},
    )  # fmt: skip
    db.session.add(search)
    db.session.flush()
    add_task(FIND_ROUTES, {"search": search.public_id}, key=_task_key(search), now=now)
    return search


def stop_search(search: RouteSearch, *, now: datetime, by: str) -> None:
    """Let a search end with the best that it has found so far; one that has ended stays as it is."""
    if search.state in UNDER_WAY:
        move_to(search, SEARCH, "stopped", now=now, by=by)
        search.ended_at = now


def take_up(search: RouteSearch, *, now: datetime) -> bool:
    """Begin with a search, also with one that a worker began and did not end; tell whether there is anything to do."""
    if search.state == "waiting":
        move_to(search, SEARCH, "running", now=now, by=WORKER)
    return search.state == "running"


def note_progress(search: RouteSearch, progress: Progress) -> bool:
    """Note how far a search is; tell whether it shall go on."""
    search.seen, search.best, search.bound = progress.seen, progress.best, progress.bound
    return search.state == "running"


def note_outcome(search: RouteSearch, outcome: dict[str, Any], made_of: str, *, now: datetime) -> None:
    """Keep what a search found, also of one that was stopped meanwhile."""
    search.outcome, search.made_of = outcome, made_of
    if search.state == "running":
        move_to(search, SEARCH, "done", now=now, by=WORKER)
        search.ended_at = now


def broke_off(search: RouteSearch) -> bool:
    """Tell whether something went wrong in a search that nobody ended; it begins anew when its task is tried again."""
    task = task_by_key(_task_key(search)) if search.state in UNDER_WAY else None
    return task is not None and task.failure != "" and task.leased_until is None


def asked_of(
    search: RouteSearch | None, legs: Sequence[TourLeg], stays: OwnStays
) -> tuple[dict[str, Leg], dict[int, Fixed]]:
    """Return the legs by their public ids as a search asks for them, and what is fixed by their numbers from 0.

    A leg that is fixed to the tour's own stay has the days of this; what was fixed for legs that are gone is left out.
    """
    asked, fixed = {leg.public_id: wanted(leg) for leg in legs}, {}
    for number, public_id in enumerate(asked):
        one = search.fixed.get(public_id) if search else None
        if one is None:
            continue
        stay = stays.by_leg.get(public_id)
        is_settled = stay is not None and one == fixed_by(stay)
        if stay is not None and is_settled:
            asked[public_id] = settled(asked[public_id], stay)
        start_on = date.fromisoformat(one["start_on"]) if one["start_on"] else None
        fixed[number] = Fixed(one["offer"], start_on, is_settled)
    return asked, fixed


def fixed_by(stay: HostingRequest) -> dict[str, str | None]:
    """Return what a stay on an offer fixes, as a search keeps it."""
    return {"offer": stay.offer.public_id if stay.offer else "", "start_on": stay.first_on.isoformat()}


def last_search(event_id: int) -> RouteSearch | None:
    newest = select(RouteSearch).where(RouteSearch.event_id == event_id).order_by(RouteSearch.id.desc()).limit(1)
    return db.session.scalar(newest)


def search_by_public_id(public_id: str) -> RouteSearch | None:
    one = select(RouteSearch).where(RouteSearch.public_id == public_id)
    return db.session.scalar(one.options(joinedload(RouteSearch.event)))


def search_to_change(public_id: str) -> RouteSearch:
    """Return the search as it is now, which nobody else changes until the transaction ends."""
    one = select(RouteSearch).where(RouteSearch.public_id == public_id).with_for_update(of=RouteSearch)
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _task_key(search: RouteSearch) -> str:
    return f"{FIND_ROUTES}:{search.public_id}"
