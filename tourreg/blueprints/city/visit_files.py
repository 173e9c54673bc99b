"""The files that a city sends for one visit: maps, menus, parking notes and photographs."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access, visit_file_form
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.city.profile import SENT_WITHIN, ask_for_link, began_too_long_ago, opened_long_ago
from tourreg.blueprints.city.requests import asked_of
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.visit_file_form import KINDS, TOO_LARGE, VisitFileForm
from tourreg.db import writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import visit_files
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.visit_files import LARGEST_FILE, Sent, TooManyVisitFiles
from tourreg.kernel import clock

blueprint = Blueprint("city_files", __name__)
MOST_FILES_SENT = "60/hour"
let_through(blueprint, LARGEST_FILE + AROUND_A_FILE, TOO_LARGE)


@blueprint.get("/city/<public_id>/requests/<asked>/files")
@host_holder
def show(profile: HostProfile, asked: str) -> Response:
    return _page(profile, asked_of(profile, asked), VisitFileForm(formdata=None))


@blueprint.post("/city/<public_id>/requests/<asked>/files")
@host_holder
@limiter.limit(MOST_FILES_SENT)
def add(profile: HostProfile, asked: str) -> Response | Redirection:
    found, form, key = asked_of(profile, asked), VisitFileForm(request.form), submission_key(request.form)
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, form, 403, key)
    public_id, by = profile.public_id, access.host_actor(profile)
    sent = visit_file_form.read_file(form)
    if sent is None:
        return _page(profile, asked_of(profile, asked), form, 422, key)
    try:
        with_free_name(lambda: _add(asked, sent, key, by))
    except TooManyVisitFiles as refusal:
        form.form_errors.append(_("%(most)d files are there already. Remove one first.", most=refusal.most))
        return _page(profile, asked_of(profile, asked), form, 422, key)
    flash(_("The file is kept. Our office sees it."))
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)


@blueprint.get("/city/<public_id>/requests/<asked>/files/<sent>")
@host_holder
def download(profile: HostProfile, asked: str, sent: str) -> Response:
    kept = visit_files.file_of(asked_of(profile, asked), sent)
    return visit_file_form.handed_over(kept or abort(404))


@blueprint.post("/city/<public_id>/requests/<asked>/files/<sent>/removal")
@host_holder
def remove(profile: HostProfile, asked: str, sent: str) -> Response | Redirection:
    asked_of(profile, asked)
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    public_id, by = profile.public_id, access.host_actor(profile)
    with writing():
        visit_files.remove_file(queries.request_to_change(asked), sent, now=clock.utc_now(), by=by)
    flash(_("The file is removed."))
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)


def _add(asked: str, sent: Sent, key: str, by: str) -> None:
    with writing():
        locked = queries.request_to_change(asked)
        visit_files.add_file(locked, sent, submission_key=key, now=clock.utc_now(), by=by)


def _page(
    profile: HostProfile, found: HostingRequest, form: VisitFileForm, status: int = 200, key: str | None = None
) -> Response:
    page = render_template(
        "city/requests/files.html",
        profile=profile,
        asked=found,
        form=form,
        files=visit_files.files_of(found),
        kinds=KINDS,
        submission_key=key or submission_key({}),
        opened_long_ago=opened_long_ago(profile),
    )
    return make_response(page, status)
