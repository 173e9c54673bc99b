"""Tasks are claimed by one worker at a time and come back when it is killed."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from tourreg.adapters.bell import MemoryBell
from tourreg.blueprints.outside import bell
from tourreg.db import db, writing
from tourreg.domain.outbox import queries, queue
from tourreg.domain.outbox.commands import add_task, send_letter
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.outbox.queue import Claim
from tourreg.domain.outbox.rules import LEASE, MOST_ATTEMPTS, wait_after

pytestmark = pytest.mark.both


def test_a_claimed_task_is_nobody_elses(app, now) -> None:
    a_task(now)

    assert claimed(now) is not None
    assert claimed(now) is None


def test_the_task_that_is_due_longest_comes_first(app, now) -> None:
    a_task(now, "later", run_at=now - timedelta(minutes=1))
    a_task(now, "earlier", run_at=now - timedelta(minutes=2))

    assert [the_claim(now).key, the_claim(now).key] == ["earlier", "later"]


def test_a_task_waits_for_its_time(app, now) -> None:
    a_task(now, run_at=now + timedelta(seconds=1))

    assert claimed(now) is None
    assert claimed(now + timedelta(seconds=1)) is not None


def test_what_is_finished_does_not_come_back(app, now) -> None:
    a_task(now)
    claim = the_claim(now)

    with writing():
        queue.finish(claim, now=now)

    assert claimed(now + LEASE * 2) is None


def test_the_task_of_a_killed_worker_comes_back_when_its_lease_ends(app, now) -> None:
    a_task(now)
    first = the_claim(now)

    assert claimed(now + LEASE - timedelta(seconds=1)) is None
    assert the_claim(now + LEASE).attempts == first.attempts + 1
    assert the_task().failure == queue.KILLED


def test_a_worker_that_comes_back_too_late_has_no_say(app, now) -> None:
    a_task(now)
    slow = the_claim(now)
    quick = the_claim(now + LEASE)

    with writing():
        queue.finish(slow, now=now + LEASE)
    with writing():
        queue.fail(slow, "late", now=now + LEASE)

    assert the_task().done_at is None
    assert the_task().leased_until == quick.leased_until


def test_what_failed_comes_back_after_its_wait_with_the_reason_kept(app, now) -> None:
    a_task(now)
    claim = the_claim(now)

    with writing():
        queue.fail(claim, "MailUnavailable: the server is down", now=now)

    assert the_task().failure == "MailUnavailable: the server is down"
    assert claimed(now + wait_after(1) - timedelta(seconds=1)) is None
    assert claimed(now + wait_after(1)) is not None


def test_what_failed_too_often_is_given_up_and_stays_visible(app, now) -> None:
    a_task(now)
    at = fail_until_given_up(now)

    assert the_task().attempts == MOST_ATTEMPTS
    assert claimed(at + timedelta(days=30)) is None
    assert [task.failure for task in queries.given_up()] == ["down"]


def test_a_task_that_kills_its_worker_each_time_is_given_up_too(app, now) -> None:
    a_task(now)
    for attempt in range(MOST_ATTEMPTS):
        the_claim(now + LEASE * attempt)

    assert claimed(now + LEASE * MOST_ATTEMPTS) is None
    assert [task.failure for task in queries.given_up()] == [queue.KILLED]


def test_a_person_lets_a_given_up_task_begin_anew(app, now) -> None:
    a_task(now)
    at = fail_until_given_up(now)
    task = the_task()

    with writing():
        queue.try_again(task, now=at)

    assert the_claim(at).attempts == 1


def test_coming_too_early_is_no_failed_attempt(app, now) -> None:
    a_task(now)
    claim = the_claim(now)

    with writing():
        queue.postpone(claim, now + timedelta(minutes=10))

    assert claimed(now + timedelta(minutes=9)) is None
    assert the_claim(now + timedelta(minutes=10)).attempts == 1


def test_what_waits_for_something_is_hastened_when_it_has_come(app, now) -> None:
    a_task(now, "waiting", run_at=now + timedelta(minutes=1))
    a_task(now, "of another kind", kind="other", run_at=now + timedelta(minutes=1))

    with writing():
        queue.hasten("sample", now=now)

    assert the_claim(now).key == "waiting"
    assert claimed(now) is None


def test_what_failed_keeps_its_wait_when_others_are_hastened(app, now) -> None:
    a_task(now)
    fail_once(now)

    with writing():
        queue.hasten("sample", now=now)

    assert claimed(now) is None
    assert claimed(now + wait_after(1)) is not None


def test_what_failed_once_and_then_came_too_early_is_hastened(app, now) -> None:
    a_task(now)
    fail_once(now)
    later = now + wait_after(1)
    claim = the_claim(later)
    with writing():
        queue.postpone(claim, later + timedelta(minutes=10))

    with writing():
        queue.hasten("sample", now=later)

    assert claimed(later) is not None


def test_the_same_key_adds_one_task(app, now) -> None:
    first = a_task(now, "the same")
    second = a_task(now, "the same")

    assert first == second
    assert db.session.scalar(select(func.count(Task.id))) == 1


def test_two_who_ask_for_the_same_letter_at_once_make_one(app: Flask, now: datetime) -> None:
    together = Barrier(2)

    def ask() -> None:
        with app.app_context():
            together.wait()
            with writing():
                a_letter(now)

    at_once(ask, ask)

    assert db.session.scalar(select(func.count(Letter.id))) == 1


def test_eight_workers_do_each_of_forty_tasks_once(app: Flask, now: datetime) -> None:
    with writing():
        for number in range(40):
            add_task("sample", {"number": number}, key=f"task {number}", now=now)
    done: list[str] = []

    def work() -> None:
        with app.app_context():
            while claim := claimed(now):
                done.append(claim.key)
                with writing():
                    queue.finish(claim, now=now)

    at_once(*[work] * 8)

    assert sorted(done) == sorted(f"task {number}" for number in range(40))


def test_the_bell_rings_once_after_the_commit(app, now) -> None:
    with writing():
        add_task("sample", {}, key="one", now=now)
        add_task("sample", {}, key="two", now=now)
        assert rings() == 0

    assert rings() == 1


def test_the_bell_does_not_ring_when_nothing_was_committed(app, now) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(now)
    with writing():
        pass

    assert rings() == 0


def test_the_bell_does_not_ring_for_what_is_not_due_yet(app, now) -> None:
    a_task(now, run_at=now + timedelta(minutes=45))

    assert rings() == 0


def test_the_last_beat_of_any_worker_is_known(app, now) -> None:
    with writing():
        queue.beat("worker", now=now)
    with writing():
        queue.beat("worker", now=now - timedelta(seconds=1))

    assert queries.last_beat() == now


def a_task(now: datetime, key: str = "task", *, kind: str = "sample", run_at: datetime | None = None) -> int:
    with writing():
        return add_task(kind, {"number": 1}, key=key, now=now, run_at=run_at).id


def a_letter(now: datetime) -> Letter:
    return send_letter("paid", {}, to="lan@example.org", language="en", about="x", key="paid:1", now=now)


def claimed(now: datetime) -> Claim | None:
    with writing():
        return queue.claim(now)


def the_claim(now: datetime) -> Claim:
    claim = claimed(now)
    assert claim is not None
    return claim


def the_task() -> Task:
    db.session.rollback()
    return db.session.scalars(select(Task)).one()


def fail_once(now: datetime) -> None:
    claim = the_claim(now)
    with writing():
        queue.fail(claim, "MailUnavailable: the server is down", now=now)


def fail_until_given_up(now: datetime) -> datetime:
    while the_task().given_up_at is None:
        now = max(now, the_task().run_at)
        claim = the_claim(now)
        with writing():
            queue.fail(claim, "down", now=now)
    return now


def rings() -> int:
    found = bell()
    assert isinstance(found, MemoryBell)
    return found.rings


def add_and_fail(now: datetime) -> None:
    with writing():
        add_task("sample", {}, key="lost", now=now)
        raise ZeroDivisionError


def at_once(*works) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
