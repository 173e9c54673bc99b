"""The papers of a request for its city: the letter that asks, and what the city confirmed."""

from __future__ import annotations

from flask import Blueprint, Response, abort, url_for

from tourreg.blueprints import access, paper_files
from tourreg.blueprints.guards import host_holder
from tourreg.blueprints.paper_files import Form
from tourreg.domain.hosting import request_queries
from tourreg.domain.hosting.confirmations import papers_for_city
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.papers.models import Paper

blueprint = Blueprint("city_request_papers", __name__)
FRAME = "layout/city.html"


@blueprint.get("/city/<public_id>/requests/<asked>/papers/<paper>.<any(pdf, html):form>")
@host_holder
def paper(profile: HostProfile, asked: str, paper: str, form: Form) -> Response:
    """Open a paper of a request to the contact's city; another city's, and one that holds no more, is like none."""
    found = request_queries.request_by_public_id(asked)
    if found is None or profile.state != "accepted" or found.city_id != profile.city_id:
        abort(404)
    kept = next((one for one in papers_for_city(found) if one.public_id == paper), None)
    return paper_files.issued(kept or abort(404), form, frame=FRAME, opener=access.host_actor(profile))


def paper_address(profile: HostProfile, asked: str, paper: Paper, form: Form) -> str:
    """Return where a city's contact finds a paper of a request."""
    return url_for(
        "city_request_papers.paper", public_id=profile.public_id, asked=asked, paper=paper.public_id, form=form
    )
