"""Fields that only the office's forms have: days, numbers, amounts, degrees, choices, and words in both languages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import TextArea

from tourreg.blueprints.fields import Line, Lines, Sentence
from tourreg.blueprints.gettext import _
from tourreg.kernel import typed
from tourreg.kernel.money import AmountUnreadable, Money, digits, read_money

MOST_DIGITS = 20
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class Typed(StringField):
    """A field that keeps what was typed and knows what it means; `value` is None where it is empty or wrong."""

    input_type = "text"

    def __init__(self, label: Sentence, *, needed: Sentence = "", hint: Sentence = "", **more: Any) -> None:
        super().__init__(label, description=hint, **more)
        self.needed = needed
        self.flags.required = bool(needed)
        self.value: Any = None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = typed.plain_width(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: Form) -> None:
        if not self.data and self.needed:
            raise StopValidation(str(self.needed))
        if self.data:
            self.value = self.read(self.data)

    def read(self, text: str) -> Any:
        """Return what the text means; itself, unless a kind of field says otherwise.

        raises  StopValidation
        """
        return text


class Day(Typed):
    """A date between 2000 and 2099."""

    def __init__(self, label: Sentence, **more: Any) -> None:
        limits = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__(label, render_kw=limits, **more)

    def __call__(self, **attributes: Any) -> Any:
        """Show what is no day as it was typed, which a browser's own field for days would hide."""
        wrong = {"type": "text"} if self.errors else {}
        return super().__call__(**{**attributes, **wrong})

    def read(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise StopValidation(_("There is no such day. Type it as 2027-10-21.")) from None
        if not FIRST_DAY <= day <= LAST_DAY:
            raise StopValidation(_("The day lies between 2000 and 2099."))
        return day


class WholeNumber(Typed):
    """A number from 0."""

    def __init__(self, label: Sentence, *, most: int = 100_000, **more: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric", "autocomplete": "off"}, **more)
        self.most = most

    def read(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if not 0 <= number <= self.most:
            raise StopValidation(_("A whole number from 0 to %(most)s.", most=f"{self.most:,}"))
        return number


class Degrees(Typed):
    """A latitude or a longitude, north and east positive."""

    def __init__(self, label: Sentence, *, most: int, **more: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal", "autocomplete": "off"}, **more)
        self.most = most

    def read(self, text: str) -> float:
        narrow = text.replace("−", "-")
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,8})?", narrow, re.ASCII) or abs(float(narrow)) > self.most:
            raise StopValidation(_("Type degrees as 32.39, from −%(most)d to %(most)d.", most=self.most))
        return float(narrow)


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


class Choice(SelectField):
    """One of a list; what is not in it is refused."""

    def __init__(self, label: Sentence, *, choices: Any = (), hint: Sentence = "", **more: Any) -> None:
        named = [SelectChoice(value, words) for value, words in dict(choices).items()]
        super().__init__(label, description=hint, choices=named, validate_choice=False, **more)
        self.flags.required = True

    def offer(self, choices: dict[str, str]) -> None:
        """Set the list, where it is known only when the form is made."""
        self.choices = [SelectChoice(value, words) for value, words in choices.items()]

    def pre_validate(self, form: Form) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(_("Choose one of the list."))


def in_both(
    label: Sentence, *, most: int, rows: int = 0, wraps: bool = False, hint: Sentence = "", printed: bool = False
) -> tuple[Line, Line]:
    """Return the English and the Chinese field of one text.

    rows   given where the text may have several lines
    wraps  a single line that is shown on several where its cell is narrow
    printed  as `Line` has it
    """
    kind = Lines if rows else Line
    more = {"rows": rows or 1} if rows or wraps else {}
    shown = {"widget": TextArea()} if wraps else {}
    english = kind(label, most=most, hint=hint, printed=printed, render_kw={"lang": "en", **more}, **shown)
    chinese = kind(label, most=most, hint=hint, printed=printed, render_kw={"lang": "zh-Hans", **more}, **shown)
    return english, chinese
