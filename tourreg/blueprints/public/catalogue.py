"""Programmes."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import everyone

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/events")
@everyone
def events() -> str:
    return render_template("public/catalogue.html")
