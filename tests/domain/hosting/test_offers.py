"""Writing an offer, changing it, letting it count, pause and end, and renewing it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.host_offers import HOMES, WINDOW, an_offer, an_offer_plan, moved
from tests.hosts import MEMBER, a_host
from tests.races import all_at_once
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting import offers
from tourreg.domain.hosting.offer_letters import IS_OVER, WRITTEN_FOR_YOU
from tourreg.domain.hosting.offer_models import HostOffer, OfferWindow
from tourreg.domain.hosting.offer_plans import ChargePlan, OfferPlan, WindowPlan, plan_of_offer
from tourreg.domain.outbox.models import Letter, Task
from tourreg.kernel import clock
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.states import MoveRefused

pytestmark = pytest.mark.usefixtures("app")
CITY = "host:davenport"


@pytest.mark.both
@pytest.mark.parametrize("kind", ["visit", "homestay", "lecture", "internship", "job_shadow"])
def test_an_offer_of_each_kind_is_kept_as_it_was_written(now: datetime, kind: str) -> None:
    offer = an_offer(kind=kind, now=now)

    assert without_names(plan_of_offer(found(offer))) == an_offer_plan(kind=kind)
    assert found(offer).state == "draft"


def test_an_offer_that_cannot_be_is_refused_and_leaves_nothing(now: datetime) -> None:
    with pytest.raises(offers.OfferIsUnfit) as refusal:
        an_offer(smallest=21, now=now)

    assert [fault.why for fault in refusal.value.faults] == ["smallest_above_largest"]
    assert db.session.scalar(select(func.count()).select_from(HostOffer)) == 0


def test_a_place_of_another_city_is_refused(now: datetime) -> None:
    with pytest.raises(offers.OfferIsUnfit) as refusal:
        an_offer(sites=("not-of-davenport",), now=now)

    assert [fault.why for fault in refusal.value.faults] == ["site_unknown"]


@pytest.mark.both
def test_changing_an_offer_keeps_the_names_of_its_spans(now: datetime) -> None:
    offer = an_offer("offered", now=now)
    before = plan_of_offer(offer)
    kept = replace(before.windows[0], last_on=date(2027, 6, 4))
    autumn = WindowPlan(date(2027, 10, 4), date(2027, 10, 8))

    change(offer, windows=(kept, autumn), topics=("water",), charges=(), now=now)

    after = plan_of_offer(found(offer))
    assert after.windows[0] == kept
    assert (after.windows[1].first_on, after.topics, after.charges) == (autumn.first_on, ("water",), ())


@pytest.mark.both
def test_two_spans_may_change_places(now: datetime) -> None:
    spring, autumn = WINDOW, WindowPlan(date(2027, 10, 4), date(2027, 10, 8))
    offer = an_offer(windows=(spring, autumn), blackouts=(), now=now)
    first, second = plan_of_offer(offer).windows

    change(
        offer,
        windows=(replace(autumn, public_id=first.public_id), replace(spring, public_id=second.public_id)),
        now=now,
    )

    assert [one.public_id for one in plan_of_offer(found(offer)).windows] == [second.public_id, first.public_id]


def test_whoever_began_from_an_older_state_overwrites_nothing(now: datetime) -> None:
    offer = an_offer(now=now)
    seen = fingerprint(plan_of_offer(offer))
    change(offer, largest=30, now=now)

    with pytest.raises(offers.OfferEditedMeanwhile) as refusal:
        change(offer, largest=12, seen=seen, now=now)

    assert (refusal.value.now.largest, refusal.value.by) == (30, CITY)
    assert found(offer).largest == 30


def test_an_offer_that_counts_cannot_lose_what_it_needs(now: datetime) -> None:
    offer = an_offer("offered", now=now)

    with pytest.raises(offers.OfferNotReady) as refusal:
        change(offer, windows=(), blackouts=(), words=EMPTY, now=now)

    assert refusal.value.lacks == ["words", "window"]


def test_a_draft_counts_only_when_it_lacks_nothing(now: datetime) -> None:
    offer = an_offer(windows=(), blackouts=(), now=now)

    with pytest.raises(offers.OfferNotReady):
        moved(offer, "offered", now=now)

    assert found(offer).state == "draft"


@pytest.mark.parametrize(
    ("before", "after"),
    [("draft", "paused"), ("draft", "expired"), ("offered", "draft"), ("withdrawn", "offered"), ("paused", "draft")],
)
def test_no_other_way_leads_from_state_to_state(now: datetime, before: str, after: str) -> None:
    offer = an_offer(before, now=now)

    with pytest.raises(MoveRefused):
        moved(offer, after, now=now)


def test_each_move_is_noted_and_a_second_press_changes_nothing(now: datetime) -> None:
    offer = an_offer("offered", now=now)
    moved(offer, "paused", now=now)
    moved(offer, "paused", now=now)

    moves = db.session.scalars(select(Move).where(Move.subject == offer.public_id).order_by(Move.id)).all()
    assert [(move.before, move.after) for move in moves] == [("draft", "offered"), ("offered", "paused")]


def test_a_move_from_a_page_that_is_old_is_refused(now: datetime) -> None:
    offer = an_offer("offered", now=now)

    with pytest.raises(offers.OfferMovedMeanwhile) as refusal, writing():
        offers.move_offer(queries.offer_to_change(offer.public_id), "withdrawn", seen="draft", now=now, by=CITY)

    assert refusal.value.state == "offered"


@pytest.mark.both
def test_what_households_wish_stands_in_no_history(now: datetime) -> None:
    offer = an_offer(kind="homestay", now=now)

    change(offer, homestay=replace(HOMES, preferences="No smokers, please."), now=now)

    changes = db.session.scalars(select(Change).where(Change.subject == offer.public_id)).all()
    written = " ".join(f"{one.before} {one.after}" for one in changes)
    assert "cats" not in written
    assert "smokers" not in written
    assert changes[-1].after == {"preferences": "changed"}


@pytest.mark.both
def test_an_offer_ends_in_the_first_minute_after_its_last_day(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = an_offer("offered", now=now)
    task = db.session.scalars(select(Task).where(Task.kind == offers.EXPIRE_OFFER)).one()
    # Davenport keeps Central Daylight Time in May.
    assert task.run_at.isoformat() == "2027-05-29T05:00:00+00:00"

    for moment, state in ((task.run_at - timedelta(seconds=1), "offered"), (task.run_at, "expired")):
        monkeypatch.setattr(clock, "utc_now", lambda moment=moment: moment)
        worker.run_due()
        assert found(offer).state == state


@pytest.mark.both
def test_every_contact_of_the_city_is_told_once_that_an_offer_is_over(now: datetime) -> None:
    for address in ("first@example.org", "second@example.org"):
        a_host("accepted", now=now, email=address)
    a_host("address_confirmed", now=now, email="third@example.org")
    offer = an_offer("offered", now=now)

    for _time in range(2):
        with writing():
            offers.expire(queries.offer_to_change(offer.public_id), now=now + timedelta(days=200))

    assert told(IS_OVER) == ["first@example.org", "second@example.org"]


def test_a_city_is_told_what_the_office_wrote_down_for_it_and_nothing_of_its_own_doing(now: datetime) -> None:
    a_host("accepted", now=now, email="first@example.org")

    an_offer(now=now)
    assert told(WRITTEN_FOR_YOU) == []
    an_offer(now=now, by=MEMBER)
    assert told(WRITTEN_FOR_YOU) == ["first@example.org"]


def test_an_offer_with_later_days_does_not_end(now: datetime) -> None:
    offer = an_offer("offered", now=now)
    later = WindowPlan(date(2027, 10, 4), date(2027, 10, 8))
    change(offer, windows=(*plan_of_offer(offer).windows, later), now=now)

    with writing():
        offers.expire(queries.offer_to_change(offer.public_id), now=datetime.fromisoformat("2027-05-29T05:00:00Z"))

    assert found(offer).state == "offered"


@pytest.mark.both
def test_renewing_makes_one_draft_with_the_days_of_the_next_year(now: datetime) -> None:
    offer = an_offer("offered", now=now)

    first, again = renew(offer, now=now), renew(offer, now=now)

    assert first.id == again.id
    assert (first.state, first.renewed_from_id) == ("draft", offer.id)
    assert plan_of_offer(first).windows[0].first_on == date(2028, 5, 8)
    assert without_names(plan_of_offer(found(offer))) == an_offer_plan()


@pytest.mark.both
def test_renewing_at_one_moment_makes_one_draft(app: Flask, now: datetime) -> None:
    offer = an_offer("offered", now=now)
    public_id = offer.public_id
    db.session.rollback()

    def press() -> str:
        with writing():
            return offers.renew(queries.offer_to_change(public_id), now=now, by=CITY).public_id

    assert len(set(all_at_once(app, [press] * 4))) == 1


@pytest.mark.both
def test_offers_are_found_by_city_kind_topic_state_and_days(now: datetime) -> None:
    water = an_offer("offered", now=now)
    late = an_offer(
        now=now, city="charlotte", kind="lecture", topics=("culture-heritage",), blackouts=(),
        windows=(WindowPlan(date(2027, 10, 4), date(2027, 10, 8)),), title=Text("Old brick", "旧砖新用"),
    )  # fmt: skip

    assert asked() == [late.public_id, water.public_id]
    assert asked(search="davenport") == [water.public_id]
    assert asked(search="jiu zhuan") == [late.public_id]
    assert asked(search="%") == []
    assert asked(kind="lecture") == [late.public_id]
    assert asked(topic="water") == [water.public_id]
    assert asked(state="draft") == [late.public_id]
    assert asked(first_on=date(2027, 5, 28), last_on=date(2027, 6, 1)) == [water.public_id]
    assert asked(first_on=date(2027, 5, 29), last_on=date(2027, 6, 1)) == []
    assert asked(first_on=date(2027, 10, 8)) == [late.public_id]
    assert queries.offers_by_state(queries.Wanted(kind="lecture"))["draft"] == 1


def test_the_database_itself_keeps_no_span_that_ends_before_it_begins(now: datetime) -> None:
    offer = an_offer(now=now)

    with pytest.raises(Exception, match="in_order"), writing() as session:
        session.add(OfferWindow(offer_id=offer.id, first_on=date(2027, 5, 2), last_on=date(2027, 5, 1)))


def test_a_charge_more_and_one_less_keep_their_order(now: datetime) -> None:
    offer = an_offer(now=now)
    bus, guide = ChargePlan(Text("Bus"), 90_000, "group_day"), ChargePlan(Text("Guide"), 12_000, "group")

    change(offer, charges=(bus, guide), now=now)
    assert plan_of_offer(found(offer)).charges == (bus, guide)
    change(offer, charges=(guide,), now=now)
    assert plan_of_offer(found(offer)).charges == (guide,)


def change(offer: HostOffer, *, now: datetime, seen: str = "", **changed: Any) -> None:
    with writing():
        locked = queries.offer_to_change(offer.public_id)
        plan = plan_of_offer(locked)
        offers.revise_offer(locked, replace(plan, **changed), seen=seen or fingerprint(plan), now=now, by=CITY)


def renew(offer: HostOffer, *, now: datetime) -> HostOffer:
    with writing():
        return offers.renew(queries.offer_to_change(offer.public_id), now=now, by=CITY)


def found(offer: HostOffer) -> HostOffer:
    db.session.expire_all()
    whole = queries.offer_by_public_id(offer.public_id)
    assert whole is not None
    return whole


def without_names(plan: OfferPlan) -> OfferPlan:
    return replace(plan, windows=tuple(replace(window, public_id="") for window in plan.windows))


def told(template: str) -> list[str]:
    letters = db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id))
    return [letter.to_address for letter in letters]


def asked(**wanted: Any) -> list[str]:
    rows, total = queries.offers(queries.Wanted(**wanted), page=1, size=25)
    assert len(rows) == total
    return [row.public_id for row in rows]
