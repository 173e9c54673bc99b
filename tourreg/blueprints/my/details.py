"""Correcting names, contact and what host cities read of people, behind a fresh code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form, HiddenField

from tourreg.blueprints import access
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.fields import Lines
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.my import fresh_code
from tourreg.blueprints.public import registration_fields as fields
from tourreg.db import writing
from tourreg.domain.registrations import own_changes, rules
from tourreg.domain.registrations.corrections import Contact, Introduction
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import Details, DetailsEditedMeanwhile, RegistrationIsClosed
from tourreg.kernel import clock
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("my_details", __name__)
READ_BY_CITIES = _l("Cities that receive the group read it; what a city has may become a public record.")


class ContactForm(fields.ContactForm):
    """The contact alone; who pays is the office's to change.

    seen  what the page showed when it was opened
    """

    seen = HiddenField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _keep(self, (*self.BEFORE_PEOPLE, "seen"))
        self.contact_email.description = _l("With another address the links that we sent before stop working.")


class PersonForm(fields.PersonForm):
    """The names of one participant, and what host cities read of them."""

    NAMES = ("surname", "given", "native", "badge")
    INTRODUCTION = ("about", "goals")

    about = Lines(_l("Who this is, for the host cities"), most=600, hint=READ_BY_CITIES, render_kw={"rows": "3"})
    goals = Lines(_l("What this person wants to learn"), most=400, hint=READ_BY_CITIES, render_kw={"rows": "2"})

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        _keep(self, (*self.NAMES, *self.INTRODUCTION))


@dataclass(frozen=True)
class DetailsForm:
    """What is typed: the contact, and the names and words of each participant in their order."""

    contact: ContactForm
    people: list[PersonForm]

    def is_right(self) -> bool:
        right = [self.contact.validate(), *(person.validate() for person in self.people)]
        return all(right)

    def details(self, before: Details) -> Details:
        """Return what the form says; only after it was found right."""
        form = self.contact
        contact = Contact(
            form.contact_name.data, form.contact_email.data, form.contact_phone.data, form.organisation.data
        )
        names = (
            replace(name, **{part: person[part].data for part in PersonForm.NAMES})
            for name, person in zip(before.names, self.people, strict=True)
        )
        told = (Introduction(person.about.data or "", person.goals.data or "") for person in self.people)
        return Details(contact, tuple(names), tuple(told))

    def faults(self) -> list[tuple[str, str]]:
        """Return every fault with the id of its field, in the order of the page."""
        named = [("", str(sentence)) for sentence in self.contact.form_errors] + _faults(self.contact)
        for number, person in enumerate(self.people, start=1):
            who = _("Participant %(number)d", number=number)
            named += [(control, _("%(who)s: %(what)s", who=who, what=what)) for control, what in _faults(person)]
        return named


@blueprint.get("/my/registrations/<public_id>/details")
@registration_holder
def correct(registration: Registration) -> str | Response | Redirection:
    if not own_changes.is_open(registration, clock.utc_now()):
        return _closed(registration, 200)
    way = fresh_code.turned_away(registration, "details")
    if way is not None:
        return way
    before = own_changes.details_of(registration)
    return _page(registration, _form(before, _typed_of(before)))


@blueprint.post("/my/registrations/<public_id>/details")
@registration_holder
def save(registration: Registration) -> Response | Redirection:
    before = own_changes.details_of(registration)
    form = _form(before, request.form)
    if not form.is_right():
        return make_response(_page(registration, form), 422)
    if fresh_code.is_too_late(registration):
        form.contact.form_errors.append(fresh_code.too_late())
        return make_response(_page(registration, form), 403)
    return _saved(registration, form, before)


def _saved(registration: Registration, form: DetailsForm, shown: Details) -> Response | Redirection:
    public_id, wanted, now = registration.public_id, form.details(shown), clock.utc_now()
    registration_id, seen = registration.id, form.contact.seen.data or "nothing"

    def write() -> Details:
        with writing():
            return own_changes.correct_details(registration_id, wanted, now=now, seen=seen)

    try:
        before = try_again(write)
    except RegistrationIsClosed:
        return _closed(registration, 409)
    except DetailsEditedMeanwhile as refusal:
        form.contact.seen.data = fingerprint(refusal.now)
        return make_response(_page(registration, form, now=refusal.now), 409)
    except rules.SamePersonTwice as refusal:
        form.people[refusal.second - 1].surname.errors = [_same_name(refusal.first)]
        return make_response(_page(registration, form), 422)
    except ManyAtOnce:
        form.contact.form_errors.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return make_response(_page(registration, form), 503)
    if wanted.contact.email.casefold() != before.contact.email.casefold():
        access.follow_address(registration, now=now)
    flash(_said(before, wanted))
    return redirect(url_for("my.registration", public_id=public_id), 303)


def _said(before: Details, after: Details) -> str:
    if after == before:
        return _("Nothing was changed.")
    if after.contact.email.casefold() == before.contact.email.casefold():
        return _("Your corrections are saved.")
    return _(
        "Your corrections are saved. Letters go to %(address)s from now on; we wrote to both addresses.",
        address=after.contact.email,
    )


def _form(before: Details, typed: MultiDict[str, str]) -> DetailsForm:
    people = [PersonForm(typed, prefix=f"p{number}") for number in range(1, len(before.names) + 1)]
    return DetailsForm(ContactForm(typed), people)


def _typed_of(details: Details) -> MultiDict[str, str]:
    """Return the details as a form would send them."""
    contact = details.contact
    typed: MultiDict[str, str] = MultiDict(
        {
            "contact_name": contact.name,
            "contact_email": contact.email,
            "contact_phone": contact.phone,
            "organisation": contact.organisation,
            "seen": fingerprint(details),
        }
    )
    for number, name in enumerate(details.names, start=1):
        typed.update({f"p{number}-{part}": getattr(name, part) for part in PersonForm.NAMES})
    for number, told in enumerate(details.introductions, start=1):
        typed.update({f"p{number}-{part}": getattr(told, part) for part in PersonForm.INTRODUCTION})
    return typed


def _page(registration: Registration, form: DetailsForm, now: Details | None = None) -> str:
    """Return the form; `now` is what stands there where somebody else corrected it meanwhile."""
    words = [now.contact.name, now.contact.email, *(name.latin() for name in now.names)] if now else []
    return render_template("my/details.html", registration=registration, form=form, meanwhile=words)


def _closed(registration: Registration, status: int) -> Response:
    return make_response(render_template("my/closed.html", registration=registration, over=False), status)


def _same_name(first: int) -> str:
    return _(
        "This is the name of participant %(number)d. If they are two people, type the name of each in its own script.",
        number=first,
    )


def _faults(form: Form) -> list[tuple[str, str]]:
    return [(control.id, str(control.errors[0])) for control in form if control.errors]


def _keep(form: Form, names: tuple[str, ...]) -> None:
    """Take all other fields out of a form."""
    for name in [control.short_name for control in form if control.short_name not in names]:
        del form[name]
