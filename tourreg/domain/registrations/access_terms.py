"""How long links open what belongs to a registration."""

from datetime import datetime, timedelta

from tourreg.domain.catalogue.models import Event
from tourreg.kernel.clock import end_of_day

ACCESS_LASTS = timedelta(days=90)
# A letter that is written long after the event, about a refund for example, still opens the registration for a while.
LEAST_ACCESS = timedelta(days=30)


def access_ends_at(event: Event, now: datetime) -> datetime:
    """Return until when a link that is made or sent now opens what belongs to the event."""
    return max(end_of_day(event.ends_on, event.zone) + ACCESS_LASTS, now + LEAST_ACCESS)
