"""What the office calls the particulars of an item, and what can be chosen of them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.event_words import ITEM_KINDS

NAMES = {
    "on": _l("Day"),
    "starts": _l("Start"),
    "ends": _l("End"),
    "ends_on": _l("Ends on"),
    "zone": _l("Time zone"),
    "ends_zone": _l("Time zone of the end"),
    "kind": _l("Kind"),
    "title": _l("Title"),
    "place": _l("Place"),
    "address": _l("Address"),
    "notes": _l("Notes"),
    "nature": _l("Nature"),
    "cost": _l("Cost"),
    "group": _l("Group"),
    "optional": _l("Optional"),
    "capacity": _l("Places"),
    "fee": _l("Fee"),
    "standing": _l("Answer of the host"),
    "standing_by": _l("Answered by"),
    "standing_on": _l("Answered on"),
    "speakers": _l("Speakers"),
    "part": _l("Part of the programme"),
    "city": _l("City"),
    "hotel": _l("Hotel"),
    "details.room": _l("Room"),
    "details.entrance": _l("Entrance and identification"),
    "details.topics": _l("Topics"),
    "details.language": _l("Language and interpreting"),
    "details.dress": _l("Dress"),
    "details.access": _l("Walking and steps"),
    "details.photos": _l("Photographs"),
    "details.bring": _l("Please bring"),
    "details.host_name": _l("Host"),
    "details.host_title": _l("Title of the host"),
    "details.host_phone": _l("Telephone of the host"),
    "details.vehicle": _l("Vehicle"),
    "details.leaves": _l("Leaves at"),
    "details.minutes": _l("Minutes on the way"),
    "details.driver": _l("Driver"),
    "details.driver_phone": _l("Telephone of the driver"),
    "details.reference": _l("Reference number"),
    "details.for_participants": _l("Notes for participants"),
    "details.for_host": _l("Notes for the host"),
    "details.for_driver": _l("Notes for the driver"),
    "details.for_escort": _l("Notes for the escort"),
}
CHOICES: dict[str, dict[Any, Any]] = {
    "kind": ITEM_KINDS,
    "nature": {"official": _l("Official"), "cultural": _l("Cultural"), "free": _l("Free time")},
    "cost": {"included": _l("Included"), "own": _l("At their own cost")},
    "group": {"all": _l("Everybody"), "a": _l("Group A"), "b": _l("Group B"), "guests": _l("Guests")},
    "optional": {True: _l("Yes"), False: _l("No")},
    "standing": {
        "none": _l("Not asked"),
        "asked": _l("Asked"),
        "held": _l("Held"),
        "confirmed": _l("Confirmed"),
        "declined": _l("Declined"),
    },
}
