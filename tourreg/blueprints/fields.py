"""Fields for what people type: tidied at once, and refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from tourreg.blueprints.countries import country_choices, country_options
from tourreg.kernel import typed

Sentence = Any  # a str, or the lazy translation of one
Check = Callable[[str], str | None]


class Line(StringField):
    """One line of text that papers can print.

    most    characters
    needed  what to say when nothing was typed; without it the field is optional
    check   returns what is wrong with the text in a sentence, or None
    wide    False where letters and digits of Chinese keyboards are made narrow
    """

    def __init__(
        self,
        label: Sentence,
        *,
        most: int,
        needed: Sentence = "",
        hint: Sentence = "",
        check: Check | None = None,
        wide: bool = True,
        **more: Any,
    ) -> None:
        super().__init__(label, description=hint, **more)
        self.most, self.needed, self.check, self.wide = most, needed, check, wide
        self.flags.required = bool(needed)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.tidied(valuelist[0]) if valuelist else ""

    def tidied(self, text: str) -> str:
        return typed.tidy(text) if self.wide else typed.plain_width(text)

    def pre_validate(self, form: Form) -> None:
        fault = self._fault(self.data or "")
        if fault:
            raise StopValidation(fault)

    def _fault(self, text: str) -> str | None:
        if not text:
            return str(self.needed) or None
        if len(text) > self.most:
            return _("At most %(most)d characters; this has %(typed)d.", most=self.most, typed=len(text))
        return unprintable(text) or (self.check(text) if self.check else None)


class Lines(Line, TextAreaField):
    """Several lines of text that papers can print."""

    def tidied(self, text: str) -> str:
        return typed.tidy_lines(text)


class Country(SelectField):
    """A country or region, by its two letters; its list is written fast, because long forms show it many times."""

    def __init__(self, label: Sentence, *, needed: Sentence = "", hint: Sentence = "", **more: Any) -> None:
        super().__init__(label, description=hint, choices=[], validate_choice=False, **more)
        self.needed = needed
        self.flags.required = bool(needed)

    def widget(self, field: SelectField, **attributes: Any) -> Any:
        return country_options(field.id, field.name, field.data or "", **attributes)

    def pre_validate(self, form: Form) -> None:
        if self.data and self.data not in country_choices():
            raise StopValidation(_("Choose one of the list."))
        if not self.data and self.needed:
            raise StopValidation(str(self.needed))


def latin_name(text: str) -> str | None:
    """Say how a name is typed that is not in Latin letters."""
    if typed.is_latin_name(text):
        return None
    return _("Use Latin letters only, as in the passport: Zhou, not 周.")


def email_address(text: str) -> str | None:
    if typed.is_email(text):
        return None
    return _("Type the whole address, as in name@city.gov.")


def telephone(text: str) -> str | None:
    if typed.is_phone(text):
        return None
    return _("Type digits with the country’s code, as in +1 704 555 0100.")


def unprintable(text: str) -> str | None:
    """Name the first sign that no paper can print."""
    sign = typed.unprintable_sign(text)
    return _("“%(sign)s” cannot be printed. Leave it out.", sign=sign) if sign else None
