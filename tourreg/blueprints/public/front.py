"""The entrance, which picks a language, and the pages that explain the house."""

from datetime import time, timedelta

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints.guards import everyone
from tourreg.blueprints.kept_pages import changes_at, kept
from tourreg.blueprints.languages import asked_by_browser
from tourreg.blueprints.public import route_drawings
from tourreg.blueprints.public.entries import entry_of, places_of
from tourreg.domain.catalogue import queries, rules
from tourreg.domain.catalogue.queries import Wish
from tourreg.domain.consents.queries import current_text
from tourreg.kernel import clock
from tourreg.kernel.clock import at_local_time

entrance = Blueprint("entrance", __name__)
blueprint = Blueprint("front", __name__)

# Of the programmes ahead the home page shows the first few that can still be joined.
LOOKED_THROUGH = 24
SHOWN_AT_HOME = 3


@entrance.get("/")
@everyone
def pick_language() -> Response:
    answer = redirect(url_for("front.home", language=asked_by_browser()))
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/")
@everyone
@kept()
def home() -> str:
    now = clock.utc_now()
    ahead = queries.events_on_show(Wish(since=now.date() - timedelta(days=1)), most=LOOKED_THROUGH)
    changes_at(rules.next_change_at(event, now) for event in ahead)
    entries = [entry for entry in (entry_of(event, now) for event in ahead) if not entry.standing.past]
    strip = route_drawings.strip(tuple(places_of(entry.event) for entry in entries))
    return render_template("public/home.html", entries=entries[:SHOWN_AT_HOME], strip=strip)


@blueprint.get("/texts/<any(terms, privacy, cross_border, travel, listed):kind>")
@everyone
@kept()
def consent_text(kind: str) -> str:
    now = clock.utc_now()
    changes_at([at_local_time(now.date() + timedelta(days=1), time(0), "UTC")])
    text = current_text(kind, now)
    return render_template("public/consent_text.html", kind=kind, consent_text=text)


@blueprint.get("/accessibility")
@everyone
@kept()
def accessibility() -> str:
    return render_template("public/accessibility.html")


@blueprint.get("/contact")
@everyone
@kept()
def contact() -> str:
    return render_template("public/contact.html", sellers=queries.sellers())
