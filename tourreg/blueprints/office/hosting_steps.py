"""What the office does with one request to a city: reminding, withdrawing, asking again, taking other dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting
from tourreg.blueprints.office.event_fields import Day
from tourreg.domain.hosting import requests
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.reports.request_papers import issue_letter
from tourreg.kernel import clock, typed

MOST_WORDS = 500


def deed_of(step: str, found: HostingRequest) -> Callable[[HostingRequest], str] | str:
    """Return what the step does and then says; where the form is not right, what is wrong with it."""
    now, by = clock.utc_now(), acting()
    if step == "remind":
        return lambda locked: _remind(locked)
    if step == "withdraw":
        why = typed.tidy_lines(request.form.get("why", ""))
        if not 0 < len(why) <= MOST_WORDS:
            return _("Say why, in at most %(most)d characters; the city reads it.", most=MOST_WORDS)
        seen = request.form.get("seen", "")
        return lambda locked: _withdraw(locked, why, seen, by)
    deadline = _deadline(request.form.get("deadline_on", ""))
    if deadline is None:
        return _("Type the day by which the city answers.")
    if step == "again":
        return lambda locked: _again(locked, deadline, now, by)
    other = (found.counter_first_on, found.counter_last_on)
    seen_days = request.form.get("seen", "")
    if seen_days != "/".join(day.isoformat() if day else "" for day in other):
        return _("The city has proposed other dates meanwhile. Look at them first.")
    return lambda locked: _take(locked, deadline, other, by)


def _remind(locked: HostingRequest) -> str:
    if requests.remind(locked, now=clock.utc_now()):
        return _("The reminder is on its way.")
    return _("Nothing was sent: this request does not wait for the city.")


def _withdraw(locked: HostingRequest, why: str, seen: str, by: str) -> str:
    requests.withdraw(locked, why, seen=seen, now=clock.utc_now(), by=by)
    return _("The request is withdrawn, and the city is told.")


def _again(locked: HostingRequest, deadline: Any, now: Any, by: str) -> str:
    requests.ask_again(locked, deadline, now=now, by=by, on_paper=issue_letter)
    return _("The city is asked once more.")


def _take(locked: HostingRequest, deadline: Any, other: Any, by: str) -> str:
    requests.take_other_dates(locked, deadline, seen=other, now=clock.utc_now(), by=by)
    return _("The dates are held. The city is asked to confirm them.")


def _deadline(text: str) -> Any:
    form = _DeadlineForm(MultiDict({"deadline_on": text}))
    return form.deadline_on.value if form.validate() else None


class _DeadlineForm(Form):
    deadline_on = Day("", needed="-")
