"""What the measured sites hold: the sample season, and more of the same where the number counts."""

from datetime import date, timedelta

from sqlalchemy import func, select

from tests.cast import a_fee, a_published_summit
from tourreg.db import db, writing
from tourreg.demo.programme import make_season, open_events
from tourreg.domain.catalogue.models import Event
from tourreg.kernel import clock

SUMMIT = "eco-urbanization-yangzhou"


def the_season() -> None:
    """Write the sample season without its registrations."""
    now = clock.utc_now()
    open_events(make_season(now), now)


def season_of(count: int) -> None:
    """Write the sample season, and summits until so many programmes are published."""
    the_season()
    published = db.session.scalar(select(func.count()).select_from(Event).where(Event.state == "published")) or 0
    for number in range(count - published):
        an_open_summit(f"summit-{number}")


def an_open_summit(slug: str) -> Event:
    """Write a summit that can be registered for today."""
    today = clock.utc_now().date()
    return a_published_summit(slug, **_dates(today), fees=[a_fee("Full fee", "全价")])


def season_with_places(places: int) -> None:
    """Write the sample season; its summit has so many places."""
    the_season()
    with writing():
        the_summit().pool.capacity = places


def the_summit() -> Event:
    return db.session.scalars(select(Event).where(Event.slug == SUMMIT)).one()


def _dates(today: date) -> dict[str, date]:
    days = {"opens_on": -10, "closes_on": 60, "starts_on": 90, "ends_on": 92}
    return {name: today + timedelta(days=ahead) for name, ahead in days.items()}
