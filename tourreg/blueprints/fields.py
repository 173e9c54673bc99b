"""Fields for what people type: tidied at once, and refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape
from wtforms import Form, SelectField, StringField
from wtforms.validators import StopValidation

from tourreg.blueprints.countries import country_choices, country_select
from tourreg.kernel import typed
from tourreg.kernel.glyphs import unprinted_sign

Sentence = Any  # a str, or the lazy translation of one
Check = Callable[[str], str | None]


class Line(StringField):
    """One line of text.

    most     characters
    needed   what to say when nothing was typed; without it the field is optional
    check    returns what is wrong with the text in a sentence, or None
    wide     False where letters and digits of Chinese keyboards are made narrow
    printed  True where it stands on papers, so that their fonts must have every sign of it
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
        printed: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(label, description=hint, **more)
        self.most, self.needed, self.check, self.wide, self.printed = most, needed, check, wide, printed
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
        fault = unprintable(text) or (self.check(text) if self.check else None)
        return fault or (script_of_papers(text) if self.printed else None)

    def widget(self, field: StringField, **attributes: Any) -> Markup:
        """Return the field as HTML; it is written here because the long forms are mostly made of such."""
        shown = {"id": self.id, "name": self.name, "type": "text", "value": self.data or "", **attributes}
        return Markup("<input%s>") % written(shown)


class Lines(Line):
    """Several lines of text."""

    def tidied(self, text: str) -> str:
        return typed.tidy_lines(text)

    def widget(self, field: StringField, **attributes: Any) -> Markup:
        shown = {"id": self.id, "name": self.name, **attributes}
        return Markup("<textarea%s>\n%s</textarea>") % (written(shown), self.data or "")


class EmailAddress(Line):
    """An e-mail address.

    own  whether it is that of who types, which browsers know
    """

    def __init__(self, label: Sentence, *, own: bool = False, **more: Any) -> None:
        shown = {"type": "email", "autocomplete": "email" if own else "off", "spellcheck": "false"}
        super().__init__(label, most=254, check=email_address, wide=False, render_kw=shown, **more)


class Telephone(Line):
    """A telephone number; `own` as with addresses."""

    def __init__(self, label: Sentence, *, own: bool = False, **more: Any) -> None:
        shown = {"type": "tel", "autocomplete": "tel" if own else "off"}
        super().__init__(label, most=40, check=telephone, wide=False, render_kw=shown, **more)


class Country(SelectField):
    """A country or region, by its two letters; its list is written fast, because long forms show it many times."""

    def __init__(self, label: Sentence, *, needed: Sentence = "", hint: Sentence = "", **more: Any) -> None:
        super().__init__(label, description=hint, choices=[], validate_choice=False, **more)
        self.needed = needed
        self.flags.required = bool(needed)

    def widget(self, field: SelectField, **attributes: Any) -> Any:
        shown = {"id": field.id, "name": field.name, **attributes}
        return country_select(field.data or "", written(shown))

    def pre_validate(self, form: Form) -> None:
        if self.data and self.data not in country_choices():
            raise StopValidation(_("Choose one of the list."))
        if not self.data and self.needed:
            raise StopValidation(str(self.needed))


def written(attributes: Mapping[str, Any]) -> Markup:
    """Return attributes as a tag has them, without those that are False, None or empty."""
    pairs = (f' {name}="{escape(value)}"' for name, value in attributes.items() if value not in (False, None, ""))
    return Markup("".join(pairs))  # noqa: S704  # names are ours, and each value is escaped


def latin_name(text: str) -> str | None:
    """Say how a name is typed that is not in Latin letters, or not in those that papers can print in any case."""
    if not typed.is_latin_name(text):
        return _("Use Latin letters only, as in the passport: Zhou, not 周.")
    sign = unprinted_sign(text) or unprinted_sign(text.upper())
    return _("Our papers cannot print “%(sign)s”. Type the name in the letters A to Z.", sign=sign) if sign else None


def email_address(text: str) -> str | None:
    if typed.is_email(text):
        return None
    return _("Type the whole address, as in name@city.gov.")


def telephone(text: str) -> str | None:
    if typed.is_phone(text):
        return None
    return _("Type digits with the country’s code, as in +1 704 555 0100.")


def script_of_papers(text: str) -> str | None:
    """Name the first sign that papers cannot print, mostly because of its script."""
    sign = unprinted_sign(text)
    return _("Our papers cannot print “%(sign)s”. Write this in Latin or Chinese letters.", sign=sign) if sign else None


def unprintable(text: str) -> str | None:
    """Name the first sign that no paper can print."""
    sign = typed.unprintable_sign(text)
    return _("“%(sign)s” cannot be printed. Leave it out.", sign=sign) if sign else None
