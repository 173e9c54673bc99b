"""Who shares a host city's page, as the office sees it, which may invite and end."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import host_contact_pages
from tourreg.blueprints.guards import acting, office
from tourreg.domain.hosting import queries
from tourreg.domain.hosting.models import HostProfile

blueprint = Blueprint("office_host_contacts", __name__)
TEMPLATE = "office/hosts/contacts.html"


@blueprint.get("/hosts/<public_id>/contacts")
@office()
def show(public_id: str) -> Response:
    return host_contact_pages.shown(TEMPLATE, _found(public_id))


@blueprint.post("/hosts/<public_id>/contacts")
@office("programme")
def invite(public_id: str) -> Response | Redirection:
    return host_contact_pages.invited(TEMPLATE, _found(public_id), by=acting(), onward=_here(public_id))


@blueprint.post("/hosts/<public_id>/contacts/<contact>")
@office("programme")
def change(public_id: str, contact: str) -> Redirection:
    return host_contact_pages.changed(_found(public_id), contact, by=acting(), onward=_here(public_id))


def _found(public_id: str) -> HostProfile:
    return queries.by_public_id(public_id) or abort(404)


def _here(public_id: str) -> str:
    return url_for("office_host_contacts.show", public_id=public_id)
