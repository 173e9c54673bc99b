"""Board."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import everyone_with_form

blueprint = Blueprint("office", __name__)


@blueprint.get("/office/")
@everyone_with_form
def board() -> str:
    return render_template("office/board.html")
