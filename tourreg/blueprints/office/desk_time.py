"""Where the office's own clock hangs: in the zone of the seller who joined first."""

from tourreg.domain.catalogue import desk


def desk_zone() -> str:
    """Return the IANA zone in which pages of the office show what belongs to no event."""
    issuers = desk.issuers()
    return issuers[0].zone if issuers else "UTC"
