"""A code is taken with the seats, given back with them, and its last use goes to one person."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration
from tests.code_cast import a_saved_code, standing_of, uses
from tests.fake_payments import FakePayments
from tests.money_cast import cancel, pay_by_card, wire
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.models import Entry
from tourreg.domain.catalogue.models import Event
from tourreg.domain.discounts import rules, using
from tourreg.domain.discounts.rules import CodeRefused
from tourreg.domain.registrations.commands import release
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.ended_holds import release_ended_hold
from tourreg.kernel.money import Money

PEOPLE = 8
LATER = datetime(2027, 1, 15, 11, 0, tzinfo=UTC)


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


def entries() -> list[tuple[str, int, str | None]]:
    """Return the postings: kind, amount, and the description of what each lessens."""
    found = db.session.scalars(select(Entry).order_by(Entry.id))
    return [
        (entry.kind, entry.amount_minor, entry.reduces.description.en if entry.reduces else None) for entry in found
    ]


@pytest.mark.both
def test_a_discount_is_posted_beside_the_charge_that_it_lessens(summit: Event, now: datetime) -> None:
    a_saved_code()

    registration = a_registration(summit, a_person(), a_person("Chen", "Li"), now=now, code="spring-27")

    assert entries() == [
        ("charge", 48_000, None),
        ("charge", 48_000, None),
        ("discount", -4_800, "Early bird"),
        ("discount", -4_800, "Early bird"),
    ]
    assert billing.balance(registration.folio) == Money(86_400, "USD")
    assert (standing_of(), uses()) == ((2, 9_600), [(2, 9_600, False)])


@pytest.mark.both
def test_a_free_seat_is_confirmed_at_once(summit: Event, now: datetime) -> None:
    a_saved_code("GUEST", kind="free_seat", percent=None, most_uses=1)

    registration = a_registration(summit, now=now, code="guest")

    assert [seat.state for person in registration.participants for seat in person.seats] == ["confirmed"]
    assert not billing.standing(registration.folio).owed


@pytest.mark.both
def test_the_last_use_goes_to_one_and_the_others_book_nothing(app: Flask, summit: Event, now: datetime) -> None:
    a_saved_code(most_uses=3, used=2)

    answers = all_at_once(app, [booking(summit, now) for _ in range(PEOPLE)])

    assert sorted(reasons(answers)) == ["", *["used_up"] * (PEOPLE - 1)]
    assert standing_of()[0] == 3
    assert (seats_of(summit), registrations()) == (1, 1)


@pytest.mark.both
def test_the_rest_of_a_budget_goes_to_one(app: Flask, summit: Event, now: datetime) -> None:
    a_saved_code(currency="USD", budget_minor=9_000)

    answers = all_at_once(app, [booking(summit, now) for _ in range(PEOPLE)])

    assert sorted(reasons(answers)) == ["", *["budget"] * (PEOPLE - 1)]
    assert standing_of() == (1, 4_800)


@pytest.mark.both
def test_one_contact_in_eight_browsers_uses_it_as_often_as_one_contact_can(
    app: Flask, summit: Event, now: datetime
) -> None:
    a_saved_code(most_per_contact=2)

    answers = all_at_once(app, [booking(summit, now) for _ in range(PEOPLE)])

    assert sorted(reasons(answers)) == ["", "", *["used_by_contact"] * (PEOPLE - 2)]


@pytest.mark.both
def test_without_the_condition_the_last_use_goes_to_more_than_one(
    app: Flask, summit: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the tests above count does go wrong where a use is counted without a condition."""
    a_saved_code(most_uses=1)
    monkeypatch.setattr(rules, "_left", lambda *_: None)  # which reads what SQLite lets one writer read at a time
    monkeypatch.setattr(using, "_count_up", lambda *_: True)

    answers = all_at_once(app, [booking(summit, now) for _ in range(PEOPLE)])

    assert reasons(answers).count("") > 1


@pytest.mark.both
def test_what_was_used_is_given_back_once_with_the_seats(summit: Event, now: datetime) -> None:
    a_saved_code(most_uses=1)
    registration = a_registration(summit, now=now, code="SPRING27")

    for _ in range(2):
        with writing():
            release(registration, now=now, by="worker", why="The hold ended.")

    assert (standing_of(), uses()) == ((0, 0), [(1, 4_800, True)])
    assert a_registration(summit, now=now, code="SPRING27").participants


@pytest.mark.both
def test_a_cancelled_registration_gives_its_use_back_and_leaves_nothing_owed(summit: Event, now: datetime) -> None:
    a_saved_code()
    registration = a_registration(summit, now=now, code="SPRING27")
    pay_by_card(registration, FakePayments(now), now)

    cancel(registration, now)

    assert standing_of() == (0, 0)
    assert billing.standing(registration.folio).charged == Money(0, "USD")


@pytest.mark.both
def test_who_pays_late_gets_seat_and_discount_back_together(summit: Event, now: datetime) -> None:
    a_saved_code(most_uses=1)
    registration = a_registration(summit, now=now, code="SPRING27")
    let_go(registration, LATER)

    wire(registration, 43_200, LATER)

    assert standing_of() == (1, 4_800)
    assert not billing.balance(registration.folio)
    last = entries()[-3:]
    assert [kind for kind, *_ in last] == ["charge", "discount", "payment"]
    assert last[1][2] == "Early bird"


def test_who_pays_late_when_others_have_used_the_code_waits_on_the_desk(summit: Event, now: datetime) -> None:
    a_saved_code(most_uses=1)
    registration = a_registration(summit, now=now, code="SPRING27")
    let_go(registration, LATER)
    a_registration(summit, a_person("Vega", "Ana"), now=now, code="SPRING27")

    wire(registration, 43_200, LATER)

    assert standing_of() == (1, 4_800)
    assert all(seat.state == "released" for person in registration.participants for seat in person.seats)


def booking(summit: Event, now: datetime) -> Callable[[], Any]:
    slug = summit.slug

    def book() -> str:
        event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
        return a_registration(event, now=now, code="SPRING27").reference

    return outcome_of(book)


def reasons(answers: list[Any]) -> list[str]:
    """Return why each was refused; "" for who got it."""
    strange = [answer for answer in answers if not isinstance(answer, str | CodeRefused)]
    assert strange == []
    return [answer.reason if isinstance(answer, CodeRefused) else "" for answer in answers]


def seats_of(summit: Event) -> int:
    db.session.rollback()
    return db.session.get_one(Event, summit.id).pool.taken


def registrations() -> int:
    return len(db.session.scalars(select(Registration)).all())


def let_go(registration: Registration, at: datetime) -> None:
    with writing():
        release_ended_hold(registration.id, now=at)
