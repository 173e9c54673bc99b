"""What goes back of a bill: exact in every case that could be thought of."""

from hypothesis import given
from hypothesis import strategies as st

from tourreg.domain.settlements.reckoning import Account, back_minor

minor = st.integers(0, 10**9)


@st.composite
def given_up(draw: st.DrawFn) -> tuple[int, int, int]:
    """Return what stands on a bill, what of it is given up, and what is kept of that."""
    standing = draw(minor)
    price = draw(st.integers(0, standing))
    return standing, price, draw(st.integers(0, price))


@given(given_up())
def test_of_a_bill_paid_in_full_kept_and_back_are_what_was_paid(case: tuple[int, int, int]) -> None:
    standing, price, kept = case
    account = Account(balance=0, going_back=0, left=standing)

    back = back_minor(account, given_up=price, kept=kept, all_of_it=price == standing)

    assert back + kept == price


@given(given_up(), minor, st.booleans(), minor)
def test_never_more_than_is_left_of_what_came_and_never_below_zero(
    case: tuple[int, int, int], paid: int, all_of_it: bool, gone: int
) -> None:
    standing, price, kept = case
    left = max(0, paid - gone)
    account = Account(balance=standing - paid, going_back=min(gone, paid), left=left)

    back = back_minor(account, given_up=price, kept=kept, all_of_it=all_of_it)

    assert 0 <= back <= left


@given(given_up(), minor)
def test_what_goes_back_never_leaves_a_debt(case: tuple[int, int, int], paid: int) -> None:
    standing, price, kept = case
    account = Account(balance=standing - paid, going_back=0, left=paid)

    back = back_minor(account, given_up=price, kept=kept, all_of_it=False)

    after = standing - paid - price + kept + back
    assert back == 0 or after <= 0


def test_what_was_paid_too_much_stays_until_all_is_given_up() -> None:
    account = Account(balance=-10_000, going_back=0, left=106_000)

    assert back_minor(account, given_up=48_000, kept=12_000, all_of_it=False) == 36_000
    assert back_minor(account, given_up=96_000, kept=24_000, all_of_it=True) == 82_000


def test_what_is_on_its_way_goes_back_once() -> None:
    account = Account(balance=-10_000, going_back=10_000, left=96_000)

    assert back_minor(account, given_up=96_000, kept=0, all_of_it=True) == 96_000
