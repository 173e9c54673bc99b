"""The days that a host city confirmed: putting them into the draft beside what stands there, or leaving them out."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.db import writing
from tourreg.domain.hosting import confirmed_days
from tourreg.domain.hosting import request_queries as queries
from tourreg.kernel import clock

blueprint = Blueprint("office_hosting_days", __name__)

# What became of a confirmed day, with its tag in the style sheet.
STANDINGS = {
    "in_draft": ("good", _l("In the itinerary")),
    "taken_out": ("over", _l("Taken out again")),
    "in_the_way": ("stop", _l("Something else stands there")),
    "left_out": ("over", _l("Left out")),
}


@blueprint.post("/events/<public_id>/hosting/<asked>/days")
@office("programme")
def decide(public_id: str, asked: str) -> Response:
    """Put days in or leave them out, as the button says; a second press changes nothing."""
    found = queries.request_by_public_id(asked)
    if found is None or found.event.public_id != public_id:
        abort(404)
    sentence = _decide(asked, request.form.get("do", ""), _dates(request.form.getlist("on")))
    flash(sentence)
    return redirect(url_for("office_hosting.show", public_id=public_id, asked=asked), 303)


def _decide(asked: str, wish: str, dates: set[date]) -> str:
    now, by = clock.utc_now(), acting()
    with writing():
        locked = queries.request_to_change(asked)
        if locked.state != "confirmed":
            return _("Only the days of a confirmed visit are put into the itinerary.")
        if wish == "leave":
            confirmed_days.leave_out(locked, dates, now=now, by=by)
            return _("Left out. The itinerary stays as it is.")
        if wish == "anyway":
            confirmed_days.put_in_anyway(locked, dates, now=now, by=by)
        else:
            confirmed_days.put_in(locked, now=now, by=by)
    return _("The itinerary is changed. Issue its next version when it is ready.")


def _dates(typed: list[str]) -> set[date]:
    """Return the dates that were sent; what is none is left out."""
    found = set()
    for text in typed:
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            continue
    return found
