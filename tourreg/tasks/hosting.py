"""What happens to host cities' offers when their days are over."""

from datetime import datetime

from tourreg.db import writing
from tourreg.domain.hosting import offer_queries, offers
from tourreg.tasks.registry import task


@task(offers.EXPIRE_OFFER)
def expire_offer(offer: str, *, now: datetime) -> None:
    """End an offer whose last day is over; one that got later days has a later look of its own."""
    with writing():
        offers.expire(offer_queries.offer_to_change(offer), now=now)
