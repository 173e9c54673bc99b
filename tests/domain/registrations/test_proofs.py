"""What shows that a fee is somebody's, places at a fee, and the office's answer."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import a_fee, a_person, a_published_summit, a_registration, the_city
from tests.code_cast import a_saved_code, standing_of
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.memberships.commands import make_list
from tourreg.domain.memberships.models import MemberList
from tourreg.domain.memberships.rules import MemberRow
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.registrations import approvals
from tourreg.domain.registrations.commands import release
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.domain.registrations.rules import BookedPerson, NoPlaces, ProofMissing
from tourreg.domain.settlements import checkouts
from tourreg.domain.settlements.declining import decline_registration

PEOPLE = 6
BY = "staff:programme"


@pytest.fixture
def members(app: Flask, now: datetime) -> MemberList:
    rows = [MemberRow("M1001", "City of Charlotte"), MemberRow("M1002", until_on=date(2027, 1, 14))]
    with writing():
        return make_list("Alliance", rows, submission_key="members", now=now, by=BY)


def a_summit_with(**fee: Any) -> Event:
    """Return the saved summit with one fee for some, and one for everybody."""
    return a_published_summit(
        fees=[a_fee("Member", "会员价", 40_000, **fee), a_fee("Full", "全价", 60_000, position=2)]
    )


def wrong(event: Event, *people: BookedPerson, now: datetime, **more: Any) -> dict[int, str]:
    with pytest.raises(ProofMissing) as refused:
        a_registration(event, *people, now=now, **more)
    db.session.rollback()
    found: dict[int, str] = refused.value.wrong
    return found


@pytest.mark.parametrize("typed", ["M1001", "m 1001", "M-1001", "ｍ１００１"])
def test_a_number_on_the_list_opens_the_fee(members: MemberList, now: datetime, typed: str) -> None:
    summit = a_summit_with(proof="number", member_list_id=members.id)

    registration = a_registration(summit, a_person(member_number=typed), now=now)

    assert registration.participants[0].member_number == "M1001"


@pytest.mark.parametrize(
    ("typed", "why"),
    [("", "number_missing"), ("M9999", "number_unknown"), ("M1002", "number_unknown"), ("' OR 1=1", "number_unknown")],
)
def test_any_other_number_books_nothing(members: MemberList, now: datetime, typed: str, why: str) -> None:
    summit = a_summit_with(proof="number", member_list_id=members.id)

    assert wrong(summit, a_person(member_number=typed), now=now) == {1: why}
    assert db.session.get_one(Event, summit.id).pool.taken == 0


def test_a_number_is_for_one_person_at_a_time(members: MemberList, now: datetime) -> None:
    summit = a_summit_with(proof="number", member_list_id=members.id)
    two = (a_person(member_number="M1001"), a_person("Chen", "Li", member_number="m-1001"))

    assert wrong(summit, *two, now=now) == {2: "number_used"}
    a_registration(summit, two[0], now=now)
    assert wrong(summit, two[1], now=now) == {1: "number_used"}


@pytest.mark.both
def test_one_number_in_six_browsers_registers_once(app: Flask, members: MemberList, now: datetime) -> None:
    summit = a_summit_with(proof="number", member_list_id=members.id)
    slug = summit.slug

    def book() -> str:
        event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
        return a_registration(event, a_person(member_number="M1001"), now=now).reference

    answers = all_at_once(app, [outcome_of(book) for _ in range(PEOPLE)])

    assert [type(answer) for answer in answers].count(str) == 1
    assert [type(answer) for answer in answers].count(ProofMissing) == PEOPLE - 1


def test_a_fee_for_small_cities_asks_for_the_city_and_looks_at_its_people(app: Flask, now: datetime) -> None:
    with writing():
        cities = [the_city(name) for name in ("davenport", "charlotte")]
    davenport, charlotte = (city.public_id for city in cities)
    summit = a_summit_with(population_most=101_724)

    assert wrong(summit, a_person(), now=now) == {1: "city_missing"}
    assert wrong(summit, a_person(city="nowhere"), now=now) == {1: "city_missing"}
    assert wrong(summit, a_person(city=charlotte), now=now) == {1: "city_too_large"}
    registration = a_registration(summit, a_person(city=davenport), now=now)
    assert registration.participants[0].city is not None


def test_a_fee_that_asks_for_a_code_opens_only_by_one_that_names_it(app: Flask, now: datetime) -> None:
    summit = a_summit_with(proof="code")
    a_saved_code("GENERAL")
    a_saved_code("PARTNER", kind="entry", percent=None, fees=[summit.fees[0].public_id], most_uses=1)

    assert wrong(summit, a_person(), now=now) == {1: "code"}
    assert wrong(summit, a_person(), now=now, code="GENERAL") == {1: "code"}
    two = (a_person(), a_person("Chen", "Li"))
    assert wrong(summit, *two, now=now, code="PARTNER") == {2: "code"}
    registration = a_registration(summit, a_person(), now=now, code="partner")
    assert billing.balance(registration.folio).minor == 40_000
    assert standing_of("PARTNER") == (1, 0)


@pytest.mark.both
def test_the_last_place_at_a_fee_goes_to_one(app: Flask, now: datetime) -> None:
    summit = a_summit_with(pool=Pool(capacity=1, taken=0))
    slug = summit.slug

    def book() -> str:
        event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
        return a_registration(event, now=now).reference

    answers = all_at_once(app, [outcome_of(book) for _ in range(PEOPLE)])

    refused = [answer.shortages[0].free for answer in answers if isinstance(answer, NoPlaces)]
    db.session.rollback()
    assert refused == [0] * (PEOPLE - 1)
    assert db.session.get_one(Event, summit.id).pool.taken == 1


def test_a_place_at_a_fee_is_given_back_with_the_seat(app: Flask, now: datetime) -> None:
    summit = a_summit_with(pool=Pool(capacity=1, taken=0))
    registration = a_registration(summit, now=now)

    with writing():
        release(registration, now=now, by=BY, why="")

    assert [seat.state for seat in db.session.scalars(select(Seat))] == ["released", "released"]
    assert db.session.get_one(Event, summit.id).fees[0].pool.taken == 0  # type: ignore[union-attr]


def test_a_fee_that_the_office_approves_holds_the_seats_without_an_end(app: Flask, now: datetime) -> None:
    summit = a_summit_with(proof="approval")

    registration = a_registration(summit, now=now)

    assert [seat.held_until for person in registration.participants for seat in person.seats] == [None]
    assert registration.awaits_approval
    assert db.session.scalars(select(Task).where(Task.kind == "release_hold")).all() == []
    assert letter("registered").facts["awaits_approval"]
    with pytest.raises(checkouts.AwaitsApproval), writing():
        checkouts.plan_checkout(registration.id, now=now, by="contact")


@pytest.mark.parametrize(("pays_by", "credit"), [("card", "none"), ("invoice", "asked")])
def test_with_a_yes_the_seats_are_held_to_be_paid(app: Flask, now: datetime, pays_by: str, credit: str) -> None:
    registration = a_registration(a_summit_with(proof="approval"), now=now, pays_by=pays_by)

    yes(registration, now + timedelta(days=3))

    until = registration.participants[0].seats[0].held_until
    assert until == datetime.fromisoformat("2027-01-21T15:59Z")
    assert registration.folio.credit_state == credit
    assert letter("approved").facts["held_until"] == until.isoformat()
    assert [task.run_at for task in db.session.scalars(select(Task).where(Task.kind == "release_hold"))] == [until]


def test_what_is_free_is_theirs_with_a_yes(app: Flask, now: datetime) -> None:
    summit = a_published_summit(fees=[a_fee("Student", "学生", 0, proof="approval")])
    registration = a_registration(summit, now=now)
    assert registration.participants[0].seats[0].state == "held"

    yes(registration, now)

    assert registration.participants[0].seats[0].state == "confirmed"


def test_with_a_no_everything_is_taken_back_and_the_contact_is_told_why(app: Flask, now: datetime) -> None:
    registration = a_registration(a_summit_with(proof="approval"), now=now)

    with writing():
        decline_registration(registration.id, why="We have no letter of the school.", now=now, by=BY)

    assert registration.participants[0].application_state == "declined"
    assert registration.participants[0].seats[0].state == "released"
    assert billing.standing(registration.folio).charged.minor == 0
    told = letter("cancelled").facts
    assert (told["is_declined"], told["why"]) == (True, "We have no letter of the school.")


def test_the_office_answers_once(app: Flask, now: datetime) -> None:
    registration = a_registration(a_summit_with(proof="approval"), now=now)
    yes(registration, now)

    with pytest.raises(approvals.NothingToApprove), writing():
        decline_registration(registration.id, why="Late.", now=now, by=BY)


def yes(registration: Registration, now: datetime) -> None:
    with writing():
        approvals.approve(registration.id, hold_working_days=3, now=now, by=BY)


def letter(template: str) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.template == template)).one()
