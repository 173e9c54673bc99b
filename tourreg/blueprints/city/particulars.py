"""A host city's profile: what its contact tells of it over time, and its photographs."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.adapters import pictures
from tourreg.blueprints import access, particulars_pages
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN, ask_for_link
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.domain.hosting.models import HostProfile

blueprint = Blueprint("city_particulars", __name__)
TEMPLATE = "city/particulars.html"
MOST_PHOTOS_SENT = "60/hour"

let_through(
    blueprint,
    pictures.LARGEST_PHOTO_FILE + AROUND_A_FILE,
    _l("A photograph has at most 20 MB. Nothing was read."),
)


@blueprint.get("/city/<public_id>/profile")
@host_holder
def show(profile: HostProfile) -> Response | Redirection:
    if profile.confirmed_at is None:
        return redirect(url_for("city.profile", public_id=profile.public_id), 303)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return particulars_pages.shown(TEMPLATE, profile)


@blueprint.post("/city/<public_id>/profile")
@host_holder
def save(profile: HostProfile) -> Response | Redirection:
    if not _may_write(profile):
        return ask_for_link(profile, 403)
    return particulars_pages.saved(TEMPLATE, profile, by=access.host_actor(profile), onward=_here(profile))


@blueprint.post("/city/<public_id>/photos")
@host_holder
@limiter.limit(MOST_PHOTOS_SENT)
def add_photo(profile: HostProfile) -> Response | Redirection:
    if not _may_write(profile):
        return ask_for_link(profile, 403)
    return particulars_pages.photo_added(TEMPLATE, profile, by=access.host_actor(profile), onward=_here(profile))


@blueprint.post("/city/<public_id>/photos/<photo>/removal")
@host_holder
def remove_photo(profile: HostProfile, photo: str) -> Response | Redirection:
    if not _may_write(profile):
        return ask_for_link(profile, 403)
    return particulars_pages.photo_removed(profile, photo, by=access.host_actor(profile), onward=_here(profile))


@blueprint.get("/city/<public_id>/photos/<photo>.jpg")
@host_holder
def photo(profile: HostProfile, photo: str) -> Response:
    return particulars_pages.photo_file(profile, photo)


def _may_write(profile: HostProfile) -> bool:
    return profile.confirmed_at is not None and access.opened_within(profile, SENT_WITHIN)


def _here(profile: HostProfile) -> str:
    return url_for("city_particulars.show", public_id=profile.public_id)
