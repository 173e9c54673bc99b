"""What keeps an event from the public."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, StopPlan
from tourreg.domain.catalogue.readiness import EventIsNotReady, Fault, faults_of, require_ready
from tourreg.kernel.bilingual import Text

WORDS: dict[str, Any] = {
    name: Text("Something")
    for name in ("title", "summary", "description", "audience", "organiser", "included", "cancellation_policy")
}
READY = EventPlan(
    **WORDS,
    slug="yangzhou-2027",
    reference_prefix="YZ27",
    kind="summit",
    direction="none",
    starts_on=date(2027, 10, 20),
    ends_on=date(2027, 10, 22),
    zone="Asia/Shanghai",
    opens_on=date(2027, 1, 10),
    closes_on=date(2027, 9, 30),
    capacity=200,
    minimum=60,
    issuer="issuer",
    currency="USD",
    fees=(FeePlan(Text("Fee"), 48_000),),
    stops=(StopPlan("yangzhou", "main", date(2027, 10, 20), date(2027, 10, 22)),),
)
STOP = READY.stops[0]
EARLY: dict[str, Any] = {"early_minor": 1, "early_until_on": date(2027, 2, 1)}
THREE_PRICES: dict[str, Any] = {"early_minor": 1, "early_until_on": date(2027, 2, 1), "late_minor": 3}


def a_plan(**changed: Any) -> FeePlan:
    return FeePlan(Text("Fee"), 2, **changed)


@pytest.mark.parametrize(
    ("written", "faults"), [(None, []), ({"USD", "CNY"}, []), ({"USD"}, ["terms_amounts_missing"])]
)
def test_cancellation_terms_that_keep_amounts_have_them_in_each_currency(
    written: set[str] | None, faults: list[str]
) -> None:
    plan = replace(READY, other_currencies=("CNY",), fees=(a_plan(other_prices={"CNY": {"regular": 1}}),))

    found = faults_of(plan, currencies=["USD", "CNY"], terms_in=written, today=date(2027, 1, 1))

    assert [fault.code for fault in found] == faults


def test_an_event_with_everything_is_ready() -> None:
    assert faults_of(READY, currencies=["USD"], today=date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        *(({name: Text()}, Fault(f"{name}_missing")) for name in WORDS),
        ({"ends_on": date(2027, 10, 19), "stops": ()}, Fault("ends_before_start")),
        ({"zone": "Asia/Yangzhou"}, Fault("zone_unknown")),
        ({"zone": "../etc/passwd"}, Fault("zone_unknown")),
        ({"opens_on": date(2027, 10, 1)}, Fault("closes_before_opening")),
        ({"closes_on": date(2027, 10, 21)}, Fault("closes_after_start")),
        ({"capacity": 0}, Fault("capacity_missing")),
        ({"minimum": 201}, Fault("minimum_above_capacity")),
        ({"currency": "CNY"}, Fault("bank_missing")),
        ({"fees": ()}, Fault("fees_missing")),
        ({"fees": (FeePlan(Text("Fee"), 1, withdrawn=True),)}, Fault("fees_missing")),
        ({"fees": (*READY.fees, FeePlan(Text(), 1))}, Fault("fee_label_missing", 1)),
        ({"fees": (FeePlan(Text("Fee"), 1, last_on=date(2027, 1, 9)),)}, Fault("fee_ends_before_opening", 0)),
        ({"fees": (a_plan(early_minor=1),)}, Fault("early_price_incomplete", 0)),
        ({"fees": (a_plan(early_until_on=date(2027, 2, 1)),)}, Fault("early_price_incomplete", 0)),
        (
            {"fees": (a_plan(early_minor=1, early_until_on=date(2027, 1, 9)),)},
            Fault("early_price_ends_before_opening", 0),
        ),
        ({"fees": (a_plan(late_minor=1),)}, Fault("late_price_incomplete", 0)),
        ({"fees": (a_plan(**THREE_PRICES, late_from_on=date(2027, 2, 1)),)}, Fault("late_price_before_early_ends", 0)),
        ({"fees": (a_plan(**THREE_PRICES, late_from_on=date(2027, 10, 1)),)}, Fault("late_price_never", 0)),
        (
            {"fees": (a_plan(**THREE_PRICES, late_from_on=date(2027, 8, 2), last_on=date(2027, 8, 1)),)},
            Fault("late_price_never", 0),
        ),
        ({"other_currencies": ("CNY",)}, Fault("other_bank_missing")),
        ({"other_currencies": ("CNY",)}, Fault("other_price_missing", 0)),
        (
            {"other_currencies": ("CNY",), "fees": (a_plan(**EARLY, other_prices={"CNY": {"regular": 1}}),)},
            Fault("other_price_missing", 0),
        ),
        (
            {"other_currencies": ("CNY",), "add_ons": (AddOnPlan("other", Text("A"), 1),)},
            Fault("other_add_on_price_missing", 0),
        ),
        ({"rate": "7.1"}, Fault("rate_incomplete")),
        ({"rate": "1", "rate_currency": "USD", "rate_on": date(2027, 1, 1)}, Fault("rate_of_itself")),
        ({"fees": (a_plan(proof="number"),)}, Fault("member_list_missing", 0)),
        ({"fees": (a_plan(capacity=0),)}, Fault("fee_without_places", 0)),
        ({"add_ons": (AddOnPlan("other", Text(), 1),)}, Fault("add_on_label_missing", 0)),
        (
            {"add_ons": (AddOnPlan("other", Text("A"), 1, from_on=date(2027, 10, 2), to_on=date(2027, 10, 1)),)},
            Fault("add_on_ends_before_start", 0),
        ),
        ({"stops": ()}, Fault("stops_missing")),
        ({"stops": (replace(STOP, part="pre"),)}, Fault("stops_missing")),
        ({"stops": (STOP, replace(STOP, to_on=date(2027, 10, 19)))}, Fault("stop_ends_before_start", 1)),
        ({"stops": (replace(STOP, to_on=date(2027, 10, 23)),)}, Fault("stop_outside", 0)),
    ],
)
def test_each_thing_that_is_missing_is_named(changed: dict[str, Any], fault: Fault) -> None:
    assert fault in faults_of(replace(READY, **changed), currencies=["USD"])


@pytest.mark.parametrize(
    ("changed", "today"),
    [
        ({"closes_on": date(2027, 10, 20)}, date(2027, 10, 20)),  # registration until the first day, which it is
        ({"ends_on": date(2027, 10, 20), "stops": (replace(STOP, to_on=STOP.from_on),)}, date(2027, 1, 1)),
        ({"minimum": 200}, date(2027, 1, 1)),
        ({"summary": Text("", "只有中文")}, date(2027, 1, 1)),
        ({"fees": (FeePlan(Text("Free of charge"), 0, last_on=date(2027, 1, 10)),)}, date(2027, 1, 1)),
        ({"fees": (a_plan(early_minor=1, early_until_on=date(2027, 1, 10)),)}, date(2027, 1, 1)),
        ({"fees": (a_plan(**THREE_PRICES, late_from_on=date(2027, 2, 2)),)}, date(2027, 1, 1)),
        ({"fees": (a_plan(late_minor=3, late_from_on=date(2027, 9, 30)),)}, date(2027, 1, 1)),
    ],
)
def test_what_lies_on_the_edge_is_ready(changed: dict[str, Any], today: date) -> None:
    assert faults_of(replace(READY, **changed), currencies=["USD"], today=today) == []


def test_registration_that_is_over_opens_no_more() -> None:
    late = date(2027, 10, 1)

    assert faults_of(READY, currencies=["USD"], today=late) == [Fault("registration_over")]
    assert faults_of(READY, currencies=["USD"]) == []


def test_a_refusal_names_everything_at_once() -> None:
    bare = replace(READY, title=Text(), fees=(), capacity=0)

    with pytest.raises(EventIsNotReady) as refused:
        require_ready(bare, currencies=["USD"])

    assert [fault.code for fault in refused.value.faults] == ["title_missing", "capacity_missing", "fees_missing"]
