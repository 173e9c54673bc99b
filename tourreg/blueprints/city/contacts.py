"""Who shares a city's page: its contacts invite colleagues, and let them go."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access, host_contact_pages
from tourreg.blueprints.city.profile import BEGUN_WITHIN, SENT_WITHIN, ask_for_link
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.guards import host_holder
from tourreg.domain.hosting.models import HostProfile

blueprint = Blueprint("city_contacts", __name__)
TEMPLATE = "city/contacts.html"
MOST_INVITATIONS = "30/hour"


@blueprint.get("/city/<public_id>/contacts")
@host_holder
def show(profile: HostProfile) -> Response | Redirection:
    if profile.confirmed_at is None:
        return redirect(url_for("city.profile", public_id=profile.public_id), 303)
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    return host_contact_pages.shown(TEMPLATE, profile)


@blueprint.post("/city/<public_id>/contacts")
@host_holder
@limiter.limit(MOST_INVITATIONS)
def invite(profile: HostProfile) -> Response | Redirection:
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    return host_contact_pages.invited(TEMPLATE, profile, by=access.host_actor(profile), onward=_here(profile))


@blueprint.post("/city/<public_id>/contacts/<contact>")
@host_holder
@limiter.limit(MOST_INVITATIONS)
def change(profile: HostProfile, contact: str) -> Response | Redirection:
    if not access.opened_within(profile, SENT_WITHIN):
        return ask_for_link(profile, 403)
    return host_contact_pages.changed(profile, contact, by=access.host_actor(profile), onward=_here(profile))


def _here(profile: HostProfile) -> str:
    return url_for("city_contacts.show", public_id=profile.public_id)
