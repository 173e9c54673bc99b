"""What pages call the states of certificates."""

from flask_babel import lazy_gettext as _l

# By state, the tag in the style sheet and the words.
STATES = {
    "issued": ("good", _l("In force")),
    "revoked": ("stop", _l("Revoked")),
    "replaced": ("wait", _l("Replaced")),
}
