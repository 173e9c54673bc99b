"""What the registration form asks for to show that a fee is somebody's, and what it says when that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tourreg import formats
from tourreg.blueprints.languages import language
from tourreg.blueprints.public import guesses
from tourreg.domain.catalogue.models import Fee
from tourreg.domain.cities.models import City
from tourreg.domain.cities.queries import all_cities
from tourreg.domain.memberships.rules import normal_number

if TYPE_CHECKING:
    from tourreg.blueprints.public.registration_form import Person, RegistrationForm


def offer(form: RegistrationForm, fees: list[Fee]) -> None:
    """Let each participant give what the fees on offer ask for."""
    form.number_fees = [fee for fee in fees if fee.proof == "number"]
    form.city_fees = [fee for fee in fees if fee.population_most is not None]
    if form.number_fees:
        hint = _("For the fee %(fees)s. Leave it empty with another.", fees=_names(form.number_fees))
        for person in form.people:
            person.form.member_number.description = hint
    if form.city_fees:
        hint = _("For the fee %(fees)s. A city that is missing here: write to us.", fees=_names(form.city_fees))
        choices = [SelectChoice("", ""), *(SelectChoice(city.public_id, _words(city)) for city in all_cities())]
        for person in form.people:
            person.form.city.description, person.form.city.choices = hint, choices


def may_be_looked_at(form: RegistrationForm) -> bool:
    """Tell whether the numbers may be compared; not after many wrong ones, which is said beside the first."""
    asked = [person for person in form.people if person.form.member_number.data and _asks_number(person, form)]
    if not asked or guesses.may_guess():
        return True
    asked[0].form.member_number.errors = [
        _("Too many numbers were tried. Choose another fee, or try again in an hour.")
    ]
    return False


def note(wrong: Mapping[int, str], form: RegistrationForm) -> None:
    """Say beside its field what is wrong with each participant's proof."""
    for position, why in wrong.items():
        person = form.people[position - 1]
        if why == "number_unknown":
            guesses.note_wrong(normal_number(person.form.member_number.data or ""))
        if why == "code":
            form.contact.refuse_code(_("Participant %(number)d’s fee needs a code for it.", number=position))
        elif why.startswith("number"):
            person.form.member_number.errors = [_SENTENCES[why]()]
        else:
            person.form.city.errors = [_too_large(person, form) if why == "city_too_large" else _SENTENCES[why]()]


def _asks_number(person: Person, form: RegistrationForm) -> bool:
    return person.form.fee.data in {fee.public_id for fee in form.number_fees}


def _too_large(person: Person, form: RegistrationForm) -> str:
    fee = next(fee for fee in form.city_fees if fee.public_id == person.form.fee.data)
    most = f"{fee.population_most:,}"
    return _("The fee is for cities of at most %(most)s inhabitants. Choose another fee.", most=most)


def _names(fees: list[Fee]) -> str:
    return formats.listing((fee.label.in_(language()) for fee in fees), language())


def _words(city: City) -> str:
    name, region = city.name.in_(language()), city.region.in_(language())
    if city.population is None:
        return _("%(city)s, %(region)s", city=name, region=region)
    return _("%(city)s, %(region)s (%(people)s)", city=name, region=region, people=f"{city.population:,}")


_SENTENCES = {
    "number_missing": lambda: _("Type the member’s number, or choose another fee."),
    "number_unknown": lambda: _("We know no such number. Look whether it is typed as on the card."),
    "number_used": lambda: _("Somebody is registered with this number already."),
    "city_missing": lambda: _("Choose the city, or another fee."),
}
