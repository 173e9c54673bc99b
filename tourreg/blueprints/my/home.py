"""My registrations."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import everyone_with_form

blueprint = Blueprint("my", __name__)


@blueprint.get("/my/")
@everyone_with_form
def home() -> str:
    return render_template("my/home.html")
