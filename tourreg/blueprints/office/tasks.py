"""Letters, papers and other work that the worker gave up, and trying it again."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import office
from tourreg.blueprints.my.sign_in import WRITE_SIGN_IN
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.registration_words import letter_title
from tourreg.db import writing
from tourreg.domain.billing.commands import LOOK_AT_DUES
from tourreg.domain.hosting.city_letters import WRITE_TO_CITIES
from tourreg.domain.hosting.offers import EXPIRE_OFFER
from tourreg.domain.hosting.reports import ASK_FOR_REPORT
from tourreg.domain.hosting.requests import LAPSE, REMIND
from tourreg.domain.matching.route_searches import FIND_ROUTES
from tourreg.domain.outbox import queries, queue
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.uploads import FORGET_UPLOAD
from tourreg.domain.papers.commands import RENDER_PAPER
from tourreg.domain.reports import failures
from tourreg.domain.settlements.batches import REFUND_EVENT
from tourreg.domain.settlements.checkouts import RELEASE_HOLD
from tourreg.domain.settlements.comparing import COMPARE, COMPARE_NIGHTLY
from tourreg.domain.settlements.due_looks import RELEASE_UNPAID
from tourreg.domain.settlements.inbox import HANDLE_STRIPE_EVENT
from tourreg.domain.settlements.refunding import SEND_REFUND
from tourreg.domain.travel.telling import FORGET
from tourreg.kernel import clock

blueprint = Blueprint("office_tasks", __name__)

KINDS = {
    SEND_LETTER: _l("Letter"),
    WRITE_SIGN_IN: _l("Link to sign in"),
    RENDER_PAPER: _l("Paper"),
    RELEASE_HOLD: _l("End of a hold"),
    SEND_REFUND: _l("Refund"),
    REFUND_EVENT: _l("Refunds of a cancelled event"),
    HANDLE_STRIPE_EVENT: _l("News from Stripe"),
    COMPARE: _l("Comparison with Stripe"),
    COMPARE_NIGHTLY: _l("Comparison with Stripe, each night"),
    LOOK_AT_DUES: _l("Look at what falls due"),
    RELEASE_UNPAID: _l("End of places that were not paid for"),
    "make_batch_paper": _l("Paper of a batch"),
    "put_batch_together": _l("File of a batch of papers"),
    "throw_batch_away": _l("End of a batch’s file"),
    FORGET: _l("End of what people told of their journeys"),
    EXPIRE_OFFER: _l("End of a host city’s offer"),
    REMIND: _l("Reminder to a host city"),
    ASK_FOR_REPORT: _l("Asking a host city for its report"),
    LAPSE: _l("End of the time in which a host city may answer"),
    FIND_ROUTES: _l("Search for the routes of a tour"),
    WRITE_TO_CITIES: _l("Letter to host cities, city after city"),
    FORGET_UPLOAD: _l("End of a file that was sent and not taken over"),
}


@blueprint.get("/tasks")
@office()
def index() -> str:
    return render_template(
        "office/tasks.html",
        failed=failures.failed(),
        last_beat=queries.last_beat(),
        kinds=KINDS,
        letter_title=letter_title,
        zone=desk_zone(),
    )


@blueprint.post("/tasks")
@office()
def try_again() -> Response:
    """Begin anew with one task, named by its key; a second click finds it under way and does nothing."""
    with writing():
        task = queries.task_by_key(request.form.get("key", ""))
        if task is not None:
            queue.try_again(task, now=clock.utc_now())
    if task is None:
        abort(404)
    flash(_("It is tried again within a minute."))
    return redirect(url_for("office_tasks.index"), 303)
