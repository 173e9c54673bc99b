"""A host city and the office ask each other in one thread; what the city wrote waits until it is answered."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.hosting_cast import CITY, a_request, found
from tests.hosts import MEMBER
from tests.races import all_at_once
from tourreg.db import db, writing
from tourreg.domain.hosting import request_queries, threads
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.threads import Said
from tourreg.domain.hosting.visit_models import HostingMessage
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("app")
QUESTION = Said("Does the bus need a permit for Main Street?", "Joanne Miller")


def asks(public_id: str, *, now: datetime, said: Said = QUESTION, key: str | None = None) -> str:
    with writing():
        locked = request_queries.request_to_change(public_id)
        return threads.ask_office(locked, said, submission_key=key, now=now, by=CITY).public_id


def answers(public_id: str, words: str, *, now: datetime) -> None:
    with writing():
        locked = request_queries.request_to_change(public_id)
        threads.answer_city(locked, Said(words, "Ren Hui"), submission_key=None, now=now, by=MEMBER)


def waiting(request: HostingRequest) -> int:
    return threads.waiting_in([request.id]).get(request.id, 0)


def letters(template: str) -> list[str]:
    return list(db.session.scalars(select(Letter.to_address).where(Letter.template == template)))


def test_what_the_city_writes_waits_until_the_office_answers(now: datetime) -> None:
    request = a_request(now=now)
    asks(request.public_id, now=now)
    asks(request.public_id, now=now + timedelta(minutes=1))
    assert (waiting(request), threads.waiting_count()) == (2, 2)

    answers(request.public_id, "Yes, and we have it.", now=now + timedelta(minutes=2))

    assert (waiting(request), threads.waiting_count()) == (0, 0)
    said = [(one.from_office, one.words) for one in threads.messages_of(found(request.public_id))]
    assert said[-1] == (True, "Yes, and we have it.")
    assert len(said) == 3


def test_each_message_goes_to_the_other_side_by_letter(now: datetime) -> None:
    request = a_request(now=now)

    asks(request.public_id, now=now)
    answers(request.public_id, "Yes.", now=now)

    assert letters("hosting_message") == ["joanne@example.org"]
    assert len(letters("hosting_message_told")) == 1


@pytest.mark.both
def test_one_form_sent_by_several_presses_is_one_message(app: Flask, now: datetime) -> None:
    request = a_request(now=now)
    name = request.public_id

    made = all_at_once(app, [lambda: asks(name, now=now, key="k" * 22)] * 2)

    db.session.rollback()
    assert len(made) == 2
    assert db.session.scalar(select(func.count()).select_from(HostingMessage)) == 1


def test_what_came_after_the_page_was_opened_waits_on(now: datetime) -> None:
    request = a_request(now=now)
    seen = asks(request.public_id, now=now)
    asks(request.public_id, now=now)

    with writing():
        threads.settle(request_queries.request_to_change(request.public_id), now=now, until=seen)

    assert waiting(request) == 1


def test_the_thread_that_waits_longest_stands_first(now: datetime) -> None:
    older = a_request(now=now)
    asks(older.public_id, now=now)

    rows, total = threads.waiting_threads(page=1, size=10)

    assert total == 1
    assert [(row.request.public_id, row.waiting, row.since) for row in rows] == [(older.public_id, 1, now)]
    assert threads.waiting_threads(page=2, size=10)[0] == []


def test_a_thread_has_an_end(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "MOST_MESSAGES", 1)
    request = a_request(now=now)
    asks(request.public_id, now=now)

    with pytest.raises(threads.ThreadIsFull):
        asks(request.public_id, now=now)
