"""What is written down about an offer, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from tourreg.domain.hosting.offer_models import HostOffer
from tourreg.kernel.bilingual import EMPTY, Text


@dataclass(frozen=True)
class WindowPlan:
    """Days between which it can be, both included; `public_id` is empty for a new window."""

    first_on: date
    last_on: date
    public_id: str = ""


@dataclass(frozen=True)
class ChargePlan:
    """One thing that is charged, as `offer_models.OfferCharge` describes it."""

    label: Text
    amount_minor: int
    per: str


@dataclass(frozen=True)
class HomestayPlan:
    """How guests live, as `offer_models.Homestay` describes it."""

    households: int = 1
    guests_each: int = 1
    own_room: bool = True
    meals: str = "breakfast"
    hours: Text = EMPTY
    preferences: str = ""


@dataclass(frozen=True)
class OfferPlan:
    """One offer, as `offer_models.HostOffer` describes it.

    windows      by their first day
    blackouts    in order, each once
    topics       slugs, in order
    sites        public ids of open places of the same city, in the order of showing
    spoken, interpreted  codes of languages, in order
    homestay     None unless the kind is homestay
    """

    kind: str
    title: Text
    words: Text = EMPTY
    windows: tuple[WindowPlan, ...] = ()
    blackouts: tuple[date, ...] = ()
    notice_days: int = 30
    smallest: int = 1
    largest: int = 1
    days_most: int = 1
    topics: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    provided: Text = EMPTY
    currency: str = "USD"
    charges: tuple[ChargePlan, ...] = ()
    vehicle_seats: int | None = None
    meeting_seats: int | None = None
    may_share: bool = False
    homestay: HomestayPlan | None = None


# What stands in the row of the offer itself.
OF_OFFER = (
    "kind", "title", "words", "notice_days", "smallest", "largest", "days_most", "provided", "currency",
    "vehicle_seats", "meeting_seats", "may_share",
)  # fmt: skip
OF_HOMESTAY = tuple(field.name for field in fields(HomestayPlan))


def plan_of_offer(offer: HostOffer) -> OfferPlan:
    """Return what is written down about an offer now."""
    stay = offer.homestay
    return OfferPlan(
        **{name: getattr(offer, name) for name in OF_OFFER},
        windows=tuple(WindowPlan(each.first_on, each.last_on, each.public_id) for each in offer.windows),
        blackouts=tuple(each.day_on for each in offer.blackouts),
        topics=tuple(sorted(each.topic.slug for each in offer.topics)),
        sites=tuple(each.site.public_id for each in offer.sites),
        spoken=_languages(offer, "spoken"),
        interpreted=_languages(offer, "interpreted"),
        charges=tuple(ChargePlan(each.label, each.amount_minor, each.per) for each in offer.charges),
        homestay=HomestayPlan(**{name: getattr(stay, name) for name in OF_HOMESTAY}) if stay else None,
    )


def _languages(offer: HostOffer, means: str) -> tuple[str, ...]:
    return tuple(each.language for each in offer.languages if each.means == means)
