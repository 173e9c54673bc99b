"""What may not work out in an itinerary, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.gettext import ngettext
from tourreg.domain.itineraries.warnings import Doubt

SENTENCES = {
    "no_lunch": _l("Nobody eats lunch on this full day."),
    "not_confirmed": _l("The host has not confirmed yet."),
    "declined": _l("The host has declined."),
    "skipped": _l("Clocks are put forward here and skip this time."),
    "repeated": _l("Clocks are put back here and show this time twice; the first is meant."),
}


def in_words(doubt: Doubt) -> str:
    """Return the sentence that stands beside the row or the day."""
    if doubt.reason != "no_time":
        return str(SENTENCES[doubt.reason])
    return ngettext(
        "The group arrives %(num)d minute after it starts.",
        "The group arrives %(num)d minutes after it starts.",
        doubt.minutes,
    )
