"""The fields of an event's payment plans, and what stands in them before anybody types."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import Day, Typed, WholeNumber
from tourreg.blueprints.plan_words import percent
from tourreg.domain.billing.plans import WHOLE, PlanPart
from tourreg.domain.catalogue.payment_terms import MOST_DAYS, Terms
from tourreg.kernel.money import AmountUnreadable, Money, read_money

USUAL_DAYS_AFTER = 30
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?\s*%?", re.ASCII)


class Percent(Typed):
    """A share of the bill, in hundredths of a percent."""

    def read(self, text: str) -> int:
        match = _PERCENT.fullmatch(text.replace("％", "%"))
        share = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
        if not 0 < share <= WHOLE:
            raise StopValidation(_("Type a share of the bill such as 30 or 33.33."))
        return share


class TermsForm(Form):
    """What is offered, and when a missed date costs the seat."""

    in_full = BooleanField(_l("In full"))
    deposit = BooleanField(_l("Deposit and balance"))
    instalments = BooleanField(_l("Instalments"))
    after_event = BooleanField(_l("Invoice after the event"))
    days_after = WholeNumber(_l("Days after the last day"), most=MOST_DAYS)
    release_after_days = WholeNumber(
        _l("Give seats back so many days after a missed date"),
        most=MOST_DAYS,
        hint=_l("Left empty, only staff give seats back."),
    )

    def validate_days_after(self, control: WholeNumber) -> None:
        if self.after_event.data and control.value is None and not control.errors:
            raise StopValidation(_("Type how many days after the event."))


class PartForm(Form):
    """One payment of a plan: how much, and when."""

    share = Percent(_l("Percent"))
    each = Typed(_l("For each participant"))
    due_on = Day(_l("By"))
    days_before = WholeNumber(_l("Days before the start"), most=MOST_DAYS)

    def __init__(self, typed: MultiDict[str, str], *, prefix: str, currency: str) -> None:
        super().__init__(typed, prefix=prefix)
        self.currency = currency

    @property
    def is_filled(self) -> bool:
        return any(control.data for control in self)

    def validate_share(self, control: Percent) -> None:
        if control.data and self.each.data:
            raise StopValidation(_("Give a percent or an amount, not both."))

    def validate_each(self, control: Typed) -> None:
        if not control.data:
            return
        try:
            control.value = read_money(control.data, self.currency).minor
        except AmountUnreadable as refusal:
            raise StopValidation(_("Type the amount with figures only, as in 1,540.00.")) from refusal

    def validate_due_on(self, control: Day) -> None:
        if control.data and self.days_before.data:
            raise StopValidation(_("Give a day or a number of days, not both."))

    def part(self, *, first: bool) -> PlanPart:
        """Return what the row says, only after it was found right; the first part has no day."""
        return PlanPart(
            share=self.share.value,
            each_minor=self.each.value if self.each.data else None,
            due_on=None if first else self.due_on.value,
            days_before=None if first else self.days_before.value,
        )


def typed_of(terms: Terms, currency: str) -> MultiDict[str, str]:
    """Return the form as it stands when nobody has typed yet."""
    typed: MultiDict[str, str] = MultiDict((str(plan.kind), "y") for plan in terms.plans)
    after = terms.plan("after_event")
    typed["days_after"] = str(after.parts[0].days_after if after else USUAL_DAYS_AFTER)
    typed["release_after_days"] = "" if terms.release_after_days is None else str(terms.release_after_days)
    for kind, prefix in (("deposit", "deposit"), ("instalments", "rows")):
        plan = terms.plan(kind)
        for place, part in enumerate(plan.parts if plan else ()):
            typed.update({f"{prefix}-{place}-{name}": value for name, value in _cells(part, currency).items()})
    return typed


def _cells(part: PlanPart, currency: str) -> dict[str, Any]:
    return {
        "share": percent(part.share) if part.share is not None else "",
        "each": "" if part.each_minor is None else formats.plain_amount(Money(part.each_minor, currency)),
        "due_on": part.due_on.isoformat() if part.due_on else "",
        "days_before": "" if part.days_before is None else str(part.days_before),
    }
