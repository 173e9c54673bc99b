"""A cancelled event's refunds: begun by finance, made by the worker, stopped and resumed, and how far they are."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField

from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.settlements import batches, progress
from tourreg.domain.settlements.models import RefundBatch
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.states import MoveRefused

blueprint = Blueprint("office_event_refunds", __name__)


class BeginForm(FlaskForm):
    """Why the event does not take place, for each payer in their language."""

    why_en = Lines(_l("Reason, in English"), most=300, needed=_l("Say why; the payers read it."), printed=True)
    why_zh = Lines(_l("Reason, in Chinese"), most=300, needed=_l("Say why; the payers read it."), printed=True)
    by_terms = BooleanField(_l("Keep what the cancellation policy keeps (otherwise everything is paid back)"))


@blueprint.route("/money/events/<public_id>/refunds", methods=["GET", "POST"])
@office("finance")
def index(public_id: str) -> str | tuple[str, int] | Response:
    event = desk.event(public_id) or abort(404)
    batch = batches.batch_of(event)
    if batch is not None:
        return _progress_page(event, batch)
    if event.state != "cancelled":
        abort(404)
    form = BeginForm()
    if form.validate_on_submit():
        why = Text(form.why_en.data, form.why_zh.data)
        with writing():
            changing = desk.event_to_change(public_id)
            batches.begin(changing, why, by_terms=form.by_terms.data, now=clock.utc_now(), by=acting())
        flash(_("The worker cancels and refunds each registration. This page shows how far it is."))
        return redirect(url_for(".index", public_id=public_id), 303)
    page = render_template(
        "office/money/event_refunds.html",
        event=event,
        form=form,
        stake=progress.at_stake(event),
        policy=policy_of(event),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/money/events/<public_id>/refunds/<any(stop, resume):step>")
@office("finance")
def take(public_id: str, step: str) -> Response:
    event = desk.event(public_id) or abort(404)
    batch = batches.batch_of(event) or abort(404)
    try:
        with writing():
            (batches.stop if step == "stop" else batches.resume)(batch, now=clock.utc_now(), by=acting())
    except MoveRefused:
        flash(_("Somebody was faster, or it has come to its end."))
    else:
        flash(_("It rests before the next registration.") if step == "stop" else _("It goes on."))
    return redirect(url_for(".index", public_id=public_id), 303)


def _progress_page(event: Event, batch: RefundBatch) -> str:
    return render_template(
        "office/money/event_progress.html",
        event=event,
        batch=batch,
        progress=progress.progress_of(batch),
        failed=progress.failed_items(batch),
        states=STATES,
        tags=TAGS,
    )


STATES = {"running": _l("Runs"), "stopped": _l("Stopped"), "done": _l("Done")}
TAGS = {"running": "news", "stopped": "wait", "done": "good"}
