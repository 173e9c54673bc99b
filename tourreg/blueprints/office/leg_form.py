"""The form of one leg of a tour: what was typed, and the plan that it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form
from wtforms.validators import StopValidation

from tourreg import formats
from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_form import Several
from tourreg.blueprints.languages import language
from tourreg.blueprints.matching_words import fault_words
from tourreg.blueprints.office.event_fields import Day, Typed, WholeNumber
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import Topic
from tourreg.domain.cities.places import LONGEST_SEARCH, Place, find_places, place_of, plain_name
from tourreg.domain.hosting.offer_rules import LANGUAGES, Fault
from tourreg.domain.matching.legs import MOST_KM, MOST_NIGHTS, LegPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import AmountUnreadable, Money, read_money
from tourreg.kernel.ordering import sort_key

MOST_NAMED = 4


_SIGNS = re.compile("[,，省市]|(?:壮族|回族|维吾尔)?自治区|特别行政区")


class PlaceName(Line):
    """A city by its name, with its state or province where several have it; `value` is its key, "" for none."""

    def __init__(self, label: Any, *, hint: Any, **more: Any) -> None:
        shown = {"autocomplete": "off"}
        super().__init__(label, most=LONGEST_SEARCH, hint=hint, wide=False, render_kw=shown, **more)
        self.value = ""

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        self.value = self._key(self.data) if self.data else ""

    def _key(self, typed: str) -> str:
        found = [place for place in find_places(typed) if _is_named(place, typed)]
        whole = [place for place in found if _bare(typed) in _full_names(place)]
        if len(whole) == 1:
            return whole[0].key
        if not found:
            raise StopValidation(_("We know no place of this name."))
        if len(found) > 1:
            several = formats.listing([full_name(place) for place in found[:MOST_NAMED]], language())
            raise StopValidation(_("There are several. Type it with its state: %(several)s.", several=several))
        return found[0].key


def full_name(place: Place | None) -> str:
    """Return a place with its state or province, as it can be typed again; "" for none."""
    if place is None:
        return ""
    if language() == "zh" and place.name.zh:
        return place.name.zh if place.region.zh == place.name.zh else place.region.zh + place.name.zh
    return place.name.en if place.region.en == place.name.en else f"{place.name.en}, {place.region.en}"


def _is_named(place: Place, typed: str) -> bool:
    """Tell whether the words are the place's whole name, with or without its state."""
    if not typed.isascii() and _bare(typed) in (_bare(place.name.zh), *_full_names(place)):
        return True
    bare = sort_key(typed.replace(",", " ").replace("，", " ")).split()
    name = sort_key(place.name.en).split()
    return bare[: len(name)] == name or "".join(bare) == "".join(name)


def _full_names(place: Place) -> set[str]:
    """Return a place with its state or province in either language; alone where it is called as that."""
    name, region = place.name, place.region
    chinese = name.zh if region.zh == name.zh else region.zh + name.zh
    return {_bare(f"{name.en} {region.en}"), _bare(chinese)} - {""}


def _bare(words: str) -> str:
    return plain_name(_SIGNS.sub(" ", words))


class LegForm(Form):
    first_on = Day(_l("Between"), needed=_l("Type the first day on which it could begin."))
    last_on = Day(_l("And"), needed=_l("Type the last day on which it could end."))
    nights = WholeNumber(
        _l("Number of nights"),
        most=MOST_NIGHTS,
        needed=_l("Type how many nights."),
        hint=_l("0 is a visit of one day."),
    )
    people = WholeNumber(_l("Number of people"), needed=_l("Type how many people come."))
    topics = Several(_l("Topics"))
    languages = Several(_l("Languages"))
    regions = Several(_l("States or provinces"))
    near = PlaceName(_l("Near, or from"), hint=_l("A city, such as Springfield, IL."))
    towards = PlaceName(_l("On the way to"), hint=_l("Fill in both where the stop should lie on the way."))
    within_km = WholeNumber(_l("At most so many kilometres away"), most=MOST_KM, hint=_l("Or so much of a detour."))
    homestay = BooleanField(_l("The group stays with households"))
    budget = Typed(
        _l("Budget for what the city charges the group"), render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    words = Lines(
        _l("What the group wants to learn"), most=4000, hint=_l("It comes into the letter to the city."), printed=True,
        render_kw={"rows": "4"},
    )  # fmt: skip

    currency = "USD"

    def validate_budget(self, control: Typed) -> None:
        if control.data:
            try:
                control.value = read_money(control.data, self.currency).minor
            except AmountUnreadable:
                raise StopValidation(_("Type the amount with figures only, as in 1,540.00.")) from None

    def plan(self) -> LegPlan:
        """Return what the form says; only after its fields were found right."""
        said: Any = self
        facts: dict[str, Any] = {
            name: self[name].value
            for name in ("first_on", "last_on", "nights", "people", "within_km", "near", "towards")
        }
        facts |= {name: tuple(self[name].data or ()) for name in ("topics", "languages", "regions")}
        facts["budget_minor"] = said.budget.value if said.budget.data else None
        return LegPlan(**facts, homestay=bool(said.homestay.data), words=said.words.data or "")

    def note(self, faults: Iterable[Fault]) -> None:
        """Put what the rules refuse beside the fields."""
        for fault in faults:
            self[fault.field].errors = [fault_words(fault)]


def leg_form(event: Event, said: MultiDict[str, str], topics: Sequence[Topic], regions: Sequence[Text]) -> LegForm:
    """Return the form with the topics and regions that can be chosen."""
    form = LegForm(said)
    form.currency = event.currency
    choices: Any = form
    choices.topics.offer({topic.slug: topic.name.in_(language()) for topic in topics})
    choices.languages.offer({code: formats.language_name(code, language()) for code in LANGUAGES})
    choices.regions.offer({region.en: region.in_(language()) for region in regions})
    return form


def said_by(plan: LegPlan, currency: str) -> MultiDict[str, str]:
    """Return a plan as a browser would send it."""
    said = MultiDict(
        {
            "first_on": plan.first_on.isoformat(), "last_on": plan.last_on.isoformat(), "nights": str(plan.nights),
            "people": str(plan.people), "words": plan.words, "near": full_name(_place(plan.near)),
            "towards": full_name(_place(plan.towards)),
            "within_km": "" if plan.within_km is None else str(plan.within_km),
            "budget": "" if plan.budget_minor is None else formats.plain_amount(Money(plan.budget_minor, currency)),
        }
    )  # fmt: skip
    for name in ("topics", "languages", "regions"):
        said.setlist(name, list(getattr(plan, name)))
    if plan.homestay:
        said["homestay"] = "y"
    return said


def _place(key: str) -> Place | None:
    return place_of(key) if key else None
