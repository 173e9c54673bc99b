"""What a city is asked, on one page: the group, its goals, its days; and the city's answer."""

from __future__ import annotations

from datetime import date
from functools import partial

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg import formats
from tourreg.blueprints import access, hosting_words
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.city.answer_form import AnswerForm
from tourreg.blueprints.city.approval_form import LARGEST_UPLOAD, ApprovalForm, read_approval
from tourreg.blueprints.city.offers import city_of
from tourreg.blueprints.city.profile import began_too_long_ago, opened_long_ago
from tourreg.blueprints.city.request_papers import paper_address
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.blueprints.hosting_words import ANSWERS
from tourreg.blueprints.languages import language
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.hosting import request_answers, requests, threads
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.confirmations import papers_for_city
from tourreg.domain.hosting.contacts import speakers
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingAnswer, HostingRequest
from tourreg.domain.hosting.request_rules import (
    ENDED,
    AnsweredAlready,
    AnswerIsUnfit,
    DaysAreTaken,
    Span,
    is_off,
    other_days,
)
from tourreg.domain.itineraries.documents import public_day
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.reports.host_letters import organisations
from tourreg.domain.reports.queries import participants_of
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("city_requests", __name__)
let_through(blueprint, LARGEST_UPLOAD, _l("The paper has at most 10 MB. Nothing was read."))

# In these the city may still take the days.
WAITS_FOR_DAYS = ("asked", "lapsed")
# Which answers are offered in each state; a late answer goes to the office.
OPEN = {
    "asked": ("held", "confirmed", "countered", "declined"),
    "held": ("confirmed", "declined"),
    "countered": ("declined",),
    "lapsed": ("confirmed", "countered", "declined"),
}


@blueprint.get("/city/<public_id>/requests")
@host_holder
def index(profile: HostProfile) -> str:
    city = city_of(profile)
    return render_template(
        "city/requests/index.html",
        profile=profile,
        requests=queries.requests_of_city(city.id),
        written=threads.written_since(city.id),
        states=hosting_words.STATES,
    )


@blueprint.get("/city/<public_id>/requests/<asked>")
@host_holder
def show(profile: HostProfile, asked: str) -> Response:
    found = asked_of(profile, asked)
    return _page(profile, found, _fresh(profile, found))


@blueprint.post("/city/<public_id>/requests/<asked>/answer")
@host_holder
def answer(profile: HostProfile, asked: str) -> Response | Redirection:
    found = asked_of(profile, asked)
    form = AnswerForm(request.form)
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, form, 403)
    if not form.validate() or not form.require_asked_days(found):
        return _page(profile, found, form, 422)
    by = access.host_actor(profile)
    try:
        noted = try_again(lambda: _write(asked, form, by))
    except ManyAtOnce:
        form.form_errors.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return _page(profile, asked_of(profile, asked), form, 503)
    if noted is None:
        return _page(profile, asked_of(profile, asked), form, 409 if form.form_errors else 422)
    flash(_thanks(noted))
    return _to_request(profile, asked)


@blueprint.post("/city/<public_id>/requests/<asked>/approvals")
@host_holder
def note_approval(profile: HostProfile, asked: str) -> Response | Redirection:
    """Note that the manager or the council agreed, with the paper that shows it."""
    found, form = asked_of(profile, asked), ApprovalForm(request.form)
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, _fresh(profile, found), 403, approval=form)
    approved = read_approval(form)
    if approved is None:
        return _page(profile, found, _fresh(profile, found), 422, approval=form)
    key, by, now = submission_key(request.form), access.host_actor(profile), clock.utc_now()
    try:
        with writing():
            request_answers.note_approval(
                queries.request_to_change(asked), approved, submission_key=key, now=now, by=by
            )
    except AnswerIsUnfit as refusal:
        hosting_words.note_faults(form, refusal.faults)
        found = asked_of(profile, asked)
        return _page(profile, found, _fresh(profile, found), 422, approval=form)
    flash(_("Noted. Our office sees it."))
    return _to_request(profile, asked)


@blueprint.get("/city/<public_id>/requests/<asked>/approvals/<approval>")
@host_holder
def download(profile: HostProfile, asked: str, approval: str) -> Response:
    found = asked_of(profile, asked)
    kept = next((one for one in found.approvals if one.public_id == approval and one.file_hash), None)
    return hosting_words.handed_over(kept or abort(404))


def asked_of(profile: HostProfile, asked: str) -> HostingRequest:
    """Return a request to the contact's city; another city's is answered like none."""
    city = city_of(profile)
    found = queries.request_by_public_id(asked)
    if found is None or found.city_id != city.id:
        abort(404)
    return found


def _write(asked: str, form: AnswerForm, by: str) -> HostingAnswer | None:
    """Write the answer down; None where it cannot be, which the form then says."""
    form.form_errors.clear()
    try:
        with writing():
            found = queries.request_to_change(asked)
            return request_answers.answer(found, form.given(), seen=form.seen.data or "", now=clock.utc_now(), by=by)
    except AnswerIsUnfit as refusal:
        hosting_words.note_faults(form, refusal.faults)
    except DaysAreTaken as refusal:
        form.form_errors.append(hosting_words.taken_words(refusal.left, refusal.others))
        _suggest(form, refusal.left, queries.request_by_public_id(asked) or abort(404))
    except AnsweredAlready:
        form.form_errors.append(_already(queries.request_by_public_id(asked) or abort(404)))
    return None


def _suggest(form: AnswerForm, left: list[Span], found: HostingRequest) -> None:
    """Offer as many of the days that are left as the group asks for, to be sent as they are or changed."""
    other = other_days(Span(found.first_on, found.last_on), left)
    if other is not None:
        form.answer.data = "countered"
        form.first_on.data, form.last_on.data = other.first_on.isoformat(), other.last_on.isoformat()


def _already(found: HostingRequest) -> str:
    """Say who has answered what and when, to whoever comes second."""
    last = queries.last_answer(found)
    words = hosting_words.STATES[found.state][1]
    if last is None:
        return _("The request has moved on: it now says “%(state)s”. Look at it first.", state=words)
    return _(
        "%(name)s has answered before, on %(when)s: “%(answer)s”. The request now says “%(state)s”. Look at it first.",
        name=last.given_name,
        when=formats.stamp(last.given_at, found.city.zone, language()),
        answer=ANSWERS[last.answer],
        state=words,
    )


def _thanks(noted: HostingAnswer) -> str:
    if noted.is_late:
        return _("Thank you. The deadline had passed, so nothing is changed by itself; our office has your answer.")
    return {
        "held": _("Thank you. The days are held for you."),
        "confirmed": _("Thank you. The visit is confirmed."),
        "countered": _("Thank you. We look at the dates that you propose."),
        "declined": _("Thank you for telling us."),
    }[noted.answer]


def _fresh(profile: HostProfile, found: HostingRequest) -> AnswerForm:
    contact = access.contact_here(profile)
    name = contact.name if contact else profile.contact_name
    return AnswerForm(data={"name": name, "seen": found.state})


def _taken(found: HostingRequest) -> str:
    """Say what another group has taken meanwhile of what the city is asked for, before somebody presses the button."""
    try:
        requests.require_free(found, clock.utc_now())
    except DaysAreTaken as refusal:
        return hosting_words.taken_words(refusal.left, refusal.others)
    return ""


def _choices(found: HostingRequest) -> list[tuple[str, str]]:
    """Return the answers that are offered; none to a tour that was cancelled."""
    answers = () if is_off(found.event.state) else OPEN.get(found.state, ())
    return [(value, str(ANSWERS[value])) for value in answers]


def _page(
    profile: HostProfile,
    found: HostingRequest,
    form: AnswerForm,
    status: int = 200,
    *,
    approval: ApprovalForm | None = None,
) -> Response:
    form.answer.choices = _choices(found)
    if status in (409, 503):
        form.seen.data = found.state
    page = render_template(
        "city/requests/request.html",
        profile=profile,
        asked=found,
        form=form,
        approval=approval or ApprovalForm(),
        submission_key=new_public_id(),
        opened_long_ago=opened_long_ago(profile),
        states=hosting_words.STATES,
        answers=ANSWERS,
        steps=hosting_words.STEPS,
        speakers=speakers(one.given_by for one in found.answers),
        roles=ROLE_WORDS,
        taken=_taken(found) if form.answer.choices and found.state in WAITS_FOR_DAYS and not form.form_errors else "",
        others=queries.others_there(found),
        papers=papers_for_city(found),
        paper_address=partial(paper_address, profile, found.public_id),
        organisations=[] if found.state in ENDED else organisations(participants_of(found.event)),
        days=_draft(found),
    )
    return make_response(page, status)


def _draft(found: HostingRequest) -> list[tuple[date, list[tuple[str, Text, Text]]]]:
    """Return our draft of the days in the city, each with time, title and place of what happens."""
    days = [day for day in days_for_print(found.event, issued=False).days if day.get("city_id") == found.city.public_id]
    return [
        (
            date.fromisoformat(day["on"]),
            [(item["starts"], Text(**item["title"]), Text(**item["place"])) for item in public_day(day)["items"]],
        )
        for day in days
    ]


def _to_request(profile: HostProfile, asked: str) -> Redirection:
    return redirect(url_for(".show", public_id=profile.public_id, asked=asked), 303)
