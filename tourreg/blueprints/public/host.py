"""Host a group."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import everyone_with_form

blueprint = Blueprint("host", __name__)


@blueprint.get("/host")
@everyone_with_form
def sign_up() -> str:
    return render_template("public/host.html")
