"""Putting right what was typed into a registration: its contact and its people."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField

from tourreg.blueprints.fields import Country, EmailAddress, Line, Telephone, latin_name
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.public.registration_fields import NATIVE_HINT, SALUTATIONS
from tourreg.db import writing
from tourreg.domain.registrations import corrections, queries
from tourreg.domain.registrations.corrections import Contact, Person
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel import clock
from tourreg.kernel.names import PersonName

blueprint = Blueprint("office_corrections", __name__)
_EXACT = {"spellcheck": "false"}


class PersonForm(FlaskForm):
    surname = Line(
        _l("Surname"),
        most=120,
        needed=_l("Type the surname as the passport has it."),
        hint=_l("In Latin letters, as in the passport."),
        check=latin_name,
        wide=False,
        render_kw=_EXACT,
    )
    given = Line(_l("Given names"), most=120, check=latin_name, wide=False, render_kw=_EXACT)
    native = Line(_l("Name in own script"), most=120, hint=NATIVE_HINT, render_kw={"dir": "auto", **_EXACT})
    badge = Line(_l("Name on the badge"), most=120, render_kw={"dir": "auto", **_EXACT})
    salutation = SelectField(_l("Salutation"), choices=SALUTATIONS)
    post = Line(_l("Position"), most=200, printed=True)
    organisation = Line(_l("City or institution"), most=200, printed=True)
    country = Country(_l("Country or region"))
    email = EmailAddress(_l("E-mail"))
    guest = Line(_l("Name of the guest"), most=120, needed=_l("Type the name of the guest."), check=latin_name)

    def ask_for_guest_of(self, participant: Participant) -> None:
        """Ask for the guest's name only where the participant brings one."""
        if not participant.guest:
            del self.guest

    def person(self) -> Person:
        name = PersonName(
            self.surname.data, self.given.data, self.native.data, self.badge.data, self.salutation.data or ""
        )
        guest = self.guest.data if self.guest else None
        return Person(name, self.email.data, self.post.data, self.organisation.data, self.country.data or "", guest)


class ContactForm(FlaskForm):
    name = Line(_l("Name"), most=120, needed=_l("Type the contact’s name."), printed=True)
    organisation = Line(_l("City or institution"), most=200, printed=True)
    email = EmailAddress(
        _l("E-mail"),
        needed=_l("Type the contact’s e-mail address."),
        hint=_l(
            "Letters go there from now on, and whoever reads them can open the registration. Links sent to the old "
            "address stop working, and both addresses are told."
        ),
    )
    phone = Telephone(_l("Telephone"))

    def contact(self) -> Contact:
        return Contact(self.name.data, self.email.data, self.phone.data, self.organisation.data)


@blueprint.route("/registrations/<public_id>/people/<person>", methods=["GET", "POST"])
@office("programme", "finance")
def correct_person(public_id: str, person: str) -> str | tuple[str, int] | Response:
    registration, participant = _found(public_id, person)
    form = PersonForm(obj=participant)
    form.ask_for_guest_of(participant)
    if not form.validate_on_submit():
        return _page("person", form, registration, participant=participant)
    with writing():
        corrections.correct_person(participant, form.person(), now=clock.utc_now(), by=acting())
    return _done(public_id)


@blueprint.route("/registrations/<public_id>/contact", methods=["GET", "POST"])
@office("programme", "finance")
def correct_contact(public_id: str) -> str | tuple[str, int] | Response:
    registration = _registration(public_id)
    known = {
        "name": registration.contact_name,
        "email": registration.contact_email,
        "phone": registration.contact_phone,
        "organisation": registration.organisation,
    }
    form = ContactForm(data=known)
    if not form.validate_on_submit():
        return _page("contact", form, registration)
    with writing():
        corrections.correct_contact(registration, form.contact(), now=clock.utc_now(), by=acting())
    return _done(public_id)


def _registration(public_id: str) -> Registration:
    return queries.by_public_id(public_id) or abort(404)


def _found(public_id: str, person: str) -> tuple[Registration, Participant]:
    registration = _registration(public_id)
    named = [participant for participant in registration.participants if participant.public_id == person]
    return registration, named[0] if named else abort(404)


def _page(name: str, form: FlaskForm, registration: Registration, **more: object) -> tuple[str, int]:
    page = render_template(f"office/registrations/{name}.html", form=form, registration=registration, **more)
    return page, 422 if form.errors else 200


def _done(public_id: str) -> Response:
    flash(_("The correction is saved. It stands in the history."))
    return redirect(url_for("office_registration.registration", public_id=public_id), 303)
