"""What a registration is called, from its seats and its money."""

from datetime import UTC, datetime, timedelta

import pytest

from tourreg.domain.registrations.models import Seat
from tourreg.domain.registrations.states import state_of
from tourreg.kernel.money import Money

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
OWED, NOTHING = Money(96_000, "USD"), Money(0, "USD")


def seat(state: str, held_for: int | None = None, released_after: int | None = None) -> Seat:
    """A seat held and released so many minutes after NOW."""
    return Seat(
        state=state,
        held_until=None if held_for is None else NOW + timedelta(minutes=held_for),
        released_at=None if released_after is None else NOW + timedelta(minutes=released_after),
    )


@pytest.mark.parametrize(
    ("seats", "balance", "received", "credit", "state"),
    [
        ([seat("held", 45)], OWED, NOTHING, "none", "held"),
        ([seat("held", 45)], OWED, NOTHING, "asked", "asked"),
        ([seat("held", 45)], OWED, NOTHING, "refused", "held"),
        ([seat("confirmed")], OWED, NOTHING, "granted", "confirmed"),
        ([seat("confirmed")], Money(1, "USD"), OWED, "none", "confirmed"),
        ([seat("confirmed")], NOTHING, OWED, "none", "paid"),
        ([seat("confirmed")], -OWED, OWED, "none", "paid"),
        ([seat("confirmed")], NOTHING, NOTHING, "none", "confirmed"),  # nothing was to be paid
        ([seat("confirmed"), seat("released", None, 9)], NOTHING, OWED, "none", "paid"),
        ([seat("released", 45, 45)], NOTHING, NOTHING, "none", "expired"),
        ([seat("released", 45, 44)], NOTHING, NOTHING, "none", "cancelled"),
        ([seat("released", None, 99)], NOTHING, OWED, "none", "cancelled"),
        ([seat("released", 45, 46), seat("confirmed")], NOTHING, OWED, "none", "paid"),
    ],
)
def test_the_state_of_a_registration_follows_from_seats_and_money(
    seats: list[Seat], balance: Money, received: Money, credit: str, state: str
) -> None:
    assert state_of(seats, balance, received=received, credit_state=credit) == state


def test_what_lapsed_and_was_cancelled_after_that_is_cancelled() -> None:
    lapsed = [seat("released", 45, 45)]

    assert state_of(lapsed, NOTHING, received=NOTHING, credit_state="none", withdrawn=True) == "cancelled"


def test_seats_count_more_than_the_application() -> None:
    assert state_of([seat("held", 45)], OWED, received=NOTHING, credit_state="none", withdrawn=True) == "held"
