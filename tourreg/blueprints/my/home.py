"""My registrations: the list, and each of them."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import everyone_with_form, registration_holder
from tourreg.domain.billing.queries import balance
from tourreg.domain.registrations.models import Registration

blueprint = Blueprint("my", __name__)


@blueprint.get("/my/")
@everyone_with_form
def home() -> str:
    return render_template("my/home.html")


@blueprint.get("/my/registrations/<public_id>")
@registration_holder
def registration(registration: Registration) -> str:
    return render_template("my/registration.html", registration=registration, owed=balance(registration.folio))
