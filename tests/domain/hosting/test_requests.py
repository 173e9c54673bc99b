"""Asking a city, its answers, its deadline, and two tours that want the same days."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.host_offers import an_offer, moved
from tests.hosting_cast import (
    ASKING,
    CITY,
    DAYS,
    NAME,
    OTHER_DAYS,
    a_request,
    a_tour,
    answered,
    asked,
    found,
    the_host,
)
from tests.hosts import MEMBER
from tests.races import all_at_once, outcome_of
from tourreg import worker
from tourreg.db import db, writing
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.catalogue import commands as catalogue
from tourreg.domain.catalogue import desk
from tourreg.domain.hosting import reports, requests
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.request_answers import Approved, note_approval
from tourreg.domain.hosting.request_models import HostingAnswer, HostingApproval, HostingRequest
from tourreg.domain.hosting.request_rules import (
    AnsweredAlready,
    AnswerIsUnfit,
    AskingIsUnfit,
    DaysAreTaken,
    Span,
    deadline_of,
)
from tourreg.domain.outbox.models import Letter
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("app")


def letters() -> list[str]:
    """Return the letters to the city, in the order in which they were asked for."""
    to_city = Letter.template.like("hosting_%"), Letter.template != "hosting_told"
    return list(db.session.scalars(select(Letter.template).where(*to_city).order_by(Letter.id)))


@pytest.mark.both
def test_a_city_is_asked_once_with_a_letter_to_each_who_speaks_for_it(now: datetime) -> None:
    the_host(now)
    the_host(now, email="second@example.org")
    event, offer = a_tour(), an_offer("offered", now=now)

    first = asked(event, offer, now=now, submission_key="one-form")
    again = asked(event, offer, now=now, submission_key="one-form")

    assert first.id == again.id
    assert (first.state, first.deadline_at) == ("asked", deadline_of(ASKING.deadline_on, "America/Chicago"))
    assert letters() == ["hosting_asked", "hosting_asked"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"people": 21}, "group_too_large"),
        ({"days": Span(date(2027, 6, 7), date(2027, 6, 8))}, "outside_windows"),
        ({"deadline_on": date(2027, 5, 11)}, "deadline_after_first_day"),
    ],
)
def test_what_the_offer_does_not_hold_is_not_asked(now: datetime, changed: dict[str, object], why: str) -> None:
    the_host(now)

    with pytest.raises(AskingIsUnfit) as refusal:
        asked(a_tour(), an_offer("offered", now=now), now=now, **changed)

    assert [fault.why for fault in refusal.value.faults] == [why]


def test_a_city_that_nobody_speaks_for_and_an_offer_that_is_a_draft_are_not_asked(now: datetime) -> None:
    with pytest.raises(AskingIsUnfit) as refusal:
        asked(a_tour(), an_offer(now=now), now=now)

    assert [fault.why for fault in refusal.value.faults] == ["offer_counts_no_more", "nobody_to_write_to"]


def test_a_tour_asks_a_city_once_for_the_same_days(now: datetime) -> None:
    the_host(now)
    event, offer = a_tour(), an_offer("offered", now=now)
    asked(event, offer, now=now)

    with pytest.raises(AskingIsUnfit) as refusal:
        asked(event, offer, now=now)

    assert [fault.why for fault in refusal.value.faults] == ["asked_already"]


def test_a_city_without_an_offer_can_be_asked(now: datetime) -> None:
    the_host(now)

    request = asked(a_tour(), None, now=now, people=60)

    assert (request.offer, answered(request.public_id, "confirmed", now=now).is_late) == (None, False)


@pytest.mark.both
def test_a_city_holds_and_then_confirms(now: datetime) -> None:
    public_id = a_request(now=now).public_id

    answered(public_id, "held", now=now)
    answered(public_id, "confirmed", now=now, seen="held")

    request = found(public_id)
    assert request.state == "confirmed"
    assert [(move.before, move.after, move.by) for move in moves_of(public_id)] == [
        ("asked", "held", CITY), ("held", "confirmed", CITY),
    ]  # fmt: skip
    assert letters() == ["hosting_asked", "hosting_answered", "hosting_confirmed"]


@pytest.mark.both
def test_an_answer_sent_twice_counts_once(now: datetime) -> None:
    public_id = a_request(now=now).public_id

    first = answered(public_id, "confirmed", now=now).id
    again = answered(public_id, "confirmed", now=now + timedelta(seconds=1)).id

    assert first == again
    assert letters() == ["hosting_asked", "hosting_confirmed"]


def test_a_second_contact_is_told_that_somebody_answered_first(now: datetime) -> None:
    public_id = a_request("declined", now=now).public_id

    with pytest.raises(AnsweredAlready) as refusal:
        answered(public_id, "confirmed", now=now, by="host:another", name="Ann Lee")

    assert refusal.value.state == "declined"
    assert [one.given_name for one in found(public_id).answers] == [NAME]


@pytest.mark.parametrize(
    ("kind", "changed", "whys"),
    [
        ("declined", {}, ["words_missing"]),
        ("confirmed", {"name": ""}, ["name_missing"]),
        ("countered", {}, ["days_missing"]),
        ("countered", {"days": DAYS}, ["same_days"]),
        ("countered", {"days": Span(date(2027, 5, 12), date(2027, 5, 11))}, ["ends_before_it_begins"]),
        ("countered", {"days": Span(date(2026, 5, 11), date(2026, 5, 12))}, ["in_the_past"]),
    ],
)
def test_an_answer_that_says_too_little_is_refused(
    now: datetime, kind: str, changed: dict[str, Any], whys: list[str]
) -> None:
    public_id = a_request(now=now).public_id

    with pytest.raises(AnswerIsUnfit) as refusal:
        answered(public_id, kind, now=now, **changed)

    assert [fault.why for fault in refusal.value.faults] == whys
    assert found(public_id).state == "asked"


@pytest.mark.both
def test_the_office_takes_the_dates_that_a_city_proposed(now: datetime) -> None:
    public_id = a_request("countered", now=now).public_id
    other = (OTHER_DAYS.first_on, OTHER_DAYS.last_on)

    for _press in range(2):
        with writing():
            locked = queries.request_to_change(public_id)
            requests.take_other_dates(locked, date(2027, 2, 20), seen=other, now=now, by=MEMBER)

    request = found(public_id)
    assert (request.state, request.first_on, request.last_on) == ("held", *other)
    assert request.deadline_on == date(2027, 2, 20)
    assert letters() == ["hosting_asked", "hosting_answered", "hosting_dates_taken"]


def test_proposed_dates_that_changed_meanwhile_are_not_taken(now: datetime) -> None:
    public_id = a_request("countered", now=now).public_id

    with pytest.raises(AnsweredAlready), writing():
        requests.take_other_dates(
            queries.request_to_change(public_id), date(2027, 2, 20), seen=(DAYS.first_on, DAYS.last_on),
            now=now, by=MEMBER,
        )  # fmt: skip


@pytest.mark.both
def test_of_two_who_confirm_the_same_days_at_one_moment_one_wins_and_the_other_is_told_what_is_left(
    app: Flask, now: datetime
) -> None:
    the_host(now)
    offer = an_offer("offered", now=now)
    both = [asked(a_tour(slug), offer, now=now).public_id for slug in ("water-2027", "energy-2028")]
    db.session.rollback()

    outcomes = all_at_once(app, [outcome_of(partial(answered, public_id, "confirmed", now=now)) for public_id in both])

    refused = [outcome for outcome in outcomes if isinstance(outcome, DaysAreTaken)]
    assert sorted(found(public_id).state for public_id in both) == ["asked", "confirmed"]
    assert len(refused) == 1
    # The window is 10–28 May without the 17th, and the winner has the 11th and 12th.
    assert refused[0].left == [
        Span(date(2027, 5, 10), date(2027, 5, 10)),
        Span(date(2027, 5, 13), date(2027, 5, 16)),
        Span(date(2027, 5, 18), date(2027, 5, 28)),
    ]


@pytest.mark.both
def test_an_offer_that_lets_groups_share_takes_both(now: datetime) -> None:
    the_host(now)
    offer = an_offer("offered", now=now, may_share=True)

    for slug in ("water-2027", "energy-2028"):
        answered(asked(a_tour(slug), offer, now=now).public_id, "confirmed", now=now)

    assert set(db.session.scalars(select(HostingRequest.state))) == {"confirmed"}


def test_days_that_a_request_gives_back_are_free_again(now: datetime) -> None:
    request = a_request("held", now=now)
    assert request.offer is not None
    offer = request.offer
    with writing():
        locked = queries.request_to_change(request.public_id)
        requests.withdraw(locked, "The tour is put off.", seen="held", now=now, by=MEMBER)

    second = asked(a_tour("energy-2028"), offer, now=now)

    assert answered(second.public_id, "confirmed", now=now).answer == "confirmed"
    assert "hosting_withdrawn" in letters()


@pytest.mark.both
def test_a_city_is_reminded_and_the_request_lapses_in_the_first_moment_after_the_deadline(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = a_request(now=now)
    public_id, deadline_at = request.public_id, request.deadline_at

    seen = []
    for moment in (now, deadline_at - timedelta(seconds=1), deadline_at):
        monkeypatch.setattr(clock, "utc_now", lambda moment=moment: moment)
        worker.run_due()
        seen.append((found(public_id).state, letters().count("hosting_reminded")))

    assert seen == [("asked", 0), ("asked", 1), ("lapsed", 1)]
    assert [(move.after, move.by) for move in moves_of(public_id)] == [("lapsed", "worker")]
    # Nobody else was asked.
    assert db.session.scalar(select(func.count()).select_from(HostingRequest)) == 1


@pytest.mark.both
def test_an_answer_after_the_deadline_waits_for_the_office(now: datetime) -> None:
    request = a_request(now=now)
    public_id, late = request.public_id, request.deadline_at

    notes = [answered(public_id, "confirmed", now=late) for _press in range(2)]

    request = found(public_id)
    assert (request.state, [note.is_late for note in notes]) == ("lapsed", [True, True])
    assert len(queries.late_answers(request)) == 1
    # Nobody is told that there was no answer; the office is told of the late one.
    assert "hosting_lapsed" not in letters()
    told = db.session.scalars(select(Letter).where(Letter.template == "hosting_told")).all()
    assert {letter.facts["answer"] for letter in told} == {"confirmed"}
    assert [one.public_id for one in queries.waiting_requests(page=1, size=20)[0]] == [public_id]


def test_the_office_asks_again_what_lapsed(now: datetime) -> None:
    public_id = a_request("lapsed", now=now).public_id
    later = datetime(2027, 2, 20, 9, tzinfo=now.tzinfo)

    for _press in range(2):
        with writing():
            requests.ask_again(queries.request_to_change(public_id), date(2027, 3, 5), now=later, by=MEMBER)

    assert found(public_id).state == "asked"
    assert answered(public_id, "confirmed", now=later).is_late is False
    assert letters() == ["hosting_asked", "hosting_lapsed", "hosting_asked", "hosting_confirmed"]


def test_what_cannot_be_asked_is_not_asked_again(now: datetime) -> None:
    request = a_request("lapsed", now=now)
    assert request.offer is not None
    moved(request.offer, "withdrawn", now=now)
    asked(request.event, None, now=now, city=request.city)

    with pytest.raises(AskingIsUnfit) as refused, writing():
        requests.ask_again(queries.request_to_change(request.public_id), date(2027, 3, 5), now=now, by=MEMBER)

    assert [fault.why for fault in refused.value.faults] == ["offer_counts_no_more", "asked_already"]
    assert found(request.public_id).state == "lapsed"


def test_a_city_is_not_asked_for_days_of_another_year(now: datetime) -> None:
    the_host(now)
    tour = a_tour(starts_on=date(2028, 5, 3), ends_on=date(2028, 5, 14))

    with pytest.raises(AskingIsUnfit) as refused:
        asked(tour, None, now=now)

    assert [(fault.field, fault.why) for fault in refused.value.faults] == [("first_on", "far_from_tour")]


@pytest.mark.both
def test_a_cancelled_tour_keeps_no_days_and_asks_nobody(now: datetime) -> None:
    kept = a_request("confirmed", now=now)
    waiting = asked(kept.event, None, now=now, days=OTHER_DAYS)
    with writing():
        catalogue.cancel(desk.event_to_change(kept.event.public_id), now=now, by=MEMBER, why="No visas.")
    before = letters()

    with pytest.raises(AnswerIsUnfit):
        answered(waiting.public_id, "confirmed", now=now)
    with pytest.raises(AskingIsUnfit):
        asked(kept.event, None, now=now, days=Span(date(2027, 5, 24), date(2027, 5, 25)))
    with writing():
        assert not requests.remind(queries.request_to_change(waiting.public_id), now=now)
    with writing():
        requests.lapse(queries.request_to_change(waiting.public_id), now=waiting.deadline_at)
    assert letters() == before
    assert not reports.can_report(found(kept.public_id), now + timedelta(days=300))

    other = asked(a_tour("energy-2028"), found(kept.public_id).offer, now=now)
    answered(other.public_id, "confirmed", now=now)
    assert found(other.public_id).state == "confirmed"

    with writing():
        requests.withdraw(queries.request_to_change(kept.public_id), "x", seen="confirmed", now=now, by=MEMBER)
    assert letters()[-1] == "hosting_withdrawn"


def test_a_city_that_answered_is_not_reminded(now: datetime) -> None:
    public_id = a_request("confirmed", now=now).public_id

    with writing():
        assert requests.remind(queries.request_to_change(public_id), now=now) is False


def test_reminding_twice_within_ten_minutes_sends_one_letter(now: datetime) -> None:
    public_id = a_request(now=now).public_id

    for seconds in (0, 1):
        with writing():
            assert requests.remind(queries.request_to_change(public_id), now=now + timedelta(seconds=seconds))

    assert letters().count("hosting_reminded") == 1


def test_a_yes_inside_the_city_is_noted_once(now: datetime) -> None:
    public_id = a_request(now=now).public_id
    council = Approved("council", date(2027, 1, 12), "City Council, resolution 2027-31")

    for _press in range(2):
        with writing():
            note_approval(queries.request_to_change(public_id), council, submission_key="form", now=now, by=CITY)

    assert [one.decided_by for one in db.session.scalars(select(HostingApproval))] == [council.decided_by]


def test_a_council_has_not_agreed_tomorrow(now: datetime) -> None:
    public_id = a_request(now=now).public_id

    with pytest.raises(AnswerIsUnfit), writing():
        note_approval(
            queries.request_to_change(public_id), Approved("council", date(2027, 1, 16), "City Council"),
            submission_key=None, now=now, by=CITY,
        )  # fmt: skip


def test_no_answer_is_ever_written_over(now: datetime) -> None:
    public_id = a_request("held", now=now).public_id
    answered(public_id, "declined", now=now, seen="held", words="The council said no.")

    kept = db.session.scalars(select(HostingAnswer).order_by(HostingAnswer.id))
    assert [one.answer for one in kept] == ["held", "declined"]


def test_who_comes_second_hears_of_the_citys_other_offers_on_the_same_days(now: datetime) -> None:
    the_host(now)
    offer = an_offer("offered", now=now)
    an_offer("offered", now=now, title=Text("A day on energy", "一天能源考察"))
    an_offer("offered", now=now, title=Text("Closed then"), blackouts=(DAYS.first_on,))
    an_offer("paused", now=now, title=Text("Paused"))
    first, second = (asked(a_tour(slug), offer, now=now).public_id for slug in ("water-2027", "energy-2028"))
    answered(first, "confirmed", now=now)

    with pytest.raises(DaysAreTaken) as refusal:
        answered(second, "confirmed", now=now)

    assert [title.en for title in refusal.value.others] == ["A day on energy"]


@pytest.mark.both
def test_of_two_contacts_who_answer_differently_at_one_moment_one_counts(app: Flask, now: datetime) -> None:
    public_id = a_request(now=now).public_id
    db.session.rollback()
    yes = partial(answered, public_id, "confirmed", now=now, by="host:ann", name="Ann Lee")
    no = partial(answered, public_id, "declined", now=now, by="host:bo", name="Bo Chen", words="The works are closed.")

    outcomes = all_at_once(app, [outcome_of(yes), outcome_of(no)])

    refused = [outcome for outcome in outcomes if isinstance(outcome, AnsweredAlready)]
    request = found(public_id)
    assert [one.answer for one in request.answers] == [request.state]
    assert [refusal.state for refusal in refused] == [request.state]


def test_the_office_hears_that_nobody_answered(now: datetime) -> None:
    a_request("lapsed", now=now)

    told = db.session.scalars(select(Letter).where(Letter.template == "hosting_told")).all()

    assert [letter.facts["answer"] for letter in told] == [""]
