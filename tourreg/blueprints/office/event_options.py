"""Who has chosen what of an event's optional items."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from tourreg.blueprints.guards import office
from tourreg.domain.catalogue import desk
from tourreg.domain.reports.chosen_options import chosen_options
from tourreg.kernel import clock
from tourreg.kernel.money import Money

blueprint = Blueprint("office_event_options", __name__)


@blueprint.get("/events/<public_id>/options")
@office()
def index(public_id: str) -> str:
    event = desk.event(public_id) or abort(404)
    found = chosen_options(event)
    return render_template(
        "office/itineraries/options.html",
        event=event,
        found=found,
        fees={one.add_on.public_id: Money(one.add_on.amount_minor, event.currency) for one in found},
        now=clock.utc_now(),
    )
