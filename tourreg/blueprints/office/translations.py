"""Languages still missing: every text of a coming event that half of its readers cannot read."""

from itertools import groupby

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from tourreg.blueprints.guards import office
from tourreg.blueprints.office.desk_time import desk_day
from tourreg.domain.reports import translations
from tourreg.kernel import clock

blueprint = Blueprint("office_translations", __name__)

RECORDS = {
    "event": _l("Event"),
    "fee": _l("Fee"),
    "add_on": _l("Add-on"),
    "day": _l("Day"),
    "item": _l("Itinerary item"),
}
TEXTS = {
    "title": _l("Title"),
    "theme": _l("Theme"),
    "summary": _l("Summary"),
    "description": _l("Description"),
    "venue": _l("Venue"),
    "audience": _l("Who may take it"),
    "event audience": _l("Who it is for"),
    "languages": _l("Languages"),
    "access": _l("Access"),
    "organiser": _l("Organiser"),
    "included": _l("What is included"),
    "not_included": _l("What is not included"),
    "cancellation_policy": _l("Cancellation policy"),
    "label": _l("Label"),
    "place": _l("Place"),
    "address": _l("Address"),
    "notes": _l("Notes"),
}


@blueprint.get("/languages")
@office()
def index() -> str:
    found = translations.missing(desk_day(clock.utc_now()))
    alike = groupby(found, lambda text: (text.event, text.event_title, text.slug))
    by_event = [(title, event, slug, list(texts)) for (event, title, slug), texts in alike]
    return render_template("office/translations.html", by_event=by_event, records=RECORDS, texts=TEXTS)
