"""What a city has hosted, and the certificates that it was given for it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template

from tourreg.blueprints import access, paper_files
from tourreg.blueprints.certificate_words import STATES
from tourreg.blueprints.city.offers import city_of
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.paper_files import Form
from tourreg.domain.certificates import queries
from tourreg.domain.hosting.history import hosted
from tourreg.domain.hosting.models import HostProfile
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day
from tourreg.printing import verify_address

blueprint = Blueprint("city_recognition", __name__)
FRAME = "layout/city.html"
GONE = 410


@blueprint.get("/city/<public_id>/recognition")
@host_holder
def index(profile: HostProfile) -> str:
    city = city_of(profile)
    given = queries.of_city(city)
    return render_template(
        "city/recognition.html",
        profile=profile,
        given=given,
        successors=queries.successors(given),
        hosted=hosted(city, today=local_day(clock.utc_now(), city.zone)),
        states=STATES,
        verify_address=verify_address,
    )


@blueprint.get("/city/<public_id>/recognition/<certificate>.<any(pdf, html):form>")
@host_holder
def paper(profile: HostProfile, certificate: str, form: Form) -> Response:
    """Open a certificate of the city; one that was revoked is not handed out any more."""
    city, found = city_of(profile), queries.by_public_id(certificate)
    if found is None or found.city_id != city.id:
        abort(404)
    if found.state == "revoked":
        return make_response(render_template("city/revoked.html", profile=profile, certificate=found), GONE)
    return paper_files.issued(found.paper, form, frame=FRAME, opener=access.host_actor(profile))
