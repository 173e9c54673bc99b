"""The library of places that a city shows, kept by its contact."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints import host_site_form as forms
from tourreg.blueprints.city.offers import city_of, is_in_time
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN, ask_for_link
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.host_offer_pages import topic_list
from tourreg.blueprints.host_site_form import WrittenSite
from tourreg.domain.hosting import offer_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.offer_models import Site

blueprint = Blueprint("city_sites", __name__)


@blueprint.get("/city/<public_id>/sites")
@host_holder
def index(profile: HostProfile) -> str:
    found = queries.sites_of(city_of(profile).id)
    return render_template(
        "city/sites/index.html", profile=profile, sites=found, topic_list=topic_list, **forms.site_words()
    )


@blueprint.get("/city/<public_id>/sites/new")
@host_holder
def new(profile: HostProfile) -> str | Response:
    city_of(profile)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return _page(profile, None, forms.empty_site_form(profile.language))


@blueprint.post("/city/<public_id>/sites/new")
@host_holder
def create(profile: HostProfile) -> Response | Redirection:
    city = city_of(profile)
    form = forms.read_site_form(request.form, theirs=profile.language, topics=forms.topics_for(None))
    known = queries.site_of_submission(form.submission_key)
    if known is not None and known.city_id == city.id:
        return _to_list(profile)
    if not form.is_right():
        return _page(profile, None, form, 422)
    if not is_in_time(profile, form.top):
        return _page(profile, None, form, 403)
    by = access.host_actor(profile)
    if forms.write_site(form, city, by) is None:
        return _page(profile, None, form, 422)
    flash(_("The place is on your list. Offers can show it now."))
    return _to_list(profile)


@blueprint.get("/city/<public_id>/sites/<site>")
@host_holder
def edit(profile: HostProfile, site: str) -> str | Response:
    found = _site_of(profile, site)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return _page(profile, found, forms.site_form_of(found, profile.language))


@blueprint.post("/city/<public_id>/sites/<site>")
@host_holder
def save(profile: HostProfile, site: str) -> Response | Redirection:
    found = _site_of(profile, site)
    form = forms.read_site_form(request.form, theirs=profile.language, topics=forms.topics_for(found))
    if not form.is_right():
        return _page(profile, found, form, 422)
    if not is_in_time(profile, form.top):
        return _page(profile, found, form, 403)
    by = access.host_actor(profile)
    is_stale = forms.revise_site(form, site, by)
    if form.faults():
        return _page(profile, _site_of(profile, site), form, 409 if is_stale else 422)
    flash(_("Saved."))
    return _to_list(profile)


@blueprint.post("/city/<public_id>/sites/<site>/move")
@host_holder
def move(profile: HostProfile, site: str) -> Response | Redirection:
    """Show a place no more, or again."""
    _site_of(profile, site)
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    by = access.host_actor(profile)
    forms.show_or_close(site, request.form.get("to", ""), by)
    flash(_("Saved."))
    return _to_list(profile)


def _site_of(profile: HostProfile, site: str) -> Site:
    """Return a place of the contact's city; another city's is answered like none."""
    city = city_of(profile)
    found = queries.site_by_public_id(site)
    if found is None or found.city_id != city.id:
        abort(404)
    return found


def _page(profile: HostProfile, site: Site | None, form: WrittenSite, status: int = 200) -> Response:
    page = render_template("city/sites/form.html", profile=profile, site=site, form=form, **forms.site_words())
    return make_response(page, status)


def _to_list(profile: HostProfile) -> Redirection:
    return redirect(url_for(".index", public_id=profile.public_id), 303)
