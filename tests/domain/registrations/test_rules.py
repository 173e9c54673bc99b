"""What may be booked, what it costs, how long it is held, and what state it is in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cast import a_fee, a_person, a_summit, an_add_on
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations import rules
from tourreg.domain.registrations.bills import Bill, Choice, bill
from tourreg.kernel.money import Money

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
NOTHING = Money(0, "USD")
OWED = Money(48_000, "USD")


def the_offer() -> Event:
    """The summit with an early and a full fee, a pre-tour and a boat, under readable ids."""
    return a_summit(
        fees=[
            a_fee("Early bird", "早鸟价", 48_000, public_id="early", last_on=date(2027, 1, 15)),
            a_fee("Full fee", "全价", 62_000, public_id="full"),
        ],
        add_ons=[
            an_add_on("pre_tour", "Pre-tour", 89_000, public_id="tour", pool_id=7),
            an_add_on("pre_tour", "Pre-tour, own room", 109_000, public_id="tour-room", pool_id=7),
            an_add_on("other", "Boat", 4_500, public_id="boat"),
        ],
    )


def test_a_bill_counts_each_fee_and_add_on_once_for_each_person() -> None:
    choices = [Choice("early", ["tour", "boat"]), Choice("full"), Choice("early", ["boat", "boat"])]

    billed = bill(the_offer(), choices, NOW)

    assert [(line.label.en, line.positions, line.amount.minor) for line in billed.lines] == [
        ("Early bird", (1, 3), 96_000),
        ("Full fee", (2,), 62_000),
        ("Pre-tour", (1,), 89_000),
        ("Boat", (1, 3), 9_000),
    ]
    assert billed.total == Money(256_000, "USD")


def test_what_is_not_offered_costs_nothing() -> None:
    assert bill(the_offer(), [Choice(""), Choice("forged", ["forged"])], NOW) == Bill((), NOTHING)


def test_an_ended_fee_leaves_the_bill_at_midnight_in_yangzhou() -> None:
    last = datetime(2027, 1, 15, 15, 59, 59, tzinfo=UTC)

    assert bill(the_offer(), [Choice("early")], last).total == OWED
    assert bill(the_offer(), [Choice("early")], last + timedelta(seconds=1)).total == NOTHING


@pytest.mark.parametrize("standing", ["draft", "closed", "cancelled"])
def test_only_an_open_event_can_be_booked(standing: str) -> None:
    event = the_offer()
    event = a_summit(state=standing, fees=event.fees)

    with pytest.raises(rules.EventIsNotOpen):
        rules.require_bookable(event, booking(a_person(fee="full")), NOW)


@pytest.mark.parametrize("count", [0, 21])
def test_a_booking_is_for_one_to_twenty_people(count: int) -> None:
    people = [a_person(f"Hart{number}", fee="full") for number in range(count)]

    with pytest.raises(rules.NobodyOrTooMany):
        rules.require_bookable(the_offer(), booking(*people), NOW)


def test_those_with_a_fee_that_ended_are_named() -> None:
    later = NOW + timedelta(days=1)
    people = [a_person("Hart", fee="full"), a_person("Okafor", fee="early"), a_person("Vega", fee="early")]

    with pytest.raises(rules.FeeIsNotOpen) as refused:
        rules.require_bookable(the_offer(), booking(*people), later)

    assert refused.value.positions == [2, 3]


@pytest.mark.parametrize("add_ons", [("forged",), ("boat", "boat")])
def test_an_add_on_is_taken_once_and_only_if_offered(add_ons: tuple[str, ...]) -> None:
    with pytest.raises(rules.AddOnIsNotOffered):
        rules.require_bookable(the_offer(), booking(a_person(fee="full", add_ons=add_ons)), NOW)


def test_nobody_takes_two_places_on_one_tour() -> None:
    with pytest.raises(rules.SamePlaceTwice) as refused:
        rules.require_bookable(the_offer(), booking(a_person(fee="full", add_ons=("tour", "tour-room"))), NOW)

    assert [add_on.label.en for add_on in refused.value.add_ons] == ["Pre-tour", "Pre-tour, own room"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({"surname": "HÁRT"}, {}, True),
        ({"surname": "Hart", "given": "Emilia"}, {}, False),
        (
            {"surname": "Wang", "given": "Wei", "native": "王伟"},
            {"surname": "Wang", "given": "Wei", "native": "王薇"},
            False,
        ),
        ({"surname": "Wang", "given": "Wei", "native": "王伟"}, {"surname": "Wang", "given": "Wei"}, True),
        ({"email": "a@example.org"}, {"email": "b@example.org"}, False),
        ({"email": "a@example.org"}, {"email": "A@example.org"}, True),
        ({"email": "a@example.org"}, {}, True),
    ],
)
def test_two_people_of_one_name_need_something_to_tell_them_apart(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    people = [a_person(**one), a_person("Okafor"), a_person(**other)]

    if same:
        with pytest.raises(rules.SamePersonTwice) as refused:
            rules.require_different_people(people)
        assert (refused.value.first, refused.value.second) == (1, 3)
    else:
        rules.require_different_people(people)


def test_each_person_takes_a_place_of_the_event_and_one_of_each_add_on_that_can_sell_out() -> None:
    event = the_offer()
    event.pool_id = 3
    people = [a_person(add_ons=("tour", "boat")), a_person(add_ons=("boat",)), a_person(add_ons=("tour-room",))]

    assert rules.places_wanted(event, people) == {3: 3, 7: 2}


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2027-01-15T09:00Z", "2027-01-20T15:59Z"),  # Friday 17:00 in Yangzhou: Wednesday 23:59
        ("2027-01-15T15:59Z", "2027-01-20T15:59Z"),  # Friday 23:59
        ("2027-01-15T16:00Z", "2027-01-20T15:59Z"),  # Saturday 00:00
        ("2027-01-17T09:00Z", "2027-01-20T15:59Z"),  # Sunday
        ("2027-01-17T16:00Z", "2027-01-21T15:59Z"),  # Monday 00:00
    ],
)
def test_an_invoice_holds_until_the_end_of_the_third_working_day(now: str, ends: str) -> None:
    held = rules.hold_ends_at("invoice", "Asia/Shanghai", datetime.fromisoformat(now), invoice_working_days=3)

    assert held == datetime.fromisoformat(ends)


def test_an_invoice_hold_ends_at_local_23_59_after_the_clocks_changed() -> None:
    held = rules.hold_ends_at(
        "invoice", "America/Denver", datetime.fromisoformat("2027-03-12T18:00Z"), invoice_working_days=1
    )

    assert held == datetime.fromisoformat("2027-03-16T05:59Z")


def test_a_card_holds_for_45_minutes() -> None:
    assert rules.hold_ends_at("card", "Asia/Shanghai", NOW, invoice_working_days=3) == NOW + timedelta(minutes=45)


def booking(*people: rules.BookedPerson) -> rules.Booking:
    return rules.Booking(
        contact_name="周岚",
        contact_email="lan@example.org",
        people=people,
        pays_by="card",
        bill_to=BillTo(name="周岚", email="lan@example.org"),
        consents={},
        language="zh",
        submission_key="key",
    )
