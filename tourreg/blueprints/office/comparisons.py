"""Comparisons of Stripe's own lists with our books: the last ones, what they found, and beginning one now."""

from collections import Counter
from datetime import datetime, time, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import ValidationError

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.desk_time import desk_day, desk_zone
from tourreg.blueprints.office.event_fields import Day
from tourreg.blueprints.office.histories import actor_words
from tourreg.db import writing
from tourreg.domain.accounts import queries as accounts
from tourreg.domain.settlements import comparing, lookups
from tourreg.domain.settlements.models import Comparison
from tourreg.kernel import clock
from tourreg.kernel.clock import at_local_time
from tourreg.kernel.money import Money

blueprint = Blueprint("office_comparisons", __name__)

LISTS = {
    "sessions": _l("Payment pages"),
    "charges": _l("Charges"),
    "refunds": _l("Refunds"),
    "disputes": _l("Disputes"),
}
KINDS = {
    "page_behind": _l("A payment page had moved on at Stripe"),
    "page_left_open": _l("A page that is over with us was still open at Stripe"),
    "page_unanswered": _l("Stripe had never answered for a page"),
    "page_stale": _l("Promised money has not come for days"),
    "not_posted": _l("A payment stood in no bill"),
    "amount_differs": _l("The amounts differ"),
    "went_back": _l("Money on the desk went back at Stripe"),
    "refund_behind": _l("A refund had moved on at Stripe"),
    "refund_unknown": _l("A refund was made at Stripe without us"),
    "refund_slow": _l("A refund has been on its way for too long"),
    "dispute": _l("A dispute was opened or has moved on"),
    "missing_at_stripe": _l("Stripe does not know what the ledger has"),
    "moot": _l("Something on the desk had settled itself"),
}
OUTCOMES = {
    "healed": ("good", _l("Put right")),
    "desk": ("wait", _l("On the desk")),
    "closed": ("", _l("Off the desk")),
    "seen": ("news", _l("Only seen")),
    "refused": ("stop", _l("Refused by Stripe")),
}


class CompareForm(FlaskForm):
    since = Day(_l("Since"), needed=_l("Give the first day to compare."))
    is_dry = BooleanField(_l("Only tell what differs; change nothing"))

    def validate_since(self, field: Day) -> None:
        now = clock.utc_now()
        if field.value and field.value > desk_day(now):
            raise ValidationError(_("This day has not come yet."))
        if field.value and field.value < desk_day(now) - comparing.FARTHEST_ASKED:
            raise ValidationError(_("Stripe’s lists are compared for the last 400 days at most."))


@blueprint.get("/money/comparisons")
@office("finance", "read-only")
def index() -> str:
    form = CompareForm(formdata=None)
    form.since.data = (desk_day(clock.utc_now()) - comparing.NIGHTLY_REACH).isoformat()
    return _page(form)


@blueprint.post("/money/comparisons")
@office("finance")
def begin() -> tuple[str, int] | Response:
    """Ask for a comparison now; while one is under way, none other begins."""
    form = CompareForm()
    if not form.validate_on_submit():
        return _page(form), 422
    now = clock.utc_now()
    since = at_local_time(form.since.value, time(0), desk_zone())
    with writing():
        asked = comparing.ask_for_comparison(since, is_dry=form.is_dry.data, now=now, by=acting())
        is_new, public_id = asked.begun_at == now, asked.public_id
    flash(_("The comparison has begun.") if is_new else _("A comparison is under way already."))
    return redirect(url_for("office_comparisons.comparison", public_id=public_id), 303)


@blueprint.get("/money/comparisons/<public_id>")
@office("finance", "read-only")
def comparison(public_id: str) -> str:
    found = lookups.comparison_by_public_id(public_id)
    if found is None:
        abort(404)
    return render_template(
        "office/money/comparison.html",
        comparison=found,
        amounts=[_amount(finding) for finding in found.findings],
        most=comparing.MOST_FINDINGS,
        **_words([found]),
    )


def _page(form: CompareForm) -> str:
    comparisons = lookups.last_comparisons()
    return render_template("office/money/comparisons.html", comparisons=comparisons, form=form, **_words(comparisons))


def _words(comparisons: list[Comparison]) -> dict[str, object]:
    members = accounts.staff_names(one.begun_by for one in comparisons)
    return {
        "begun_by": {one.id: actor_words(one.begun_by, members) for one in comparisons},
        "counts": {one.id: Counter(finding["outcome"] for finding in one.findings) for one in comparisons},
        "standing": {one.id: _standing(one, clock.utc_now()) for one in comparisons},
        "kinds": KINDS,
        "outcomes": OUTCOMES,
        "lists": LISTS,
        "zone": desk_zone(),
    }


def _standing(one: Comparison, now: datetime) -> tuple[str, str]:
    if one.ended_at is not None:
        return "good", _("Done")
    if one.failure:
        return "stop", _("Broken off")
    is_lost = now - one.begun_at > comparing.LONGEST_RUN + timedelta(minutes=1)
    return ("stop", _("Broken off")) if is_lost else ("wait", _("Under way"))


def _amount(finding: dict[str, object]) -> Money | None:
    minor = finding["amount_minor"]
    return None if minor is None else Money(int(str(minor)), str(finding["currency"]))
