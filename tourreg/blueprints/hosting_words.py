"""What pages call the states of a request to host, its answers and what is wrong with one; and its file of a yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response
from flask_babel import lazy_gettext as _l
from wtforms import Form

from tourreg import formats
from tourreg.blueprints import sent_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.domain.hosting.request_models import HostingApproval
from tourreg.domain.hosting.request_rules import Span
from tourreg.kernel.bilingual import Text

# By state, the tag in the style sheet and the words.
STATES = {
    "asked": ("wait", _l("Asked")),
    "held": ("news", _l("Days held")),
    "countered": ("news", _l("Other dates proposed")),
    "confirmed": ("good", _l("Confirmed")),
    "lapsed": ("stop", _l("No answer in time")),
    "declined": ("over", _l("Cannot host")),
    "withdrawn": ("over", _l("Withdrawn by us")),
}
ANSWERS = {
    "held": _l("Hold the days; we confirm later"),
    "confirmed": _l("Confirm: we host the group on these days"),
    "countered": _l("Propose other dates"),
    "declined": _l("Decline: we cannot host this group"),
}
STEPS = {"manager": _l("Manager"), "council": _l("Council or government")}
_FAULTS = {
    "ends_before_it_begins": _l("The last day lies before the first one."),
    "in_the_past": _l("This day is over or is today. Choose a later one."),
    "stay_too_long": _l("A visit has at most %(one)s days."),
    "deadline_after_first_day": _l("The answer is needed before the first day of the visit."),
    "group_of_none": _l("A group has 1 to %(one)s people."),
    "outside_windows": _l("The offer does not hold these days."),
    "closed_day": _l("The city receives nobody on %(one)s."),
    "more_days_than_offered": _l("The offer fills at most %(one)s days."),
    "notice_too_short": _l("The city asks for %(one)s days of notice. Ask without the offer if it knows already."),
    "group_too_large": _l("The offer takes at most %(one)s people."),
    "offer_counts_no_more": _l("This offer does not count at present."),
    "nobody_to_write_to": _l("Nobody speaks for this city yet. Accept its sign-up first."),
    "asked_already": _l("This city is asked for these days already."),
    "far_from_tour": _l("That is far from the tour, which begins on %(one)s. Look at the year again."),
    "tour_is_off": _l("The tour is cancelled. Nobody is asked for it any more, and no answer is needed."),
    "name_missing": _l("Type your name."),
    "words_missing": _l("Say in a word why."),
    "days_missing": _l("Type the first and the last day that would suit you."),
    "same_days": _l("These are the days that we asked for. Confirm them, or propose others."),
    "day_ahead": _l("This day lies ahead. Note the yes once it was given."),
    "too_many_approvals": _l("At most %(one)s can be noted."),
}


def note_faults(form: Any, faults: Iterable[Fault]) -> None:
    """Put each fault beside its field, or on top of the form where it has none."""
    for fault in faults:
        sentence = fault_words(fault)
        if fault.field in form:
            form[fault.field].errors = [*form[fault.field].errors, sentence]
        else:
            form.form_errors.append(sentence)


def fault_words(fault: Fault) -> str:
    one = fault.facts[0] if fault.facts else ""
    shown = formats.long_date(one, language()) if isinstance(one, date) else one
    return str(_FAULTS[fault.why]) % {"one": shown}


def is_without_faults(form: Form) -> bool:
    return not form.form_errors and not any(control.errors for control in form)


def span_words(spans: Iterable[Span]) -> str:
    """Return spans of days as a list of words."""
    return formats.listing([formats.date_range(one.first_on, one.last_on, language()) for one in spans], language())


def taken_words(left: list[Span], others: list[Text]) -> str:
    """Say that another group has the days, what is left, and which other offers of the city are free on them."""
    if left:
        said = _("Another group has some of these days. Still free: %(days)s.", days=span_words(left))
    else:
        said = _("Another group has these days, and no day of this offer is left.")
    if not others:
        return said
    named = formats.listing([title.in_(language()) for title in others], language())
    return f"{said} {_('Other offers of the city are free on the same days: %(offers)s.', offers=named)}"


def handed_over(approval: HostingApproval) -> Response:
    """Answer with the paper of a yes as a download."""
    return sent_files.handed_over(
        approval.file_hash, approval.file_kind, name=approval.file_name, plain_name="approval"
    )
