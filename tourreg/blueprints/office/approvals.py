"""The office says whether people may take the fee that they chose, and they are told."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.event_words import conditions_of, who_may
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.registrations import approvals, queries
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.declining import decline_registration
from tourreg.kernel import clock, typed

blueprint = Blueprint("office_approvals", __name__)

MOST_REASON = 500


@blueprint.get("/registrations/<public_id>/approval")
@office("programme")
def ask(public_id: str) -> Response | Redirection:
    registration = queries.by_public_id(public_id) or abort(404)
    return _page(registration) if registration.awaits_approval else _to(registration)


@blueprint.post("/registrations/<public_id>/approval")
@office("programme")
def answer(public_id: str) -> Response | Redirection:
    registration = queries.by_public_id(public_id) or abort(404)
    wanted, why = request.form.get("answer", ""), typed.tidy_lines(request.form.get("why", ""))
    fault = _fault(wanted, why)
    if fault:
        return _page(registration, fault, why)
    try:
        _give(registration, wanted, why)
    except approvals.NothingToApprove:
        flash(_("Somebody has answered before."))
        return _to(registration)
    flash(_("The fee is approved, and the contact is told.") if wanted == "approve" else _("The contact is told."))
    return _to(registration)


def _give(registration: Registration, wanted: str, why: str) -> None:
    registration_id, now, by = registration.id, clock.utc_now(), acting()
    with writing():
        if wanted == "approve":
            hold_days = settings().invoice_hold_working_days
            approvals.approve(registration_id, hold_working_days=hold_days, now=now, by=by)
        else:
            decline_registration(registration_id, why=why, now=now, by=by)


def _fault(wanted: str, why: str) -> str:
    if wanted not in ("approve", "decline"):
        return _("Choose an answer.")
    if wanted == "decline" and not why:
        return _("Say why; the contact reads it.")
    return _("At most %(most)d characters.", most=MOST_REASON) if len(why) > MOST_REASON else ""


def _page(registration: Registration, fault: str = "", why: str = "") -> Response:
    page = render_template(
        "office/registrations/approval.html",
        registration=registration,
        waiting=[person for person in registration.participants if person.application_state == "submitted"],
        conditions_of=conditions_of,
        who_may=who_may,
        fault=fault,
        why=why,
        most_reason=MOST_REASON,
        hold_days=settings().invoice_hold_working_days,
    )
    return make_response(page, 422 if fault else 200)


def _to(registration: Registration) -> Redirection:
    return redirect(url_for("office_registration.registration", public_id=registration.public_id), 303)
