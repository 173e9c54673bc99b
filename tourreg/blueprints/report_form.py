"""What a city types after a visit: how many came, what it gave in kind, and a short survey."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, RadioField
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.office.event_fields import Amount, Choice, Typed, WholeNumber
from tourreg.domain.hosting.report_models import VisitReport
from tourreg.domain.hosting.report_rules import CHOICES, MOST_GIFTS, WORDS, Came, Gift, Reported
from tourreg.domain.hosting.reports import Counted
from tourreg.kernel.money import CURRENCIES, digits

SPARE_ROWS = 3
QUESTIONS: Mapping[str, Any] = {
    "group_fit": _l("Did the group suit what you had to show?"),
    "went_well": _l("What went well?"),
    "do_otherwise": _l("What should be done otherwise next time?"),
    "gained": _l("What did your city gain from the visit?"),
    "host_again": _l("Would you host a group again?"),
    "other": _l("Anything else?"),
}
CHOICE_WORDS: Mapping[str, Mapping[str, Any]] = {
    "group_fit": {"well": _l("Well"), "partly": _l("Partly"), "badly": _l("Badly")},
    "host_again": {"yes": _l("Yes"), "perhaps": _l("Perhaps"), "no": _l("No")},
}


class Hours(Typed):
    """Hours of work with at most two decimals; `value` is in minutes."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "decimal", "autocomplete": "off"}, **more)

    def read(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,5}([.,]\d{1,2})?", text, re.ASCII):
            raise StopValidation(_("Type hours as 2.5, at most 99,999."))
        whole, _sign, part = text.replace(",", ".").partition(".")
        return int(whole) * 60 + round(int(part.ljust(2, "0") or 0) * 60 / 100)


class _Value(Amount):
    def pre_validate(self, form: Form) -> None:
        if self.data:
            super().pre_validate(form)


class ReportForm(Form):
    """The parts that every report has; rows of attendance and of gifts are added by `report_form`."""

    seen = HiddenField()
    currency = Choice(_l("Currency of the values"), choices={code: code for code in CURRENCIES})
    went_well = Lines(QUESTIONS["went_well"], most=2000, render_kw={"rows": "3"})
    do_otherwise = Lines(QUESTIONS["do_otherwise"], most=2000, render_kw={"rows": "3"})
    gained = Lines(QUESTIONS["gained"], most=2000, render_kw={"rows": "3"})
    other = Lines(QUESTIONS["other"], most=2000, render_kw={"rows": "3"})
    group_fit = RadioField(
        QUESTIONS["group_fit"], choices=list(CHOICE_WORDS["group_fit"].items()), validate_choice=False
    )
    host_again = RadioField(
        QUESTIONS["host_again"], choices=list(CHOICE_WORDS["host_again"].items()), validate_choice=False
    )
    may_be_quoted = BooleanField(_l("You may quote these answers with the name of our city."))
    name = Line(
        _l("Your name"), most=120, needed=_l("Type your name."), printed=True, render_kw={"autocomplete": "name"}
    )

    counted: Sequence[Counted] = ()
    rows: int = 0

    def reported(self) -> Reported:
        """Return what was typed; only after the form was found right."""
        typed: Any = self
        return Reported(
            name=typed.name.data,
            currency=typed.currency.data,
            attendance=self._attendance(),
            gifts=tuple(gift for gift in map(self._gift, range(self.rows)) if gift is not None),
            answers={name: answer for name in (*WORDS, *CHOICES) if (answer := self._answer(name))},
            may_be_quoted=bool(typed.may_be_quoted.data),
        )

    def is_right(self) -> bool:
        """Tell whether all was typed as it has to be, rows by rows."""
        right = self.validate()
        for number in range(self.rows):
            row = {part: self[f"{part}_{number}"] for part in ("what", "who", "hours", "value")}
            if not row["what"].data and any(one.data for one in row.values()):
                row["what"].errors = [_("Say what it was.")]
                right = False
        return right

    def _attendance(self) -> tuple[Came, ...]:
        came: list[Came] = []
        for number, one in enumerate(self.counted):
            value = self[f"came_{number}"].value
            if value is not None:
                came.append(Came(one.on_date, one.item, one.title, value))
        return tuple(came)

    def _gift(self, number: int) -> Gift | None:
        what, who, hours, value = (self[f"{part}_{number}"] for part in ("what", "who", "hours", "value"))
        if not what.data:
            return None
        minor = value.money.minor if value.data else None
        return Gift(what.data, who.data or "", hours.value, minor)

    def _answer(self, name: str) -> str:
        answer = self[name].data or ""
        return answer if name in WORDS or answer in CHOICES[name] else ""


def report_form(typed: Any, counted: Sequence[Counted], rows: int, currency: str) -> Any:
    """Return the form with a row for each thing at which people are counted, and for each gift."""
    fields: dict[str, Any] = {"counted": counted, "rows": min(max(rows, SPARE_ROWS), MOST_GIFTS)}
    for number in range(len(counted)):
        fields[f"came_{number}"] = WholeNumber(_l("How many came"), most=10_000)
    for number in range(fields["rows"]):
        fields[f"what_{number}"] = Line(_l("What you gave"), most=200, printed=True)
        fields[f"who_{number}"] = Line(_l("Who gave it"), most=200, printed=True)
        fields[f"hours_{number}"] = Hours(_l("Hours of work"))
        fields[f"value_{number}"] = _Value(_l("Value"))
    form: Any = type("RowedReportForm", (ReportForm,), fields)(typed)
    chosen = form.currency.data if form.currency.data in CURRENCIES else currency
    for number in range(form.rows):
        form[f"value_{number}"].currency = chosen
    return form


def rows_typed(typed: Mapping[str, str]) -> int:
    """Return how many rows of gifts a form that was sent has."""
    numbers = [int(name[5:]) for name in typed if re.fullmatch(r"what_\d{1,2}", name, re.ASCII)]
    return min(max(numbers, default=-1) + 1, MOST_GIFTS)


def typed_of(report: VisitReport | None, counted: Sequence[Counted], *, name: str, currency: str) -> dict[str, str]:
    """Return what stands in the fields when the report does."""
    if report is None:
        return {"seen": "0", "name": name, "currency": currency}
    typed = {"seen": str(report.revision), "name": report.reported_name, "currency": report.currency, **report.answers}
    if report.may_be_quoted:
        typed["may_be_quoted"] = "y"
    came = {(one.on_date, one.item): one.came for one in report.attendance}
    for number, one in enumerate(counted):
        if (one.on_date, one.item) in came:
            typed[f"came_{number}"] = str(came[one.on_date, one.item])
    for number, gift in enumerate(report.gifts):
        typed |= {f"what_{number}": gift.what, f"who_{number}": gift.who}
        typed[f"hours_{number}"] = "" if gift.minutes is None else f"{gift.minutes / 60:.2f}".rstrip("0").rstrip(".")
        typed[f"value_{number}"] = "" if gift.value_minor is None else _amount(gift.value_minor, report.currency)
    return typed


def _amount(minor: int, currency: str) -> str:
    whole, part = divmod(minor, 10 ** digits(currency))
    return f"{whole:,}.{part:02d}" if digits(currency) else f"{whole:,}"
