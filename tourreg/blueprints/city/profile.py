"""A host city's own page."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import host_holder
from tourreg.domain.hosting.models import HostProfile

blueprint = Blueprint("city", __name__)


@blueprint.get("/city/<public_id>")
@host_holder
def profile(profile: HostProfile) -> str:
    return render_template("city/profile.html", profile=profile)
