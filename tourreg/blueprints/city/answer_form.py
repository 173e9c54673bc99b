"""What a city answers to a request, as a form."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, RadioField
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.hosting_words import ANSWERS
from tourreg.blueprints.office.event_fields import Day
from tourreg.domain.hosting.request_answers import Given
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import Span


class AnswerForm(Form):
    """What the city answers.

    seen  the state in which the page shows the request
    """

    answer = RadioField(_l("Your answer"), choices=[], validate_choice=False)
    first_on = Day(_l("First day that would suit you"), hint=_l("Only if you propose other dates."))
    last_on = Day(_l("Last day that would suit you"), hint=_l("Only if you propose other dates."))
    words = Lines(
        _l("A word to us"), most=2000, hint=_l("Needed if you decline."), printed=True, render_kw={"rows": "4"}
    )
    name = Line(
        _l("Your name"), most=120, needed=_l("Type your name."), printed=True, render_kw={"autocomplete": "name"}
    )
    seen = HiddenField()

    def validate_answer(self, control: RadioField) -> None:
        if control.data not in ANSWERS:
            raise StopValidation(_("Choose an answer."))

    def require_asked_days(self, asked: HostingRequest) -> bool:
        """Tell whether a yes is to the days that were asked; else say beside the dates that other ones were typed."""
        typed: Any = self
        days = (typed.first_on.value, typed.last_on.value)
        if typed.answer.data not in ("held", "confirmed") or days in ((None, None), (asked.first_on, asked.last_on)):
            return True
        control = typed.first_on if typed.first_on.value else typed.last_on
        control.errors = [_("You typed other dates. Choose “%(answer)s”, or empty them.", answer=ANSWERS["countered"])]
        return False

    def given(self) -> Given:
        """Return what was answered; only after the form was found right."""
        typed: Any = self
        first, last = typed.first_on.value, typed.last_on.value
        days = Span(first, last) if typed.answer.data == "countered" and first and last else None
        return Given(typed.answer.data, typed.name.data, typed.words.data, days)
