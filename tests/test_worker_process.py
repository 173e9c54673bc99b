"""A worker process that is killed, or told to stop, in the middle of a letter."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.hosts import a_sign_up
from tests.smtp_server import MailServer, mail_server
from tests.worker_process import PATIENCE_SECONDS, end, wait_until, worker_process
from tourreg.adapters.mailer import read_mail
from tourreg.db import db, writing
from tourreg.domain.hosting import commands as hosting
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Task
from tourreg.domain.outbox.rules import LEASE
from tourreg.kernel import clock
from tourreg.settings import Settings

pytestmark = [pytest.mark.both, pytest.mark.local_servers]
Environment = Callable[[MailServer], dict[str, str]]


@pytest.fixture
def environment(app: Flask, tmp_path: Path) -> Environment:
    """Return the variables of a worker on the test's database that sends through the given server."""
    chosen: Settings = app.extensions["tourreg.settings"]

    def of(server: MailServer) -> dict[str, str]:
        return {
            "TOURREG_DATABASE_URL": chosen.database_url,
            "TOURREG_SECRET_KEY": chosen.secret_key,
            "TOURREG_BASE_URL": chosen.base_url,
            "TOURREG_STRIPE_SECRET_KEY": chosen.stripe_secret_key,
            "TOURREG_STRIPE_WEBHOOK_SECRET": chosen.stripe_webhook_secret,
            "TOURREG_STRIPE_API_BASE": chosen.stripe_api_base,
            "TOURREG_MAIL_URL": server.url,
            "TOURREG_MAIL_FROM": chosen.mail_from,
            "TOURREG_QUEUE_URL": f"sqlite:///{tmp_path / 'queue.db'}",
            "TOURREG_FILES_URL": str(tmp_path / "files"),
        }

    return of


def test_a_worker_killed_while_the_server_answers_sends_a_second_copy_of_the_same_letter(
    environment: Environment, tmp_path: Path
) -> None:
    write_to("lan@example.org")
    with mail_server() as server:
        with worker_process(environment(server), tmp_path / "log") as first:
            server.when_taken = lambda: first.send_signal(signal.SIGKILL)
            first.wait(timeout=PATIENCE_SECONDS)
        server.when_taken = lambda: None
        end_the_lease()
        with worker_process(environment(server), tmp_path / "log"):
            wait_until(is_done, "the second worker finishes")

    letters = [read_mail(taken) for taken in server.taken]
    assert [letter["To"] for letter in letters] == ["lan@example.org"] * 2
    assert len({letter["Message-ID"] for letter in letters}) == 1


def test_a_worker_killed_before_the_server_has_the_letter_sends_it_once(
    environment: Environment, tmp_path: Path
) -> None:
    write_to("lan@example.org")
    with mail_server(answers={"RCPT": "450 busy"}) as server:
        with worker_process(environment(server), tmp_path / "log") as first:
            wait_until(was_begun, "the worker begins")
            end(first, signal.SIGKILL)
        server.answers = {}
        end_the_lease()
        with worker_process(environment(server), tmp_path / "log"):
            wait_until(is_done, "the second worker finishes")

    assert len(server.taken) == 1


def test_a_worker_that_is_told_to_stop_finishes_its_letter_first(environment: Environment, tmp_path: Path) -> None:
    write_to("lan@example.org")
    write_to("emily@example.org")
    log = tmp_path / "log"
    with mail_server() as server, worker_process(environment(server), log) as process:

        def stop_and_wait_until_it_has_heard() -> None:
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: "Shutting down gracefully" in log.read_text(), "the worker hears that it is to stop")

        server.when_taken = stop_and_wait_until_it_has_heard
        ended = process.wait(timeout=PATIENCE_SECONDS)

    assert ended == 0
    assert len(server.taken) == 1
    assert [task.done_at is not None for task in tasks()] == [True, False]
    assert [task.leased_until for task in tasks()] == [None, None]


def test_a_worker_that_begins_anew_finishes_its_letter_first_and_goes_on(
    environment: Environment, tmp_path: Path
) -> None:
    write_to("lan@example.org")
    write_to("emily@example.org")
    log = tmp_path / "log"
    with mail_server() as server, worker_process(environment(server), log) as process:

        def begin_anew_and_wait_until_it_has_heard() -> None:
            process.send_signal(signal.SIGHUP)
            wait_until(
                lambda: "Shutting down gracefully" in log.read_text(), "the worker hears that it is to begin anew"
            )
            server.when_taken = lambda: None

        server.when_taken = begin_anew_and_wait_until_it_has_heard
        wait_until(is_done, "the worker begun anew sends the other letter")
        assert process.poll() is None

    assert len(server.taken) == 2


def write_to(address: str) -> None:
    """Ask for a letter that confirms the address of a host."""
    with writing():
        hosting.sign_up(a_sign_up(email=address), now=clock.utc_now())


def end_the_lease() -> None:
    """Let so much time pass that the claim of the killed worker, or the wait after its failure, has ended."""
    with writing():
        for task in tasks():
            task.run_at -= LEASE
            if task.leased_until:
                task.leased_until -= LEASE + timedelta(seconds=1)


def was_begun() -> bool:
    db.session.rollback()
    return any(task.attempts for task in tasks())


def is_done() -> bool:
    db.session.rollback()
    return all(task.done_at for task in tasks())


def tasks() -> list[Task]:
    return list(db.session.scalars(select(Task).where(Task.kind == SEND_LETTER).order_by(Task.id)))
