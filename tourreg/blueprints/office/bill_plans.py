"""One bill's plan of payment, for finance: its dues, another plan, reminders, and seats given back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tourreg import settling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.event_fields import Choice, WholeNumber
from tourreg.blueprints.outside import payments
from tourreg.blueprints.plan_words import DUE_STATES, PLAN_NAMES
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.dues import dues_of
from tourreg.domain.catalogue.payment_terms import MOST_DAYS
from tourreg.domain.registrations.payment_plans import PlanNotOffered, offered_in
from tourreg.domain.settlements import arrears, changing_plans, checkouts, due_looks
from tourreg.domain.settlements.bills import PayersBill
from tourreg.domain.settlements.changing_plans import PlanWish
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day

blueprint = Blueprint("office_bill_plans", __name__)

USUAL_DAYS_AFTER = 30


class PlanForm(FlaskForm):
    kind = Choice(_l("Another plan"))
    days_after = WholeNumber(
        _l("Days after the event"), most=MOST_DAYS, hint=_l("Only for an invoice after the event."), default="30"
    )
    why = Line(_l("Why"), most=300, needed=_l("Say why; it is kept with the bill."))


class ReleaseForm(FlaskForm):
    reason = Lines(_l("Sentence for the payer"), most=300, hint=_l("It stands in the letter beside the missed date."))


@blueprint.get("/money/plans/<public_id>")
@office("finance", "read-only")
def plan(public_id: str) -> str:
    bill = _bill_or_404(public_id)
    return _page(bill, PlanForm(formdata=None), ReleaseForm(formdata=None))


@blueprint.post("/money/plans/<public_id>")
@office("finance")
def change(public_id: str) -> tuple[str, int] | Response:
    """Agree another plan with the payer."""
    bill = _bill_or_404(public_id)
    form = PlanForm()
    form.kind.offer(_plans(bill))
    if not form.validate():
        return _page(bill, form, ReleaseForm(formdata=None)), 422
    days = form.days_after.value
    wish = PlanWish(form.kind.data, USUAL_DAYS_AFTER if days is None else days)
    try:
        with writing():
            changing_plans.change_plan(bill.folio.id, wish, why=form.why.data, now=clock.utc_now(), by=acting())
    except checkouts.SeatsGone:
        flash(_("The bill pays for no seats any more."))
    except checkouts.NothingOwed:
        flash(_("Nothing is owed on this bill."))
    except PlanNotOffered:
        flash(_("The event no longer offers this plan."))
    else:
        flash(_("The plan is agreed. Its days count from today."))
    return _back(public_id)


@blueprint.post("/money/plans/<public_id>/reminders")
@office("finance")
def remind(public_id: str) -> Response:
    """Stop the reminders of a bill, or let them go out again."""
    _bill_or_404(public_id)
    stopped = request.form.get("do") == "stop"
    with writing():
        due_looks.stop(public_id, stopped=stopped, now=clock.utc_now(), by=acting())
    flash(_("No more reminders go out for this bill.") if stopped else _("Reminders go out again."))
    return _back(public_id)


@blueprint.post("/money/plans/<public_id>/seats")
@office("finance")
def release(public_id: str) -> tuple[str, int] | Response:
    """Give the seats back because a date was missed, and write so."""
    bill, form = _bill_or_404(public_id), ReleaseForm()
    if not form.validate():
        return _page(bill, PlanForm(formdata=None), form), 422
    folio_id, now = bill.folio.id, clock.utc_now()
    try:
        kept = settling.release_unpaid(folio_id, payments(), why=form.reason.data, now=now, by=acting())
    except arrears.NothingOverdue:
        flash(_("Nothing was done: all that is due has been paid meanwhile, or is on its way."))
    except arrears.NothingToRelease:
        flash(_("The bill pays for no seats any more."))
    except PaymentsError:
        flash(_("Stripe cannot be asked just now, so that money may still be on its way. Try again in a few minutes."))
    else:
        flash(_("The seats are free again, and the letter is on its way."))
        if kept:
            flash(_("What they had paid lies on the desk."))
    return _back(public_id)


def _page(bill: PayersBill, form: PlanForm, releasing: ReleaseForm) -> str:
    now = clock.utc_now()
    today = local_day(now, bill.lead.event.zone)
    form.kind.offer(_plans(bill))
    standing = billing.standing(bill.folio)
    return render_template(
        "office/money/plan.html",
        bill=bill,
        folio=bill.folio,
        registration=bill.lead,
        standing=standing,
        dues=dues_of(bill.folio, standing),
        today=today,
        due_states=DUE_STATES,
        plan_name=PLAN_NAMES[bill.folio.plan],
        overdue=arrears.overdue(bill, now),
        form=form,
        releasing=releasing,
        release_after_days=arrears.release_after_days(bill),
    )


def _plans(bill: PayersBill) -> dict[str, str]:
    """Return the plans that finance may agree to: those of the event, all at once, and an invoice after the event."""
    offered = [plan.kind for plan in offered_in(bill.lead.event, bill.folio.currency).plans]
    kinds = dict.fromkeys(["in_full", *offered, "after_event"])
    return {kind: str(PLAN_NAMES[kind]) for kind in kinds}


def _bill_or_404(public_id: str) -> PayersBill:
    try:
        bill = arrears.bill_to_read(public_id)
    except LookupError:
        bill = None
    return bill or abort(404)


def _back(public_id: str) -> Response:
    return redirect(url_for("office_bill_plans.plan", public_id=public_id), 303)
