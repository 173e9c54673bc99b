"""One item of an itinerary with everything that its paper can say of it, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import BooleanField, Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Amount, Choice, Day, Typed, WholeNumber, in_both
from tourreg.blueprints.office.itinerary_words import CHOICES, NAMES
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.db import writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import commands, rules
from tourreg.domain.itineraries.details import TEXTS, Details
from tourreg.domain.itineraries.plans import DayPlan, ItemPlan, plan_of
from tourreg.domain.itineraries.queries import day_with, speakers_of
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_itinerary_item", __name__)
LONGEST = 400
NOTES = ("for_participants", "for_host", "for_driver", "for_escort")
WORDS = ("host_phone", "driver", "driver_phone", "reference")
MOST_MINUTES = 24 * 60


class Clock(Typed):
    """A time of day, typed as on the sheet: 930 or 9:30."""

    def read(self, text: str) -> str:
        try:
            return f"{rules.read_clock(text):%H:%M}"
        except rules.TimeUnreadable:
            raise StopValidation(_("Type the time as 930 or 9:30.")) from None


class OptionalAmount(Amount):
    """An amount that may be left out."""

    def pre_validate(self, form: Form) -> None:
        if self.data:
            super().pre_validate(form)


def _texts() -> dict[str, Any]:
    """Return the fields of every text that an item may say beside its title, in both languages."""
    made: dict[str, Any] = {}
    for name in TEXTS:
        rows = 2 if name in (*NOTES, "topics", "access") else 0
        label = NAMES[f"details.{name}"]
        made[f"{name}_en"], made[f"{name}_zh"] = in_both(label, most=LONGEST, rows=rows, printed=True)
    return made


class _ItemForm(Form):
    nature = Choice(NAMES["nature"], choices=CHOICES["nature"], hint=_l("As an approving office counts it."))
    cost = Choice(NAMES["cost"], choices=CHOICES["cost"])
    group = Choice(NAMES["group"], choices=CHOICES["group"])
    optional = BooleanField(_l("People choose it: it is not for everybody who comes"))
    capacity = WholeNumber(NAMES["capacity"], hint=_l("Empty for no limit."))
    fee = OptionalAmount(NAMES["fee"], hint=_l("What the choice costs, empty for nothing."))
    choose_until = Day(NAMES["details.choose_until"], hint=_l("Empty until it begins."))
    standing = Choice(NAMES["standing"], choices=CHOICES["standing"])
    standing_by = Line(NAMES["standing_by"], most=120)
    standing_on = Day(NAMES["standing_on"])
    host_phone = Line(NAMES["details.host_phone"], most=40, wide=False, printed=True)
    leaves = Clock(NAMES["details.leaves"], hint=_l("When the vehicle leaves for it, as 0840."))
    minutes = WholeNumber(NAMES["details.minutes"], most=MOST_MINUTES)
    driver = Line(NAMES["details.driver"], most=120, printed=True)
    driver_phone = Line(NAMES["details.driver_phone"], most=40, wide=False, printed=True)
    reference = Line(NAMES["details.reference"], most=60, printed=True)
    speakers = SelectMultipleField(NAMES["speakers"], validate_choice=False)


ItemForm: Any = type("ItemForm", (_ItemForm,), _texts())


@blueprint.get("/office/events/<public_id>/itinerary/items/<item>")
@office()
def edit(public_id: str, item: str) -> Response:
    event = desk.event(public_id) or abort(404)
    day, plan = _found(event, item)
    return _page(event, day, plan, _form(event, _typed_of(plan, event)), seen=fingerprint(plan))


@blueprint.post("/office/events/<public_id>/itinerary/items/<item>")
@office("programme")
def save(public_id: str, item: str) -> Response | Redirection:
    event = desk.event(public_id) or abort(404)
    day, plan = _found(event, item)
    form, seen = _form(event, request.form), request.form.get("seen", "") or "nothing"
    if not _is_right(form):
        return _page(event, day, plan, form, 422, seen=seen)
    try:
        with writing():
            event = desk.event_to_change(public_id)
            commands.revise_item(event, item, _plan(form, plan), seen=seen, now=clock.utc_now(), by=acting())
    except commands.ItemEditedMeanwhile as refusal:
        event = desk.event(public_id) or abort(404)
        who = other_editor(refusal, event.zone)
        theirs = _differences(form, _typed_of(refusal.now, event))
        return _page(event, day, refusal.now, form, 409, seen=fingerprint(refusal.now), who=who, theirs=theirs)
    except commands.ItemGone:
        abort(404)
    flash(_("Saved."))
    return redirect(url_for(".edit", public_id=public_id, item=item), 303)


def _found(event: Event, item: str) -> tuple[DayPlan, ItemPlan]:
    day = day_with(event, item) or abort(404)
    plan = plan_of(day)
    return plan, next(each for each in plan.items if each.public_id == item)


def _form(event: Event, typed: MultiDict[str, str]) -> Any:
    form = ItemForm(typed)
    form.fee.currency = event.currency
    form.speakers.choices = [
        SelectChoice(speaker.public_id, speaker.name.in_(language())) for speaker in speakers_of(event)
    ]
    return form


def _is_right(form: Any) -> bool:
    """Look at every field, note what is wrong beside it, and tell whether nothing is."""
    form.validate()
    if form.standing.data != "none" and not form.standing_on.data and not form.standing_on.errors:
        form.standing_on.errors = [_("Type the day on which the host was asked or answered.")]
    if not form.optional.data and (form.capacity.data or form.fee.data or form.choose_until.data):
        form.optional.errors = [_("Only what people choose has places, a fee and a last day of its own.")]
    known = {choice.value for choice in form.speakers.choices}
    form.speakers.data = [speaker for speaker in form.speakers.data or [] if speaker in known]
    return not any(control.errors for control in form)


def _details(form: Any) -> Details:
    said: dict[str, Any] = {name: Text(form[f"{name}_en"].data or "", form[f"{name}_zh"].data or "") for name in TEXTS}
    said |= {name: form[name].data or "" for name in WORDS}
    until = form.choose_until.value if form.optional.data else None
    return Details(
        **said,
        leaves=form.leaves.value or "",
        minutes=form.minutes.value,
        choose_until=until.isoformat() if until else "",
    )


def _plan(form: Any, plan: ItemPlan) -> ItemPlan:
    """Return what the form says of the item; only after it was found right."""
    chosen = bool(form.optional.data)
    asked = form.standing.data != "none"
    return replace(
        plan,
        nature=form.nature.data,
        cost=form.cost.data,
        group=form.group.data,
        optional=chosen,
        capacity=form.capacity.value if chosen else None,
        fee_minor=form.fee.money.minor if chosen and form.fee.data else None,
        standing=form.standing.data,
        standing_by=form.standing_by.data or "" if asked else "",
        standing_on=form.standing_on.value if asked else None,
        speakers=tuple(form.speakers.data),
        details=_details(form),
    )


def _typed_of(plan: ItemPlan, event: Event) -> MultiDict[str, str]:
    """Return the fields as they would have been typed for what is written down."""
    details = plan.details
    typed: MultiDict[str, str] = MultiDict(
        {
            "nature": plan.nature,
            "cost": plan.cost,
            "group": plan.group,
            "capacity": "" if plan.capacity is None else str(plan.capacity),
            "fee": "" if plan.fee_minor is None else formats.decimal_amount(Money(plan.fee_minor, event.currency)),
            "standing": plan.standing,
            "standing_by": plan.standing_by,
            "standing_on": plan.standing_on.isoformat() if isinstance(plan.standing_on, date) else "",
            "choose_until": details.choose_until,
            "leaves": details.leaves,
            "minutes": "" if details.minutes is None else str(details.minutes),
            **{name: getattr(details, name) for name in WORDS},
        }
    )
    if plan.optional:
        typed["optional"] = "y"
    for name in TEXTS:
        text = getattr(details, name)
        typed.update({f"{name}_en": text.en, f"{name}_zh": text.zh})
    typed.setlist("speakers", list(plan.speakers))
    return typed


def _differences(form: Any, theirs: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Return what is saved now where it is not what was typed: the name of each field and what stands in it."""
    saved = ItemForm(theirs)
    return [
        (str(control.label.text), str(saved[control.name].data or ""))
        for control in form
        if control.type not in ("BooleanField", "SelectMultipleField") and control.data != saved[control.name].data
    ]


def _page(event: Event, day: DayPlan, plan: ItemPlan, form: Any, status: int = 200, **more: Any) -> Response:
    page = render_template(
        "office/itineraries/item.html", event=event, day=day, plan=plan, form=form, notes=NOTES, **more
    )
    return make_response(page, status)
