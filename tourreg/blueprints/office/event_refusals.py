"""What is said when an event cannot be written down as it was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tourreg import formats
from tourreg.blueprints.gettext import _, ngettext
from tourreg.blueprints.languages import language
from tourreg.blueprints.office import event_words
from tourreg.blueprints.office.event_form import EventForm, differences
from tourreg.blueprints.office.event_typing import partner_line
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.domain.catalogue.commands import (
    EditedMeanwhile,
    FixedOncePublic,
    LimitIsFixed,
    PrefixIsUnfit,
    SlugIsTaken,
    SlugIsUnfit,
)
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, StopPlan, plan_of
from tourreg.domain.catalogue.readiness import EventIsNotReady
from tourreg.domain.catalogue.seats import CapacityBelowTaken
from tourreg.domain.itineraries.commands import AddOnsHaveDays
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.plans import fingerprint
from tourreg.kernel.refusals import Refusal


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while this page was open.

    values  what stands there now in each field that the editor's own text would replace
    """

    who: str
    when: str
    values: list[tuple[str, list[str]]]


def note(refusal: Refusal, form: EventForm, event: Event | None = None) -> Theirs | None:
    """Put the refusal into words beside its field; return what somebody else saved, where that is the reason.

    raises  the refusal, where the form knows no words for it
    """
    if isinstance(refusal, EditedMeanwhile):
        return _theirs(refusal, form)
    words = _WORDS.get(type(refusal))
    if words is None:
        raise refusal
    words(refusal, form, event)
    return None


def _theirs(refusal: EditedMeanwhile, form: EventForm) -> Theirs:
    """Return what the other one saved; whoever saves again after having seen it replaces it knowingly."""
    current: EventPlan = refusal.now
    form.seen = fingerprint(current)
    changed = differences(form.plan(), current)
    who, when = other_editor(refusal, current.zone)
    return Theirs(
        who=who,
        when=when,
        values=[(str(event_words.NAMES[name]), _in_words(getattr(current, name), current)) for name in changed],
    )


def _not_ready(refusal: Any, form: EventForm, _event: Event | None) -> None:
    for fault in refusal.faults:
        form.note(*event_words.wrong(fault))


def _below_taken(refusal: Any, form: EventForm, event: Event | None) -> None:
    sentence = ngettext("%(num)d place is taken.", "%(num)d places are taken.", refusal.taken)
    form.note(_pool_field(refusal.pool_id, form, event), sentence)


def _pool_field(pool_id: int, form: EventForm, event: Event | None) -> str:
    things: list[Fee | AddOn] = [*event.fees, *event.add_ons] if event else []
    limited = {thing.public_id: thing.pool_id for thing in things}
    rows: list[Any] = [*form.fees, *form.add_ons]
    for row in rows:
        if limited.get(str(row.public_id.data)) == pool_id:
            return str(row.capacity.id)
    return "capacity"


def _limit_fixed(refusal: Any, form: EventForm, _event: Event | None) -> None:
    sentence = _(
        "People could choose it already, so it keeps its limit or stays without one. Withdraw it and add another."
    )
    rows: list[Any] = [*form.fees, *form.add_ons]
    ids = [row.capacity.id for row in rows if row.public_id.data == refusal.thing]
    form.note(ids[0] if ids else "", sentence)


def _have_days(refusal: Any, form: EventForm, event: Event | None) -> None:
    """Put the rows that were taken out back at the end, since their days need them."""
    if event is None:
        return
    for add_on in plan_of(event).add_ons:
        if add_on.public_id in refusal.add_ons:
            row: Any = form.put_back(add_on, event.currency)
            form.note(row.label_en.id, _("The itinerary has days of this add-on. Take them out of it first."))


def _fixed(refusal: Any, form: EventForm, _event: Event | None) -> None:
    for name in refusal.fields:
        form.note(name, _("This stays as the public has seen it."))


def _slug_unfit(_refusal: Any, form: EventForm, _event: Event | None) -> None:
    form.note("slug", _("Use small letters a to z, digits and single hyphens, as in energy-efficiency-2027."))


def _slug_taken(_refusal: Any, form: EventForm, _event: Event | None) -> None:
    form.note("slug", _("Another event has this address. Choose another, or leave it empty."))


def _prefix_unfit(_refusal: Any, form: EventForm, _event: Event | None) -> None:
    form.note("reference_prefix", _("Use two to six capital letters A to Z or digits."))


_WORDS: dict[type[Refusal], Callable[[Any, EventForm, Event | None], None]] = {
    EventIsNotReady: _not_ready,
    CapacityBelowTaken: _below_taken,
    LimitIsFixed: _limit_fixed,
    AddOnsHaveDays: _have_days,
    FixedOncePublic: _fixed,
    SlugIsUnfit: _slug_unfit,
    SlugIsTaken: _slug_taken,
    PrefixIsUnfit: _prefix_unfit,
}


def _in_words(value: Any, plan: EventPlan) -> list[str]:
    """Return a value of a plan as lines to read."""
    if isinstance(value, Text):
        return [words for words in (value.en, value.zh) if words] or ["–"]
    if isinstance(value, date):
        return [formats.full_date(value, language())]
    if isinstance(value, tuple):
        return [_row(row, plan) for row in value] or ["–"]
    return [str(value) or "–"]


def _row(row: Any, plan: EventPlan) -> str:
    if isinstance(row, FeePlan | AddOnPlan):
        return f"{row.label.in_(language())}, {formats.money(Money(row.amount_minor, plan.currency), language())}"
    if isinstance(row, StopPlan):
        return formats.date_range(row.from_on, row.to_on, language())
    return row if isinstance(row, str) else partner_line(row)
