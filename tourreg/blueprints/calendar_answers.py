"""Calendars as answers: a file in the language that is asked for."""

from flask import Response

from tourreg.adapters.calendar_files import MIMETYPE, calendar_file
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.domain.itineraries.calendars import EventCalendar


def calendar_answer(calendar: EventCalendar, name: str) -> Response:
    """Return the calendar as a file of this name."""
    groups = {"a": _("Group A"), "b": _("Group B"), "guests": _("Guests")}
    answer = Response(calendar_file(calendar, language=language(), groups=groups), mimetype=MIMETYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer
