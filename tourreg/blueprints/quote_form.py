"""The form that asks for a quote: for whom, and how many of which fees and add-ons; public and office share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from tourreg import formats
from tourreg.blueprints.event_words import CURRENCY_NAMES
from tourreg.blueprints.fields import Country, EmailAddress, Line, Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import WholeNumber
from tourreg.blueprints.submissions import submission_key
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue import rules
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.prices import currencies_of, price_list
from tourreg.domain.settlements.quotes import MOST_OF_ONE, QuoteRequest

# Before the public id in the name of a field, since a form overlooks fields whose name begins with an underscore.
COUNT = "of-"


class WhomForm(Form):
    """Whom the quote is for, as its paper names them."""

    name = Line(_l("Organization"), most=200, needed=_l("Type the legal name of the organization."), printed=True)
    department = Line(_l("Department"), most=200, printed=True)
    contact = Line(_l("Attention"), most=120, needed=_l("Type who reads the quote."), printed=True)
    email = EmailAddress(_l("E-mail address"), needed=_l("Type where the quote goes."))
    address = Lines(_l("Address"), most=500, printed=True)
    country = Country(_l("Country or region"), needed=_l("Choose the country or region."))
    currency = SelectField(_l("Currency of the quote"), choices=[], validate_choice=False)


@dataclass
class QuoteForm:
    """The form as it was typed.

    counts  a form with one field for each fee and add-on that is offered, named after its public id
    fees    the names of those fields that are fees
    """

    event: Event
    whom: WhomForm
    counts: Form
    fees: list[str]
    submission_key: str

    def is_right(self) -> bool:
        """Look at every field, note what is wrong beside it, and tell whether nothing is."""
        right = [self.whom.validate(), self.counts.validate(), self._is_in_its_currency()]
        if not all(right):
            return False
        if not any(self.counts[name].value for name in self.fees):
            self.counts[self.fees[0]].errors = [_("Type for how many people, beside one fee at least.")]
            return False
        return True

    def _is_in_its_currency(self) -> bool:
        if (self.whom.currency.data or self.event.currency) in currencies_of(self.event):
            return True
        self.refuse_currency()
        return False

    def refuse_currency(self) -> None:
        """Say that there are no prices in the currency (any more)."""
        self.whom.currency.errors = [_("There are no prices in this currency. Choose another.")]

    def asked(self) -> QuoteRequest:
        """Return what the form asks for; only after `is_right` said so."""
        typed = self.whom.data
        contact = typed.pop("contact")
        quantities = {field.name.removeprefix(COUNT): field.value for field in self.counts if field.value}
        currency = typed.pop("currency") or ""
        return QuoteRequest(BillTo(**typed), contact, quantities, language(), self.submission_key, currency)


def read_quote_form(event: Event, typed: MultiDict[str, str], now: datetime) -> QuoteForm:
    """Return the form with what was typed; an empty one to begin with."""
    fees = rules.fees_open(event, now)
    lists = [price_list(event, now, currency) for currency in currencies_of(event)]
    things: list[Fee | AddOn] = [*fees, *rules.add_ons_offered(event)]
    fields = {
        f"{COUNT}{thing.public_id}": WholeNumber(
            thing.label.in_(language()),
            most=MOST_OF_ONE,
            hint=" / ".join(formats.price(prices.of(thing), language()) for prices in lists if prices.has(thing)),
        )
        for thing in things
    }
    counts = type("Counts", (Form,), fields)
    whom = WhomForm(typed or None)
    if len(lists) > 1:
        whom.currency.choices = [SelectChoice(one.currency, str(CURRENCY_NAMES[one.currency])) for one in lists]
    return QuoteForm(
        event,
        whom,
        counts(typed or None),
        [f"{COUNT}{fee.public_id}" for fee in fees],
        submission_key(typed),
    )
