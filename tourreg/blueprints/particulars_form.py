"""What a host city tells of itself, as a form: its contact fills it in over time, and so may the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from tourreg import formats
from tourreg.adapters import pictures
from tourreg.adapters.aside import DidNotFinish
from tourreg.adapters.pictures import NotAPicture, PictureBroken, PictureTooLarge, PictureTooSmall
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.event_fields import Choice, Degrees, WholeNumber, in_both
from tourreg.blueprints.office.place_words import zone_choices
from tourreg.domain.cities.topics import all_topics, by_slugs
from tourreg.domain.hosting.offer_rules import LANGUAGES
from tourreg.domain.hosting.particulars import Particulars
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import zones
from tourreg.kernel.money import AmountUnreadable, Money, digits, read_money

TEXTS = ("name", "region", "population_source", "sisters", "why", "mayor", "mayor_title", "council")
CURRENCIES = ("USD", "CNY")
GOVERNMENTS = {
    "council_manager": _l("Council–manager"),
    "mayor_council": _l("Mayor–council"),
    "commission": _l("Commission"),
    "town_meeting": _l("Town meeting"),
    "county_board": _l("County board"),
    "cn_municipality": _l("Municipality under the central government (China)"),
    "cn_prefecture": _l("Prefecture-level city (China)"),
    "cn_district": _l("Urban district (China)"),
    "cn_county": _l("County or county-level city (China)"),
    "other": _l("Another form"),
}
PARTS = {
    "name": _l("Name of the city"),
    "region": _l("State or province"),
    "coordinates": _l("Coordinates and time zone"),
    "population": _l("Population"),
    "government": _l("Form of government"),
    "staff": _l("Staff of the government"),
    "budget": _l("Yearly budget"),
    "topics": _l("Topics that you are good at"),
    "languages": _l("Languages"),
    "sisters": _l("Sister and partner cities"),
    "why": _l("Why come here"),
    "photos": _l("Photographs of the city"),
}
# Where on the page each part is filled in.
PLACES_OF_PARTS = {
    "name": "name_en", "region": "region_en", "coordinates": "latitude", "sisters": "sisters_en", "why": "why_en",
}  # fmt: skip


class ParticularsForm(Form):
    """Nothing here is needed; what is typed must be right."""

    name_en, name_zh = in_both(_l("Name of the city"), most=120, printed=True)
    region_en, region_zh = in_both(_l("State or province"), most=120, printed=True)
    zone = Choice(_l("Time zone"))
    latitude = Degrees(_l("Latitude"), most=90, hint=_l("In degrees, as 32.39; south is negative."))
    longitude = Degrees(_l("Longitude"), most=180, hint=_l("In degrees, as 119.42; west is negative."))
    population = WholeNumber(_l("Population"), most=100_000_000)
    population_source_en, population_source_zh = in_both(
        _l("Source of the population"), most=200, hint=_l("Who counted, and when.")
    )
    government = Choice(_l("Form of government"))
    staff = WholeNumber(_l("Staff of the government"), most=5_000_000, hint=_l("People whom the city employs."))
    budget = Line(_l("Yearly budget"), most=20, wide=False, hint=_l("The whole amount, as 245,000,000."))
    budget_currency = Choice(_l("Currency"), choices={code: code for code in CURRENCIES})
    budget_year = WholeNumber(_l("Budget year"), most=2099)
    topics = SelectMultipleField(_l("Topics that you are good at"), choices=[], validate_choice=False)
    languages = SelectMultipleField(_l("Languages in which you can receive guests"), choices=[], validate_choice=False)
    sisters_en, sisters_zh = in_both(
        _l("Sister and partner cities"), most=2_000, rows=3, hint=_l("One a line, with its country and the year.")
    )
    mayor_en, mayor_zh = in_both(
        _l("Mayor or head of the city"), most=120, hint=_l("Name, as letters address it."), printed=True
    )
    mayor_title_en, mayor_title_zh = in_both(
        _l("Title of the mayor or head"),
        most=120,
        hint=_l("Such as Mayor, or Chair of the Board."),
        printed=True,
    )
    council_en, council_zh = in_both(
        _l("Council or government"),
        most=120,
        hint=_l("What it is called, such as City Council, or Municipal People’s Government in China."),
        printed=True,
    )
    why_en, why_zh = in_both(
        _l("Why come here"), most=2_000, rows=4, hint=_l("What guests would see here and nowhere else.")
    )
    published = BooleanField(_l("Show this profile and the photographs on our city’s public page"))

    def validate_budget(self, control: Line) -> None:
        if control.data:
            try:
                read_money(control.data, self._currency())
            except AmountUnreadable:
                raise StopValidation(_("Type an amount such as %(example)s.", example="245,000,000")) from None

    def validate_budget_year(self, control: WholeNumber) -> None:
        if control.value is not None and control.value < 2000:
            raise StopValidation(_("Type the year with four digits."))

    def validate_longitude(self, control: Degrees) -> None:
        typed: Any = self
        if bool(control.data) != bool(typed.latitude.data):
            raise StopValidation(_("Type both the latitude and the longitude, or neither."))

    def _currency(self) -> str:
        return self.budget_currency.data if self.budget_currency.data in CURRENCIES else "USD"

    def particulars(self) -> Particulars:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        return Particulars(
            **{name: Text(self[f"{name}_en"].data, self[f"{name}_zh"].data) for name in TEXTS},
            latitude=typed.latitude.value,
            longitude=typed.longitude.value,
            zone=typed.zone.data or None,
            population=typed.population.value,
            government=typed.government.data or None,
            staff=typed.staff.value,
            published=bool(typed.published.data),
            budget=read_money(typed.budget.data, self._currency()) if typed.budget.data else None,
            budget_year=typed.budget_year.value,
            languages=tuple(code for code in LANGUAGES if code in typed.languages.data),
            topics=tuple(topic.slug for topic in by_slugs(typed.topics.data)),
        )


class PhotoForm(FlaskForm):
    """A photograph, examined at once; `plain` is what is kept of it."""

    photo = FileField(
        _l("Photograph"),
        description=_l("PNG or JPEG, at most 20 MB. Where it was taken and by which camera is not kept."),
        render_kw={"accept": "image/png,image/jpeg"},
    )
    caption_en, caption_zh = in_both(
        _l("What it shows"), most=300, hint=_l("For those who see it and those who have it read to them.")
    )
    plain: bytes = b""

    def validate_caption_en(self, control: Line) -> None:
        if not control.data and not self.caption_zh.data:
            raise ValidationError(_("Say what the photograph shows, in English or in Chinese."))

    def validate_photo(self, control: FileField) -> None:
        if not control.data or not getattr(control.data, "filename", ""):
            raise ValidationError(_("Choose a photograph."))
        content = control.data.read(pictures.LARGEST_PHOTO_FILE + 1)
        if len(content) > pictures.LARGEST_PHOTO_FILE:
            raise ValidationError(_("This photograph has more than 20 MB. Make it smaller."))
        try:
            self.plain = pictures.plain_photo(content)
        except (NotAPicture, PictureTooLarge, PictureTooSmall, PictureBroken, DidNotFinish) as refusal:
            raise ValidationError(unfit_picture(refusal)) from None

    def caption(self) -> Text:
        """Return what it shows; only after the form was found right."""
        typed: Any = self
        return Text(typed.caption_en.data or "", typed.caption_zh.data or "")


def unfit_picture(refusal: Exception) -> str:
    """Say why a picture was refused, and what to do."""
    if isinstance(refusal, NotAPicture):
        return _("This is no PNG and no JPEG, whatever its name says. Save the picture as one of these.")
    if isinstance(refusal, PictureTooLarge):
        return _("This picture has %(count)d megapixels; 50 are enough.", count=refusal.megapixels)
    if isinstance(refusal, PictureTooSmall):
        return _("This picture is too small. Choose one of at least 300 by 300 points.")
    return _("This picture cannot be read to its end. Save it once more and choose it again.")


def particulars_form(typed: MultiDict[str, str], kept: Particulars, now: datetime) -> ParticularsForm:
    """Return the form with its lists; topics that were retired stay in it for whoever has them."""
    form = ParticularsForm(typed)
    choices: Any = form
    choices.zone.offer({"": _("Choose"), **zone_choices(sorted(zones() & _zones_of_both()), now)})
    choices.government.offer({"": _("Choose"), **{kind: str(words) for kind, words in GOVERNMENTS.items()}})
    listed = [topic for topic in all_topics(retired=True) if topic.active or topic.slug in kept.topics]
    choices.topics.choices = [SelectChoice(topic.slug, topic.name.in_(language())) for topic in listed]
    choices.languages.choices = [SelectChoice(code, formats.language_name(code, language())) for code in LANGUAGES]
    return form


def typed_of(kept: Particulars) -> MultiDict[str, str]:
    """Return what stands in the form's fields when the city's own words do."""
    typed: MultiDict[str, str] = MultiDict({"zone": kept.zone or "", "government": kept.government or ""})
    for name in TEXTS:
        typed.update({f"{name}_en": getattr(kept, name).en, f"{name}_zh": getattr(kept, name).zh})
    for name in ("latitude", "longitude", "population", "staff", "budget_year"):
        value = getattr(kept, name)
        typed[name] = "" if value is None else str(value)
    typed["budget"] = _amount(kept.budget) if kept.budget else ""
    typed["budget_currency"] = kept.budget.currency if kept.budget else _usual_currency(kept)
    if kept.published:
        typed["published"] = "y"
    typed.setlist("topics", list(kept.topics))
    typed.setlist("languages", list(kept.languages))
    return typed


def _usual_currency(kept: Particulars) -> str:
    return "CNY" if (kept.zone or "").startswith("Asia/") else "USD"


def _amount(budget: Money) -> str:
    whole, part = divmod(budget.minor, 10 ** digits(budget.currency))
    return f"{whole:,}.{part:02d}" if part else f"{whole:,}"


def _zones_of_both() -> set[str]:
    """Return the names of zones of places, without offsets and old names of countries."""
    return {zone for zone in zones() if zone.startswith(("America/", "Asia/", "Pacific/", "Europe/", "Australia/"))}
