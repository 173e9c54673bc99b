"""When a task that failed is tried again."""

from datetime import timedelta

import pytest

from tourreg.domain.outbox.rules import LEASE, MOST_ATTEMPTS, is_hopeless, wait_after


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, timedelta(seconds=30)),
        (2, timedelta(minutes=1)),
        (9, timedelta(minutes=128)),
        (10, timedelta(hours=4)),
        (1000, timedelta(hours=4)),
    ],
)
def test_each_failure_doubles_the_wait_up_to_four_hours(attempts: int, wait: timedelta) -> None:
    assert wait_after(attempts) == wait


def test_a_mail_server_may_be_down_for_a_weekend() -> None:
    waited = sum((wait_after(attempts) for attempts in range(1, MOST_ATTEMPTS)), timedelta())

    assert timedelta(hours=60) < waited < timedelta(days=4)


@pytest.mark.parametrize(("attempts", "hopeless"), [(MOST_ATTEMPTS - 1, False), (MOST_ATTEMPTS, True)])
def test_a_task_is_given_up_after_its_last_attempt(attempts: int, hopeless: bool) -> None:
    assert is_hopeless(attempts) is hopeless


def test_a_lease_outlasts_a_slow_mail_server() -> None:
    assert timedelta(minutes=2) < LEASE
