"""The places of a city, kept by the office for a city that called."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import host_site_form as forms
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_offer_pages import topic_list
from tourreg.blueprints.host_site_form import WrittenSite
from tourreg.blueprints.languages import language
from tourreg.domain.cities import queries as cities
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.offer_models import Site

blueprint = Blueprint("office_sites", __name__)


@blueprint.get("/cities/<public_id>/sites")
@office()
def index(public_id: str) -> str:
    city = _city(public_id)
    found = queries.sites_of(city.id)
    return render_template(
        "office/sites/index.html", city=city, sites=found, topic_list=topic_list, **forms.site_words()
    )


@blueprint.get("/cities/<public_id>/sites/new")
@office("programme")
def new(public_id: str) -> Response:
    return _page(_city(public_id), None, forms.empty_site_form(language()))


@blueprint.post("/cities/<public_id>/sites/new")
@office("programme")
def create(public_id: str) -> Response | Redirection:
    city = _city(public_id)
    form = forms.read_site_form(request.form, theirs=language(), topics=forms.topics_for(None))
    if queries.site_of_submission(form.submission_key) is None:
        if not form.is_right():
            return _page(city, None, form, 422)
        by = acting()
        if forms.write_site(form, city, by) is None:
            return _page(city, None, form, 422)
    return _to_list(public_id)


@blueprint.get("/cities/<public_id>/sites/<site>")
@office()
def edit(public_id: str, site: str) -> Response:
    found = _site_of(public_id, site)
    return _page(found.city, found, forms.site_form_of(found, language()))


@blueprint.post("/cities/<public_id>/sites/<site>")
@office("programme")
def save(public_id: str, site: str) -> Response | Redirection:
    found = _site_of(public_id, site)
    form = forms.read_site_form(request.form, theirs=language(), topics=forms.topics_for(found))
    if not form.is_right():
        return _page(found.city, found, form, 422)
    by = acting()
    is_stale = forms.revise_site(form, site, by)
    if form.faults():
        found = _site_of(public_id, site)
        return _page(found.city, found, form, 409 if is_stale else 422)
    return _to_list(public_id)


@blueprint.post("/cities/<public_id>/sites/<site>/move")
@office("programme")
def move(public_id: str, site: str) -> Redirection:
    """Show a place no more, or again."""
    _site_of(public_id, site)
    by = acting()
    forms.show_or_close(site, request.form.get("to", ""), by)
    return _to_list(public_id)


def _city(public_id: str) -> City:
    return cities.by_public_id(public_id) or abort(404)


def _site_of(public_id: str, site: str) -> Site:
    found = queries.site_by_public_id(site)
    if found is None or found.city.public_id != public_id:
        abort(404)
    return found


def _page(city: City, site: Site | None, form: WrittenSite, status: int = 200) -> Response:
    page = render_template("office/sites/form.html", city=city, site=site, form=form, **forms.site_words())
    return make_response(page, status)


def _to_list(public_id: str) -> Redirection:
    flash(_("Saved."))
    return redirect(url_for(".index", public_id=public_id), 303)
