"""What the office calls an event's states, covers, parts and the things that are wrong with it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.event_words import CURRENCY_NAMES
from tourreg.domain.catalogue.readiness import Fault
from tourreg.kernel.money import CURRENCIES

STATES = {
    "draft": _l("Draft"),
    "published": _l("Published"),
    "closed": _l("Closed"),
    "cancelled": _l("Cancelled"),
}
# What the style sheet calls the tag of each state.
TAGS = {"draft": "wait", "published": "good", "closed": "over", "cancelled": "stop"}
DIRECTIONS = {"none": _l("Neither"), "to_china": _l("To China"), "to_us": _l("To the United States")}
COVERS = {
    "indigo": _l("Indigo"),
    "willow": _l("Willow"),
    "harbour": _l("Harbour"),
    "prairie": _l("Prairie"),
    "brick": _l("Brick"),
    "plum": _l("Plum"),
    "slate": _l("Slate"),
}
PARTS = {"pre": _l("Pre-tour"), "main": _l("Programme"), "post": _l("Post-tour")}
ADD_ON_KINDS = {
    "pre_tour": _l("Pre-tour"),
    "post_tour": _l("Post-tour"),
    "single_room": _l("Single room"),
    "guest": _l("Guest"),
    "other": _l("Other"),
}
PROOFS = {
    "none": _l("Nothing"),
    "number": _l("A member’s number"),
    "code": _l("A code"),
    "approval": _l("Our approval"),
}
# Zones that groups between the two countries pass through, beside those of the cities.
COMMON_ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Denver",
    "America/Chicago", "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Dubai", "Asia/Kolkata",
    "Asia/Singapore", "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Asia/Seoul", "Australia/Sydney",
)  # fmt: skip
NAMES = {
    "slug": _l("Web address"),
    "reference_prefix": _l("References begin with"),
    "kind": _l("Kind"),
    "direction": _l("Direction"),
    "title": _l("Title"),
    "theme": _l("Theme"),
    "summary": _l("Summary"),
    "description": _l("Description"),
    "venue": _l("Venue"),
    "audience": _l("Who it is for"),
    "languages": _l("Languages spoken"),
    "access": _l("Access"),
    "organiser": _l("Organiser"),
    "partners": _l("Partners"),
    "included": _l("Included"),
    "not_included": _l("Not included"),
    "cancellation_policy": _l("Cancellation policy"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "zone": _l("Time zone"),
    "opens_on": _l("Registration opens"),
    "closes_on": _l("Registration closes"),
    "minimum": _l("Minimum to run"),
    "capacity": _l("Places"),
    "cover": _l("Cover"),
    "slip": _l("Slip"),
    "issuer": _l("Issuer"),
    "currency": _l("Currency"),
    "other_currencies": _l("Further currencies"),
    "rate": _l("Rate for information"),
    "rate_currency": _l("Information in"),
    "rate_on": _l("Rate of"),
    "fees": _l("Fees"),
    "add_ons": _l("Add-ons"),
    "stops": _l("Route"),
}
_WRONG = {
    "title_missing": ("title_en", _l("Give it a title.")),
    "summary_missing": ("summary_en", _l("Sum it up in a sentence or two.")),
    "description_missing": ("description_en", _l("Describe it.")),
    "audience_missing": ("audience_en", _l("Say who it is for.")),
    "organiser_missing": ("organiser_en", _l("Name the organiser.")),
    "included_missing": ("included_en", _l("Say what the fee includes.")),
    "cancellation_policy_missing": ("cancellation_policy_en", _l("Write the cancellation policy.")),
    "ends_before_start": ("ends_on", _l("The last day lies before the first.")),
    "zone_unknown": ("zone", _l("Choose the time zone.")),
    "closes_before_opening": ("closes_on", _l("Registration closes before it opens.")),
    "closes_after_start": ("closes_on", _l("Registration closes on the first day at the latest.")),
    "registration_over": ("closes_on", _l("The last day of registration has passed. Set a later one.")),
    "capacity_missing": ("capacity", _l("Say how many places there are.")),
    "minimum_above_capacity": ("minimum", _l("The minimum is above the number of places.")),
    "bank_missing": ("currency", _l("The issuer has no bank account in this currency.")),
    "other_bank_missing": (
        "other_currencies",
        _l("The issuer has no bank account in one of these currencies."),
    ),
    "terms_amounts_missing": (
        "other_currencies",
        _l("The cancellation terms keep amounts: type them there in each of these currencies first."),
    ),
    "rate_incomplete": ("rate", _l("A rate has its currency, its number and its day.")),
    "rate_of_itself": ("rate_currency", _l("Choose another currency than the event’s own.")),
    "other_price_missing": ("fees-%d-amount", _l("Type its price, and the early and late one, in each currency.")),
    "other_add_on_price_missing": ("add_ons-%d-amount", _l("Type its price in each currency.")),
    "fees_missing": ("fees", _l("Add at least one fee; it may be zero.")),
    "fee_label_missing": ("fees-%d-label_en", _l("Name the fee.")),
    "fee_ends_before_opening": ("fees-%d-last_on", _l("This fee ends before registration opens.")),
    "early_price_incomplete": ("fees-%d-early_amount", _l("An early price has an amount and a last day.")),
    "early_price_ends_before_opening": (
        "fees-%d-early_until_on",
        _l("The early price ends before registration opens."),
    ),
    "late_price_incomplete": ("fees-%d-late_amount", _l("A late price has an amount and a first day.")),
    "late_price_before_early_ends": (
        "fees-%d-late_from_on",
        _l("The late price begins after the last day of the early one."),
    ),
    "late_price_never": ("fees-%d-late_from_on", _l("Nobody can register any more when the late price begins.")),
    "member_list_missing": ("fees-%d-member_list", _l("Choose the list on which the numbers stand.")),
    "fee_without_places": ("fees-%d-capacity", _l("Give it at least one place, or leave this empty.")),
    "add_on_label_missing": ("add_ons-%d-label_en", _l("Name the add-on.")),
    "add_on_ends_before_start": ("add_ons-%d-to_on", _l("It ends before it begins.")),
    "stops_missing": ("stops", _l("Add the city, or the cities, of the programme.")),
    "stop_ends_before_start": ("stops-%d-to_on", _l("The group leaves before it arrives.")),
    "stop_outside": ("stops-%d-from_on", _l("This stop lies outside the days of the programme.")),
}


def wrong(fault: Fault) -> tuple[str, str]:
    """Return the id of the field that a fault speaks of, and what is wrong in a sentence."""
    field, sentence = _WRONG[fault.code]
    return (field if fault.row is None else field % fault.row), str(sentence)


def currency_choices() -> dict[str, str]:
    return {currency: CURRENCY_NAMES[currency] for currency in CURRENCIES}
