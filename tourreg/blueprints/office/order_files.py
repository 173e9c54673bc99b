"""Orders as files: added by the office, and handed over to it."""

from flask import Blueprint, Response, abort, flash, redirect
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import order_uploads
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.office.money_words import bill_asked_for, page_of, registration_or_404
from tourreg.domain.billing.order_files import order_by_public_id
from tourreg.kernel import clock

blueprint = Blueprint("office_order_files", __name__)
let_through(blueprint, order_uploads.LARGEST_UPLOAD)


@blueprint.post("/money/registrations/<public_id>/order")
@office("finance")
def add(public_id: str) -> Redirection:
    registration = registration_or_404(public_id)
    fault = order_uploads.take_order(bill_asked_for(registration), now=clock.utc_now(), by=acting())
    flash(fault or _("The file is kept with the bill."))
    return redirect(page_of(registration), 303)


@blueprint.get("/money/orders/files/<public_id>")
@office("finance")
def download(public_id: str) -> Response:
    return order_uploads.handed_over(order_by_public_id(public_id) or abort(404))
