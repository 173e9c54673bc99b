"""The form of an event: whatever was typed, and the plan that it says once it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office import event_words
from tourreg.blueprints.office.event_fieldsets import AddOnForm, FeeForm, MainForm, StopForm
from tourreg.blueprints.office.event_typing import (
    ROWS,
    TEXTS,
    Typed,
    numbered_anew,
    read_partners,
    rows_of,
    typed_add_on,
)
from tourreg.blueprints.office.place_words import city_words, zone_choices
from tourreg.blueprints.submissions import submission_key
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.naming import suggested_prefix, suggested_slug
from tourreg.domain.catalogue.plans import AddOnPlan, EventPlan, FeePlan, StopPlan
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.memberships.queries import lists as member_lists
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import CURRENCIES, AmountUnreadable, read_money

_ENDINGS = {"en": _l("English"), "zh": _l("Chinese")}
TIERS = ("regular", "early", "late")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass
class EventForm:
    """The whole form, made from whatever was typed.

    seen            fingerprint of the plan that the editor began from; "" for a new event
    submission_key  of a new event
    noted           further faults by id of a field, "" for the form as a whole
    """

    main: MainForm
    fees: list[FeeForm]
    add_ons: list[AddOnForm]
    stops: list[StopForm]
    seen: str
    submission_key: str
    noted: list[tuple[str, str]] = field(default_factory=list)

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        right = [form.validate() for form in self._forms()]
        for control in self._amounts():
            self._read_amount(control, self.main.currency.data or "USD")
        for currency, control in self._other_amounts():
            self._read_amount(control, currency)
        return all(right) and not self.faults()

    def plan(self) -> EventPlan:
        """Return what the form says; only after `is_right` said so."""
        main: Any = self.main
        texts = {name: _text(main, name) for name in TEXTS}
        return EventPlan(
            **texts,
            slug=main.slug.data or desk.free_slug(suggested_slug(texts["title"], main.kind.data, main.starts_on.value)),
            reference_prefix=main.reference_prefix.data
            or suggested_prefix(texts["title"], main.kind.data, main.starts_on.value),
            kind=main.kind.data,
            direction=main.direction.data,
            starts_on=main.starts_on.value,
            ends_on=main.ends_on.value,
            zone=main.zone.data,
            opens_on=main.opens_on.value,
            closes_on=main.closes_on.value,
            capacity=main.capacity.value,
            minimum=main.minimum.value or 0,
            issuer=main.issuer.data,
            currency=main.currency.data,
            other_currencies=other_currencies(main),
            rate=main.rate.data,
            rate_currency=main.rate_currency.data,
            rate_on=main.rate_on.value,
            partners=read_partners(main.partners.data),
            cover=main.cover.data,
            slip=main.slip.data,
            fees=tuple(_fee(row, other_currencies(main)) for row in self.fees),
            add_ons=tuple(_add_on(row, other_currencies(main)) for row in self.add_ons),
            stops=tuple(_stop(row) for row in self.stops),
        )

    def note(self, control: str, sentence: str) -> None:
        """Put a sentence beside a field, by its id, or above the form for "" and for what is no field."""
        found = self._fields().get(control)
        if found is not None and not found.errors:
            found.errors = [sentence]
        elif found is None:
            self.noted.append((control, sentence))

    def put_back(self, add_on: AddOnPlan, currency: str) -> AddOnForm:
        """Return a further row for an add-on as it stands written down."""
        row = len(self.add_ons)
        self.add_ons.append(AddOnForm(typed_add_on(add_on, row, currency), prefix=f"add_ons-{row}"))
        return self.add_ons[-1]

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        wrong = (found for found in self._fields().values() if found.errors)
        named = [(found.id, _("%(field)s: %(wrong)s", field=_name(found), wrong=found.errors[0])) for found in wrong]
        return [*self.noted, *named]

    def about(self, name: str) -> str:
        """Return what was noted about a group of rows that is empty."""
        return next((sentence for control, sentence in self.noted if control == name), "")

    def _amounts(self) -> Iterator[Field]:
        for fee in self.fees:
            yield from (fee.amount, fee.early_amount, fee.late_amount)
        for add_on in self.add_ons:
            yield add_on.amount

    def _other_amounts(self) -> Iterator[tuple[str, Field]]:
        rows: list[Any] = [*self.fees, *self.add_ons]
        for row in rows:
            for currency in other_currencies(self.main):
                names = (f"{currency.lower()}_{tier}" for tier in TIERS)
                yield from ((currency, row[name]) for name in names if name in row)

    def _read_amount(self, amount: Field, currency: str) -> None:
        if amount.errors or not amount.data:
            return
        try:
            amount.value = read_money(amount.data, currency).minor
        except AmountUnreadable:
            amount.errors = [_("Type the amount with figures only, as in 1,540.00.")]

    def _forms(self) -> Iterator[Form]:
        yield self.main
        yield from self.stops
        yield from self.fees
        yield from self.add_ons

    def _fields(self) -> dict[str, Field]:
        return {control.id: control for form in self._forms() for control in form}


def read_form(typed: Typed, now: datetime) -> EventForm:
    """Return the form with all that was typed."""
    typed = numbered_anew(typed)
    seen = typed.get("seen", "")
    form = EventForm(
        main=MainForm(typed),
        fees=[FeeForm(typed, prefix=f"fees-{row}") for row in range(rows_of(typed, "fees"))],
        add_ons=[AddOnForm(typed, prefix=f"add_ons-{row}") for row in range(rows_of(typed, "add_ons"))],
        stops=[StopForm(typed, prefix=f"stops-{row}") for row in range(rows_of(typed, "stops"))],
        seen=seen if _FINGERPRINT.fullmatch(seen) else "",
        submission_key=submission_key(typed),
    )
    _offer_choices(form, now)
    return form


def _offer_choices(form: EventForm, now: datetime) -> None:
    """Fill the lists that the database knows: zones, sellers and cities."""
    cities = all_cities()
    main: Any = form.main
    main.other_currencies.choices = [
        SelectChoice(code, words) for code, words in event_words.currency_choices().items()
    ]
    main.zone.offer(
        {"": _("Choose"), **zone_choices({*event_words.COMMON_ZONES, *(city.zone for city in cities)}, now)}
    )
    main.issuer.offer({issuer.public_id: issuer.name.in_(language()) for issuer in desk.issuers()})
    lists = {"": _("None"), **{one.public_id: one.name for one in member_lists()}}
    for fee in form.fees:
        choices: Any = fee.member_list
        choices.offer(lists)
    by_name = {city.public_id: city_words(city) for city in cities}
    for row in form.stops:
        row.city.offer({"": _("Choose"), **by_name})


def _name(control: Field) -> str:
    """Return what the summary of faults calls a field: Fees 2, Amount."""
    label = str(control.label.text)
    if control.short_name.endswith(("_en", "_zh")):
        label = _("%(what)s, %(language)s", what=label, language=_ENDINGS[control.short_name[-2:]])
    rows, _dash, rest = control.id.partition("-")
    if rows not in ROWS:
        return label
    number = int(rest.partition("-")[0]) + 1
    return _("%(rows)s %(number)d, %(field)s", rows=event_words.NAMES[rows], number=number, field=label)


def _text(form: Any, name: str) -> Text:
    return Text(form[f"{name}_en"].data, form[f"{name}_zh"].data)


def _fee(row: Any, currencies: Iterable[str]) -> FeePlan:
    return FeePlan(
        label=_text(row, "label"),
        amount_minor=row.amount.value,
        audience=_text(row, "audience"),
        last_on=row.last_on.value,
        early_minor=row.early_amount.value,
        early_until_on=row.early_until_on.value,
        late_minor=row.late_amount.value,
        late_from_on=row.late_from_on.value,
        admits=row.admits.data,
        proof=row.proof.data,
        member_list=row.member_list.data if row.proof.data == "number" else "",
        population_most=row.population_most.value,
        capacity=row.capacity.value,
        other_prices=_other_prices(row, currencies),
        withdrawn=bool(row.withdrawn.data),
        public_id=row.public_id.data,
    )


def _other_prices(row: Any, currencies: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return what was typed in further currencies, by currency and tier."""
    prices = {}
    for currency in currencies:
        fields = {tier: f"{currency.lower()}_{tier}" for tier in TIERS}
        typed = {tier: row[name].value for tier, name in fields.items() if name in row and row[name].value is not None}
        if typed:
            prices[currency] = typed
    return prices


def _add_on(row: Any, currencies: Iterable[str]) -> AddOnPlan:
    return AddOnPlan(
        kind=row.kind.data,
        label=_text(row, "label"),
        amount_minor=row.amount.value,
        summary=_text(row, "summary"),
        from_on=row.from_on.value,
        to_on=row.to_on.value,
        capacity=row.capacity.value,
        other_prices=_other_prices(row, currencies),
        withdrawn=bool(row.withdrawn.data),
        public_id=row.public_id.data,
    )


def other_currencies(main: Any) -> tuple[str, ...]:
    """Return the currencies that are ticked beside the event's own, each once."""
    ticked = main.other_currencies.data or []
    return tuple(currency for currency in CURRENCIES if currency in ticked and currency != main.currency.data)


def _stop(row: Any) -> StopPlan:
    return StopPlan(city=row.city.data, part=row.part.data, from_on=row.from_on.value, to_on=row.to_on.value)


def differences(mine: EventPlan, theirs: EventPlan) -> Iterable[str]:
    """Return the names of the fields in which two plans differ, in the order of the plan."""
    return [name for name in event_words.NAMES if getattr(mine, name) != getattr(theirs, name)]
