"""What the pages of offers say with: names, kinds and states, and what is read out of an offer."""

from __future__ import annotations

from datetime import date
from typing import Any

from tourreg import formats
from tourreg.blueprints.day_fields import spans_of
from tourreg.blueprints.host_offer_words import KIND_HINTS, KINDS, MEALS, NAMES, PER, STATES
from tourreg.blueprints.languages import language
from tourreg.domain.hosting.offer_models import HostOffer, OfferCharge
from tourreg.kernel.money import Money


def offer_words() -> dict[str, Any]:
    """Return what parts/host_offers.html takes from its page."""
    return {
        "offer_kinds": KINDS,
        "offer_hints": KIND_HINTS,
        "offer_states": STATES,
        "offer_names": NAMES,
        "charged_per": PER,
        "home_meals": MEALS,
        "topic_list": topic_list,
        "language_list": language_list,
        "blackout_spans": blackout_spans,
        "charge_money": charge_money,
    }


def topic_list(of: Any) -> str:
    """Return the topics of an offer or a place."""
    return ("、" if language() == "zh" else ", ").join(sorted(each.topic.name.in_(language()) for each in of.topics))


def language_list(offer: HostOffer, means: str) -> str:
    """Return the languages that are spoken or interpreted."""
    codes = [each.language for each in offer.languages if each.means == means]
    return formats.listing([formats.language_name(code, language()) for code in codes], language())


def blackout_spans(offer: HostOffer) -> list[tuple[date, date]]:
    return spans_of(tuple(each.day_on for each in offer.blackouts))


def charge_money(offer: HostOffer, charge: OfferCharge) -> str:
    return formats.money(Money(charge.amount_minor, offer.currency), language())
