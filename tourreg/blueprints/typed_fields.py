"""Fields for amounts of money and for days."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, Form
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Line, Sentence
from tourreg.blueprints.gettext import _
from tourreg.kernel.money import AmountUnreadable, Money, digits, read_money

MOST_DIGITS = 20


class Amount(Line):
    """An amount as people type it, in a currency that the view sets; `money` is what was read."""

    currency: str = "USD"

    def __init__(self, label: Sentence, **more: Any) -> None:
        super().__init__(label, most=MOST_DIGITS, wide=False, **more)

    @property
    def money(self) -> Money:
        """Return the amount.

        raises  AmountUnreadable
        """
        return read_money(self.data or "", self.currency)

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        try:
            read_money(self.data or "", self.currency)
        except AmountUnreadable as refusal:
            example = "1,540.00" if digits(self.currency) else "12,000"
            raise StopValidation(_("Type an amount such as %(example)s.", example=example)) from refusal


class Day(DateField):
    """A day of the calendar, between 1900 and 2999."""

    def __init__(self, label: Sentence, *, needed: Sentence = "", hint: Sentence = "", **more: Any) -> None:
        super().__init__(label, description=hint, **more)
        self.needed = needed
        self.flags.required = bool(needed)

    @property
    def day(self) -> date:
        """Return the day of a field that was needed and given."""
        if self.data is None:
            raise ValueError("no day was given")
        return self.data

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; what is no day is refused with our own sentence, and shown again as it was typed."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        self.data = _day(typed)
        if typed and self.data is None:
            raise ValueError(_("Type a day such as 2027-05-15."))

    def pre_validate(self, form: Form) -> None:
        if self.data is None and self.needed and not self.process_errors:
            raise StopValidation(str(self.needed))


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 1900 <= day.year < 3000 else None
