"""The Stripe inbox: every event that came, what became of it, and following one or all of a period once more."""

from datetime import datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import ValidationError

from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.inbox_fields import Moment
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.db import writing
from tourreg.domain.settlements import inbox, inbox_queries, queries, rules
from tourreg.kernel import clock

blueprint = Blueprint("office_inbox", __name__)

STANDINGS = {
    "waiting": ("wait", _l("Waiting")),
    "failed": ("stop", _l("Failed")),
    "strange": ("news", _l("Not understood")),
    "handled": ("good", _l("Handled")),
}
STRANGENESS = {
    "type": _l("We do not know this type of event."),
    "account": _l("It is for another Stripe account."),
    "mode": _l("It is of the other mode: test in place of live, or the other way round."),
    "object": _l("It speaks of something at Stripe that is none of our payments."),
}


class PeriodForm(FlaskForm):
    """From when until when; the page's own moment makes pressing twice harmless."""

    since = Moment(_l("Beginning"), needed=_l("Give the moment from which on."))
    until = Moment(_l("End of it"), needed=_l("Give the moment until which."))
    pressed_at = HiddenField()

    def validate_until(self, field: Moment) -> None:
        if field.value and self.since.value and field.value <= self.since.value:
            raise ValidationError(_("The end lies after the beginning."))

    def pressed(self, now: datetime) -> datetime:
        try:
            return min(now, datetime.fromisoformat(self.pressed_at.data or ""))
        except (ValueError, TypeError):
            return now


@blueprint.get("/money/inbox")
@office("finance", "read-only")
def index() -> str:
    return _page(_last_hour())


@blueprint.post("/money/inbox/replays")
@office("finance")
def replay_period() -> tuple[str, int] | Response:
    """Follow once more whatever came in a period."""
    form = _in_desk_zone(PeriodForm())
    if not form.validate_on_submit():
        return _page(form), 422
    now = clock.utc_now()
    with writing():
        count = inbox.replay_period(
            form.since.value, form.until.value, pressed_at=form.pressed(now), now=now, by=acting()
        )
    flash(_said(count))
    return redirect(url_for("office_inbox.index"), 303)


@blueprint.post("/money/inbox/<event_id>/replay")
@office("finance")
def replay(event_id: str) -> Response:
    """Follow one event once more."""
    if queries.event_kept(event_id) is None:
        abort(404)
    with writing():
        count = inbox.replay(event_id, now=clock.utc_now(), by=acting())
    flash(_said(count))
    return redirect(url_for("office_inbox.index"), 303)


def _page(form: PeriodForm) -> str:
    standing = request.args.get("state")
    standing = standing if standing in STANDINGS else None
    counts = inbox_queries.events_by_standing()
    total = counts[standing] if standing else sum(counts.values())
    number = min(asked_page(), max(1, -(-total // PAGE_ROWS)))
    rows = inbox_queries.events_page(standing, number=number, size=PAGE_ROWS)
    return render_template(
        "office/money/inbox.html",
        page=Page(rows, number, total),
        counts=counts,
        standing=standing,
        standings=STANDINGS,
        strangeness=STRANGENESS,
        form=form,
        is_followed=rules.is_followed_event,
        zone=desk_zone(),
    )


def _last_hour() -> PeriodForm:
    """Return the form as it is shown first: the last hour, its last minute included."""
    now = clock.utc_now()
    form = _in_desk_zone(PeriodForm(formdata=None))
    form.since.show(now - timedelta(hours=1))
    form.until.show(now + timedelta(minutes=1))
    form.pressed_at.data = now.isoformat()
    return form


def _in_desk_zone(form: PeriodForm) -> PeriodForm:
    form.since.zone = form.until.zone = desk_zone()
    return form


def _said(count: int) -> str:
    if not count:
        return _("Nothing to follow again: what is meant waits already, or is not understood.")
    return ngettext("%(num)d event is followed again.", "%(num)d events are followed again.", count)
