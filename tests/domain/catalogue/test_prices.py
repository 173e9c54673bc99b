"""Early, regular and late prices of one fee, by the days of the event's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cast import a_fee, a_summit
from tourreg.domain.catalogue import prices, rules
from tourreg.domain.catalogue.models import Event, Fee
from tourreg.kernel.money import Money

EARLY = {"early_minor": 40_000, "early_until_on": date(2027, 3, 13)}
LATE = {"late_minor": 55_000, "late_from_on": date(2027, 9, 1)}


def local(text: str, zone: str = "America/New_York") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def a_stepped_summit(**changed: object) -> Event:
    """The summit in New York, where the clocks go forward on 14 March 2027, with three prices of one fee."""
    fee = a_fee("Full fee", "全价", 48_000, **{**EARLY, **LATE, **changed})
    return a_summit(zone="America/New_York", fees=[fee])


@pytest.mark.parametrize(
    ("at", "minor", "called"),
    [
        ("2027-01-10T00:00:00", 40_000, "Full fee, early price"),
        ("2027-03-13T23:59:59", 40_000, "Full fee, early price"),
        ("2027-03-14T00:00:00", 48_000, "Full fee"),  # a day of 23 hours begins
        ("2027-08-31T23:59:59", 48_000, "Full fee"),
        ("2027-09-01T00:00:00", 55_000, "Full fee, late price"),
        ("2027-12-31T00:00:00", 55_000, "Full fee, late price"),
    ],
)
def test_a_fee_costs_what_its_day_in_the_events_zone_says(at: str, minor: int, called: str) -> None:
    summit = a_stepped_summit()

    today = prices.price_list(summit, local(at))

    assert today.of(summit.fees[0]) == Money(minor, "USD")
    assert today.label_of(summit.fees[0]).en == called


def test_the_page_changes_at_the_instant_at_which_each_price_ends() -> None:
    summit = a_stepped_summit()

    assert rules.next_change_at(summit, local("2027-01-10T00:00")) == local("2027-03-14T00:00")
    assert rules.next_change_at(summit, local("2027-03-14T00:00")) == local("2027-09-01T00:00")


def test_each_price_ends_where_the_next_begins() -> None:
    fee = a_stepped_summit(last_on=date(2027, 9, 20)).fees[0]

    assert [(step.tier, step.from_on, step.until_on) for step in prices.steps_of(fee)] == [
        ("early", None, date(2027, 3, 13)),
        ("regular", date(2027, 3, 14), date(2027, 8, 31)),
        ("late", date(2027, 9, 1), date(2027, 9, 20)),
    ]
    assert [step.minor for step in prices.steps_after(fee, date(2027, 3, 13))] == [48_000, 55_000]


def test_a_fee_with_one_price_has_one_step_without_limits() -> None:
    fee: Fee = a_fee()

    assert [(step.tier, step.from_on, step.until_on) for step in prices.steps_of(fee)] == [("regular", None, None)]
    assert prices.last_days(fee) == []


def test_the_chinese_name_of_a_price_says_which_it_is() -> None:
    summit = a_stepped_summit()

    assert prices.price_list(summit, local("2027-01-10T00:00")).label_of(summit.fees[0]).zh == "全价（早鸟价）"
