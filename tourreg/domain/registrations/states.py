"""Where a registration stands: never stored, but said from its seats and its money."""

from collections.abc import Iterable
from typing import Literal

from tourreg.domain.registrations.models import Seat
from tourreg.kernel.money import Money

State = Literal["review", "held", "asked", "confirmed", "paid", "expired", "cancelled"]


def state_of(
    seats: Iterable[Seat],
    balance: Money,
    *,
    received: Money,
    credit_state: str,
    withdrawn: bool = False,
    in_review: bool = False,
) -> State:
    """Return where a registration stands, in one word.

    review              its places wait for the office to approve a fee
    held, asked         its places wait for a payment, or for finance to accept an invoice
    confirmed, paid     its places are sure, with something still owed or nothing paid, or paid in full
    expired, cancelled  its places were given back after their hold had ended, or it was cancelled, be it after that
    received            what has been paid
    withdrawn           whether nobody of it takes part any more
    in_review           whether the office has yet to approve somebody's fee
    """
    every = list(seats)
    states = {seat.state for seat in every}
    if states & {"held", "offered"} and in_review:
        return "review"
    if states & {"held", "offered"}:
        return "asked" if credit_state == "asked" else "held"
    if "confirmed" in states:
        return "paid" if received and balance.minor <= 0 else "confirmed"
    lapsed = bool(every) and all(_hold_had_ended(seat) for seat in every)
    return "expired" if lapsed and not withdrawn else "cancelled"


def _hold_had_ended(seat: Seat) -> bool:
    return bool(seat.held_until and seat.released_at and seat.released_at >= seat.held_until)
