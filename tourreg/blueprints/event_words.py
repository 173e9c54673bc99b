"""What pages call an event's kind, direction, parts and standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.catalogue import rules
from tourreg.domain.catalogue.models import Event, Fee
from tourreg.domain.catalogue.prices import price_list
from tourreg.kernel.clock import local_day

KINDS = {"summit": _l("Summit"), "study_tour": _l("Study tour"), "training_forum": _l("Training forum")}
CURRENCY_NAMES = {
    "USD": _l("U.S. dollar (USD)"),
    "CNY": _l("Chinese yuan (CNY)"),
    "EUR": _l("Euro (EUR)"),
    "JPY": _l("Japanese yen (JPY)"),
}
ADMITS = {
    "anyone": _l("Anyone"),
    "member": _l("Members"),
    "non_member": _l("Non-members"),
    "alliance_city": _l("Alliance cities"),
    "host_city": _l("Host cities"),
    "government": _l("Governments"),
    "student": _l("Students"),
    "partner_seat": _l("Partners’ seats"),
}
PROOFS = {
    "number": _l("Asks for a member’s number"),
    "code": _l("Asks for a code"),
    "approval": _l("Our office approves each registration"),
}
DIRECTIONS = {"to_china": _l("To China"), "to_us": _l("To the United States")}
ITEM_KINDS = {
    "meeting": _l("Meeting"),
    "site_visit": _l("Site visit"),
    "lecture": _l("Lecture"),
    "meal": _l("Meal"),
    "transfer": _l("Transfer"),
    "flight": _l("Flight"),
    "train": _l("Train"),
    "cultural": _l("Culture"),
    "free_time": _l("Free time"),
    "hotel": _l("Hotel"),
}
# Fewer places than a tenth, or than this many, are few.
FEW = 3


@dataclass(frozen=True)
class Standing:
    """Where an event stands, in words and as a tag.

    tag   state of the tag in the style sheet
    free  places left; capacity − taken
    """

    is_: rules.Standing
    over: bool
    tag: str
    words: str
    places: str
    free: int
    capacity: int

    @property
    def open(self) -> bool:
        return self.is_ == "open"

    @property
    def past(self) -> bool:
        return self.is_ in ("closed", "cancelled")

    @property
    def taken(self) -> int:
        return self.capacity - self.free

    def bar(self, width: int) -> int:
        """Return how far a bar of that width is filled by those who have a place."""
        return round(width * self.taken / self.capacity) if self.capacity else width


def standing_of(event: Event, now: datetime) -> Standing:
    """Return where the event stands at the moment; `over` once its last day has passed in its zone."""
    free = rules.places_free(event.pool)
    is_ = rules.standing(event, free, now)
    over = local_day(now, event.zone) > event.ends_on
    tag, words = _tag(event, is_, free, over=over)
    return Standing(is_, over, tag, words, _places(event, is_, free, over=over), free, event.pool.capacity)


def kind_in_full(event: Event) -> str:
    """Return what the event is and where it goes: Study tour to China."""
    if event.kind != "study_tour" or event.direction == "none":
        return str(KINDS[event.kind])
    return _("Study tour to China") if event.direction == "to_china" else _("Study tour to the United States")


def length(event: Event) -> str:
    """Return how long the event is without its tours: 3 days."""
    return ngettext("%(num)d day", "%(num)d days", (event.ends_on - event.starts_on).days + 1)


def who_may(fee: Fee) -> str:
    """Return who may take a fee, in the office's words or in ours; "" where anyone may."""
    return fee.audience.in_(language()) or ("" if fee.admits == "anyone" else str(ADMITS[fee.admits]))


def conditions_of(fee: Fee) -> list[str]:
    """Return what one needs to take a fee, beside being one of those whom it is for."""
    needed = [str(PROOFS[fee.proof])] if fee.proof != "none" else []
    if fee.population_most is not None:
        needed.append(_("For cities of at most %(most)s inhabitants", most=f"{fee.population_most:,}"))
    return needed


def lowest_fee(event: Event, now: datetime) -> Fee | None:
    """Return the fee that costs least now, or will once registration opens; one that is sold out only if all are."""
    prices = price_list(event, now)
    offered = rules.fees_open(event, now)
    offered = [fee for fee in offered if not rules.is_sold_out(fee)] or offered
    return min(offered, key=lambda fee: prices.of(fee).minor, default=None)


def _tag(event: Event, is_: rules.Standing, free: int, *, over: bool) -> tuple[str, str]:
    if is_ == "cancelled":
        return "stop", _("Cancelled")
    if is_ == "closed":
        return "over", _("Has taken place") if over else _("Closed")
    if is_ == "not_open":
        return "", _("Opens %(day)s", day=formats.day_and_month(event.opens_on, language()))
    if is_ == "full":
        return "wait", _("Full")
    few = free <= max(FEW, event.pool.capacity // 10)
    return ("wait", _("Few places")) if few else ("good", _("Open"))


def _places(event: Event, is_: rules.Standing, free: int, *, over: bool) -> str:
    capacity = event.pool.capacity
    if is_ == "cancelled":
        return _("It does not take place.")
    if is_ == "closed":
        return "" if over else _("Registration has ended.")
    if is_ == "not_open":
        return ngettext("%(num)d place", "%(num)d places", capacity)
    if is_ == "full":
        return _("All %(capacity)d places are taken.", capacity=capacity)
    return ngettext(
        "%(num)d of %(capacity)d places left", "%(num)d of %(capacity)d places left", free, capacity=capacity
    )
