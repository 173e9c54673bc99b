"""Whether the process answers, for load balancers."""

from flask import Blueprint, Response

from tourreg.blueprints.guards import everyone

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@everyone
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")
