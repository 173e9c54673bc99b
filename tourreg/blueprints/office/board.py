"""Board."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import office

blueprint = Blueprint("office", __name__)


@blueprint.get("/office/")
@office()
def board() -> str:
    return render_template("office/board.html")
