"""The levers by which the demo makes what happened in the past."""

from datetime import datetime, timedelta

import pytest

from tests.adapters.stripe_stand_in_process import running_stand_in
from tourreg.demo.stand_in import StandIn

pytestmark = pytest.mark.local_servers


def test_a_moment_of_the_past_is_shown_however_long_the_season_has_taken_so_far(now: datetime) -> None:
    a_while = timedelta(minutes=5)
    with running_stand_in() as stand_in:
        StandIn(stand_in.api_base).show(now - timedelta(days=90), now=now + a_while)

        assert stand_in.look("clock")["offset_seconds"] == -(timedelta(days=90) + a_while).total_seconds()
