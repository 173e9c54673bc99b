"""Where the office's own clock and calendar hang: in the zone of the seller who joined first."""

from datetime import date, datetime

from tourreg.domain.catalogue import desk
from tourreg.kernel.clock import local_day


def desk_zone() -> str:
    """Return the IANA zone in which pages of the office show what belongs to no event."""
    issuers = desk.issuers()
    return issuers[0].zone if issuers else "UTC"


def desk_day(now: datetime) -> date:
    """Return the office's own day, from which it counts what is late and what lies ahead."""
    return local_day(now, desk_zone())
