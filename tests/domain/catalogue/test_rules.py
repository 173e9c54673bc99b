"""When an event is open, which fees can be chosen, and when its page changes by itself."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import a_fee, a_summit, an_add_on
from tourreg.domain.catalogue import rules
from tourreg.domain.catalogue.models import Pool


def local(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-01-09T23:59:59", "not_open"),
        ("2027-01-10T00:00:00", "open"),
        ("2027-09-30T23:59:59", "open"),
        ("2027-10-01T00:00:00", "closed"),
    ],
)
def test_an_event_is_open_from_its_first_day_to_the_last_minute_of_its_last(at: str, expected: str) -> None:
    assert rules.standing(a_summit(), 200, local(at)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", "not_open"), ("published", "open"), ("closed", "closed"), ("cancelled", "cancelled")],
)
def test_only_a_published_event_is_open(state: str, expected: str) -> None:
    assert rules.standing(a_summit(state=state), 200, local("2027-03-01T12:00")) == expected


@pytest.mark.parametrize(("free", "expected"), [(1, "open"), (0, "full"), (-2, "full")])
def test_an_event_without_a_free_place_is_full(free: int, expected: str) -> None:
    assert rules.standing(a_summit(), free, local("2027-03-01T12:00")) == expected


def test_full_is_said_only_while_the_event_is_open() -> None:
    assert rules.standing(a_summit(), 0, local("2027-01-01T12:00")) == "not_open"
    assert rules.standing(a_summit(), 0, local("2027-10-01T12:00")) == "closed"


def test_an_event_that_is_over_is_closed_whatever_its_window_says() -> None:
    summit = a_summit(closes_on=date(2027, 12, 31))

    assert rules.standing(summit, 200, local("2027-10-22T23:59")) == "open"
    assert rules.standing(summit, 200, local("2027-10-23T00:00")) == "closed"


@pytest.mark.parametrize(
    ("zone", "last_on", "last_instant", "over"),
    [
        ("Asia/Shanghai", date(2027, 6, 30), "2027-06-30T15:59:59Z", "2027-06-30T16:00:00Z"),
        ("America/New_York", date(2027, 3, 13), "2027-03-14T04:59:59Z", "2027-03-14T05:00:00Z"),
        ("America/New_York", date(2027, 3, 14), "2027-03-15T03:59:59Z", "2027-03-15T04:00:00Z"),  # 23 hours
        ("America/New_York", date(2027, 11, 7), "2027-11-08T04:59:59Z", "2027-11-08T05:00:00Z"),  # 25 hours
        ("Africa/Cairo", date(2026, 4, 23), "2026-04-23T21:59:59Z", "2026-04-23T22:00:00Z"),  # next midnight is skipped
        ("Africa/Cairo", date(2026, 10, 29), "2026-10-29T21:59:59Z", "2026-10-29T22:00:00Z"),  # 23:59 comes twice
        ("Asia/Kathmandu", date(2027, 6, 30), "2027-06-30T18:14:59Z", "2027-06-30T18:15:00Z"),
    ],
)
def test_a_fee_can_be_chosen_through_23_59_of_its_last_day(
    zone: str, last_on: date, last_instant: str, over: str
) -> None:
    summit = a_summit(zone=zone, fees=[a_fee(last_on=last_on)])

    assert rules.fees_open(summit, datetime.fromisoformat(last_instant)) == summit.fees
    assert rules.fees_open(summit, datetime.fromisoformat(over)) == []
    assert rules.over_at(last_on, zone) == datetime.fromisoformat(over)


def test_a_withdrawn_fee_or_add_on_is_not_offered() -> None:
    summit = a_summit(
        fees=[a_fee(withdrawn=True), a_fee("Full")],
        add_ons=[an_add_on("other", "Boat", 4_500, withdrawn=True), an_add_on("other", "Dinner", 4_500)],
    )

    assert [fee.label.en for fee in rules.fees_open(summit, local("2027-03-01T12:00"))] == ["Full"]
    assert [add_on.label.en for add_on in rules.add_ons_offered(summit)] == ["Dinner"]


@pytest.mark.parametrize(
    ("at", "change"),
    [
        ("2027-01-09T23:59:59", "2027-01-10T00:00"),  # registration opens
        ("2027-01-10T00:00:00", "2027-07-01T00:00"),  # the early fee ends
        ("2027-07-01T00:00:00", "2027-10-01T00:00"),  # registration closes
        ("2027-10-01T00:00:00", "2027-10-20T00:00"),  # the summit begins
        ("2027-10-20T00:00:00", "2027-10-23T00:00"),  # it is over
    ],
)
def test_the_page_changes_at_each_limit_in_turn(at: str, change: str) -> None:
    assert rules.next_change_at(a_summit(), local(at)) == local(change)


def test_the_page_of_a_past_event_changes_no_more() -> None:
    assert rules.next_change_at(a_summit(), local("2027-10-23T00:00")) is None


def test_a_withdrawn_fee_changes_no_page() -> None:
    summit = a_summit(fees=[a_fee(withdrawn=True, last_on=date(2027, 6, 30))])

    assert rules.next_change_at(summit, local("2027-03-01T12:00")) == local("2027-10-01T00:00")


def test_the_next_change_is_an_instant_in_utc() -> None:
    change = rules.next_change_at(a_summit(), local("2027-03-01T12:00"))

    assert change == datetime(2027, 6, 30, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("taken", "free"), [(0, 20), (19, 1), (20, 0), (23, 0)])
def test_free_places_never_fall_below_none(taken: int, free: int) -> None:
    assert rules.places_free(Pool(capacity=20, taken=taken)) == free
