"""The form of an offer before anybody typed: as a new one begins, and as a written one stands."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tourreg import formats
from tourreg.blueprints.day_fields import spans_of
from tourreg.blueprints.gettext import _
from tourreg.blueprints.host_offer_form import NUMBERS, WrittenOffer
from tourreg.blueprints.host_offer_words import NAMES
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.offer_plans import OfferPlan
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money

_USUAL = {"notice_days": "30", "days_most": "1", "smallest": "1", "meals": "breakfast", "own_room": "y"}
# Working days of one person, not a day of a group.
_USUAL_OF = {"internship": {"days_most": "20", "largest": "1"}, "job_shadow": {"days_most": "3", "largest": "1"}}
_HOME_CURRENCY = {"CN": "CNY"}


def usual(city: City, kind: str, theirs: str) -> MultiDict[str, str]:
    """Return a new offer's form before anybody has typed."""
    typed: MultiDict[str, str] = MultiDict(
        {**_USUAL, **_USUAL_OF.get(kind, {}), "currency": _HOME_CURRENCY.get(city.country, "USD")}
    )
    typed.add("spoken", "zh" if city.country == "CN" else theirs)
    return typed


def typed_of(plan: OfferPlan) -> MultiDict[str, str]:
    """Return the fields as they would have been typed for what is written down."""
    typed: MultiDict[str, str] = MultiDict({"currency": plan.currency, "meals": "none"})
    for name in NUMBERS:
        typed[name] = "" if getattr(plan, name) is None else str(getattr(plan, name))
    for name in ("title", "words", "provided"):
        typed.update(_both(name, getattr(plan, name)))
    for name in ("topics", "sites", "spoken", "interpreted"):
        typed.setlist(name, list(getattr(plan, name)))
    typed["blackouts"] = "\n".join(days_line(first, last) for first, last in spans_of(plan.blackouts))
    if plan.may_share:
        typed["may_share"] = "y"
    _add_rows(typed, plan)
    _add_homestay(typed, plan)
    return typed


def differences(form: WrittenOffer, theirs: WrittenOffer) -> list[tuple[str, str]]:
    """Return what is saved now where it is not what was typed: the name of each field and what stands in it."""
    named = [
        (str(control.label.text), _shown(theirs.main[control.name]))
        for control in form.main
        if _said(control) != _said(theirs.main[control.name])
    ]
    for name, rows in (("windows", (form.kept_windows, theirs.kept_windows)), ("charges", _charges(form, theirs))):
        mine, other = (["; ".join(_row_words(row) for row in each)] for each in rows)
        if mine != other:
            named.append((str(NAMES[name]), other[0]))
    return named


def days_line(first: object, last: object) -> str:
    """Return a day or a span of days as it is typed."""
    return str(first) if first == last else _("%(first)s to %(last)s", first=first, last=last)


def _charges(form: WrittenOffer, theirs: WrittenOffer) -> tuple[list[object], list[object]]:
    return list(form.kept_charges), list(theirs.kept_charges)


def _row_words(row: object) -> str:
    data = {name: value for name, value in row.data.items() if name not in ("public_id", "remove")}  # type: ignore[attr-defined]
    return " ".join(str(value) for value in data.values() if value)


def _said(control: object) -> object:
    data = control.data  # type: ignore[attr-defined]
    return sorted(data) if isinstance(data, list) else data or ""


def _shown(control: object) -> str:
    data = control.data  # type: ignore[attr-defined]
    if isinstance(data, bool):
        return _("Yes") if data else _("No")
    choices = {choice.value: str(choice.label) for choice in getattr(control, "choices", None) or ()}
    chosen = data if isinstance(data, list) else [data]
    return ", ".join(choices.get(one, str(one or "")) for one in chosen)


def _add_rows(typed: MultiDict[str, str], plan: OfferPlan) -> None:
    for place, window in enumerate(plan.windows):
        row = {"public_id": window.public_id, "first_on": str(window.first_on), "last_on": str(window.last_on)}
        typed.update({f"windows-{place}-{name}": value for name, value in row.items()})
    for place, charge in enumerate(plan.charges):
        amount = formats.decimal_amount(Money(charge.amount_minor, plan.currency))
        row = {**_both("label", charge.label), "amount": amount, "per": charge.per}
        typed.update({f"charges-{place}-{name}": value for name, value in row.items()})


def _add_homestay(typed: MultiDict[str, str], plan: OfferPlan) -> None:
    stay = plan.homestay
    if stay is None:
        return
    typed.update({"households": str(stay.households), "guests_each": str(stay.guests_each)})
    typed.update({"preferences": stay.preferences, **_both("hours", stay.hours)})
    typed["meals"] = stay.meals
    if stay.own_room:
        typed["own_room"] = "y"


def _both(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_en": text.en, f"{name}_zh": text.zh}
