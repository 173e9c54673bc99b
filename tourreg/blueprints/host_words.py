"""What pages call the states of an offer to host, each with its tag in the style sheet, and whose clock they go by."""

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.domain.hosting import queries
from tourreg.domain.hosting.models import HostProfile

STATES = {
    "signed_up": ("wait", _l("Not confirmed")),
    "address_confirmed": ("news", _l("To answer")),
    "accepted": ("good", _l("Accepted as host")),
    "declined": ("over", _l("Declined")),
}


def host_zone(profile: HostProfile) -> str:
    """Return the zone in which pages tell times about a host: that of its city, or the office's where it is unknown."""
    return queries.likely_zone(profile) or desk_zone()
