"""Two hundred people for fifty places: exactly fifty get one, everybody gets an answer, and the books agree."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from tests.blueprints.public.registration_page import FORM, count_registrations, filled_in
from tests.cast import a_published_summit, a_registration, an_add_on, consent_texts, saved
from tests.fake_payments import FakePayments
from tests.forms import Fields, faults_of
from tests.races import all_at_once
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.registrations.commands import confirm, release
from tourreg.domain.registrations.models import Registration, Seat
from tourreg.kernel.numbers import new_public_id

pytestmark = [pytest.mark.usefixtures("clock_shows"), pytest.mark.both]
PEOPLE, PLACES = 200, 50
BOOKED, REFUSED, BUSY = 303, 422, 503
MOST_RETURNS = 5


@pytest.fixture
def summit(stripe: FakePayments) -> Event:
    """A summit with 50 places, a pre-tour of 12, a post-tour of 10 and a dinner without end."""
    saved(*consent_texts())
    return a_published_summit(
        pool=Pool(capacity=PLACES, taken=0),
        add_ons=[
            an_add_on("pre_tour", "Pre-tour", 89_000, places=12),
            an_add_on("post_tour", "Post-tour", 76_000, places=10),
            an_add_on("other", "Dinner", 4_500),
        ],
    )


def test_two_hundred_people_for_fifty_places_get_exactly_fifty(app: Flask, summit: Event) -> None:
    answers = register_all(app, summit, PEOPLE)

    assert sorted(set(answers)) == [BOOKED, REFUSED]
    assert answers.count(BOOKED) == count_registrations() == PLACES
    assert pools(summit)[0] == (PLACES, PLACES)


def test_without_the_capacity_condition_the_same_people_are_sold_too_many(
    app: Flask, summit: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the test above counts does go wrong where a place is taken without a condition."""
    monkeypatch.setattr(seats, "_take", take_without_condition)

    answers = register_all(app, summit, PLACES + 10)

    assert answers.count(BOOKED) == count_registrations() > PLACES


def test_tours_sell_out_each_at_its_own_number_and_the_books_agree(app: Flask, summit: Event) -> None:
    before, after, dinner = (add_on.public_id for add_on in summit.add_ons)
    wishes = [[], [before], [], [after], [dinner], [after, before]]

    answers = register_all(app, summit, 120, wishes)

    assert sorted(set(answers)) == [BOOKED, REFUSED]
    for taken, capacity, live in pools_with_seats(summit):
        assert taken == live <= capacity
    assert pools(summit)[0] == (PLACES, PLACES)
    assert count_registrations() == count(Folio) == PLACES
    assert count(Entry) == count(Seat)


def test_one_form_sent_six_times_at_once_makes_one_registration_that_all_see(app: Flask, summit: Event) -> None:
    fields, cookie = signed_form(app, summit)

    answers = all_at_once(app, [partial(send, app, cookie, fields, number) for number in range(6)])

    assert {answer.status_code for answer in answers} == {BOOKED}
    assert len({answer.location for answer in answers}) == 1
    assert count_registrations() == pools(summit)[0][0] == 1


def test_one_form_sent_six_times_for_the_last_place_is_never_told_that_it_is_full(app: Flask, summit: Event) -> None:
    leave(summit, 1)
    fields, cookie = signed_form(app, summit)

    answers = all_at_once(app, [partial(send, app, cookie, fields, number) for number in range(6)])

    assert {answer.status_code for answer in answers} == {BOOKED}
    assert count_registrations() == 1


def test_the_last_place_goes_to_one_and_the_others_are_told(app: Flask, summit: Event) -> None:
    leave(summit, 1)
    fields, cookie = signed_form(app, summit)

    answers = all_at_once(app, [partial(send, app, cookie, anew(fields), number) for number in range(8)])

    told = [faults_of(answer)[""] for answer in answers if answer.status_code == REFUSED]
    assert told == ["The last place was taken while you filled in the form. Nothing was booked."] * 7


def test_a_registration_released_by_six_at_once_is_freed_once(app: Flask, summit: Event, now: datetime) -> None:
    registration_id = a_registration(summit, now=now).id
    leave(summit, 10)

    all_at_once(app, [partial(change, release_it, registration_id, now) for _ in range(6)])

    assert pools(summit)[0] == (PLACES - 11, PLACES)


def test_confirming_and_releasing_at_once_never_leave_a_seat_without_its_place(
    app: Flask, summit: Event, now: datetime
) -> None:
    ids = [a_registration(summit, now=now).id for _ in range(4)]

    all_at_once(app, [partial(change, doing, one, now) for one in ids for doing in (release_it, confirm_it)])

    assert [(taken, live) for taken, _capacity, live in pools_with_seats(summit)] == [(0, 0)] * 3


def register_all(app: Flask, summit: Event, people: int, wishes: list[list[str]] | None = None) -> list[int]:
    """Send one booking for each person, their wishes in turn, and return the statuses."""
    fields, cookie = signed_form(app, summit)
    wished = wishes or [[]]
    forms = [anew(fields) | {"p1-add_ons": wished[number % len(wished)]} for number in range(people)]
    answers = all_at_once(app, [partial(send, app, cookie, form, number) for number, form in enumerate(forms)])
    return [answer.status_code for answer in answers]


def signed_form(app: Flask, summit: Event) -> tuple[Fields, str]:
    """Return the filled-in form and the session that its token belongs to."""
    client = app.test_client()
    fields = filled_in(client, summit)
    cookie = client.get_cookie("session")
    db.session.rollback()
    assert cookie is not None
    return fields, cookie.value


def anew(fields: Fields) -> Fields:
    """Return the form as somebody else opened it."""
    return fields | {"submission_key": new_public_id()}


def send(app: Flask, cookie: str, fields: Fields, number: int) -> TestResponse:
    """Send the form from an address of its own; who is asked to come again in a moment does, as on a slow machine."""
    client: FlaskClient = app.test_client()
    client.set_cookie("session", cookie)
    address = {"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250}"}
    for _ in range(MOST_RETURNS):
        answer = client.post(FORM, data=fields, environ_base=address)
        if answer.status_code != BUSY:
            break
    return answer


def take_without_condition(pool_id: int, places: int) -> None:
    db.session.execute(
        update(Pool)
        .where(Pool.id == pool_id)
        .values(taken=Pool.taken + places)
        .execution_options(synchronize_session=False)
    )


def change(doing: Callable[[Registration, datetime], None], registration_id: int, now: datetime) -> None:
    with writing() as session:
        doing(session.get_one(Registration, registration_id), now)


def release_it(registration: Registration, now: datetime) -> None:
    release(registration, now=now, by="worker", why="The hold ended.")


def confirm_it(registration: Registration, now: datetime) -> None:
    confirm(registration, now=now, by="stripe")


def leave(summit: Event, free: int) -> None:
    """Let so many places be free."""
    with writing() as session:
        session.execute(update(Pool).where(Pool.id == summit.pool_id).values(taken=PLACES - free))


def pools(summit: Event) -> list[tuple[int, int]]:
    """Return taken and capacity of the summit, the pre-tour and the post-tour."""
    return [(taken, capacity) for taken, capacity, _live in pools_with_seats(summit)]


def pools_with_seats(summit: Event) -> list[tuple[int, int, int]]:
    """Return taken, capacity and the number of live seats of each pool."""
    db.session.rollback()
    live = select(func.count()).where(Seat.pool_id == Pool.id, Seat.state != "released").scalar_subquery()
    mine = [summit.pool_id, *(add_on.pool_id for add_on in summit.add_ons if add_on.pool_id)]
    found = db.session.execute(select(Pool.taken, Pool.capacity, live).where(Pool.id.in_(mine)).order_by(Pool.id))
    return [(taken, capacity, seats_live) for taken, capacity, seats_live in found]


def count(table: type[Folio] | type[Entry] | type[Seat]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
