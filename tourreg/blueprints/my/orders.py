"""The contact's purchase order as a file, for finance to read beside the request to pay by invoice."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints import order_uploads
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.large_requests import let_through
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.kernel import clock

blueprint = Blueprint("my_orders", __name__)
MOST_UPLOADS = "20 per hour"
let_through(blueprint, order_uploads.LARGEST_UPLOAD)


@blueprint.post("/my/registrations/<public_id>/order")
@registration_holder
@limiter.limit(MOST_UPLOADS)
def add(registration: Registration) -> Response:
    by = contact_actor(registration)
    fault = order_uploads.take_order(registration.folio, now=clock.utc_now(), by=by)
    flash(fault or _("Thank you. Our finance office sees the file with your request."))
    return redirect(url_for("my.registration", public_id=registration.public_id), 303)
