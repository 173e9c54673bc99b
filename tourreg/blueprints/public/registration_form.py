"""The registration form: whatever was typed, and the booking that it asks for once it is whole."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from tourreg import formats
from tourreg.blueprints.event_words import CURRENCY_NAMES, who_may
from tourreg.blueprints.languages import language
from tourreg.blueprints.plan_words import PLAN_NAMES, described
from tourreg.blueprints.public import registration_code, registration_proofs
from tourreg.blueprints.public import registration_faults as faults
from tourreg.blueprints.public.registration_booking import bill_to, booked, payer_fields
from tourreg.blueprints.public.registration_fields import ContactForm, PersonForm
from tourreg.blueprints.public.registration_people import Typed, numbers_in
from tourreg.blueprints.submissions import submission_key
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue import rules as catalogue
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.prices import PriceList, currencies_of, price_list
from tourreg.domain.catalogue.rules import is_sold_out
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.discounts.rules import Discount
from tourreg.domain.registrations import bills, rules
from tourreg.domain.registrations.payment_plans import offered_in
from tourreg.domain.registrations.rules import MOST_PARTICIPANTS
from tourreg.kernel.money import Money

# Begins the name of a field that holds an amount as the page has shown it.
_PRICE = "price-"
_MINOR = re.compile(r"\d{1,12}", re.ASCII)
_UNTYPED = ("csrf_token", "submission_key", "do")


@dataclass
class Person:
    """One participant of the form.

    number   from 1, as the page counts
    add_ons  public ids of those that are ticked, each once
    """

    number: int
    form: PersonForm
    add_ons: list[str]

    @property
    def called(self) -> str:
        """Return the surname, or the number until one is typed."""
        return self.form.surname.data or _("Participant %(number)d", number=self.number)


@dataclass
class RegistrationForm:
    """The whole form, made from whatever was typed.

    people      MOST_PARTICIPANTS at most, of as many as were sent
    fingerprint of all that was typed: the same form with other words in it asks for something else
    listing     the text of being listed, which may be left unticked
    agreed      version of the ticked text, by kind
    shown_minor amounts that the person has been shown, by public id of fee or add-on
    shown_off_minor   what the person has been shown that the code takes off in all
    discount    what the code takes off now
    on_currency what is wrong with the currency: it is another than the prices were shown in, or not offered
    top         sentences about the form as a whole
    on_add_ons  sentences by public id of the add-on
    on_texts    sentences by kind of text
    on_order, order_note   what is wrong with the file of the order, or to know of it
    remembered  whether the payer is filled in as at the last registration
    number_fees, city_fees   fees that ask for a member's number, or for a city
    """

    event: Event
    prices: PriceList
    texts: list[ConsentText]
    listing: ConsentText | None
    contact: ContactForm
    people: list[Person]
    sent: int
    agreed: dict[str, str]
    submission_key: str
    fingerprint: str
    shown_minor: dict[str, int]
    shown_off_minor: int = 0
    on_currency: str = ""
    discount: Discount | None = None
    top: list[str] = field(default_factory=list)
    on_add_ons: dict[str, str] = field(default_factory=dict)
    on_texts: dict[str, str] = field(default_factory=dict)
    on_order: str = ""
    order_note: str = ""
    remembered: bool = False
    number_fees: list[Fee] = field(default_factory=list)
    city_fees: list[Fee] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        things: list[Fee | AddOn] = [*(fee for fee in self.event.fees if not fee.withdrawn), *self.add_ons]
        return not any(self.prices.of(thing) for thing in things)

    @property
    def plans(self) -> list[tuple[str, str, str]]:
        """Return kind, name and description of each plan to choose from; none where there is no choice."""
        plans = offered_in(self.event, self.prices.currency).plans
        if len(plans) == 1 and plans[0].kind == "in_full":
            return []
        return [(plan.kind, str(PLAN_NAMES[plan.kind]), described(plan, self.event)) for plan in plans]

    @property
    def add_ons(self) -> list[AddOn]:
        return catalogue.add_ons_offered(self.event)

    def price_of(self, add_on: AddOn) -> Money:
        return self.prices.of(add_on)

    @property
    def choices(self) -> list[bills.Choice]:
        return [bills.Choice(person.form.fee.data or "", person.add_ons) for person in self.people]

    def bill(self, now: datetime) -> bills.Bill:
        return bills.bill(self.event, self.choices, now, self.discount, self.prices.currency)

    def is_right(self, now: datetime) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        right = [self.contact.validate(), *(person.form.validate() for person in self.people)]
        if self.on_currency:
            self.top.append(self.on_currency)
        right.append(self._has_named_guests())
        if self.sent > MOST_PARTICIPANTS:
            self.top.append(faults.too_many(self.sent))
        if self._drop_what_is_gone():
            self.top.append(faults.add_on_gone())
        right.append(registration_proofs.may_be_looked_at(self))
        faults.note_prices(
            bills.changed_in_price(self.event, self.choices, self.shown_minor, now, self.prices.currency), self
        )
        if self.discount and self.discount.total.minor < self.shown_off_minor:
            self.contact.refuse_code(registration_code.less_than_shown())
            right.append(False)
        for text in self.texts:
            if self.agreed.get(text.kind) != text.version_on.isoformat():
                self.on_texts[text.kind] = faults.not_agreed(text, self.agreed.get(text.kind, ""))
        return all(right) and not (self.top or self.on_texts)

    def _has_named_guests(self) -> bool:
        """Tell whether everybody who brings a guest says whom; otherwise it stands beside the field."""
        for_guests = {add_on.public_id for add_on in self.add_ons if add_on.kind == "guest"}
        unnamed = [one for one in self.people if for_guests & {*one.add_ons} and not one.form.guest.data]
        for person in unnamed:
            person.form.guest.errors = [faults.guest_unnamed()]
        return not unnamed

    @property
    def has_guests(self) -> bool:
        return any(add_on.kind == "guest" for add_on in self.add_ons)

    def booking(self) -> rules.Booking:
        """Return what the form asks for; only after `is_right` said so."""
        contact = self.contact
        return rules.Booking(
            contact_name=contact.contact_name.data,
            contact_email=contact.contact_email.data,
            contact_phone=contact.contact_phone.data,
            organisation=contact.organisation.data,
            people=tuple(booked(person.form, person.add_ons, contact.organisation.data) for person in self.people),
            pays_by=contact.pays_by.data,
            plan=contact.plan.data or "",
            bill_to=bill_to(contact),
            consents={text.kind: text.version_on for text in self._agreed_texts()},
            language=language(),
            submission_key=f"{self.submission_key}{self.fingerprint}",
            shown_minor=self.shown_minor,
            currency=self.prices.currency,
            code=contact.code.data,
            shown_off_minor=self.shown_off_minor,
        )

    def _agreed_texts(self) -> list[ConsentText]:
        listing = self.listing
        ticked = listing is not None and self.agreed.get(listing.kind) == listing.version_on.isoformat()
        return [*self.texts, listing] if listing is not None and ticked else self.texts

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        named = [("", sentence) for sentence in self.top]
        named += _field_faults(self.contact, before_people=True)
        for person in self.people:
            called = _("Participant %(number)d", number=person.number)
            named += [
                (control, _("%(who)s: %(what)s", who=called, what=sentence))
                for control, sentence in _field_faults(person.form)
            ]
        named += [(f"add-on-{add_on}", sentence) for add_on, sentence in self.on_add_ons.items()]
        named += _field_faults(self.contact, before_people=False)
        named += [("order", self.on_order)] if self.on_order else []
        return named + [(kind, sentence) for kind, sentence in self.on_texts.items()]

    def _drop_what_is_gone(self) -> bool:
        offered = {add_on.public_id for add_on in self.add_ons}
        gone = [add_on for person in self.people for add_on in person.add_ons if add_on not in offered]
        for person in self.people:
            person.add_ons = [add_on for add_on in person.add_ons if add_on in offered]
        return bool(gone)


def read_form(
    event: Event,
    texts: list[ConsentText],
    typed: Typed,
    now: datetime,
    payer: BillTo | None = None,
    listing: ConsentText | None = None,
) -> RegistrationForm:
    """Return the form with all that was typed; an empty one has one participant.

    payer  to fill in while nothing is typed
    """
    numbers = numbers_in(typed) or [1]
    currency, shown_in = _currency(event, typed.get("currency", "")), typed.get(f"{_PRICE}currency", "")
    fees, prices = catalogue.fees_open(event, now), price_list(event, now, currency)
    shown = typed if shown_in in ("", currency) else MultiDict()
    form = RegistrationForm(
        event,
        prices,
        texts,
        listing,
        contact=ContactForm(typed or None, data=payer_fields(payer)),
        people=[_person(number, typed, fees, prices) for number in numbers[:MOST_PARTICIPANTS]],
        sent=len(numbers),
        agreed={text.kind: typed.get(text.kind, "") for text in (*texts, listing) if text},
        submission_key=submission_key(typed),
        fingerprint=_fingerprint(event, typed),
        shown_minor=_shown_minor([*fees, *catalogue.add_ons_offered(event)], prices, shown),
        shown_off_minor=_minor(shown.get(f"{_PRICE}off", "")) or 0,
        remembered=payer is not None and not typed,
        on_currency=faults.on_currency(typed.get("currency", ""), shown_in, currency),
    )
    _offer_currencies(form)
    registration_code.apply(form, now)
    registration_proofs.offer(form, fees)
    if form.is_free:
        form.contact.pays_by.data = "card"
    _offer_plans(form)
    return form


def _currency(event: Event, typed: str) -> str:
    return typed if typed in currencies_of(event) else event.currency


def _offer_currencies(form: RegistrationForm) -> None:
    """Let the contact choose in which currency all is billed, where there is a choice."""
    offered = currencies_of(form.event) if len(currencies_of(form.event)) > 1 else []
    form.contact.currency.choices = [SelectChoice(code, str(CURRENCY_NAMES[code])) for code in offered]
    form.contact.currency.data = form.prices.currency


def _offer_plans(form: RegistrationForm) -> None:
    """Fill in the plans to choose from; one alone is no choice, and with several the first is chosen beforehand."""
    plans = offered_in(form.event, form.prices.currency).plans
    form.contact.plan.choices = [SelectChoice(plan.kind, PLAN_NAMES[plan.kind]) for plan in plans]
    if form.is_free or len(plans) == 1 or (not form.contact.plan.data and form.contact.plan.raw_data is None):
        form.contact.plan.data = plans[0].kind


def _shown_minor(things: Iterable[Fee | AddOn], prices: PriceList, typed: Typed) -> dict[str, int]:
    """Return the amounts that the page has shown so far; what is shown for the first time is shown as it is now."""
    shown = {}
    for thing in things:
        seen = _minor(typed.get(f"{_PRICE}{thing.public_id}", ""))
        shown[thing.public_id] = prices.of(thing).minor if seen is None else seen
    return shown


def _minor(seen: str) -> int | None:
    return int(seen) if _MINOR.fullmatch(seen) else None


def _fingerprint(event: Event, typed: Typed) -> str:
    """Return 17 signs that stand for the event and all that was typed."""
    pairs = typed.items(multi=True)
    words = sorted((name, value) for name, value in pairs if name not in _UNTYPED and not name.startswith(_PRICE))
    digest = sha256(json.dumps([event.public_id, *words]).encode()).digest()
    return "." + urlsafe_b64encode(digest[:12]).decode()


def _person(number: int, typed: Typed, fees: list[Fee], prices: PriceList) -> Person:
    form = PersonForm(typed or None, prefix=f"p{number}")
    fees = [fee for fee in fees if not is_sold_out(fee) or fee.public_id == form.fee.data]
    choices = [SelectChoice(fee.public_id, _fee_words(fee, prices)) for fee in fees]
    if len(fees) == 1 and not form.fee.data:
        form.fee.data = fees[0].public_id
    is_settled = len(fees) == 1 and form.fee.data == fees[0].public_id
    form.fee.choices = choices if is_settled else [SelectChoice("", _("Choose a fee")), *choices]
    return Person(number, form, list(dict.fromkeys(typed.getlist(f"p{number}-add_ons"))))


def _fee_words(fee: Fee, prices: PriceList) -> str:
    label, audience = prices.label_of(fee).in_(language()), who_may(fee)
    price = formats.price(prices.of(fee), language())
    if audience:
        return _("%(fee)s: %(price)s (%(audience)s)", fee=label, price=price, audience=audience)
    return _("%(fee)s: %(price)s", fee=label, price=price)


def _field_faults(form: ContactForm | PersonForm, before_people: bool | None = None) -> list[tuple[str, str]]:
    wrong = [control for control in form if control.errors]
    if before_people is not None:
        wrong = [control for control in wrong if (control.name in ContactForm.BEFORE_PEOPLE) is before_people]
    return [(control.id, str(control.errors[0])) for control in wrong]
