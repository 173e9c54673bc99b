"""The yes of lawyers and of the council that an offer needs inside its city."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from tests.host_offers import an_offer
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.domain.hosting.offer_steps import (
    WHAT,
    StepPlan,
    StepsAreUnfit,
    StepsEditedMeanwhile,
    StepsPlan,
    faults_of_steps,
    note_steps,
    steps_of,
)
from tourreg.kernel.plans import fingerprint

pytestmark = pytest.mark.usefixtures("app")
TODAY = date(2027, 1, 15)
REVIEW = StepPlan("legal_review", date(2027, 1, 4), date(2027, 1, 12), "City attorney", "No objection.")
COUNCIL = StepPlan("council_approval", date(2027, 1, 13))
NOTHING = StepPlan("council_approval")


@pytest.mark.both
def test_steps_are_noted_with_their_days_and_can_be_emptied_again(now: datetime) -> None:
    offer = an_offer(now=now)

    noted(offer, StepsPlan((REVIEW, COUNCIL)), now=now)
    assert steps_of(again(offer)).steps == (REVIEW, COUNCIL)
    noted(offer, StepsPlan((REVIEW, NOTHING)), now=now)
    assert steps_of(again(offer)).steps == (REVIEW, NOTHING)

    changes = db.session.scalars(select(Change).where(Change.what == WHAT).order_by(Change.id)).all()
    assert [list(change.after) for change in changes] == [["legal_review"], ["council_approval"], ["council_approval"]]


@pytest.mark.parametrize(
    ("asked_on", "done_on", "faults"),
    [
        (None, TODAY, []),
        (TODAY, TODAY, []),
        (date(2027, 1, 14), date(2027, 1, 13), ["done_before_asked"]),
        (None, date(2027, 1, 16), ["done_in_future"]),
    ],
)
def test_a_step_is_done_neither_before_it_was_asked_for_nor_in_the_future(
    asked_on: date | None, done_on: date, faults: list[str]
) -> None:
    step = StepPlan("council_approval", asked_on, done_on)

    assert [one.why for one in faults_of_steps(StepsPlan((step,)), TODAY)] == faults


def test_what_cannot_be_is_not_kept(now: datetime) -> None:
    offer = an_offer(now=now)

    with pytest.raises(StepsAreUnfit):
        noted(offer, StepsPlan((replace(REVIEW, done_on=date(2027, 2, 1)), NOTHING)), now=now)

    assert again(offer).steps == []


def test_the_second_of_two_editors_overwrites_nothing(now: datetime) -> None:
    offer = an_offer(now=now)
    seen = fingerprint(steps_of(offer))
    noted(offer, StepsPlan((REVIEW, NOTHING)), now=now)

    with pytest.raises(StepsEditedMeanwhile):
        noted(offer, StepsPlan((StepPlan("legal_review"), COUNCIL)), seen=seen, now=now)


def noted(offer: HostOffer, plan: StepsPlan, *, now: datetime, seen: str = "") -> None:
    with writing():
        found = queries.offer_to_change(offer.public_id)
        note_steps(found, plan, seen=seen or fingerprint(steps_of(found)), now=now, by="host:davenport")


def again(offer: HostOffer) -> HostOffer:
    db.session.expire_all()
    found = queries.offer_by_public_id(offer.public_id)
    assert found is not None
    return found
