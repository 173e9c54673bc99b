"""Changes of its own days that a host city proposes: made, taken back, accepted into the draft, or declined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tourreg.db import db
from tourreg.domain.audit.commands import move_to
from tourreg.domain.catalogue import desk
from tourreg.domain.hosting.office_letters import tell_office_of_proposal
from tourreg.domain.hosting.proposal_fields import Particulars, applied, changes, is_over, particulars_of, seen_stamp
from tourreg.domain.hosting.proposal_models import PROPOSAL_MOVES, DayProposal
from tourreg.domain.hosting.request_letters import write_to_city
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import TAKING, today_in
from tourreg.domain.itineraries.commands import revise_item
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, plan_of
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.itineraries.rules import ends_too_early
from tourreg.domain.itineraries.versions import latest_version
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal
from tourreg.kernel.states import Axis

AXIS = Axis("hosting proposal", "state", PROPOSAL_MOVES)
MOST_PROPOSALS = 500
# Getting there and sleeping is arranged by the office, often in another city than the day's.
OF_THE_OFFICE = ("transfer", "flight", "train", "hotel")


class NotOfTheCity(Refusal):
    """The item is in no day of this city in the programme, or no longer."""


class VisitIsClosed(Refusal):
    """The city does not hold the visit, or the day is over."""


class ItemIsNewer(Refusal):
    """The office changed or issued the item while the city had it open; facts: now (Particulars), version."""


class NothingProposed(Refusal):
    """What is proposed is what stands there already."""


class EndsTooEarly(Refusal):
    """The item would end before it begins."""


class TooManyProposals(Refusal):
    """The request has as many as one visit may have; facts: most."""


class ProposalIsSettled(Refusal):
    """Somebody answered the proposal, or took it back; facts: state."""


@dataclass(frozen=True)
class Proposed:
    """What a city wants of an item, its word to the office, and who says so; language is "en" or "zh"."""

    particulars: Particulars
    language: str
    words: str
    name: str


def propose(
    request: HostingRequest, item: str, proposed: Proposed, *, seen: str, submission_key: str, now: datetime, by: str
) -> DayProposal:
    """Propose to change an item and tell the office; an earlier proposal for it that waits is overtaken.

    request  from `request_queries.request_to_change`
    seen     `proposal_fields.seen_stamp` of what the city began from
    raises   NotOfTheCity, VisitIsClosed, ItemIsNewer, NothingProposed, EndsTooEarly, TooManyProposals
    """
    known = db.session.scalar(select(DayProposal).where(DayProposal.submission_key == submission_key))
    if known is not None:
        return known
    day, plan = item_of_city(request, item)
    if not is_open(request, day, now):
        raise VisitIsClosed
    before, after = _differing(request, plan, proposed, seen)
    if ends_too_early(day.on_date, applied(plan, after, proposed.language)):
        raise EndsTooEarly
    if len(proposals_of(request)) >= MOST_PROPOSALS:
        raise TooManyProposals(most=MOST_PROPOSALS)
    for earlier in proposals_of(request):
        if earlier.item == item and earlier.state == "proposed":
            _settle(earlier, "overtaken", "", now=now, by=by)
    made = DayProposal(
        public_id=new_public_id(), submission_key=submission_key, request=request, item=item,
        title=plan.title.in_(proposed.language)[:400], on_date=day.on_date, language=proposed.language,
        before=before, after=after, words=proposed.words, proposed_at=now, proposed_by=by,
        proposed_name=proposed.name, state="proposed",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    tell_office_of_proposal(request, made, now=now)
    return made


def accept(request: HostingRequest, proposal: str, answer: str, *, seen: str, now: datetime, by: str) -> DayProposal:
    """Write what was proposed into the draft of the itinerary, and tell the city.

    request  from `request_queries.request_to_change`
    seen     fingerprint of the item's plan that the office saw beside the proposal
    raises   ProposalIsSettled, NotOfTheCity, EndsTooEarly, ItemEditedMeanwhile
    """
    found = _waiting(request, proposal)
    event = desk.event_to_change(request.event.public_id)
    day, plan = item_of_city(request, found.item)
    wanted = applied(plan, found.after, found.language)
    if ends_too_early(day.on_date, wanted):
        raise EndsTooEarly
    revise_item(event, found.item, wanted, seen=seen, now=now, by=by)
    return _answer(found, "accepted", answer, now=now, by=by)


def decline(request: HostingRequest, proposal: str, answer: str, *, now: datetime, by: str) -> DayProposal:
    """Leave the itinerary as it is, and tell the city why.

    raises  ProposalIsSettled
    """
    return _answer(_waiting(request, proposal), "declined", answer, now=now, by=by)


def withdraw(request: HostingRequest, proposal: str, *, now: datetime, by: str) -> DayProposal:
    """Take a proposal back for the city.

    raises  ProposalIsSettled
    """
    found = _waiting(request, proposal)
    _settle(found, "withdrawn", "", now=now, by=by)
    return found


def proposals_of(request: HostingRequest) -> Sequence[DayProposal]:
    """Return what the city proposed for this visit, newest first."""
    theirs = select(DayProposal).where(DayProposal.request_id == request.id)
    return db.session.scalars(theirs.order_by(DayProposal.id.desc())).all()


def proposal_of(request: HostingRequest, public_id: str) -> DayProposal | None:
    """Return a proposal of this request; one of another request is none."""
    theirs = select(DayProposal).where(DayProposal.request_id == request.id)
    return db.session.scalar(theirs.where(DayProposal.public_id == public_id))


def waiting_of_event(event_id: int) -> Mapping[str, int]:
    """Return how many proposals wait for the office, by the public ids of the programme's requests with any."""
    counted = select(HostingRequest.public_id, func.count()).join(DayProposal.request)
    theirs = counted.where(HostingRequest.event_id == event_id, DayProposal.state == "proposed")
    return dict(db.session.execute(theirs.group_by(HostingRequest.public_id, HostingRequest.id)).all())


def days_of_city(request: HostingRequest) -> list[DayPlan]:
    """Return the draft's days in the request's city, and in no other."""
    return [plan_of(day) for day in days_of(request.event) if day.city_id == request.city_id]


def item_of_city(request: HostingRequest, item: str) -> tuple[DayPlan, ItemPlan]:
    """Return an item of the city's own days with its day; rides and rooms are the office's.

    raises  NotOfTheCity
    """
    for day in days_of_city(request):
        for plan in day.items:
            if plan.public_id == item and plan.kind not in OF_THE_OFFICE:
                return day, plan
    raise NotOfTheCity


def is_open(request: HostingRequest, day: DayPlan, now: datetime) -> bool:
    """Tell whether the city may propose changes of a day: it holds or confirmed the visit, and the day is not over."""
    return request.state in TAKING and not is_over(day.on_date, today_in(request.city.zone, now))


def open_items(request: HostingRequest, day: DayPlan, now: datetime) -> list[str]:
    """Return the public ids of the items of a day of which the city may propose changes, in their order."""
    theirs = [item.public_id for item in day.items if item.kind not in OF_THE_OFFICE]
    return theirs if is_open(request, day, now) else []


def seen_of(request: HostingRequest, plan: ItemPlan, language: str) -> str:
    """Return the stamp of an item as the city sees it at this moment."""
    return seen_stamp(particulars_of(plan, language), issued_number(request))


def issued_number(request: HostingRequest) -> int:
    """Return the number of the version that was issued last; 0 before the first."""
    version = latest_version(request.event)
    return version.number if version else 0


def _differing(
    request: HostingRequest, plan: ItemPlan, proposed: Proposed, seen: str
) -> tuple[dict[str, str], dict[str, str]]:
    current = particulars_of(plan, proposed.language)
    if seen != seen_of(request, plan, proposed.language):
        raise ItemIsNewer(now=current, version=issued_number(request))
    before, after = changes(current, proposed.particulars)
    if not after:
        raise NothingProposed
    return before, after


def _waiting(request: HostingRequest, public_id: str) -> DayProposal:
    found = proposal_of(request, public_id)
    if found is None:
        raise NotOfTheCity
    if found.state != "proposed":
        raise ProposalIsSettled(state=found.state)
    return found


def _answer(proposal: DayProposal, state: str, answer: str, *, now: datetime, by: str) -> DayProposal:
    _settle(proposal, state, answer, now=now, by=by)
    facts = {"item": proposal.title, "state": state, "answer": answer}
    write_to_city("hosting_proposal_answered", proposal.request, now=now, key=proposal.public_id, facts=facts)
    return proposal


def _settle(proposal: DayProposal, state: str, answer: str, *, now: datetime, by: str) -> None:
    move_to(proposal, AXIS, state, now=now, by=by, why=answer[:400])
    proposal.answer, proposal.answered_at, proposal.answered_by = answer, now, by
