"""The board, what failed, and what half of the readers cannot read."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.cast import a_person, a_published_summit, a_registration, a_study_tour
from tests.many import many_registrations
from tests.money_cast import cancel, refunds, two_people_register, wire
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.outbox.models import Task
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.reports import board, translations
from tourreg.domain.reports.board import Waiting
from tourreg.domain.settlements.checkouts import RELEASE_HOLD
from tourreg.domain.settlements.refunding import SEND_REFUND
from tourreg.kernel.bilingual import Text

NOTHING = Waiting(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.mark.both
def test_nothing_waits_in_a_new_house(client: FlaskClient, now: datetime) -> None:
    assert board.waiting(holds_until=now, today=now.date()) == NOTHING


@pytest.mark.both
def test_the_board_counts_what_waits(client: FlaskClient, now: datetime) -> None:
    summit = a_published_summit()
    a_registration(summit, now=now)
    a_registration(summit, a_person(), a_person("Zhou", "Lan"), pays_by="invoice", now=now)
    give_up_letters(now)

    waiting = board.waiting(holds_until=now + timedelta(hours=1), today=now.date())

    assert (waiting.orders, waiting.holds, waiting.letters) == (1, 1, 2)


@pytest.mark.both
def test_the_board_tells_how_far_each_event_is(client: FlaskClient, now: datetime) -> None:
    summit, tour = a_published_summit(minimum=3), a_study_tour(minimum=0)
    sure = a_registration(summit, a_person(), a_person("Zhou", "Lan"), now=now)
    a_registration(summit, now=now)
    with writing():
        confirm(sure, now=now, by="worker")

    standings = {standing.event.slug: standing for standing in board.coming(now.date())}

    assert list(standings) == [tour.slug, summit.slug]
    standing = standings[summit.slug]
    assert (standing.confirmed, standing.held, standing.short) == (2, 1, 1)
    assert standing.charged.minor == 3 * 48_000
    assert standings[tour.slug].short == 0


def test_the_page_says_in_words_what_its_bars_show(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    many_registrations(a_published_summit(), 8, now=now)

    page = client.get("/office/").text

    for words in ("of 200", "more held; minimum 60", "short of go", "You have no recovery codes"):
        assert words in page


@pytest.mark.both
def test_every_text_in_one_language_only_is_found(client: FlaskClient, now: datetime) -> None:
    summit = a_published_summit(theme=Text("Water"), venue=Text())
    with writing():
        summit.fees[0].audience = Text("", "会员")
        summit.add_ons[0].withdrawn = True
    before = translations.count_missing(now.date())

    found = translations.missing(now.date())

    assert len(found) == before
    assert ("event", "theme", "zh") in {(text.of, text.name, text.lacks) for text in found}
    assert ("fee", "audience", "en") in {(text.of, text.name, text.lacks) for text in found}
    assert "venue" not in {text.name for text in found}
    assert not [text for text in found if text.of == "add_on" and text.text == summit.add_ons[0].label]
    assert translations.missing(summit.ends_on + timedelta(days=1)) == []


def test_the_missing_languages_stand_under_their_event(client: FlaskClient) -> None:
    sign_in(client, "programme")
    a_published_summit(theme=Text("Water"))

    page = client.get("/office/languages").text

    assert "Event: Theme" in page
    assert "Chinese" in page


def test_an_events_last_day_ends_by_the_offices_own_clock(
    client: FlaskClient, clock_shows: Callable[[datetime], None]
) -> None:
    """The seller's day ends at four or five in the morning of UTC."""
    summit = a_published_summit(theme=Text("Water"))
    midnight = datetime.combine(summit.ends_on + timedelta(days=1), time(0), UTC)

    clock_shows(midnight + timedelta(hours=2))
    sign_in(client, "programme")
    assert "Event: Theme" in client.get("/office/languages").text

    clock_shows(midnight + timedelta(hours=6))
    assert "Event: Theme" not in client.get("/office/languages").text


def test_a_letter_that_failed_is_tried_again(client: FlaskClient, now: datetime) -> None:
    sign_in(client, "programme")
    registration = a_registration(a_published_summit(), now=now)
    give_up_letters(now)
    page = client.get("/office/tasks").text
    key = db.session.scalars(select(Task.key).where(Task.given_up_at.is_not(None))).one()
    assert registration.reference in page
    assert "the mail server said no" in page

    answer = client.post("/office/tasks", data={"key": key, "csrf_token": token_of(page)}, follow_redirects=True)

    assert "Nothing failed" in answer.text
    task = db.session.scalars(select(Task).where(Task.key == key)).one()
    assert (task.given_up_at, task.attempts, task.run_at) == (None, 0, now)


@pytest.mark.parametrize("kind", [RELEASE_HOLD, SEND_REFUND])
def test_what_failed_names_the_registration_that_waits_for_it(client: FlaskClient, now: datetime, kind: str) -> None:
    sign_in(client, "programme")
    registration = two_people_register(now, pays_by="invoice")
    wire(registration, 96_000, now)
    cancel(registration, now)
    about = {RELEASE_HOLD: {"registration": registration.public_id}, SEND_REFUND: {"refund": refunds()[0].public_id}}
    with writing():
        add_task(kind, about[kind], key="given up", now=now).given_up_at = now

    page = client.get("/office/tasks").text

    assert f'href="/office/registrations/{registration.public_id}">{registration.reference}' in page


def test_no_task_is_made_up(client: FlaskClient) -> None:
    sign_in(client, "programme")
    page = client.get("/office/account").text

    assert client.post("/office/tasks", data={"key": "x", "csrf_token": token_of(page)}).status_code == 404


def give_up_letters(now: datetime) -> None:
    with writing() as session:
        session.execute(
            update(Task)
            .where(Task.kind == "send_letter")
            .values(given_up_at=now, attempts=12, failure="the mail server said no")
        )


def token_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
