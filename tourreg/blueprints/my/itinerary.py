"""A participant's own programme and calendar, opened by the address alone; whoever has it needs no sign-in.

Nothing here is spent or changed by a look. That a version was read is noted by a button, which the page's script
presses once somebody moves on it: mail scanners look too, and whoever holds a version is not told of it again.

What the page tells is the participant's own, so no proxy keeps it; the browser that has opened it keeps a copy for
when it has no connection, until the site says that the link has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.calendar_answers import calendar_answer
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.group_words import GROUPS
from tourreg.blueprints.guards import everyone, everyone_with_form
from tourreg.blueprints.languages import language
from tourreg.blueprints.my.links import fault_of
from tourreg.blueprints.my.own_days import own_days, own_legs
from tourreg.blueprints.visit_file_form import KINDS, handed_over
from tourreg.db import writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from tourreg.domain.hosting.visit_files import shown_in
from tourreg.domain.hosting.visit_models import HostingFile
from tourreg.domain.itineraries import openings
from tourreg.domain.itineraries.calendars import calendar_of
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.registrations.models import Participant
from tourreg.domain.reports.own_programmes import OwnSheet, own_parts, own_sheet, participant_by_public_id
from tourreg.domain.travel.journeys import Journey, journey_of
from tourreg.kernel import clock

blueprint = Blueprint("my_itinerary", __name__)
FRAME = "layout/my.html"
MOST_LOOKS = "120/minute"
OWN = "private, no-cache"
GONE = 410


@blueprint.get("/my/itinerary/offline.js")
@everyone
def offline() -> Response:
    """Return the worker that keeps opened programmes for when there is no connection; it serves these pages only."""
    script = Path(str(current_app.static_folder)) / "js" / "itinerary-worker.js"
    answer = Response(script.read_bytes(), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/my/itinerary/<token>")
@everyone_with_form
@limiter.limit(MOST_LOOKS)
def page(token: str) -> Response:
    found = _opened(token, "itinerary")
    if isinstance(found, Response):
        return found
    now, parts = clock.utc_now(), own_parts(found)
    if not parts:
        return _own(make_response(render_template("my/no_place.html", participant=found), GONE))
    journey = journey_of(found)
    sheet = _sheet(found, parts, journey, now=now)
    shown = render_template(
        "my/itinerary.html",
        participant=found,
        event=found.registration.event,
        version=sheet.get("programme_version"),
        group=GROUPS.get(found.group),
        to_note=_is_to_note(found, sheet.get("programme_version")),
        token=token,
        days=own_days(sheet),
        files=_files(token, found, sheet),
        legs=own_legs(journey.legs),
        nights=journey.nights,
        paper=url_for(".paper", token=token),
        now=now,
    )
    return _own(make_response(shown))


@blueprint.post("/my/itinerary/<token>/opened")
@everyone_with_form
@limiter.limit(MOST_LOOKS)
def opened(token: str) -> Response | Redirection:
    """Note that the person has a version before their eyes; a script that says so is answered with nothing."""
    found = _opened(token, "itinerary")
    if isinstance(found, Response):
        return found
    number, event_id, reader = _version(), found.registration.event_id, found.public_id
    if not own_parts(found) or number is None:
        abort(404)
    if not openings.is_noted(event_id, number, reader):
        _note_opening(event_id, number, reader)
    if "quietly" in request.form:
        return _own(Response(status=204))
    flash(_("Thank you. The office knows that you have read version %(number)d.", number=number))
    return redirect(url_for(".page", token=token), 303)


def _note_opening(event_id: int, number: int, reader: str) -> None:
    try:
        with writing():
            openings.note_opening(event_id, number, reader, now=clock.utc_now())
    except openings.NoSuchVersion:
        abort(404)


@blueprint.get("/my/itinerary/<token>/programme.pdf")
@everyone_with_form
@paper_files.printable
def paper(token: str) -> Response:
    """Print the same days as a paper."""
    found = _opened(token, "itinerary")
    if isinstance(found, Response):
        return found
    parts = own_parts(found)
    if not parts:
        return _own(make_response(render_template("my/no_place.html", participant=found), GONE))
    sheet = _sheet(found, parts, journey_of(found), now=clock.utc_now())
    size = found.registration.event.issuer.country
    back = url_for(".page", token=token)
    form = (language(), "letter" if size == "US" else "a4")
    return _own(paper_files.working_copy(sheet, frame=FRAME, back=back, form=form))  # type: ignore[arg-type]


@blueprint.get("/my/itinerary/<token>/files/<sent>")
@everyone_with_form
@limiter.limit(MOST_LOOKS)
def download(token: str, sent: str) -> Response:
    """Hand over a file that a host city sent and the office shows to those who have a day there."""
    found = _opened(token, "itinerary")
    if isinstance(found, Response):
        return found
    sheet = _sheet(found, own_parts(found), journey_of(found), now=clock.utc_now())
    kept = next((one for one in _shown(found, sheet) if one.public_id == sent), None)
    return _own(handed_over(kept or abort(404)))


@blueprint.get("/my/calendar/<token>.ics")
@everyone_with_form
@limiter.limit(MOST_LOOKS)
def calendar(token: str) -> Response:
    """Return somebody's own days for calendars; whoever has given up the place has none, so that calendars empty."""
    found = _opened(token, "calendar")
    if isinstance(found, Response):
        return found
    event = found.registration.event
    answer = _own(calendar_answer(calendar_of(event, parts=own_parts(found), groups=found.groups), event.slug))
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _opened(token: str, purpose: str) -> Participant | Response:
    """Return whose the link is, or the page that says what is the matter with it."""
    try:
        link = links.open_link(token, now=clock.utc_now(), purposes=(purpose,))
        found = participant_by_public_id(link.subject)
        if found is None:
            raise LinkUnknown
    except (LinkUnknown, LinkExpired, LinkUsed, LinkRevoked) as refusal:
        title, sentence = fault_of(refusal)
        shown = render_template("my/itinerary_closed.html", title=title, sentence=sentence)
        return _own(make_response(shown, 404 if isinstance(refusal, LinkUnknown) else GONE))
    return found


def _sheet(person: Participant, parts: Sequence[str], journey: Journey, *, now: datetime) -> OwnSheet:
    """Return the programme as it was issued last, or the draft where nothing was issued yet."""
    printed = days_for_print(person.registration.event, issued=True)
    return own_sheet(person, printed, parts=parts, journey=journey, now=now)


def _shown(person: Participant, sheet: OwnSheet) -> Sequence[HostingFile]:
    """Return what the cities of somebody's own days send to those who come."""
    return shown_in(person.registration.event, {day["city_id"] for day in sheet["days"] if day.get("city_id")})


def _files(token: str, person: Participant, sheet: OwnSheet) -> dict[str, list[tuple[str, HostingFile, str]]]:
    """Return the files with their addresses and what they are, by the public id of their city."""
    found: dict[str, list[tuple[str, HostingFile, str]]] = {}
    for one in _shown(person, sheet):
        address = url_for(".download", token=token, sent=one.public_id)
        found.setdefault(one.request.city.public_id, []).append((address, one, str(KINDS[one.kind])))
    return found


def _is_to_note(person: Participant, version: int | None) -> bool:
    return version is not None and not openings.is_noted(person.registration.event_id, version, person.public_id)


def _version() -> int | None:
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else None


def _own(answer: Response) -> Response:
    answer.headers["Cache-Control"] = OWN
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
