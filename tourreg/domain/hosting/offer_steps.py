"""The yes of lawyers and of the council that an offer needs inside its city, with the days of asking and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.hosting.offer_models import STEPS, HostOffer, OfferStep
from tourreg.domain.hosting.offer_rules import Fault
from tourreg.kernel.clock import local_day
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal

WHAT = "approvals"
_WRITTEN = ("asked_on", "done_on", "decided_by", "note")


class StepsAreUnfit(Refusal):
    """The days cannot be so; facts: faults (of `offer_rules.Fault`, each field as "council_approval-done_on")."""


class StepsEditedMeanwhile(Refusal):
    """Somebody noted something after the editor had read it; facts: now (the steps as they are), by, at."""


@dataclass(frozen=True)
class StepPlan:
    """One step, as `offer_models.OfferStep` describes it."""

    step: str
    asked_on: date | None = None
    done_on: date | None = None
    decided_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class StepsPlan:
    """All steps, each once and in the order of `STEPS`; one of which nothing is known stands with nothing in it."""

    steps: tuple[StepPlan, ...]


def steps_of(offer: HostOffer) -> StepsPlan:
    """Return what is noted of an offer's steps."""
    known = {each.step: each for each in offer.steps}
    return StepsPlan(tuple(_plan_of(step, known.get(step)) for step in STEPS))


def faults_of_steps(plan: StepsPlan, today: date) -> list[Fault]:
    """Return what is wrong with the days; `today` is the city's."""
    faults = []
    for each in plan.steps:
        if each.done_on and each.asked_on and each.done_on < each.asked_on:
            faults.append(Fault(f"{each.step}-done_on", "done_before_asked"))
        elif each.done_on and each.done_on > today:
            faults.append(Fault(f"{each.step}-done_on", "done_in_future"))
    return faults


def note_steps(offer: HostOffer, plan: StepsPlan, *, seen: str, now: datetime, by: str) -> bool:
    """Note the steps of an offer, and tell whether anything was new.

    offer   from `offer_queries.offer_to_change`
    seen    fingerprint of the steps that the editor began from
    raises  StepsAreUnfit, StepsEditedMeanwhile
    """
    before = steps_of(offer)
    if fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(offer.public_id, WHAT)
        raise StepsEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    faults = faults_of_steps(plan, local_day(now, offer.city.zone))
    if faults:
        raise StepsAreUnfit(faults=faults)
    old = {each.step: each for each in before.steps}
    news = [each for each in plan.steps if each != old[each.step]]
    for each in news:
        _write(offer, each, now, by)
        was, now_is = ({each.step: _noted(one)} for one in (old[each.step], each))
        note_change(offer.public_id, WHAT, was, now_is, now=now, by=by)
    return bool(news)


def _plan_of(step: str, row: OfferStep | None) -> StepPlan:
    return StepPlan(step, *(getattr(row, name) for name in _WRITTEN)) if row else StepPlan(step)


def _write(offer: HostOffer, plan: StepPlan, now: datetime, by: str) -> None:
    """Write a step's row over; one from which everything was taken goes."""
    row = next((each for each in offer.steps if each.step == plan.step), None)
    if plan == StepPlan(plan.step):
        offer.steps[:] = [each for each in offer.steps if each is not row]
        return
    if row is None:
        row = OfferStep(step=plan.step)
        offer.steps.append(row)
    for name in _WRITTEN:
        setattr(row, name, getattr(plan, name))
    row.noted_at, row.noted_by = now, by


def _noted(plan: StepPlan) -> dict[str, object]:
    return {name: value for name, value in plain(plan).items() if name != "step"}
