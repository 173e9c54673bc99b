"""How long a claim lasts, when a task is tried again, and when no more."""

from datetime import timedelta

# Longer than the longest task: a letter whose server answers each command at the last moment.
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
# With these waits the last attempt comes nearly three days after the first, so a mail server may be down for a weekend.
MOST_ATTEMPTS = 25


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts: each time twice as long, up to the longest wait."""
    doubled: int = 2 ** (min(attempts, MOST_ATTEMPTS) - 1)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def is_hopeless(attempts: int) -> bool:
    """Tell whether a task has been tried often enough, so that a person must look at it."""
    return attempts >= MOST_ATTEMPTS
