"""The threads with host cities: which wait for an answer, one of them, answering, and the city's files."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import visit_file_form
from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, member, office
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.hosting import asked_of
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.talk_form import TalkForm
from tourreg.db import writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import threads, visit_files
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.threads import Said, ThreadIsFull
from tourreg.kernel import clock

blueprint = Blueprint("office_hosting_talk", __name__)
HERE = "/events/<public_id>/hosting/<asked>"


@blueprint.get("/hosting/questions")
@office()
def waiting() -> str:
    """Show the threads in which a city waits for the office, the longest wait first."""
    number = asked_page()
    rows, total = threads.waiting_threads(page=number, size=PAGE_ROWS)
    return render_template("office/hosting/threads.html", page=Page(rows, number, total), zone=desk_zone())


@blueprint.get(f"{HERE}/questions")
@office()
def show(public_id: str, asked: str) -> Response:
    return _page(asked_of(public_id, asked), TalkForm(formdata=None))


@blueprint.post(f"{HERE}/questions")
@office("programme")
def answer(public_id: str, asked: str) -> Response | Redirection:
    found, form, key = asked_of(public_id, asked), TalkForm(request.form), submission_key(request.form)
    if not form.validate():
        return _page(found, form, 422, key)
    by, writer = acting(), member()
    said = form.said(writer.name if writer else "")
    try:
        with_free_name(lambda: _answer(asked, said, key, by))
    except ThreadIsFull as refusal:
        form.form_errors.append(_("This thread has %(most)d messages. Please telephone.", most=refusal.most))
        return _page(asked_of(public_id, asked), form, 422, key)
    flash(_("Your message is on its way to the city."))
    return _to_thread(public_id, asked)


@blueprint.post(f"{HERE}/questions/settled")
@office("programme")
def settle(public_id: str, asked: str) -> Redirection:
    """Note that what the page showed needs no answer; what came meanwhile waits on."""
    asked_of(public_id, asked)
    with writing():
        threads.settle(queries.request_to_change(asked), now=clock.utc_now(), until=request.form.get("last", "-"))
    flash(_("Nothing of what stood there waits for an answer."))
    return _to_thread(public_id, asked)


@blueprint.get(f"{HERE}/files/<sent>")
@office()
def download(public_id: str, asked: str, sent: str) -> Response:
    kept = visit_files.file_of(asked_of(public_id, asked), sent)
    return visit_file_form.handed_over(kept or abort(404))


@blueprint.post(f"{HERE}/files/<sent>/removal")
@office("programme")
def remove(public_id: str, asked: str, sent: str) -> Redirection:
    asked_of(public_id, asked)
    by = acting()
    with writing():
        visit_files.remove_file(queries.request_to_change(asked), sent, now=clock.utc_now(), by=by)
    flash(_("The file is removed."))
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="files"), 303)


@blueprint.post(f"{HERE}/files/<sent>/showing")
@office("programme")
def show_file(public_id: str, asked: str, sent: str) -> Redirection:
    """Show a file on the delegates' own pages, or take it off them, as the button says."""
    if visit_files.file_of(asked_of(public_id, asked), sent) is None:
        abort(404)
    by, shown = acting(), request.form.get("shown") == "yes"
    with writing():
        locked = queries.request_to_change(asked)
        visit_files.show_to_delegates(locked, sent, shown=shown, now=clock.utc_now(), by=by)
    flash(_("Delegates find the file at the days in this city.") if shown else _("Delegates no longer see the file."))
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="files"), 303)


def _answer(asked: str, said: Said, key: str, by: str) -> None:
    with writing():
        locked = queries.request_to_change(asked)
        threads.answer_city(locked, said, submission_key=key, now=clock.utc_now(), by=by)


def _page(found: HostingRequest, form: TalkForm, status: int = 200, key: str | None = None) -> Response:
    messages = threads.messages_of(found)
    page = render_template(
        "office/hosting/questions.html",
        event=found.event,
        asked=found,
        form=form,
        messages=messages,
        waits=any(not one.from_office and one.settled_at is None for one in messages),
        files=visit_files.files_of(found),
        kinds=visit_file_form.KINDS,
        submission_key=key or submission_key({}),
    )
    return make_response(page, status)


def _to_thread(public_id: str, asked: str) -> Redirection:
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="last"), 303)
