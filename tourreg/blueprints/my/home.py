"""My registrations: the list, and each of them."""

from flask import Blueprint, render_template

from tourreg.blueprints.guards import registration_holder, signed_in
from tourreg.domain.accounts.models import Person
from tourreg.domain.billing.queries import standing
from tourreg.domain.hosting import queries as hosts
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration

blueprint = Blueprint("my", __name__)


@blueprint.get("/my/")
@signed_in
def home(person: Person) -> str:
    return render_template(
        "my/home.html",
        person=person,
        registrations=registrations.of_contact(person.email),
        profiles=hosts.of_address(person.email),
    )


@blueprint.get("/my/registrations/<public_id>")
@registration_holder
def registration(registration: Registration) -> str:
    return render_template("my/registration.html", registration=registration, owed=standing(registration.folio).owed)
