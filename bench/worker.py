"""What a worker weighs that made papers and then searched routes over a whole year."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sqlalchemy import delete, func, select, update

from bench.batches import a_worker, most_megabytes, season_with_people
from bench.figures import Figure
from bench.offers import fill_offers
from bench.season import the_summit
from bench.site import Site, site
from tests.matching_cast import a_tour_leg
from tourreg.db import db, writing
from tourreg.domain.batches import commands
from tourreg.domain.batches.choosing import Choice
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.catalogue.models import Event
from tourreg.domain.hosting.offer_models import OfferBlackout, OfferWindow
from tourreg.domain.matching.models import RouteSearch
from tourreg.domain.matching.route_searches import begin_search
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id

OFFERS, LEGS, MOST_MEGABYTES = 300, 8, 300
KINDS = frozenset({"personal_itinerary", "host_day", "roster", "badges", "approval_cut", "attendance"})
FIRST_ON = date(2027, 5, 3)
LAST_ON = FIRST_ON + timedelta(days=364)
PATIENCE_SECONDS = 600


def figures() -> Iterator[Figure]:
    with site("SQLite", _fill) as place:
        searched, _papers = _most_megabytes(place, with_papers=False)
        both, papers = _most_megabytes(place, with_papers=True)
    gate = f"< {MOST_MEGABYTES} MB"
    route = f"a route over {LEGS} legs with {OFFERS} offers, any day of a year"
    yield Figure(f"most memory of a worker: {route}", f"{searched:.0f} MB", "", gate, searched < MOST_MEGABYTES)
    yield Figure("the same after papers", f"{both:.0f} MB", f"{papers} papers before it", gate, both < MOST_MEGABYTES)


def _most_megabytes(place: Site, *, with_papers: bool) -> tuple[float, int]:
    """Return what a worker weighed at most, and how many papers it made before it searched."""
    with a_worker(place) as worker:
        try:
            papers = _until_done(place, _begin_papers, _made_papers) if with_papers else 0
            _until_done(place, _begin_routes, _routes_found)
            return most_megabytes(worker.pid), papers
        finally:
            worker.kill()


def _fill() -> None:
    season_with_people()
    fill_offers(OFFERS)
    now = clock.utc_now()
    with writing() as session:
        second = select(func.max(OfferWindow.id)).group_by(OfferWindow.offer_id)
        session.execute(delete(OfferWindow).where(OfferWindow.id.in_(second)))
        session.execute(update(OfferWindow).values(first_on=FIRST_ON, last_on=LAST_ON))
        session.execute(delete(OfferBlackout))
    for _leg in range(LEGS):
        a_tour_leg(_the_tour(), now=now, first_on=FIRST_ON, last_on=LAST_ON, nights=2, topics=("water",))


def _the_tour() -> Event:
    return db.session.scalars(select(Event).where(Event.slug == "energy-efficiency-us")).one()


def _until_done(place: Site, begin: Callable[[], None], done: Callable[[], int]) -> int:
    with place.app.app_context():
        begin()
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while not (count := done()):
            if time.monotonic() > ends_at:
                raise SystemExit("bench: the worker does not end")
            db.session.rollback()
            time.sleep(0.5)
    return count


def _begin_papers() -> None:
    with writing():
        choice = Choice(KINDS, "joined", "both", "letter")
        commands.begin(the_summit(), choice, submission_key=new_public_id(), now=clock.utc_now(), by="bench")


def _made_papers() -> int:
    """Return how many papers the batch has once its file is made."""
    batch = db.session.scalars(select(PaperBatch)).one()
    count = db.session.scalar(select(func.count()).where(BatchPaper.batch_id == batch.id)) or 0
    return count if batch.state == "done" else 0


def _begin_routes() -> None:
    with writing():
        begin_search(_the_tour(), {}, submission_key=new_public_id(), now=clock.utc_now(), by="bench")


def _routes_found() -> int:
    """Return how many routes the newest search has found, once it has ended."""
    search = db.session.scalars(select(RouteSearch).order_by(RouteSearch.id.desc()).limit(1)).one()
    return len(search.outcome["routes"]) if search.state == "done" else 0
