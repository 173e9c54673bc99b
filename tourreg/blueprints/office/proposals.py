"""What a host city proposes to change of its own days, side by side with what stands there; accepting, declining."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.hosting import asked_of
from tourreg.blueprints.proposal_form import STATES, WORDS, AnswerForm
from tourreg.db import writing
from tourreg.domain.hosting import proposals
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.proposal_fields import IN_LANGUAGES, applied, overlap_of, particulars_of
from tourreg.domain.hosting.proposal_models import DayProposal
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.itineraries.commands import ItemEditedMeanwhile
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_proposals", __name__)
HERE = "/events/<public_id>/hosting/<asked>/proposals"


@dataclass(frozen=True)
class Row:
    """One field: its name, what it was when the city proposed, what it is now, and what it would be.

    other  what the other language says, which stays as it is; "" where the field has no language
    """

    name: str
    was: str
    now: str
    would: str
    other: str


@dataclass(frozen=True)
class Shown:
    """A proposal that waits, with its item as it stands; plan is None, and there are no rows, once the item is gone."""

    proposal: DayProposal
    plan: ItemPlan | None
    seen: str
    rows: list[Row]
    overlap: tuple[ItemPlan, int] | None


@blueprint.get(HERE)
@office()
def show(public_id: str, asked: str) -> Response:
    return _page(asked_of(public_id, asked), AnswerForm())


@blueprint.post(f"{HERE}/<proposal>/<any(acceptance, refusal):step>")
@office("programme")
def answer(public_id: str, asked: str, proposal: str, step: str) -> Response | Redirection:
    found, form = asked_of(public_id, asked), AnswerForm(request.form)
    if proposals.proposal_of(found, proposal) is None:
        abort(404)
    if not form.validate() or (step == "refusal" and not form.answer.data):
        form.answer.errors = form.answer.errors or [_("Say to the city why, in a sentence.")]
        return _page(found, form, 422, at=proposal)
    fault = _written(asked, proposal, step, form)
    if fault:
        return _page(asked_of(public_id, asked), form, 409, at=proposal, fault=fault)
    said = _("Declined. The city is told.")
    flash(_("The draft of the itinerary says so now. The city is told.") if step == "acceptance" else said)
    return redirect(url_for(".show", public_id=public_id, asked=asked), 303)


def _written(asked: str, proposal: str, step: str, form: AnswerForm) -> str:
    """Write the answer down; return why it cannot be, or ""."""
    by, now, words = acting(), clock.utc_now(), form.answer.data or ""
    try:
        with writing():
            locked = queries.request_to_change(asked)
            if step == "refusal":
                proposals.decline(locked, proposal, words, now=now, by=by)
            else:
                proposals.accept(locked, proposal, words, seen=form.seen.data or "-", now=now, by=by)
    except proposals.ProposalIsSettled:
        return _("This proposal was settled meanwhile. Look at it below.")
    except ItemEditedMeanwhile:
        return _("The item was changed while you had this page open. Look at what stands there now, then decide.")
    except proposals.NotOfTheCity:
        return _("The item is not in the city’s days any more. Decline, and tell the city.")
    except proposals.EndsTooEarly:
        return _("With what stands there now, the item would end before it begins. Decline, and tell the city.")
    return ""


def _shown(proposal: DayProposal, items: dict[str, tuple[DayPlan, ItemPlan]]) -> Shown:
    if proposal.item not in items:
        return Shown(proposal, None, "", [], None)
    day, plan = items[proposal.item]
    wanted = applied(plan, proposal.after, proposal.language)
    return Shown(proposal, plan, fingerprint(plan), _rows(proposal, plan), overlap_of(day, wanted))


def _rows(proposal: DayProposal, plan: ItemPlan) -> list[Row]:
    spoken = proposal.language
    other = "en" if spoken == "zh" else "zh"
    now, translated = particulars_of(plan, spoken), particulars_of(plan, other)
    return [
        Row(
            str(WORDS[name]),
            proposal.before[name],
            getattr(now, name),
            would,
            getattr(translated, name) if name in IN_LANGUAGES else "",
        )
        for name, would in proposal.after.items()
    ]


def _page(found: HostingRequest, form: AnswerForm, status: int = 200, *, at: str = "", fault: str = "") -> Response:
    made = proposals.proposals_of(found)
    items = {plan.public_id: (day, plan) for day in proposals.days_of_city(found) for plan in day.items}
    more: dict[str, Any] = {"form": form, "at": at, "fault": fault}
    page = render_template(
        "office/hosting/proposals.html",
        event=found.event,
        asked=found,
        waiting=[_shown(one, items) for one in made if one.state == "proposed"],
        settled=[one for one in made if one.state != "proposed"],
        states=STATES,
        names=WORDS,
        **more,
    )
    return make_response(page, status)
