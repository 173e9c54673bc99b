"""What pages call what a host city offers: kinds, states, fields, and why something cannot be so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.domain.hosting.offer_rules import Fault

KINDS = {
    "visit": _l("Study-tour visit"),
    "homestay": _l("Home hospitality"),
    "lecture": _l("Lecture"),
    "internship": _l("Internship"),
    "job_shadow": _l("Job shadowing"),
}
STATES = {
    "draft": ("", _l("Draft")),
    "offered": ("good", _l("On offer")),
    "paused": ("wait", _l("Paused")),
    "expired": ("over", _l("Over")),
    "withdrawn": ("over", _l("Withdrawn")),
}
# What each kind asks of a city, beside the link that begins one.
KIND_HINTS = {
    "visit": _l("One or several days with your departments and at your sites."),
    "homestay": _l("Guests stay with households, for a night or for supper."),
    "lecture": _l("Your people speak, or you have the room for it."),
    "internship": _l("Somebody works with a department for weeks or months."),
    "job_shadow": _l("Somebody goes along with one of your staff for some days."),
}
PER = {
    "group": _l("for the group"),
    "group_day": _l("for the group and day"),
    "person": _l("for each person"),
    "person_day": _l("for each person and day"),
    "person_night": _l("for each person and night"),
}
MEALS = {
    "none": _l("No meals"),
    "breakfast": _l("Breakfast"),
    "breakfast_and_supper": _l("Breakfast and supper"),
    "all": _l("All meals"),
}
NAMES = {
    "title": _l("Name of the offer"),
    "words": _l("What a group would see and do"),
    "topics": _l("Topics"),
    "sites": _l("Places that you show"),
    "windows": _l("Days between which it can be"),
    "blackouts": _l("Not on these days"),
    "notice_days": _l("Notice that you need, in days"),
    "days_most": _l("Days that it can fill at most"),
    "may_share": _l("Two groups may come between the same days"),
    "smallest": _l("Smallest group"),
    "largest": _l("Largest group"),
    "vehicle_seats": _l("Seats in your vehicle"),
    "meeting_seats": _l("Seats in your meeting room"),
    "spoken": _l("Languages that your people speak with groups"),
    "interpreted": _l("Languages for which you bring an interpreter"),
    "provided": _l("What you provide free of charge"),
    "currency": _l("Currency"),
    "charges": _l("What is charged"),
    "homestay": _l("Home hospitality"),
    "preferences": _l("What the households wish"),
}
_FAULTS: Mapping[str, Any] = {
    "title_missing": _l("Give it a name, such as “Two days on water”."),
    "label_missing": _l("Say what is charged for."),
    "amount_missing": _l("Type an amount above nothing."),
    "ends_before_it_begins": _l("It ends before it begins. Type a last day that is not before the first."),
    "window_too_long": _l("At most one year. Type several spans of days instead."),
    "in_the_past": _l("These days are over. Type days that lie ahead."),
    "too_far_ahead": _l("That is more than five years ahead. Look at the year again."),
    "too_many_blackouts": _l("At most %(first)s days. Type shorter spans of days above instead."),
    "no_day_left": _l("No day is left on which it could be."),
    "group_of_none": _l("A group has at least one person and at most 500."),
    "smallest_above_largest": _l("The smallest group cannot be larger than the largest."),
    "no_day": _l("It fills at least one day."),
    "homestay_unfit": _l("Home hospitality is an offer of its own."),
    "nobody_at_home": _l("At least one."),
    "beds_too_few": _l("Your households have beds for %(first)s. Type a smaller group or more households."),
    "topic_unknown": _l("A topic is not on the list any more. Choose again."),
    "site_unknown": _l("A place is not on your list any more. Choose again."),
    "blackout_outside": _l("%(first)s lies outside the days that you offer."),
    "windows_overlap": _l("These days overlap with %(first)s to %(second)s. Make one span of them."),
}
LACKS: Mapping[str, Any] = {
    "words": _l("Say in a few sentences what a group would see and do."),
    "window": _l("Say when: the first and the last day of a span that lies ahead."),
    "topics": _l("Choose at least one topic, so that the right groups are sent."),
    "spoken": _l("Choose at least one language."),
}


def fault_words(fault: Fault) -> str:
    """Return why something cannot be so, in a sentence."""
    facts = [_fact(fact) for fact in fault.facts]
    return str(_FAULTS[fault.why]) % dict(zip(("first", "second"), facts, strict=False))


def _fact(fact: Any) -> str:
    return formats.long_date(fact, language()) if isinstance(fact, date) else str(fact)
