"""The profile of a host city as the office sees it, which may fill in what it knows."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection

from tourreg.adapters import pictures
from tourreg.blueprints import particulars_pages
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.large_requests import AROUND_A_FILE, let_through
from tourreg.blueprints.particulars_pages import found
from tourreg.domain.hosting.rules import AddressNotConfirmed

blueprint = Blueprint("office_host_particulars", __name__)
TEMPLATE = "office/hosts/particulars.html"

let_through(
    blueprint,
    pictures.LARGEST_PHOTO_FILE + AROUND_A_FILE,
    _l("A photograph has at most 20 MB. Nothing was read."),
)


@blueprint.get("/hosts/<public_id>/profile")
@office()
def show(public_id: str) -> Response:
    return particulars_pages.shown(TEMPLATE, found(public_id))


@blueprint.post("/hosts/<public_id>/profile")
@office("programme")
def save(public_id: str) -> Response | Redirection:
    try:
        return particulars_pages.saved(TEMPLATE, found(public_id), by=acting(), onward=_here(public_id))
    except AddressNotConfirmed:
        return _not_confirmed(public_id)


@blueprint.post("/hosts/<public_id>/photos")
@office("programme")
def add_photo(public_id: str) -> Response | Redirection:
    try:
        return particulars_pages.photo_added(TEMPLATE, found(public_id), by=acting(), onward=_here(public_id))
    except AddressNotConfirmed:
        return _not_confirmed(public_id)


@blueprint.post("/hosts/<public_id>/photos/<photo>/removal")
@office("programme")
def remove_photo(public_id: str, photo: str) -> Redirection:
    try:
        return particulars_pages.photo_removed(found(public_id), photo, by=acting(), onward=_here(public_id))
    except AddressNotConfirmed:
        return _not_confirmed(public_id)


@blueprint.get("/hosts/<public_id>/photos/<photo>.jpg")
@office()
def photo(public_id: str, photo: str) -> Response:
    return particulars_pages.photo_file(found(public_id), photo)


def _not_confirmed(public_id: str) -> Redirection:
    flash(_("Nobody has confirmed the address yet, so nothing is kept of this city."))
    return redirect(_here(public_id), 303)


def _here(public_id: str) -> str:
    return url_for("office_host_particulars.show", public_id=public_id)
