"""The page on which the office types the cancellation terms of an event: rows of steps, for all and for each add-on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Day, Typed, WholeNumber
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.db import writing
from tourreg.domain.catalogue import desk, terms
from tourreg.domain.catalogue.cancellation import (
    MOST_DAYS,
    MOST_STEPS,
    EventTerms,
    Others,
    Step,
    Terms,
    TermsUnfit,
    event_terms,
    others_of,
)
from tourreg.domain.catalogue.commands import EditedMeanwhile
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.prices import currencies_of
from tourreg.kernel import clock
from tourreg.kernel.money import CURRENCIES, AmountUnreadable, Money, digits, read_money
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_event_terms", __name__)

PROGRAMME = "programme"
LEAST_ROWS, ROWS_MORE = 4, 2
# As in CNY 1,000.00; several stand with a stroke between them.
_AMOUNT = re.compile(rf"(?:({'|'.join(CURRENCIES)})\s?)?(\S+)")
_STROKE = re.compile(r"\s*/\s*")
_PERCENT = re.compile(r"(\d{1,3})\s?%", re.ASCII)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_WRONG = {
    "days": _l("A whole number from 0 to 730."),
    "kept": _l("From 0% to 100%, or an amount."),
    "same_day": _l("Another step has the same day."),
    "keeps_less": _l("It keeps less than an earlier step, though it is nearer to the start."),
}


class Kept(Typed):
    """A part of the price, as in 25%, or an amount in each currency, as in 150.00 / CNY 1,000.00.

    `value` is (percent, minor units of the event's currency, those of further ones).

    currencies  in which an amount is needed, the event's own first; more are taken too
    """

    currencies: Sequence[str] = ("USD",)

    def read(self, text: str) -> tuple[int, int, Others]:
        percent = _PERCENT.fullmatch(text)
        if percent:
            return int(percent[1]), 0, ()
        amounts = self._amounts(text)
        if not any(amounts.values()):
            return 0, 0, ()
        if not all(amounts.get(currency) for currency in (*self.currencies, *amounts)):
            raise StopValidation(_("Type an amount in each currency, as in %(example)s.", example=self.example))
        return 0, amounts.pop(self.currencies[0]), others_of(amounts)

    @property
    def example(self) -> str:
        """Return how an amount is typed."""
        first = "150.00" if digits(self.currencies[0]) else "15,000"
        return " / ".join([first, *(f"{currency} 1,000" for currency in self.currencies[1:])])

    def _amounts(self, text: str) -> dict[str, int]:
        """Return the amounts by currency; one that is not named is of the event's own."""
        amounts: dict[str, int] = {}
        for part in _STROKE.split(text):
            match = _AMOUNT.fullmatch(part)
            currency, amount = (match[1], match[2]) if match and match[1] else (self.currencies[0], part)
            try:
                minor = read_money(amount, currency).minor
            except AmountUnreadable:
                raise StopValidation(_("Type a part as 25%, or an amount as 150.00.")) from None
            if currency in amounts:
                raise StopValidation(_("Type one amount for each currency."))
            amounts[currency] = minor
        return amounts


class StepForm(Form):
    days = WholeNumber(_l("Days before the start"), most=MOST_DAYS)
    kept = Kept(_l("Kept"))


class PartForm(Form):
    deposit = Kept(
        _l("Deposit that is never paid back"), hint=_l("An amount for each line. It is the least that is kept.")
    )
    last_refund_on = Day(_l("Last day for any refund"))


@dataclass
class Part:
    """The terms of the programme, or of one add-on, as they are typed.

    name  PROGRAMME, or the add-on's public id
    """

    name: str
    title: str
    whole: Any
    steps: list[Any]

    def is_right(self) -> bool:
        right = [self.whole.validate(), *(step.validate() for step in self.steps)]
        for step in self._typed_steps():
            for control in (step.days, step.kept):
                if not control.data:
                    control.errors = [_("Type both, or leave the row empty.")]
        if self.whole.deposit.value and self.whole.deposit.value[0]:
            self.whole.deposit.errors = [_("Type an amount, not a part.")]
        if not self._typed_steps() and (self.whole.deposit.data or self.whole.last_refund_on.data):
            self.steps[0].days.errors = [_("Type at least one step.")]
        return all(right) and not self.faults()

    def terms(self) -> Terms | None:
        """Return what was typed; None for an empty part.

        raises  TermsUnfit
        """
        rows = self._typed_steps()
        if not rows:
            return None
        steps = tuple(Step(row.days.value, *row.kept.value) for row in rows)
        deposit = self.whole.deposit.value
        _percent, minor, others = deposit or (0, 0, ())
        typed = Terms(steps, minor, self.whole.last_refund_on.value, others)
        try:
            return terms.in_order(typed)
        except TermsUnfit as refusal:
            for row, code in refusal.faults:
                control = rows[row].days if code in ("days", "same_day") else rows[row].kept
                control.errors = [str(_WRONG[code])]
            raise

    def faults(self) -> list[tuple[str, str]]:
        controls = [*self.whole, *(control for step in self.steps for control in step)]
        return [(control.id, f"{self.title}: {control.errors[0]}") for control in controls if control.errors]

    def _typed_steps(self) -> list[Any]:
        return [step for step in self.steps if step.days.data or step.kept.data]


@blueprint.get("/office/events/<public_id>/terms")
@office()
def edit(public_id: str) -> Response:
    event = desk.event(public_id) or abort(404)
    return _page(event, _parts(event, _typed_of(event)), fingerprint(event_terms(event)))


@blueprint.post("/office/events/<public_id>/terms")
@office("programme", "finance")
def save(public_id: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    parts, seen = _parts(event, request.form), request.form.get("seen", "")
    seen = seen if _FINGERPRINT.fullmatch(seen) else ""
    wanted = _read(parts)
    if wanted is None:
        return _page(event, parts, seen, 422)
    try:
        with writing():
            changing = desk.event_to_change(public_id)
            terms.write_terms(changing, wanted, seen=seen, now=clock.utc_now(), by=acting())
    except EditedMeanwhile as refusal:
        event = desk.event(public_id) or abort(404)
        return _page(event, parts, fingerprint(refusal.now), 409, theirs=other_editor(refusal, event.zone))
    flash(_("Saved."))
    return redirect(url_for(".edit", public_id=public_id), 303)


def _read(parts: list[Part]) -> EventTerms | None:
    """Return what all parts say; None where something is wrong, which then stands beside its field."""
    right = [part.is_right() for part in parts]
    try:
        read = {part.name: part.terms() for part in parts if all(right)}
    except TermsUnfit:
        return None
    if not all(right):
        return None
    programme = read.pop(PROGRAMME)
    own = {name: written for name, written in read.items() if written is not None}
    if own and programme is None:
        parts[0].steps[0].days.errors = [_("Add-ons can have terms of their own only beside those of the programme.")]
        return None
    return EventTerms(programme, own)


def _parts(event: Event, typed: MultiDict[str, str]) -> list[Part]:
    names = {PROGRAMME: _("The programme, and all that has no terms of its own")}
    names |= {one.public_id: one.label.in_(language()) for one in event.add_ons if not one.withdrawn}
    return [_part(event, name, title, typed) for name, title in names.items()]


def _part(event: Event, name: str, title: str, typed: MultiDict[str, str]) -> Part:
    rows = [row for row in range(MOST_STEPS) if f"{name}-{row}-days" in typed] or [0]
    filled = [row for row in rows if typed.get(f"{name}-{row}-days") or typed.get(f"{name}-{row}-kept")]
    shown = min(MOST_STEPS, max(LEAST_ROWS, (filled[-1] + 1 if filled else 0) + ROWS_MORE))
    part = Part(
        name, title, PartForm(typed, prefix=name), [StepForm(typed, prefix=f"{name}-{n}") for n in range(shown)]
    )
    for control in (part.whole.deposit, *(step.kept for step in part.steps)):
        control.currencies = currencies_of(event)
    return part


def _typed_of(event: Event) -> MultiDict[str, str]:
    """Return the form as it stands when nobody has typed yet."""
    written = event_terms(event)
    parts = {PROGRAMME: written.programme, **(written.add_ons or {})}
    typed: MultiDict[str, str] = MultiDict()
    for name, one in parts.items():
        if one is None:
            continue
        for row, step in enumerate(one.steps):
            typed[f"{name}-{row}-days"] = str(step.days)
            typed[f"{name}-{row}-kept"] = _kept(step, event.currency)
        if one.deposit_minor:
            typed[f"{name}-deposit"] = _amounts(one.deposit_minor, event.currency, one.deposit_others)
        if one.last_refund_on:
            typed[f"{name}-last_refund_on"] = one.last_refund_on.isoformat()
    return typed


def _kept(step: Step, currency: str) -> str:
    return _amounts(step.kept_minor, currency, step.kept_others) if step.kept_minor else f"{step.kept_percent}%"


def _amounts(minor: int, currency: str, others: Others) -> str:
    further = (f"{code} {formats.plain_amount(Money(other, code))}" for code, other in others)
    return " / ".join((formats.plain_amount(Money(minor, currency)), *further))


def _page(event: Event, parts: list[Part], seen: str, status: int = 200, *, theirs: Any = None) -> Response:
    page = render_template(
        "office/events/terms.html",
        event=event,
        parts=parts,
        seen=seen,
        faults=[fault for part in parts for fault in part.faults()],
        theirs=theirs,
        policy=policy_of(event),
    )
    return make_response(page, status)
