"""The office's answer to a host city, as forms: yes for a city of the list or a new one, or no, with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel.core import get_global
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import Line, Lines
from tourreg.blueprints.office.event_fields import Degrees
from tourreg.blueprints.office.place_words import city_words, zone_choices
from tourreg.domain.cities import places
from tourreg.domain.cities.commands import CityPlan
from tourreg.domain.cities.queries import by_public_id
from tourreg.domain.hosting.cities_named import cities_likely, city_of_sign_up
from tourreg.domain.hosting.models import HostProfile
from tourreg.kernel.bilingual import EMPTY, Text

NEW = "new"


class AnswerForm(Form):
    """The sentence that goes into the letter.

    seen  the state in which the page shows the offer
    """

    answer = Lines(
        _l("Sentence for the letter"), most=2000, needed=_l("Type a sentence for the letter."), render_kw={"rows": "4"}
    )
    seen = HiddenField()


class AcceptForm(AnswerForm):
    """Yes, for which city."""

    office_confirmed = Line(
        _l("How the office was confirmed"),
        most=500,
        hint=_l("The address is a personal one. Say how you learned that the contact writes for the city."),
    )
    city = SelectField(_l("City"), choices=[], validate_choice=False, description=_l("Its programmes then show there."))

    def validate_city(self, control: SelectField) -> None:
        if control.data not in {choice.value for choice in control.choices if choice.value}:
            raise StopValidation(_("Choose the city, or enter a new one."))


class CityForm(Form):
    """A city that is not on the list yet."""

    name_en = Line(_l("Name in English"), most=120, needed=_l("Type the English name."), printed=True)
    name_zh = Line(_l("Name in Chinese"), most=120, needed=_l("Type the Chinese name."), printed=True)
    region_en = Line(
        _l("State or province in English"), most=120, needed=_l("Type the state or province in English."), printed=True
    )
    region_zh = Line(
        _l("State or province in Chinese"), most=120, needed=_l("Type the state or province in Chinese."), printed=True
    )
    zone = SelectField(_l("Time zone"), choices=[], validate_choice=False)
    latitude = Degrees(
        _l("Latitude"), most=90, needed=_l("Type the latitude."), hint=_l("Degrees, north positive: 41.52")
    )
    longitude = Degrees(
        _l("Longitude"), most=180, needed=_l("Type the longitude."), hint=_l("Degrees, east positive: -90.58")
    )

    def validate_zone(self, control: SelectField) -> None:
        if control.data not in {choice.value for choice in control.choices if choice.value}:
            raise StopValidation(_("Choose the time zone."))


@dataclass
class Answers:
    """The forms on the page of one profile; `sent` is the one that was sent, if any."""

    accept: AcceptForm
    new_city: CityForm
    decline: AnswerForm
    sent: str = ""

    @property
    def enters_city(self) -> bool:
        return bool(self.accept.city.data == NEW)

    def is_right(self) -> bool:
        """Look at every field of the form that was sent, and tell whether nothing is wrong."""
        if self.sent == "decline":
            return bool(self.decline.validate())
        right = [self.accept.validate(), not self.enters_city or self.new_city.validate()]
        return all(right)

    def wrong(self) -> list[Form]:
        """Return the forms in which something is to be put right, in the order of the page."""
        return [form for form in (self.accept, self.new_city, self.decline) if form.errors or form.form_errors]

    def entered(self, profile: HostProfile) -> CityPlan:
        """Return the new city; only after the form was found right."""
        city, place = self.new_city, places.place_of(profile.place_key or "")
        people = place.population if place else None
        return CityPlan(
            name=Text(city.name_en.data, city.name_zh.data),
            region=Text(city.region_en.data, city.region_zh.data),
            country=profile.country,
            zone=city.zone.data,
            latitude=city.latitude.value,
            longitude=city.longitude.value,
            population=people,
            population_source=places.POPULATION_SOURCE if people else EMPTY,
        )


def empty(profile: HostProfile, now: datetime) -> Answers:
    """Return the forms as they stand when nobody has typed: with the city that the sign-up names, if it is known."""
    return _offering(_empty(profile), profile, now)


def typed(profile: HostProfile, sent: str, form: MultiDict[str, str], now: datetime, here: str = "") -> Answers:
    """Return the forms with what was typed into the one that was sent.

    here  the city to choose, where the new one that was typed is on the list already
    """
    answers = _empty(profile)
    if sent == "accept":
        answers.accept, answers.new_city = AcceptForm(form, prefix="accept"), CityForm(form, prefix="city")
        answers.accept.city.data = here or answers.accept.city.data
    else:
        answers.decline = AnswerForm(form, prefix="decline")
    answers.sent = sent
    return _offering(answers, profile, now)


def _empty(profile: HostProfile) -> Answers:
    known, seen = city_of_sign_up(profile), {"seen": profile.state}
    return Answers(
        AcceptForm(prefix="accept", data={**seen, "city": known.public_id if known else NEW}),
        CityForm(prefix="city", data=_from_sign_up(profile)),
        AnswerForm(prefix="decline", data=seen),
    )


def _offering(answers: Answers, profile: HostProfile, now: datetime) -> Answers:
    """Offer the likely cities, the chosen one among them wherever it lies, and the zones of the country."""
    chosen, cities = answers.accept.city.data, list(cities_likely(profile))
    if chosen not in ("", NEW, *(city.public_id for city in cities)):
        cities += filter(None, [by_public_id(chosen)])
    ordered = sorted(cities, key=lambda city: (city.country != profile.country, city.country, city.slug))
    listed = [SelectChoice(city.public_id, city_words(city)) for city in ordered]
    answers.accept.city.choices = [*listed, SelectChoice(NEW, _("Not on the list: a new city, entered below"))]
    answers.new_city.zone.choices = [SelectChoice("", _("Choose")), *_zones(profile.country, now)]
    return answers


def _zones(country: str, now: datetime) -> list[SelectChoice]:
    """Return the zones of the country, or all of them for a country without any."""
    lands = get_global("zone_territories")
    zones = [zone for zone, land in lands.items() if land == country] or list(lands)
    return [SelectChoice(zone, words) for zone, words in zone_choices(zones, now).items()]


def _from_sign_up(profile: HostProfile) -> dict[str, str]:
    code = "zh" if profile.language == "zh" else "en"
    typed = {f"name_{code}": profile.city_name, f"region_{code}": profile.region}
    place = places.place_of(profile.place_key or "")
    return {**typed, **place_typed(place)} if place else typed


def place_typed(place: places.Place) -> dict[str, str]:
    """Return what a place of the list puts into the fields of a city; nothing where the list says nothing."""
    known = {
        "name_en": place.name.en, "name_zh": place.name.zh, "region_en": place.region.en, "region_zh": place.region.zh,
        "zone": place.zone, "latitude": str(place.latitude), "longitude": str(place.longitude),
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}
