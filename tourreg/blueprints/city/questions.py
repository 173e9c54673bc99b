"""A city asks the office about a request, and reads what the office answered."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.city.profile import began_too_long_ago, opened_long_ago
from tourreg.blueprints.city.requests import asked_of
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.talk_form import CityTalkForm
from tourreg.db import writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import threads
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.threads import Said, ThreadIsFull
from tourreg.kernel import clock

blueprint = Blueprint("city_questions", __name__)
MOST_MESSAGES_SENT = "60/hour"


@blueprint.get("/city/<public_id>/requests/<asked>/questions")
@host_holder
def show(profile: HostProfile, asked: str) -> Response:
    contact = access.contact_here(profile)
    name = contact.name if contact else profile.contact_name
    return _page(profile, asked_of(profile, asked), CityTalkForm(data={"name": name}))


@blueprint.post("/city/<public_id>/requests/<asked>/questions")
@host_holder
@limiter.limit(MOST_MESSAGES_SENT)
def write(profile: HostProfile, asked: str) -> Response | Redirection:
    found, form, key = asked_of(profile, asked), CityTalkForm(request.form), submission_key(request.form)
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, form, 403, key)
    if not form.validate():
        return _page(profile, found, form, 422, key)
    public_id, by, said = profile.public_id, access.host_actor(profile), form.said(form.name.data or "")
    try:
        with_free_name(lambda: _write(asked, said, key, by))
    except ThreadIsFull as refusal:
        form.form_errors.append(_("This thread has %(most)d messages. Please telephone.", most=refusal.most))
        return _page(profile, asked_of(profile, asked), form, 422, key)
    flash(_("Your message is with our office. We answer here and by letter."))
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="last"), 303)


def _write(asked: str, said: Said, key: str, by: str) -> None:
    with writing():
        locked = queries.request_to_change(asked)
        threads.ask_office(locked, said, submission_key=key, now=clock.utc_now(), by=by)


def _page(
    profile: HostProfile, found: HostingRequest, form: CityTalkForm, status: int = 200, key: str | None = None
) -> Response:
    page = render_template(
        "city/requests/questions.html",
        profile=profile,
        asked=found,
        form=form,
        messages=threads.messages_of(found),
        submission_key=key or submission_key({}),
        opened_long_ago=opened_long_ago(profile),
    )
    return make_response(page, status)
