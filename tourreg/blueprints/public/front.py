"""The entrance, which picks a language, and the pages that explain the house."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints.guards import everyone

entrance = Blueprint("entrance", __name__)
blueprint = Blueprint("front", __name__)


@entrance.get("/")
@everyone
def pick_language() -> Response:
    answer = redirect(url_for("front.home"))
    answer.vary.add("Accept-Language")
    return answer


@blueprint.get("/")
@everyone
def home() -> str:
    return render_template("public/home.html")


@blueprint.get("/texts/<any(terms, privacy, cross_border):kind>")
@everyone
def consent_text(kind: str) -> str:
    return render_template("public/consent_text.html", kind=kind)


@blueprint.get("/accessibility")
@everyone
def accessibility() -> str:
    return render_template("public/accessibility.html")


@blueprint.get("/contact")
@everyone
def contact() -> str:
    return render_template("public/contact.html")
