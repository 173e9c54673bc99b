"""What pages call the states of an offer to host, each with its tag in the style sheet."""

from flask_babel import lazy_gettext as _l

STATES = {
    "signed_up": ("wait", _l("Not confirmed")),
    "address_confirmed": ("news", _l("To answer")),
    "accepted": ("good", _l("Accepted as host")),
    "declined": ("over", _l("Declined")),
}
