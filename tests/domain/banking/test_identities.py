"""However a bank cuts its days into files, each booking is taken over once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.banking.values import ReadLine, identities, without_repeats
from tourreg.kernel.money import Money

FIRST = date(2027, 1, 1)
# day, amount, text; few of each, so that many are equal
SAID = st.tuples(st.integers(0, 5), st.sampled_from((1_000, -1_000, 2_500)), st.sampled_from(("DUES", "WIRE")))
WINDOWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6)


def booking(day: int, minor: int, text: str, reference: str = "") -> ReadLine:
    return ReadLine(day + 1, FIRST + timedelta(days=day), Money(minor, "USD"), text=text, reference=reference)


@given(st.lists(SAID, max_size=30), WINDOWS)
def test_files_of_whole_days_in_any_order_and_overlap_bring_each_booking_once(
    said: list[tuple[int, int, str]], windows: list[tuple[int, int]]
) -> None:
    booked = [booking(*one) for one in sorted(said)]
    known: set[str] = set()
    brought = 0

    for first, last in [*windows, (0, 5)]:
        file = [line for line in booked if first <= (line.booked_on - FIRST).days <= last]
        new = [identity for identity in identities(file) if identity not in known]
        assert len(set(new)) == len(new)
        brought += len(new)
        known.update(new)

    assert brought == len(booked)


@given(st.lists(SAID, max_size=20))
def test_a_file_that_brings_a_number_twice_brings_it_once(said: list[tuple[int, int, str]]) -> None:
    twice = [booking(*one, reference=f"W{place}") for place, one in enumerate(said)] * 2

    kept, faults = without_repeats(twice)

    assert len(kept) == len(faults) == len(said)
    assert len(set(identities(kept))) == len(kept)
