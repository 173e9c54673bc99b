"""What Stripe says of a dispute has words on the desk."""

from typing import get_args

from tourreg.adapters.payment_values import DisputeStatus
from tourreg.blueprints.office.dispute_words import DISPUTE_STATES, dispute_words


def test_each_state_of_a_dispute_has_words() -> None:
    assert set(get_args(DisputeStatus)) == set(DISPUTE_STATES)


def test_a_word_of_stripe_that_is_new_to_us_is_shown_as_it_came() -> None:
    assert dispute_words({"reason": "brand_new", "status": ""}) == ["brand_new"]


def test_a_case_without_a_dispute_has_no_words() -> None:
    assert dispute_words({}) == []
