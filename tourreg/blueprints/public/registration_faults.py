"""What the registration form says when something is refused, and where it says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext

from tourreg import formats
from tourreg.blueprints.attempts import ManyAtOnce
from tourreg.blueprints.languages import language
from tourreg.blueprints.public import registration_code, registration_proofs
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.catalogue.rules import Standing, first_instant
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.discounts.rules import CodeRefused
from tourreg.domain.registrations import payment_plans, rules
from tourreg.kernel.refusals import Refusal

if TYPE_CHECKING:
    from tourreg.blueprints.public.registration_form import RegistrationForm


def not_open(event: Event, standing: Standing) -> str:
    """Say why an event cannot be registered for."""
    if standing == "cancelled":
        return gettext("This programme has been cancelled.")
    if standing == "not_open":
        opens = formats.instant(first_instant(event.opens_on, event.zone), event.zone, language())
        return gettext("Registration opens on %(moment)s.", moment=opens)
    if standing == "full":
        return ngettext("The only place is taken.", "All %(num)d places are taken.", event.pool.capacity)
    if event.state == "closed":
        return gettext("Registration is closed.")
    closed = formats.deadline(min(event.closes_on, event.ends_on), event.zone, language())
    return gettext("Registration closed on %(moment)s.", moment=closed)


def too_many(sent: int) -> str:
    return gettext(
        "One form is for %(most)d participants at most; %(sent)d were sent, and the first %(most)d are kept below. "
        "Write to us for a larger group.",
        most=rules.MOST_PARTICIPANTS,
        sent=sent,
    )


def not_agreed(text: ConsentText, ticked: str) -> str:
    """Say what to tick, or that the text has changed since."""
    if ticked:
        day = formats.long_date(text.version_on, language())
        return gettext(
            "This text has changed since you opened the form. Read the version of %(day)s and tick again.", day=day
        )
    return {
        "terms": gettext("Tick the box to accept the terms."),
        "privacy": gettext("Tick the box to say that you have read the notice."),
        "cross_border": gettext("Tick the box, so that the hosts can receive the participants."),
    }[text.kind]


def note(refusal: Refusal, form: RegistrationForm) -> None:
    """Put the sentence of a refusal beside the field that it speaks of; one that is unknown here stays loud."""
    match refusal:
        case rules.EventIsNotOpen():
            form.top.append(gettext("%(why)s Nothing was booked.", why=not_open(form.event, refusal.standing)))
        case rules.ConsentMissing():
            changed = [text for text in form.texts if text.kind in refusal.kinds]
            form.on_texts |= {text.kind: not_agreed(text, form.agreed.get(text.kind, "")) for text in changed}
        case rules.NoPlaces():
            _note_shortages(refusal.shortages, form)
        case rules.SamePersonTwice():
            form.people[refusal.second - 1].form.surname.errors = [_same_as(refusal.first)]
        case rules.ProofMissing():
            registration_proofs.note(refusal.wrong, form)
        case CodeRefused():
            form.contact.refuse_code(registration_code.why_refused(refusal, form))
        case _:
            _note_gone(refusal, form)


def _note_gone(refusal: Refusal, form: RegistrationForm) -> None:
    match refusal:
        case rules.FeeIsNotOpen():
            for position in refusal.positions:
                form.people[position - 1].form.fee.errors = [fee_ended()]
        case rules.GuestUnnamed():
            for position in refusal.positions:
                form.people[position - 1].form.guest.errors = [guest_unnamed()]
        case rules.PriceHasChanged():
            note_prices(refusal.things, form)
        case rules.AddOnIsNotOffered():
            form.top.append(add_on_gone())
        case ManyAtOnce():
            form.top.append(
                gettext("Many people register at this moment, and yours did not get through. Send it once more.")
            )
        case rules.SamePlaceTwice():
            form.on_add_ons[refusal.add_ons[-1].public_id] = _one_of(refusal.add_ons, refusal.position)
        case _:
            _note_paying(refusal, form)


def _note_paying(refusal: Refusal, form: RegistrationForm) -> None:
    match refusal:
        case payment_plans.PlanNotOffered():
            form.contact.plan.errors = [plan_gone()]
        case payment_plans.PlanNeedsInvoice():
            form.contact.plan.errors = [plan_needs_invoice()]
        case rules.CurrencyNotOffered():
            form.top.append(currency_gone(refusal.currency))
        case _:
            raise refusal


def note_prices(things: list[Fee | AddOn], form: RegistrationForm) -> None:
    """Say which of the chosen things cost another amount than was shown; their amounts of now are shown by that."""
    if not things:
        return
    listed = (f"{thing.label.in_(language())} {_price(thing, form)}" for thing in things)
    form.top.append(
        gettext(
            "The price has changed while you filled in the form: %(prices)s. Nothing was booked. Look at the bill, "
            "and send the form again if you agree.",
            prices=formats.listing(listed, language()),
        )
    )
    form.shown_minor |= {thing.public_id: form.prices.of(thing).minor for thing in things}


def _price(thing: Fee | AddOn, form: RegistrationForm) -> str:
    return formats.price(form.prices.of(thing), language())


def on_currency(typed: str, shown_in: str, now: str) -> str:
    """Say what is wrong with the currency, or nothing.

    shown_in  the currency of the prices that the page has shown, "" where it has shown none
    now       the currency that the form is in now
    """
    if typed not in ("", now):
        return currency_gone(typed)
    if shown_in not in ("", now):
        return gettext("You chose another currency. Nothing was booked. Look at the prices and send the form again.")
    return ""


def currency_gone(currency: str) -> str:
    return gettext(
        "Bills in %(currency)s are not offered. Nothing was booked. Look at the prices and send the form again.",
        currency=currency[:3],
    )


def guest_unnamed() -> str:
    return gettext("Type the name of the guest.")


def fee_ended() -> str:
    return gettext("The fee you had chosen is no longer offered. Choose another.")


def plan_gone() -> str:
    return gettext("This way to pay is no longer offered. Choose another.")


def plan_needs_invoice() -> str:
    return gettext("Paying after the event is for institutions: choose “An institution, by invoice”.")


def add_on_gone() -> str:
    return gettext("An add-on that you had ticked is no longer offered; it is off your bill.")


def _one_of(add_ons: list[AddOn], position: int) -> str:
    names = formats.listing((add_on.label.in_(language()) for add_on in add_ons), language())
    return gettext("Participant %(number)d can take only one of these: %(names)s.", number=position, names=names)


def _same_as(first: int) -> str:
    return gettext(
        "This is the name of participant %(number)d. If they are two people, give each an e-mail address or the name "
        "in their own script.",
        number=first,
    )


def _note_shortages(shortages: list[rules.Shortage], form: RegistrationForm) -> None:
    for shortage in shortages:
        if shortage.thing is None:
            form.top.append(_event_is_short(shortage))
        elif isinstance(shortage.thing, Fee):
            _note_on_fee(shortage, shortage.thing, form)
        else:
            form.on_add_ons[shortage.thing.public_id] = _add_on_is_short(shortage)


def _note_on_fee(shortage: rules.Shortage, fee: Fee, form: RegistrationForm) -> None:
    sentence = (
        ngettext(
            "Only %(num)d place is left at this fee, and you asked for %(wanted)d.",
            "Only %(num)d places are left at this fee, and you asked for %(wanted)d.",
            shortage.free,
            wanted=shortage.wanted,
        )
        if shortage.free
        else gettext("No place is left at this fee. Choose another.")
    )
    for person in form.people:
        if person.form.fee.data == fee.public_id:
            person.form.fee.errors = [sentence]


def _event_is_short(shortage: rules.Shortage) -> str:
    if not shortage.free:
        return gettext("The last place was taken while you filled in the form. Nothing was booked.")
    return ngettext(
        "Only %(num)d place is left, and you asked for %(wanted)d. Nothing was booked.",
        "Only %(num)d places are left, and you asked for %(wanted)d. Nothing was booked.",
        shortage.free,
        wanted=shortage.wanted,
    )


def _add_on_is_short(shortage: rules.Shortage) -> str:
    if not shortage.free:
        return gettext("No place is left here. Untick it to go on.")
    return ngettext(
        "Only %(num)d place is left here, and you asked for %(wanted)d.",
        "Only %(num)d places are left here, and you asked for %(wanted)d.",
        shortage.free,
        wanted=shortage.wanted,
    )
