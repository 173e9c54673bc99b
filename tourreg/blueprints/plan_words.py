"""Plans of payment in words, for whoever chooses one and for the office."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.domain.billing.dues import DueState
from tourreg.domain.billing.plans import Bounds, Plan, PlanPart, day_of
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.payment_terms import IN_FULL, terms_of
from tourreg.domain.catalogue.prices import currencies_of
from tourreg.kernel.money import Money

PLAN_NAMES = {
    "in_full": _l("In full"),
    "deposit": _l("Deposit and balance"),
    "instalments": _l("Instalments"),
    "after_event": _l("Invoice after the event"),
}
# Tag of the style sheet and word for each state of an instalment.
DUE_STATES: dict[DueState, tuple[str, str]] = {
    "paid": ("good", _l("Paid")),
    "part_paid": ("wait", _l("Partly paid")),
    "due": ("wait", _l("To be paid")),
    "overdue": ("stop", _l("Overdue")),
    "later": ("", _l("Later")),
}


def plans_of(event: Event) -> list[tuple[str, str]]:
    """Return name and description of each way to pay that an event offers; none where all is paid at once."""
    plans = terms_of(event).plans
    return [] if plans == (IN_FULL,) else [(str(PLAN_NAMES[plan.kind]), _for_whom(plan, event)) for plan in plans]


def _for_whom(plan: Plan, event: Event) -> str:
    """Return a plan's description; where it is not for every currency, with the one that it is for."""
    if len(currencies_of(event)) == 1 or all(part.each_minor is None for part in plan.parts):
        return described(plan, event)
    return _("%(plan)s (for bills in %(currency)s)", plan=described(plan, event), currency=event.currency)


def described(plan: Plan, event: Event) -> str:
    """Return what a plan asks for and when, in one sentence."""
    if plan.kind == "in_full":
        return _("All of it with the registration.")
    if plan.kind == "after_event":
        days = plan.parts[0].days_after or 0
        return ngettext(
            "For institutions that may not pay in advance: %(num)d day after the last day of the programme.",
            "For institutions that may not pay in advance: %(num)d days after the last day of the programme.",
            days,
        )
    bounds = Bounds(event.opens_on, event.starts_on, event.ends_on)
    parts = [_part(plan, place, bounds, event.currency) for place in range(len(plan.parts))]
    return "，".join(parts) if language() == "zh" else formats.listing(parts, language())


def _part(plan: Plan, place: int, bounds: Bounds, currency: str) -> str:
    part = plan.parts[place]
    if place == 0:
        return _("%(share)s with the registration", share=_share(part, currency))
    day = formats.long_date(day_of(part, bounds), language())
    return _("%(share)s by %(day)s", share=_share(part, currency), day=day)


def _share(part: PlanPart, currency: str) -> str:
    if part.share is not None:
        return percent(part.share)
    if part.each_minor is not None:
        return _("%(amount)s for each participant", amount=formats.price(Money(part.each_minor, currency), language()))
    return _("the rest")


def percent(share: int) -> str:
    """Return hundredths of a percent as people write them: 30%, 33.33%."""
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"
