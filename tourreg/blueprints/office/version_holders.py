"""Who holds which version of an itinerary, and telling those whose days have changed since."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import paper_files
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.papers import FRAME
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.batches import notices
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.reports.event_papers import EVENT_PAPERS, Asked
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.paper_words import PaperLanguage
from tourreg.rendering import PageSize

blueprint = Blueprint("office_version_holders", __name__)
STANDINGS = {
    "to_tell": ("wait", _l("Outdated, to be told")),
    "failed": ("stop", _l("The notice could not be made")),
    "no_address": ("stop", _l("No e-mail address")),
    "nothing": ("wait", _l("Nothing sent yet")),
    "on_its_way": ("news", _l("A notice is on its way")),
    "unchanged": ("good", _l("Older, but the same for them")),
    "current": ("good", _l("Latest version")),
}
WAYS = {
    "letter": _l("by letter"),
    "batch": _l("by letter, in a batch"),
    "notice": _l("by a notice of changes"),
    "opened": _l("opened it themselves"),
    "page": _l("on their own page"),
}


@blueprint.get("/events/<public_id>/versions/holders")
@office()
def index(public_id: str) -> str:
    return _page(_event(public_id))


@blueprint.post("/events/<public_id>/versions/holders")
@office("programme")
def send(public_id: str) -> Redirection | tuple[str, int]:
    """Begin to send the notices; the same form again leads to the batch that its first sending began."""
    event, now = _event(public_id), clock.utc_now()
    key, size = submission_key(request.form), _form(event)[1]
    try:
        with writing():
            locked = desk.event_to_change(public_id)
            batch = notices.send(
                locked, version=_version(), page_size=size, submission_key=key, now=now, by=acting()
            ).public_id
    except notices.NobodyToTell:
        return _page(_event(public_id), _("Everybody whose days have changed is told, or is being told.")), 409
    except notices.AnotherVersion as refusal:
        problem = _("Meanwhile version %(number)d was issued. Look at who is told now, and send again.")
        return _page(_event(public_id), problem % {"number": refusal.version}), 409
    flash(_("The notices are made and mailed one after the other. You may leave this page."))
    return redirect(url_for("office_batches.progress", public_id=batch), 303)


@blueprint.get("/events/<public_id>/versions/holders/<reader>.pdf")
@office()
@paper_files.printable
def preview(public_id: str, reader: str) -> Response:
    """Print the notice that one of them would get."""
    event, now = _event(public_id), clock.utc_now()
    found = notices.overview(event, now=now)
    holder = next((one for one in found.holders if one.reader.public_id == reader and one.changes), None)
    if holder is None or holder.held is None:
        abort(404)
    between = (holder.held.version, found.latest)
    asked = Asked(event, notices.subject_of(holder.reader), now, issued=False, between=between)
    language: PaperLanguage = holder.reader.language or "both"
    back = url_for(".index", public_id=public_id)
    sheet = EVENT_PAPERS[notices.KIND].sheet(asked)
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=(language, _form(event)[1]))


def _page(event: Event, problem: str = "") -> str:
    found = notices.overview(event, now=clock.utc_now())
    return render_template(
        "office/itineraries/holders.html",
        event=event,
        found=found,
        counts=[(standing, len(found.of(standing))) for standing in notices.STANDINGS if found.of(standing)],
        standings=STANDINGS,
        ways=WAYS,
        problem=problem,
        submission_key=request.form.get("submission_key") or new_public_id(),
    )


def _event(public_id: str) -> Event:
    return desk.event(public_id) or abort(404)


def _version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def _form(event: Event) -> tuple[PaperLanguage, PageSize]:
    return "both", "letter" if event.issuer.country == "US" else "a4"
