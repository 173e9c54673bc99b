"""What the office writes down about an event: plain values, compared and kept as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tourreg.domain.catalogue.models import AddOn, Event, Fee, Stop
from tourreg.kernel.bilingual import EMPTY, Text, text_of

# Minor units by currency and tier.
Prices = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class FeePlan:
    """A price; `public_id` is empty for a new one.

    member_list  its public id, where the proof is a number on it
    capacity     places at this price; without one it cannot sell out by itself
    """

    label: Text
    amount_minor: int
    audience: Text = EMPTY
    last_on: date | None = None
    early_minor: int | None = None
    early_until_on: date | None = None
    late_minor: int | None = None
    late_from_on: date | None = None
    admits: str = "anyone"
    proof: str = "none"
    member_list: str = ""
    population_most: int | None = None
    capacity: int | None = None
    other_prices: Prices = field(default_factory=dict)
    withdrawn: bool = False
    public_id: str = ""


@dataclass(frozen=True)
class AddOnPlan:
    """An add-on; without a capacity it cannot sell out, and `public_id` is empty for a new one."""

    kind: str
    label: Text
    amount_minor: int
    summary: Text = EMPTY
    from_on: date | None = None
    to_on: date | None = None
    capacity: int | None = None
    other_prices: Prices = field(default_factory=dict)
    withdrawn: bool = False
    public_id: str = ""


@dataclass(frozen=True)
class StopPlan:
    """A city on the route, by its public id; both dates inclusive."""

    city: str
    part: str
    from_on: date
    to_on: date


@dataclass(frozen=True)
class EventPlan:
    """Everything that an event says and offers, as `models.Event` describes it.

    issuer            its public id
    fees, add_ons, stops   in their order
    """

    slug: str
    reference_prefix: str
    kind: str
    direction: str
    title: Text
    starts_on: date
    ends_on: date
    zone: str
    opens_on: date
    closes_on: date
    capacity: int
    issuer: str
    currency: str
    theme: Text = EMPTY
    summary: Text = EMPTY
    description: Text = EMPTY
    venue: Text = EMPTY
    audience: Text = EMPTY
    languages: Text = EMPTY
    access: Text = EMPTY
    organiser: Text = EMPTY
    partners: tuple[Text, ...] = ()
    included: Text = EMPTY
    not_included: Text = EMPTY
    cancellation_policy: Text = EMPTY
    other_currencies: tuple[str, ...] = ()
    rate: str = ""
    rate_currency: str = ""
    rate_on: date | None = None
    minimum: int = 0
    cover: str = "indigo"
    slip: str = ""
    fees: tuple[FeePlan, ...] = ()
    add_ons: tuple[AddOnPlan, ...] = ()
    stops: tuple[StopPlan, ...] = ()


# Those that the event's own row holds under the same name.
OWN_FIELDS = (
    "slug", "reference_prefix", "kind", "direction", "title", "theme", "summary", "description", "venue", "audience",
    "languages", "access", "organiser", "included", "not_included", "cancellation_policy", "starts_on", "ends_on",
    "zone", "opens_on", "closes_on", "minimum", "cover", "slip", "currency", "rate", "rate_currency", "rate_on",
)  # fmt: skip


def plan_of(event: Event) -> EventPlan:
    """Return what is written down about an event now."""
    return EventPlan(
        **{name: getattr(event, name) for name in OWN_FIELDS},
        issuer=event.issuer.public_id,
        capacity=event.pool.capacity,
        other_currencies=tuple(event.other_currencies or ()),
        partners=tuple(text_of(partner["name"]) for partner in event.partners),
        fees=tuple(_fee(fee) for fee in event.fees),
        add_ons=tuple(_add_on(add_on) for add_on in event.add_ons),
        stops=tuple(_stop(stop) for stop in event.stops),
    )


def _fee(fee: Fee) -> FeePlan:
    return FeePlan(
        label=fee.label,
        amount_minor=fee.amount_minor,
        audience=fee.audience,
        last_on=fee.last_on,
        early_minor=fee.early_minor,
        early_until_on=fee.early_until_on,
        late_minor=fee.late_minor,
        late_from_on=fee.late_from_on,
        admits=fee.admits,
        proof=fee.proof,
        member_list=fee.member_list.public_id if fee.member_list else "",
        population_most=fee.population_most,
        capacity=fee.pool.capacity if fee.pool else None,
        other_prices=fee.other_prices or {},
        withdrawn=fee.withdrawn,
        public_id=fee.public_id,
    )


def _add_on(add_on: AddOn) -> AddOnPlan:
    return AddOnPlan(
        kind=add_on.kind,
        label=add_on.label,
        amount_minor=add_on.amount_minor,
        summary=add_on.summary,
        from_on=add_on.from_on,
        to_on=add_on.to_on,
        capacity=add_on.pool.capacity if add_on.pool else None,
        other_prices=add_on.other_prices or {},
        withdrawn=add_on.withdrawn,
        public_id=add_on.public_id,
    )


def _stop(stop: Stop) -> StopPlan:
    return StopPlan(city=stop.city.public_id, part=stop.part, from_on=stop.from_on, to_on=stop.to_on)
