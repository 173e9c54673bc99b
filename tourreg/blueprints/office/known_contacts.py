"""Whom the office knows at a city, from files that it imported; anybody of them can be deleted."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.host_contact_pages import ROLE_WORDS
from tourreg.db import writing
from tourreg.domain.cities import queries
from tourreg.domain.hosting.city_import_writing import contact_at_city, forget_contact
from tourreg.domain.hosting.city_people import known_at
from tourreg.kernel import clock

blueprint = Blueprint("office_known_contacts", __name__)


@blueprint.get("/office/cities/<public_id>/contacts")
@office()
def show(public_id: str) -> str:
    city = queries.by_public_id(public_id) or abort(404)
    return render_template("office/cities/contacts.html", city=city, contacts=known_at(city), roles=ROLE_WORDS)


@blueprint.post("/office/cities/<public_id>/contacts/<contact>")
@office("programme")
def forget(public_id: str, contact: str) -> Redirection:
    """Delete somebody; a second time changes nothing."""
    with writing():
        city = queries.by_public_id(public_id) or abort(404)
        found = contact_at_city(city, contact)
        if found is not None:
            forget_contact(found, now=clock.utc_now(), by=acting())
    flash(_("The contact is deleted."))
    return redirect(url_for(".show", public_id=public_id), 303)
