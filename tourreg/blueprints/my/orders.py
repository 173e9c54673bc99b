"""The contact's purchase order as a file, for finance to read beside the request to pay by invoice."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints import order_uploads
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.kernel import clock

blueprint = Blueprint("my_orders", __name__)
MOST_UPLOADS = "20 per hour"


@blueprint.url_value_preprocessor
def take_orders(_endpoint: str | None, _values: Any) -> None:
    """Let an order through; this runs before anything reads the form."""
    order_uploads.let_an_order_through()


@blueprint.post("/my/registrations/<public_id>/order")
@registration_holder
@limiter.limit(MOST_UPLOADS)
def add(registration: Registration) -> Response:
    by = contact_actor(registration)
    fault = order_uploads.take_order(registration.folio, now=clock.utc_now(), by=by)
    flash(fault or _("Thank you. Our finance office sees the file with your request."))
    return redirect(url_for("my.registration", public_id=registration.public_id), 303)
