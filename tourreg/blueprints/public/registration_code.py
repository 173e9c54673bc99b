"""The discount code of the registration form: what it takes off, or in a sentence why it takes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.blueprints.public import guesses
from tourreg.domain.discounts import queries as codes
from tourreg.domain.discounts.models import Code
from tourreg.domain.discounts.rules import CodeRefused, Discount, normal_word
from tourreg.domain.registrations.bills import discount_by

if TYPE_CHECKING:
    from tourreg.blueprints.public.registration_form import RegistrationForm


def apply(form: RegistrationForm, now: datetime) -> None:
    """Put what the typed code takes off into the form, or what is wrong with it beside its field."""
    word = normal_word(form.contact.code.data or "")
    if not word:
        return
    if not guesses.may_guess():
        form.contact.refuse_code(_("Too many codes were tried. Leave the field empty, or try again in an hour."))
        return
    code = codes.by_word(word)
    try:
        form.discount = _discount(code, form, now)
    except CodeRefused as refusal:
        if refusal.reason == "unknown":
            guesses.note_wrong(word)
        form.contact.refuse_code(why_refused(refusal, form))


def words(form: RegistrationForm) -> str:
    """Say what the code takes off, and for how many where it is not for all."""
    if form.discount is None:
        return ""
    if form.discount.code.kind == "entry":
        return _("The code is right.")
    off = formats.money(form.discount.total, language())
    if form.discount.people == len(form.people):
        return _("%(code)s takes %(off)s off.", code=form.discount.code.word, off=off)
    return ngettext(
        "%(code)s takes %(off)s off, for %(num)d participant.",
        "%(code)s takes %(off)s off, for %(num)d participants.",
        form.discount.people,
        code=form.discount.code.word,
        off=off,
    )


def why_refused(refusal: CodeRefused, form: RegistrationForm) -> str:
    """Say why a code takes nothing off."""
    code: Code | None = refusal.code
    if code and refusal.reason == "not_yet" and code.from_on:
        return _("The code holds from %(day)s on.", day=formats.long_date(code.from_on, language()))
    if code and refusal.reason == "over" and code.until_on:
        until = formats.deadline(code.until_on, form.event.zone, language())
        return _("The code held until %(deadline)s.", deadline=until)
    if code and refusal.reason == "other_currency":
        return _("The code is for bills in %(currency)s.", currency=code.currency)
    return _SENTENCES[refusal.reason]()


def less_than_shown() -> str:
    return _SENTENCES["changed"]()


def _discount(code: Code | None, form: RegistrationForm, now: datetime) -> Discount | None:
    if code is None:
        raise CodeRefused(reason="unknown", code=None)
    if not any(choice.fee for choice in form.choices):
        return None
    used = codes.used_by_contact(code, form.contact.contact_email.data or "")
    return discount_by(code, form.event, form.choices, now, used_by_contact=used, currency=form.prices.currency)


_SENTENCES = {
    "unknown": lambda: _("We know no such code. Look whether it is typed as you got it."),
    "other_event": lambda: _("The code is for another programme."),
    "other_fee": lambda: _("The code is not for the fee that you chose."),
    "used_up": lambda: _("The code has been used as often as it can be."),
    "used_by_contact": lambda: _("You have used the code as often as one contact can."),
    "budget": lambda: _("What the code could take off in all is used up."),
    "changed": lambda: _(
        "The code takes less off than before. Look at the bill, and send the form again if you agree."
    ),
}
