"""A worker may be killed at any step: nothing is lost, nothing posts twice, a letter goes twice in one case only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tourreg import worker
from tourreg.adapters.bell import Answer, HueyBell
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.audit.models import Move
from tourreg.domain.outbox import queries, queue
from tourreg.domain.outbox.commands import add_task, send_letter
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.outbox.rules import LEASE, wait_after
from tourreg.domain.settlements.comparing import COMPARE_NIGHTLY
from tourreg.tasks import letters, registry

Show = Callable[[datetime], None]
pytestmark = pytest.mark.both


class Killed(BaseException):
    """The process ends here, with nothing tidied up."""


class AnsweredOnce(HueyBell):
    """A bell that rings once each time it is served, and keeps what was answered."""

    def __init__(self) -> None:
        super().__init__("sqlite:///unused.db", "secret")
        self.answers: list[bool] = []

    def ring(self) -> None:
        pass

    def serve(self, answer: Answer, *, threads: int) -> None:
        self.answers.append(answer(lambda: False))


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture
def post_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of task that posts once under the key it is given, like a payment."""
    monkeypatch.setitem(registry._WORKS, "post_something", _post)


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters say what they are for; their templates are tested elsewhere."""
    monkeypatch.setattr(
        letters, "render_mail", lambda template, _facts, **_: (template, template, f"<p>{template}</p>")
    )
    monkeypatch.setattr(letters, "ways_in", lambda _letter, **_: {})


# Where a worker that sends a letter can be killed, and how many copies the recipient then gets.
@pytest.mark.parametrize(
    ("step", "copies"),
    [
        ("before the claim is committed", 1),
        ("when it is claimed", 1),
        ("when the letter is written", 1),
        ("when the mail server has answered", 2),  # the one case: nobody knows that the answer came
        ("when its leaving is noted", 1),
        ("when the task is finished", 1),
    ],
)
def test_a_letter_goes_twice_only_if_the_worker_dies_before_it_notes_the_servers_answer(
    app, mailbox, now, clock, monkeypatch, step: str, copies: int
) -> None:
    a_letter(now)
    with monkeypatch.context() as patched:
        LETTER_STEPS[step](patched, mailbox)
        with pytest.raises(Killed):
            worker.run_due()
    db.session.remove()

    clock(now + LEASE)
    worker.run_due()

    assert len(mailbox.sent) == copies
    assert len({message["Message-ID"] for message in mailbox.sent}) == 1
    assert the_task().done_at is not None


@pytest.mark.parametrize(
    "step",
    [
        "before the claim is committed",
        "when it is claimed",
        "when it is posted",
        "when it is done",
        "when it is finished",
    ],
)
def test_what_posts_does_so_once_wherever_the_worker_is_killed(
    app, post_something, now, clock, monkeypatch, step: str
) -> None:
    with writing():
        add_task("post_something", {"key": "wire 1"}, key="post:1", now=now)
    with monkeypatch.context() as patched:
        POSTING_STEPS[step](patched)
        with pytest.raises(Killed):
            worker.run_due()
    db.session.remove()

    clock(now + LEASE)
    worker.run_due()

    assert [move.why for move in db.session.scalars(select(Move))] == ["wire 1"]
    assert the_task().done_at is not None


def test_while_the_lease_of_a_killed_worker_lasts_nobody_begins_again(app, mailbox, now, clock, monkeypatch) -> None:
    a_letter(now)
    with monkeypatch.context() as patched:
        LETTER_STEPS["when the mail server has answered"](patched, mailbox)
        with pytest.raises(Killed):
            worker.run_due()

    clock(now + LEASE - timedelta(seconds=1))
    worker.run_due()

    assert len(mailbox.sent) == 1


def test_a_mail_server_that_is_down_gets_the_letter_later(app, mailbox, now, clock) -> None:
    mailbox.down = True
    a_letter(now)
    worker.run_due()
    failure = the_task().failure

    mailbox.down = False
    clock(now + wait_after(1))
    worker.run_due()

    assert failure == "MailUnavailable: The mail server is down."
    assert [message["To"] for message in mailbox.sent] == ["lan@example.org"]
    assert the_task().failure == ""


def test_a_letter_whose_address_is_refused_is_given_up_with_the_reason(app, mailbox, now) -> None:
    mailbox.refused.add("lan@example.org")
    a_letter(now)

    worker.run_due()

    assert [task.failure for task in queries.given_up()] == ["550 lan@example.org: no such mailbox"]


def test_a_sent_letter_says_when_it_left(app, mailbox, now) -> None:
    a_letter(now)

    worker.run_due()

    assert db.session.scalars(select(Letter)).one().sent_at == now


def test_one_task_that_fails_stops_no_other(app, mailbox, now) -> None:
    with writing():
        add_task("nobody knows this kind", {}, key="unknown", now=now - timedelta(minutes=1))
    a_letter(now)

    worker.run_due()

    assert len(mailbox.sent) == 1
    assert the_task("unknown").failure == "KindUnknown: nobody knows this kind"


def test_a_worker_that_is_told_to_stop_begins_nothing_more(app, mailbox, now) -> None:
    a_letter(now)

    assert worker.run_due(lambda: True) == 0
    assert mailbox.sent == []


def test_a_worker_that_papers_left_heavy_begins_anew_before_a_task_that_needs_much(
    app, mailbox, now, monkeypatch
) -> None:
    begun: list[str] = []
    monkeypatch.setitem(registry._WORKS, "search", lambda *, now: begun.append("search"))
    monkeypatch.setattr(registry, "_LIGHT", {"search"})
    a_letter(now)
    with writing():
        add_task("search", {}, key="search", now=now)
    bell = AnsweredOnce()
    monkeypatch.setattr(worker, "bell", lambda: bell)
    weights = iter([110, 110 + worker.MOST_LEFT_MEGABYTES + 1, 110, 110])
    monkeypatch.setattr(worker, "own_megabytes", lambda: next(weights))

    worker.serve(app, threads=1)

    assert bell.answers == [True]
    assert len(mailbox.sent) == 1
    assert begun == []

    worker.serve(app, threads=1)

    assert bell.answers == [True, False]
    assert begun == ["search"]


def test_a_worker_beats_when_it_looks_for_work(app, now) -> None:
    worker.run_due()

    assert queries.last_beat() == now


def before_the_claim(patched: pytest.MonkeyPatch, *_: Any) -> None:
    patched.setattr(queue, "claim", and_then_killed(queue.claim))


def when_claimed(patched: pytest.MonkeyPatch, *_: Any) -> None:
    patched.setattr(registry, "do", killed)


def when_written(patched: pytest.MonkeyPatch, mailbox: MemoryMailer) -> None:
    patched.setattr(mailbox, "send", killed)


def when_answered(patched: pytest.MonkeyPatch, mailbox: MemoryMailer) -> None:
    patched.setattr(mailbox, "send", and_then_killed(mailbox.send))


def when_noted(patched: pytest.MonkeyPatch, *_: Any) -> None:
    patched.setattr(registry, "do", and_then_killed(registry.do))


def when_posted(patched: pytest.MonkeyPatch, *_: Any) -> None:
    patched.setitem(registry._WORKS, "post_something", and_then_killed(_post))


def when_finished(patched: pytest.MonkeyPatch, *_: Any) -> None:
    """Kill it when the finish is committed: in the next look for work."""
    patched.setattr(queue, "is_anything_due", once_then_killed(queue.is_anything_due))


LETTER_STEPS: dict[str, Callable[[pytest.MonkeyPatch, MemoryMailer], None]] = {
    "before the claim is committed": before_the_claim,
    "when it is claimed": when_claimed,
    "when the letter is written": when_written,
    "when the mail server has answered": when_answered,
    "when its leaving is noted": when_noted,
    "when the task is finished": when_finished,
}
POSTING_STEPS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before the claim is committed": before_the_claim,
    "when it is claimed": when_claimed,
    "when it is posted": when_posted,
    "when it is done": when_noted,
    "when it is finished": when_finished,
}


def killed(*_: Any, **__: Any) -> None:
    raise Killed


def and_then_killed(work: Callable[..., Any]) -> Callable[..., Any]:
    def worked(*arguments: Any, **named: Any) -> None:
        work(*arguments, **named)
        raise Killed

    return worked


def once_then_killed(work: Callable[..., Any]) -> Callable[..., Any]:
    calls: list[Any] = []

    def worked(*arguments: Any, **named: Any) -> Any:
        if calls:
            raise Killed
        calls.append(arguments)
        return work(*arguments, **named)

    return worked


def _post(key: str, *, now: datetime) -> None:
    with writing() as session:
        if session.scalar(select(Move).where(Move.why == key)) is None:
            session.add(Move(axis="sample", subject="x", before="a", after="b", at=now, by="worker", why=key))


def a_letter(now: datetime) -> None:
    with writing():
        send_letter("paid", {}, to="lan@example.org", language="en", about="x", key="paid:1", now=now)


def the_task(key: str | None = None) -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task).where(Task.key == key) if key else select(Task)).one()


def test_each_night_one_comparison_with_stripe_is_asked_for(app: Flask, now: datetime) -> None:
    """Without an office's zone the night is that of UTC; it begins at 03:30."""
    for instant in (now, now + timedelta(hours=10), now + timedelta(hours=18)):
        worker.ask_for_tonight(instant)

    db.session.rollback()
    asked = db.session.scalars(select(Task).where(Task.kind == COMPARE_NIGHTLY)).all()
    assert [task.run_at for task in asked] == [datetime(2027, 1, 16, 3, 30, tzinfo=UTC)]
