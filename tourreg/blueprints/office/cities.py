"""Cities: where programmes go, written down once for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form

from tourreg.blueprints.attempts import with_free_name
from tourreg.blueprints.fields import Country
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office.city_list import list_page
from tourreg.blueprints.office.event_fields import Choice, Degrees, WholeNumber, in_both
from tourreg.blueprints.office.host_answers import place_typed
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.office.place_words import zone_choices
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.cities import commands, places, queries
from tourreg.domain.cities.commands import CityPlan
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.cities_named import same_city
from tourreg.domain.hosting.rules import CityIsHere
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.clock import zones
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_cities", __name__)

TEXTS = ("name", "region", "population_source", "government", "summary")
# IANA's names of places; the others are offsets and names of countries kept for old programs.
_PLACE = re.compile(r"(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+")


class CityForm(Form):
    name_en, name_zh = in_both(_l("Name of the city"), most=120, printed=True)
    region_en, region_zh = in_both(_l("State or province"), printed=True, most=120)
    country = Country(_l("Country or region"), needed=_l("Choose the country or region."))
    zone = Choice(_l("Time zone"))
    latitude = Degrees(
        _l("Latitude"), most=90, needed=_l("Type the latitude."), hint=_l("In degrees, as 32.39; south is negative.")
    )
    longitude = Degrees(
        _l("Longitude"), most=180, needed=_l("Type the longitude."), hint=_l("In degrees, as 119.42; west is negative.")
    )
    population = WholeNumber(_l("Population"), most=100_000_000)
    population_source_en, population_source_zh = in_both(
        _l("Source of the population"), most=200, hint=_l("Who counted, and when.")
    )
    government_en, government_zh = in_both(_l("Form of government"), most=400, rows=3)
    summary_en, summary_zh = in_both(
        _l("Why this city"), most=1_000, rows=3, hint=_l("Two or three sentences, for the pages of its programmes.")
    )

    def plan(self) -> CityPlan:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        return CityPlan(
            **{name: Text(self[f"{name}_en"].data, self[f"{name}_zh"].data) for name in TEXTS},
            country=typed.country.data,
            zone=typed.zone.data,
            latitude=typed.latitude.value,
            longitude=typed.longitude.value,
            population=typed.population.value,
        )


@blueprint.get("/office/cities")
@office()
def index() -> str:
    return list_page()


@blueprint.get("/office/cities/new")
@office("programme")
def new() -> Response:
    """Ask for a city; looked up in the list of places, it has its coordinates, zone and population already."""
    place = places.place_of(request.args.get("place", ""))
    searched = request.args.get("q", "")[: places.LONGEST_SEARCH]
    typed = _typed_of_place(place) if place else MultiDict({"zone": ""})
    return _page(
        None,
        _form(typed),
        submission_key=new_public_id(),
        searched=searched,
        found=places.find_places(searched),
        source=places.SOURCE,
    )


@blueprint.post("/office/cities/new")
@office("programme")
def create() -> Response | Redirection:
    form, key = _form(request.form), submission_key(request.form)
    if queries.city_of_submission(key):
        return _to_list()
    if not _is_right(form):
        return _page(None, form, 422, submission_key=key)
    try:
        with_free_name(lambda: _write(form, key))
    except CityIsHere:
        form.name_en.errors = [_("This city is on the list already. Look it up there to change it.")]
        return _page(None, form, 422, submission_key=key)
    flash(_("The city can be chosen now."))
    return _to_list()


def _write(form: CityForm, key: str) -> None:
    """Write the city down, unless the same form was sent twice at once and the other was first.

    raises  CityIsHere
    """
    with writing():
        if queries.city_of_submission(key) is not None:
            return
        here = same_city(form.plan())
        if here is not None:
            raise CityIsHere(city=here.public_id)
        commands.write_city(form.plan(), submission_key=key, now=clock.utc_now(), by=acting())


@blueprint.get("/office/cities/<public_id>")
@office()
def edit(public_id: str) -> Response:
    city = queries.by_public_id(public_id) or abort(404)
    return _page(city, _form(_typed_of(commands.plan_of(city))), seen=fingerprint(commands.plan_of(city)))


@blueprint.post("/office/cities/<public_id>")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    city = queries.by_public_id(public_id) or abort(404)
    form, seen = _form(request.form), request.form.get("seen", "") or "nothing"
    if not _is_right(form):
        return _page(city, form, 422, seen=seen)
    try:
        with writing():
            city = queries.city_to_change(public_id)
            commands.revise_city(city, form.plan(), now=clock.utc_now(), by=acting(), seen=seen)
    except commands.CityEditedMeanwhile as refusal:
        city = queries.by_public_id(public_id) or abort(404)
        return _page(city, form, 409, seen=fingerprint(refusal.now), who=other_editor(refusal, city.zone))
    flash(_("Saved."))
    return redirect(url_for(".edit", public_id=public_id), 303)


def _form(typed: MultiDict[str, str]) -> CityForm:
    form = CityForm(typed)
    choices: Any = form.zone
    choices.offer({"": _("Choose"), **zone_choices(filter(_PLACE.fullmatch, zones()), clock.utc_now())})
    return form


def _is_right(form: CityForm) -> bool:
    """Look at every field, note what is wrong beside it, and tell whether nothing is."""
    form.validate()
    for name, sentence in _NEEDED.items():
        if not form[name].data and not form[name].errors:
            form[name].errors = [str(sentence)]
    return not any(control.errors for control in form)


_NEEDED: Mapping[str, Any] = {
    "name_en": _l("Type the English name."),
    "name_zh": _l("Type the Chinese name."),
    "region_en": _l("Type the English name."),
    "region_zh": _l("Type the Chinese name."),
    "zone": _l("Choose the time zone."),
}


def _typed_of(plan: CityPlan) -> MultiDict[str, str]:
    typed: MultiDict[str, str] = MultiDict({"country": plan.country, "zone": plan.zone})
    typed.update({"latitude": str(plan.latitude), "longitude": str(plan.longitude)})
    typed["population"] = "" if plan.population is None else str(plan.population)
    for name in TEXTS:
        typed.update({f"{name}_en": getattr(plan, name).en, f"{name}_zh": getattr(plan, name).zh})
    return typed


def _typed_of_place(place: places.Place) -> MultiDict[str, str]:
    typed: MultiDict[str, str] = MultiDict({"country": place.country, "zone": place.zone, **place_typed(place)})
    if place.population:
        source = places.POPULATION_SOURCE
        typed.update({"population": str(place.population)})
        typed.update({"population_source_en": source.en, "population_source_zh": source.zh})
    return typed


def _page(city: City | None, form: CityForm, status: int = 200, **more: Any) -> Response:
    return make_response(render_template("office/cities/city.html", city=city, form=form, **more), status)


def _to_list() -> Redirection:
    return redirect(url_for(".index"), 303)
