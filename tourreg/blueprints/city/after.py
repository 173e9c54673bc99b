"""After a visit the city reports how many came, what it gave in kind, and how it was."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints.attempts import try_again
from tourreg.blueprints.city.profile import began_too_long_ago, opened_long_ago
from tourreg.blueprints.city.requests import asked_of
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.report_form import CHOICE_WORDS, QUESTIONS, SPARE_ROWS, report_form, rows_typed, typed_of
from tourreg.db import writing
from tourreg.domain.hosting import reports
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.report_models import VisitReport
from tourreg.domain.hosting.report_rules import Reported, ReportEditedMeanwhile, ReportIsSent, VisitNotOver
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.kernel import clock

blueprint = Blueprint("city_after", __name__)


@blueprint.get("/city/<public_id>/requests/<asked>/after")
@host_holder
def show(profile: HostProfile, asked: str) -> Response:
    """Show the report; before the visit is over, from when on it stands here."""
    found = asked_of(profile, asked)
    return _page(profile, found, _kept_form(profile, found))


@blueprint.post("/city/<public_id>/requests/<asked>/after")
@host_holder
def save(profile: HostProfile, asked: str) -> Response | Redirection:
    found = asked_of(profile, asked)
    form = report_form(request.form, reports.counted_in(found), rows_typed(request.form), _usual_currency(found))
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, form, 403)
    if not form.is_right():
        return _page(profile, found, form, 422)
    public_id, by, sends = profile.public_id, access.host_actor(profile), request.form.get("do") == "send"
    told, seen = form.reported(), _number(form.seen.data)
    try:
        try_again(lambda: _write(asked, told, seen, by, sends=sends))
    except VisitNotOver:
        abort(404)
    except (ReportIsSent, ReportEditedMeanwhile):
        return _meanwhile(profile, asked, form)
    flash(_("Thank you. Your report is with our office.") if sends else _("Saved. Send it when it is complete."))
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)


def _write(asked: str, told: Reported, seen: int, by: str, *, sends: bool) -> None:
    with writing():
        locked, now = queries.request_to_change(asked), clock.utc_now()
        if sends:
            reports.send(locked, told, seen=seen, now=now, by=by)
        else:
            reports.save(locked, told, seen=seen, now=now, by=by)


def _meanwhile(profile: HostProfile, asked: str, form: Any) -> Response:
    found = asked_of(profile, asked)
    kept = reports.report_of(found)
    form.form_errors.append(
        _("Somebody sent the report meanwhile. Nothing of yours was saved; our office can open it again.")
        if kept is not None and kept.state == "sent"
        else _("Somebody changed this meanwhile. Nothing of yours was saved; save again to replace what is kept now.")
    )
    form.seen.data = str(kept.revision if kept else 0)
    return _page(profile, found, form, 409)


def _kept_form(profile: HostProfile, found: HostingRequest) -> Any:
    report, counted = reports.report_of(found), reports.counted_in(found)
    contact = access.contact_here(profile)
    name, currency = contact.name if contact else profile.contact_name, _usual_currency(found)
    typed = MultiDict(typed_of(report, counted, name=name, currency=currency))
    return report_form(typed, counted, (len(report.gifts) if report else 0) + SPARE_ROWS, currency)


def _usual_currency(found: HostingRequest) -> str:
    return "CNY" if found.city.country == "CN" else "USD"


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


def _page(profile: HostProfile, found: HostingRequest, form: Any, status: int = 200) -> Response:
    report: VisitReport | None = reports.report_of(found)
    page = render_template(
        "city/requests/after.html",
        profile=profile,
        asked=found,
        form=form,
        report=report,
        is_sent=report is not None and report.state == "sent",
        is_over=reports.can_report(found, clock.utc_now()),
        questions=QUESTIONS,
        choices=CHOICE_WORDS,
        opened_long_ago=opened_long_ago(profile),
    )
    return make_response(page, status)
