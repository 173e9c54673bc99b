"""Whole registrations over HTTP: form, sending, confirmation; and a rush for fifty seats."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from sqlalchemy import func, select

from bench.figures import Figure
from bench.season import season_with_places, the_summit
from bench.site import DATABASES, Kind, Site, served, site
from bench.visitor import Visitor
from tourreg.db import db
from tourreg.domain.registrations.models import Registration, Seat

FLOWS = 160
REQUESTS = 3
RUSH, SEATS = 200, 50
ENOUGH = 10_000


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        yield from _flows(kind)
    for kind in DATABASES:
        yield _rush(kind)


def _flows(kind: Kind) -> Iterator[Figure]:
    with site(kind, partial(season_with_places, ENOUGH)) as place, served(place):
        _register(place, clients=2, first=0)
        for clients in (1, 8):
            rate = _register(place, clients=clients, first=clients * FLOWS)
            work = f"registrations, {clients} {'client' if clients == 1 else 'clients'}, {kind}"
            yield Figure(work, f"{rate:.0f} a second", f"{REQUESTS} requests each", "≤ 4 requests")


def _register(place: Site, *, clients: int, first: int) -> float:
    """Return how many registrations a second so many people make beside each other.

    first  the number of the first person
    """
    visitors = [Visitor(place, first + number) for number in range(FLOWS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as people:
        statuses = Counter(people.map(Visitor.register, visitors))
    if statuses != {303: FLOWS}:
        raise SystemExit(f"bench: some could not register: {dict(statuses)}")
    return FLOWS / (time.perf_counter() - started)


def _rush(kind: Kind) -> Figure:
    """Let everyone fill in the form first, then send at the same moment."""
    with site(kind, partial(season_with_places, SEATS)) as place, served(place):
        visitors = [Visitor(place, number) for number in range(RUSH)]
        with ThreadPoolExecutor(8) as people:
            list(people.map(Visitor.open_form, visitors))
        answers, seconds = _all_at_once(visitors)
        with place.app.app_context():
            _require_exactly_sold(answers)
    told = f"{answers[303]} sold, {answers[422]} told that it is full, {answers[503]} asked to try again"
    return Figure(f"{RUSH} clients for {SEATS} seats, {kind}", told, f"all in {seconds:.1f} s", f"exactly {SEATS}")


def _all_at_once(visitors: list[Visitor]) -> tuple[Counter[int], float]:
    """Return the answers by status, and the seconds until the last of them."""
    gate = Barrier(len(visitors) + 1)

    def send(visitor: Visitor) -> int:
        gate.wait()
        return visitor.send()

    with ThreadPoolExecutor(len(visitors)) as people:
        waiting = [people.submit(send, visitor) for visitor in visitors]
        gate.wait()
        started = time.perf_counter()
        answers = Counter(answer.result() for answer in waiting)
        return answers, time.perf_counter() - started


def _require_exactly_sold(answers: Counter[int]) -> None:
    """Stop with a cry when what people were told, the seats, and the pool do not all say so."""
    held = db.session.scalar(select(func.count()).select_from(Seat).where(Seat.state != "released"))
    made = db.session.scalar(select(func.count()).select_from(Registration))
    counts = {"told": answers[303], "registrations": made, "seats": held, "pool": the_summit().pool.taken}
    others = set(answers) - {303, 422, 503}
    if set(counts.values()) != {SEATS} or others:
        raise SystemExit(f"bench: NOT EXACTLY {SEATS} SEATS WERE SOLD: {counts}, answers {dict(answers)}")
