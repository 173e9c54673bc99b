"""The form of a discount code: whatever was typed, and the plan that it says once it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tourreg import formats
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.code_words import KINDS
from tourreg.blueprints.office.event_fields import Choice, Day, Typed, WholeNumber
from tourreg.blueprints.office.event_words import currency_choices
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event, Fee
from tourreg.domain.discounts import commands
from tourreg.domain.discounts.commands import CodePlan
from tourreg.domain.discounts.rules import normal_word
from tourreg.kernel.money import AmountUnreadable, Money, read_money
from tourreg.kernel.refusals import Refusal

MOST_EVENTS = 60


class CodeForm(Form):
    word = Line(
        _l("Code"),
        most=40,
        wide=False,
        needed=_l("Type the code."),
        hint=_l("Four to thirty letters A to Z and digits. Case, spaces and dashes do not matter when people type it."),
    )
    note = Line(_l("What it is for"), most=300, hint=_l("Only the office sees this."))
    kind = Choice(_l("What it does"), choices=KINDS)
    percent = WholeNumber(_l("Percent"), most=100)
    off = Typed(_l("Amount off each fee"))
    currency = Choice(_l("Currency"), hint=_l("Of the amount and the budget; the code then works for bills in it."))
    most_uses = WholeNumber(_l("People in all"), hint=_l("Left empty, there is no limit."))
    most_per_contact = WholeNumber(_l("People per contact"), hint=_l("Left empty, there is no limit."))
    budget = Typed(_l("Budget"), hint=_l("All that the code may take off together."))
    from_on = Day(_l("First day"), hint=_l("From 00:00 in the event’s time zone."))
    until_on = Day(_l("Last day"), hint=_l("Until 23:59 in the event’s time zone."))
    events = SelectMultipleField(_l("Events"), validate_choice=False)
    fees = SelectMultipleField(_l("Fees"), validate_choice=False)

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        self.validate()
        for amount in (self.off, self.budget):
            _read_amount(amount, self.currency.data or "USD")
        if not any(control.errors for control in self):
            for name, fault in commands.faults_of(self.plan()).items():
                self[name].errors = [_WRONG[fault]]
        return not any(control.errors for control in self)

    def plan(self) -> CodePlan:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        kind = typed.kind.data
        return CodePlan(
            word=normal_word(typed.word.data),
            kind=kind,
            percent=typed.percent.value if kind == "percent" else None,
            off_minor=typed.off.value if kind == "amount" else None,
            currency=typed.currency.data,
            most_uses=typed.most_uses.value,
            most_per_contact=typed.most_per_contact.value,
            from_on=typed.from_on.value,
            until_on=typed.until_on.value,
            events=tuple(sorted(set(typed.events.data) & {choice.value for choice in typed.events.choices})),
            fees=tuple(sorted(set(typed.fees.data) & {choice.value for choice in typed.fees.choices})),
            budget_minor=typed.budget.value,
            note=typed.note.data,
        )

    def note_fault(self, name: str, sentence: str) -> None:
        control: Any = self[name]
        control.errors = [sentence]

    def refuse(self, refusal: Refusal) -> None:
        """Put the words of a refusal beside its field; one that is unknown here stays loud."""
        if isinstance(refusal, commands.WordIsTaken):
            self.note_fault("word", _("Another code is this word already."))
        elif isinstance(refusal, commands.WordIsFixed):
            self.note_fault(refusal.field, _("People used the code, so this stays as it is."))
        elif isinstance(refusal, commands.LimitBelowUsed) and refusal.field == "most_uses":
            self.note_fault(
                "most_uses", ngettext("%(num)d person uses it already.", "%(num)d people use it already.", refusal.used)
            )
        elif isinstance(refusal, commands.LimitBelowUsed):
            used = formats.money(Money(refusal.used, self.currency.data), language())
            self.note_fault("budget", _("The code has taken %(amount)s off already.", amount=used))
        else:
            raise refusal


_WRONG = {
    "word_unfit": _l("Use four to thirty letters A to Z and digits."),
    "percent_missing": _l("Type the percent, from 1 to 100."),
    "amount_missing": _l("Type the amount."),
    "currency_missing": _l("An amount and a budget need a currency."),
    "fees_missing": _l("Choose the fees that the code opens."),
    "until_before_from": _l("The last day lies before the first."),
}


def read_form(typed: Mapping[str, Any], plan: CodePlan | None = None) -> CodeForm:
    """Return the form with all that was typed.

    plan  of the code as it is, whose events and fees can be chosen whatever their state
    """
    form = CodeForm(typed if isinstance(typed, MultiDict) else MultiDict(typed))
    currency: Any = form.currency
    currency.offer({"": _("Any"), **currency_choices()})
    offered = [event for event in desk.events(desk.Wanted(), most=MOST_EVENTS) if _may_be_chosen(event, plan)]
    form.events.choices = [SelectChoice(event.public_id, event.title.in_(language())) for event in offered]
    form.fees.choices = [
        SelectChoice(fee.public_id, _fee_of(event, fee))
        for event in offered
        for fee in event.fees
        if not fee.withdrawn or (plan and fee.public_id in plan.fees)
    ]
    return form


def _fee_of(event: Event, fee: Fee) -> str:
    return _("%(event)s: %(fee)s", event=event.title.in_(language()), fee=fee.label.in_(language()))


def typed_of(plan: CodePlan) -> MultiDict[str, Any]:
    """Return the form as it stands when nobody has typed yet."""
    typed: MultiDict[str, Any] = MultiDict(
        {
            **{name: str(getattr(plan, name)) for name in ("word", "note", "kind", "currency")},
            **{name: _number(getattr(plan, name)) for name in ("percent", "most_uses", "most_per_contact")},
            **{name: day.isoformat() for name in ("from_on", "until_on") if (day := getattr(plan, name))},
            "off": _amount(plan.off_minor, plan.currency),
            "budget": _amount(plan.budget_minor, plan.currency),
        }
    )
    typed.setlist("events", list(plan.events))
    typed.setlist("fees", list(plan.fees))
    return typed


def _may_be_chosen(event: Event, plan: CodePlan | None) -> bool:
    chosen = plan and (event.public_id in plan.events or any(fee.public_id in plan.fees for fee in event.fees))
    return bool(chosen) or event.state != "cancelled"


def _read_amount(control: Field, currency: str) -> None:
    if control.errors or not control.data:
        return
    try:
        control.value = read_money(control.data, currency).minor
    except AmountUnreadable:
        control.errors = [_("Type the amount with figures only, as in 1,540.00.")]


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else formats.plain_amount(Money(minor, currency))
