"""A city's own days as they are planned, on page and paper, and the changes of them that it proposes to the office."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg import formats
from tourreg.blueprints import access, paper_files
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.city.profile import SENT_WITHIN, ask_for_link, began_too_long_ago, opened_long_ago
from tourreg.blueprints.city.request_papers import FRAME
from tourreg.blueprints.city.requests import asked_of
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.languages import language
from tourreg.blueprints.paper_kinds import LANGUAGES
from tourreg.blueprints.proposal_form import STATES, WORDS, ProposalForm, fresh
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.hosting import proposals
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.proposal_fields import NAMES, overlap_of, particulars_of
from tourreg.domain.hosting.proposal_models import DayProposal
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.domain.reports.host_days import city_days_sheet, days_to_print
from tourreg.kernel import clock
from tourreg.rendering import PageSize

blueprint = Blueprint("city_days", __name__)
MOST_SENT = "60/hour"
HERE = "/city/<public_id>/requests/<asked>/days"


@blueprint.get(HERE)
@host_holder
def show(profile: HostProfile, asked: str) -> str:
    found, now = asked_of(profile, asked), clock.utc_now()
    return render_template(
        "city/requests/days.html",
        profile=profile,
        asked=found,
        days=[(day, proposals.open_items(found, day, now)) for day in proposals.days_of_city(found)],
        version=proposals.issued_number(found),
        proposals=proposals.proposals_of(found),
        zone_of=_zone,
        states=STATES,
        names=WORDS,
        papers=LANGUAGES if found.state == "confirmed" else {},
    )


@blueprint.get(f"{HERE}.pdf")
@host_holder
@paper_files.printable
def paper(profile: HostProfile, asked: str) -> Response:
    """Print the days of a confirmed visit, each on a page of its own, with who leads the group and whom to call."""
    found = asked_of(profile, asked)
    city, event = found.city, found.event
    printed = days_to_print(event, city.public_id)
    sheet = city_days_sheet(event, printed, city=city.public_id, reader=city.name, now=clock.utc_now())
    if found.state != "confirmed" or not sheet["days"]:
        abort(404)
    back = url_for(".show", public_id=profile.public_id, asked=asked)
    size: PageSize = "letter" if city.country == "US" else "a4"
    return paper_files.working_copy(sheet, frame=FRAME, back=back, form=("both", size))


@blueprint.get(f"{HERE}/<item>")
@host_holder
def edit(profile: HostProfile, asked: str, item: str) -> Response:
    found = asked_of(profile, asked)
    day, plan = _own(found, item)
    waiting = _waiting(found, item)
    contact = access.contact_here(profile)
    name = contact.name if contact else profile.contact_name
    after: dict[str, str] = dict(waiting.after) if waiting and waiting.language == language() else {}
    seen = proposals.seen_of(found, plan, language())
    form = fresh(particulars_of(plan, language()), name, seen, after, waiting.words if waiting else "")
    return _page(profile, found, day, plan, form, waiting=waiting)


@blueprint.post(f"{HERE}/<item>")
@host_holder
@limiter.limit(MOST_SENT)
def propose(profile: HostProfile, asked: str, item: str) -> Response | Redirection:
    found, form, key = asked_of(profile, asked), ProposalForm(request.form), submission_key(request.form)
    day, plan = _own(found, item)
    if opened_long_ago(profile):
        form.form_errors.append(began_too_long_ago())
        return _page(profile, found, day, plan, form, 403, key=key)
    if not form.validate():
        return _page(profile, found, day, plan, form, 422, key=key)
    public_id, by = profile.public_id, access.host_actor(profile)
    try:
        try_again(lambda: _propose(asked, item, form, key, by))
    except proposals.ItemIsNewer as refusal:
        return _newer(profile, asked, item, form, refusal)
    except (*FAULTS, ManyAtOnce) as refusal:
        _note(form, refusal)
        found = asked_of(profile, asked)
        return _page(profile, found, *_own(found, item), form, 422, key=key)
    flash(_("Our office has your proposal. Your days change once it accepts."))
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="proposals"), 303)


@blueprint.post(f"{HERE}/withdrawals/<proposal>")
@host_holder
def withdraw(profile: HostProfile, asked: str, proposal: str) -> Response | Redirection:
    found = asked_of(profile, asked)
    if proposals.proposal_of(found, proposal) is None:
        abort(404)
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    public_id, by = profile.public_id, access.host_actor(profile)
    try:
        with writing():
            proposals.withdraw(queries.request_to_change(asked), proposal, now=clock.utc_now(), by=by)
    except proposals.ProposalIsSettled:
        flash(_("This proposal was settled before. Look at it below."))
    else:
        flash(_("The proposal is taken back."))
    return redirect(url_for(".show", public_id=public_id, asked=asked, _anchor="proposals"), 303)


FAULTS = (
    proposals.NothingProposed,
    proposals.EndsTooEarly,
    proposals.VisitIsClosed,
    proposals.TooManyProposals,
    proposals.NotOfTheCity,
)


def _note(form: ProposalForm, refusal: Exception) -> None:
    """Say beside the field, or above the form, why nothing was proposed."""
    typed: Any = form
    if isinstance(refusal, proposals.EndsTooEarly):
        typed.ends.errors = [_("It would end before it begins.")]
    elif isinstance(refusal, proposals.NothingProposed):
        form.form_errors.append(_("Nothing is different from what stands there now."))
    elif isinstance(refusal, proposals.VisitIsClosed):
        form.form_errors.append(_("These days cannot be changed here any more. Write to our office."))
    elif isinstance(refusal, ManyAtOnce):
        form.form_errors.append(_("Too many write at this moment. Nothing was kept; send it once more."))
    else:
        form.form_errors.append(_("Nothing more can be proposed here. Write to our office."))


def _propose(asked: str, item: str, form: ProposalForm, key: str, by: str) -> None:
    seen, wanted = form.seen.data or "", form.proposed(language())
    with writing():
        locked = queries.request_to_change(asked)
        proposals.propose(locked, item, wanted, seen=seen, submission_key=key, now=clock.utc_now(), by=by)


def _newer(profile: HostProfile, asked: str, item: str, form: ProposalForm, refusal: proposals.ItemIsNewer) -> Response:
    """Tell what stands in the item now beside what was typed, which is kept; sent again, it is proposed."""
    found, typed = asked_of(profile, asked), form.proposed(language()).particulars
    day, plan = _own(found, item)
    current: Any = refusal
    now_said, wanted = asdict(current.now), asdict(typed)
    theirs = [(WORDS[name], now_said[name]) for name in NAMES if now_said[name] != wanted[name]]
    form.seen.data = proposals.seen_of(found, plan, language())
    return _page(profile, found, day, plan, form, 409, theirs=theirs, version=current.version)


def _zone(day: DayPlan, item: ItemPlan) -> str:
    """Return the zone and offset in which an item begins, in words."""
    return formats.zone(formats.wall_time(day.on_date, item.starts, item.zone), language())


def _own(found: HostingRequest, item: str) -> tuple[DayPlan, ItemPlan]:
    """Return an item of the city's own days; every other is answered like none."""
    try:
        return proposals.item_of_city(found, item)
    except proposals.NotOfTheCity:
        abort(404)


def _waiting(found: HostingRequest, item: str) -> DayProposal | None:
    return next((one for one in proposals.proposals_of(found) if one.item == item and one.state == "proposed"), None)


def _page(
    profile: HostProfile,
    found: HostingRequest,
    day: DayPlan,
    plan: ItemPlan,
    form: ProposalForm,
    status: int = 200,
    *,
    key: str | None = None,
    **more: Any,
) -> Response:
    page = render_template(
        "city/requests/day_item.html",
        profile=profile,
        asked=found,
        day=day,
        plan=plan,
        form=form,
        is_open=proposals.is_open(found, day, clock.utc_now()),
        overlap=overlap_of(day, plan),
        zone=_zone(day, plan),
        submission_key=key or submission_key({}),
        opened_long_ago=opened_long_ago(profile),
        **more,
    )
    return make_response(page, status)
