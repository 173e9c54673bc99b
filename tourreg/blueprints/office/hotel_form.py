"""The form of one hotel of an event: what was typed, and the plan that it says once it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField

from tourreg import formats
from tourreg.blueprints.fields import EmailAddress, Line, Telephone
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, Day, Typed, WholeNumber, in_both
from tourreg.blueprints.office.event_words import currency_choices
from tourreg.blueprints.office.hotel_words import BILLINGS, FAULTS, KINDS, NAMES
from tourreg.blueprints.submissions import submission_key
from tourreg.domain.catalogue.models import Event
from tourreg.domain.travel import stays
from tourreg.domain.travel.plans import RoomTypePlan, StayPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import AmountUnreadable, Money, read_money

MOST_TYPES, FREE_ROWS, MOST_IN_ROOM, MOST_ROOMS = 12, 2, 9, 500
TEXTS = ("hotel", "address", "billing_note")
WORDS = ("phone", "contact", "email", "contract", "billing", "currency", "add_on")
DAYS = ("check_in_on", "check_out_on", "cut_off_on")


class HotelForm(Form):
    hotel_en, hotel_zh = in_both(NAMES["hotel"], most=160, printed=True)
    address_en, address_zh = in_both(NAMES["address"], most=300, printed=True)
    phone = Telephone(NAMES["phone"])
    contact = Line(NAMES["contact"], most=120, printed=True)
    email = EmailAddress(NAMES["email"], hint=_l("To which its rooming list can be sent."))
    add_on = Choice(NAMES["add_on"])
    check_in_on = Day(NAMES["check_in_on"], needed=_l("Type the day of the first night."))
    check_out_on = Day(NAMES["check_out_on"], needed=_l("Type the day of departure."))
    contract = Line(NAMES["contract"], most=60, wide=False, printed=True)
    cut_off_on = Day(NAMES["cut_off_on"], hint=_l("The last day on which rooms can be given back."))
    currency = Choice(NAMES["currency"], choices=currency_choices())
    comps = WholeNumber(NAMES["comps"], most=MOST_ROOMS)
    billing = Choice(NAMES["billing"], choices=BILLINGS)
    breakfast = BooleanField(NAMES["breakfast"])
    billing_note_en, billing_note_zh = in_both(
        NAMES["billing_note"], most=300, rows=2, printed=True, hint=_l("It stands on the rooming list.")
    )


class TypeForm(Form):
    public_id = HiddenField()
    kind = Choice(_l("Kind"), choices=KINDS, default="twin")
    label_en, label_zh = in_both(_l("Called"), most=120, wraps=True, printed=True)
    beds_en, beds_zh = in_both(_l("Beds"), most=80, wraps=True, printed=True)
    sleeps = WholeNumber(_l("Sleeps"), most=MOST_IN_ROOM)
    contracted = WholeNumber(_l("Rooms"), most=MOST_ROOMS)
    rate = Typed(_l("Rate a night"))
    remove = BooleanField(_l("Remove"))

    @property
    def is_filled(self) -> bool:
        typed = (control.data for control in self if control.type not in ("Choice", "BooleanField"))
        return any(typed)


@dataclass
class StayForm:
    """The whole form, made from whatever was typed.

    seen  fingerprint of the plan that the editor began from; "" for a new hotel
    top   sentences about the form as a whole
    """

    event: Event
    main: Any
    types: list[TypeForm]
    seen: str
    submission_key: str
    top: list[str] = field(default_factory=list)

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        self.main.validate()
        for row in self.kept:
            row.validate()
            self._require_whole(row)
        if not self.faults():
            self.note(stays.faults_of(self.plan()))
        return not self.faults()

    def plan(self) -> StayPlan:
        """Return what the form says; only after its fields were found right."""
        main = self.main
        said: dict[str, Any] = {name: _text(main, name) for name in TEXTS}
        said |= {name: main[name].data or "" for name in WORDS}
        said |= {name: main[name].value for name in DAYS}
        return StayPlan(
            **said,
            breakfast=bool(main.breakfast.data),
            comps=main.comps.value or 0,
            room_types=tuple(self._type(row) for row in self.kept),
        )

    @property
    def kept(self) -> list[TypeForm]:
        """Return the rows that say something and are not to go."""
        return [row for row in self.types if row.is_filled and not row.remove.data]

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = [control for form in self._forms() for control in form if control.errors]
        return [*(("", sentence) for sentence in self.top), *((each.id, _named(each)) for each in wrong)]

    def note(self, faults: dict[str, str]) -> None:
        """Put what the rules refuse beside the fields."""
        for name, wrong in faults.items():
            self.main[name].errors = [str(FAULTS[wrong])]

    def _require_whole(self, row: Any) -> None:
        needed = {"sleeps": _("For how many?"), "contracted": _("How many rooms?"), "rate": _("Type the rate.")}
        for name, sentence in needed.items():
            if not row[name].data and not row[name].errors:
                row[name].errors = [sentence]
        if row.sleeps.value == 0:
            row.sleeps.errors = [_("A room sleeps one at least.")]
        if not row.label_en.data and not row.label_zh.data and not row.label_en.errors:
            row.label_en.errors = [_("Say what the hotel calls these rooms, in either language.")]
        if row.rate.data:
            try:
                row.rate.value = read_money(row.rate.data, self.main.currency.data or "USD").minor
            except AmountUnreadable:
                row.rate.errors = [_("Type the amount with figures only, as in 1,540.00.")]

    def _type(self, row: Any) -> RoomTypePlan:
        return RoomTypePlan(
            kind=row.kind.data,
            label=_text(row, "label"),
            beds=_text(row, "beds"),
            sleeps=row.sleeps.value,
            contracted=row.contracted.value,
            rate_minor=row.rate.value,
            public_id=row.public_id.data or "",
        )

    def _forms(self) -> Iterator[Any]:
        yield self.main
        yield from self.kept


def read_form(typed: MultiDict[str, str], event: Event) -> StayForm:
    """Return the form with all that was typed, and two free rows for types of rooms."""
    main: Any = HotelForm(typed)
    main.add_on.offer({"": _("Everybody who takes part"), **_tours(event)})
    rows = [TypeForm(typed, prefix=f"types-{place}") for place in range(MOST_TYPES)]
    filled = max((place for place, row in enumerate(rows, start=1) if row.is_filled), default=0)
    return StayForm(event, main, rows[: filled + FREE_ROWS], typed.get("seen", ""), submission_key(typed))


def usual(event: Event) -> MultiDict[str, str]:
    """Return a new hotel's form before anybody has typed."""
    nights = {"check_in_on": event.starts_on.isoformat(), "check_out_on": event.ends_on.isoformat()}
    return MultiDict({**nights, "currency": event.currency, "billing": "master", "breakfast": "y", "add_on": ""})


def typed_of(plan: StayPlan) -> MultiDict[str, str]:
    """Return the fields as they would have been typed for what is written down."""
    typed: MultiDict[str, str] = MultiDict({name: getattr(plan, name) for name in WORDS})
    typed.update({name: _day(getattr(plan, name)) for name in DAYS})
    typed["comps"] = str(plan.comps or "")
    if plan.breakfast:
        typed["breakfast"] = "y"
    for name in TEXTS:
        typed.update(_both(name, getattr(plan, name)))
    for place, each in enumerate(plan.room_types):
        row = {
            "public_id": each.public_id, "kind": each.kind, **_both("label", each.label), **_both("beds", each.beds),
            "sleeps": str(each.sleeps), "contracted": str(each.contracted),
            "rate": formats.decimal_amount(Money(each.rate_minor, plan.currency)),
        }  # fmt: skip
        typed.update({f"types-{place}-{name}": value for name, value in row.items()})
    return typed


def differences(form: StayForm, theirs: StayForm) -> list[tuple[str, str]]:
    """Return what is saved now where it is not what was typed: the name of each field and what stands in it."""
    named = [
        (_label(control), _shown(theirs.main[control.name]))
        for control in form.main
        if control.data != theirs.main[control.name].data
    ]
    mine, other = ([_row_words(row) for row in each.kept] for each in (form, theirs))
    return [*named, (str(NAMES["room_types"]), "; ".join(other))] if mine != other else named


def _shown(control: Any) -> str:
    if control.type == "BooleanField":
        return _("Yes") if control.data else _("No")
    choices = {choice.value: str(choice.label) for choice in getattr(control, "choices", None) or ()}
    return choices.get(control.data, control.data or "")


def _row_words(row: Any) -> str:
    return f"{row.label_en.data or row.label_zh.data} ({row.contracted.data} × {row.rate.data})"


def _tours(event: Event) -> dict[str, str]:
    return {tour.public_id: tour.label.in_(language()) for tour in stays.tours_of(event)}


def _named(control: Any) -> str:
    return _("%(field)s: %(wrong)s", field=_label(control), wrong=control.errors[0])


def _label(control: Any) -> str:
    """Return what the summary of faults calls a field, with the row of a type of rooms."""
    label = str(control.label.text)
    ending = {"_en": _("English"), "_zh": _("Chinese")}.get(control.short_name[-3:])
    label = _("%(what)s, %(language)s", what=label, language=ending) if ending else label
    if not control.id.startswith("types-"):
        return label
    number = int(control.id.split("-")[1]) + 1
    return _("%(rows)s %(number)d, %(field)s", rows=_("Rooms"), number=number, field=label)


def _text(form: Any, name: str) -> Text:
    return Text(form[f"{name}_en"].data or "", form[f"{name}_zh"].data or "")


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
