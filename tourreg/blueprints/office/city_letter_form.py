"""The form of a letter to host cities: in one language or both, to contacts by their roles."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.blueprints.office.event_fields import in_both
from tourreg.domain.hosting.city_letter_rules import LONGEST_SUBJECT, LONGEST_WORDS, Draft, strange_hole
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.kernel.bilingual import LANGUAGES, Text


class LetterForm(Form):
    subject_en, subject_zh = in_both(_l("Subject"), most=LONGEST_SUBJECT)
    words_en, words_zh = in_both(
        _l("Text of the letter"),
        most=LONGEST_WORDS,
        rows=14,
        hint=_l(
            "{city} becomes the name of the city, {contact} that of who reads it. An empty line begins a new "
            "paragraph. The greeting stands above by itself, below it the link to the city’s own page or to the "
            "sign-up."
        ),
    )
    roles = SelectMultipleField(
        _l("To which contacts"), choices=[SelectChoice(role, ROLE_WORDS[role]) for role in ROLES], validate_choice=False
    )

    def draft(self) -> Draft:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        return Draft(
            Text(typed.subject_en.data, typed.subject_zh.data),
            Text(typed.words_en.data, typed.words_zh.data),
            tuple(role for role in ROLES if role in typed.roles.data),
        )


def new_form() -> LetterForm:
    """Return a form in which nothing is written yet, to all contacts."""
    return LetterForm(MultiDict([("roles", role) for role in ROLES]))


def is_right(form: LetterForm) -> bool:
    """Look at every field, note what is wrong beside it, and tell whether nothing is."""
    form.validate()
    _look_at_languages(form)
    for name in ("subject_en", "subject_zh", "words_en", "words_zh"):
        hole = strange_hole(form[name].data or "")
        if hole:
            _fault(form, name, _("“%(hole)s” is no placeholder. There are {city} and {contact}.", hole=hole))
    if not set(form["roles"].data or ()) & set(ROLES):
        _fault(form, "roles", _("Tick at least one."))
    return not any(control.errors for control in form)


def _look_at_languages(form: LetterForm) -> None:
    """Note what is missing of a language that is begun; with none begun, the English one is asked for."""
    for language in LANGUAGES:
        subject, words = (form[f"{part}_{language}"].data for part in ("subject", "words"))
        if words and not subject:
            _fault(form, f"subject_{language}", _("Type the subject in this language, too."))
        if subject and not words:
            _fault(form, f"words_{language}", _("Type the text in this language, too, or take its subject away."))
    if not any(form[f"{part}_{language}"].data for part in ("subject", "words") for language in LANGUAGES):
        _fault(form, "subject_en", _("Type the subject, in one language at least."))
        _fault(form, "words_en", _("Type the text, in one language at least."))


def _fault(form: LetterForm, name: str, sentence: str) -> None:
    form[name].errors = [*form[name].errors, sentence]
