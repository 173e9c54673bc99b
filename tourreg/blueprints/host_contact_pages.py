"""The page on which a city's contacts are invited and ended, for the city and for the office alike."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import Form, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from tourreg.blueprints.attempts import try_again
from tourreg.blueprints.fields import EmailAddress, Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.languages import language
from tourreg.db import writing
from tourreg.domain.hosting import contacts, queries
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.domain.hosting.contacts import Invitation, IsContactAlready, TooManyContacts
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import AddressNotConfirmed, Contact
from tourreg.kernel import clock

ROLE_WORDS = {
    "approver": _l("Approver"),
    "coordinator": _l("Coordinator"),
    "security_desk": _l("Security desk"),
    "press": _l("Press"),
}
STATE_WORDS = {
    "asked": ("news", _l("Asks to join")),
    "invited": ("wait", _l("Invited")),
    "active": ("good", _l("Shares the page")),
}


_DONE = {
    "invite": _l("The invitation is on its way."),
    "again": _l("The invitation is on its way."),
    "roles": _l("The roles are changed."),
    "end": _l("Shares the page no more."),
}


class InvitationForm(Form):
    """Who is invited, what they do for the city, and in which language they are written to."""

    name = Line(_l("Name"), most=120, needed=_l("Type the name."))
    position = Line(_l("Position"), most=120, needed=_l("Type the position."))
    email = EmailAddress(_l("E-mail"), needed=_l("Type the e-mail address; the invitation goes there."))
    roles = SelectMultipleField(
        _l("What they do for the city"),
        choices=[SelectChoice(role, ROLE_WORDS[role]) for role in ROLES],
        validate_choice=False,
    )
    language = SelectField(_l("Letters in"), choices=[SelectChoice("en", "English"), SelectChoice("zh", "中文")])

    def invitation(self) -> Invitation:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        contact = Contact(typed.name.data, typed.position.data, typed.email.data)
        return Invitation(contact, tuple(typed.roles.data), typed.language.data)


def shown(template: str, profile: HostProfile) -> Response:
    return _page(template, profile, InvitationForm(MultiDict({"language": language()})))


def invited(template: str, profile: HostProfile, *, by: str, onward: str) -> Response | Redirection:
    """Send the invitation and lead on, or return the page with what is to be put right."""
    form = InvitationForm(request.form)
    if not form.validate():
        return _page(template, profile, form, 422)
    public_id = profile.public_id
    try:
        try_again(lambda: _invite(public_id, form.invitation(), by))
    except IsContactAlready:
        form.form_errors.append(_("This address shares the page already, or was invited to it."))
    except TooManyContacts:
        form.form_errors.append(_("Twenty share the page already. Let one of them go first."))
    except AddressNotConfirmed:
        form.form_errors.append(_("Nobody has confirmed the address yet, so nobody can be invited."))
    if form.form_errors:
        return _page(template, _found(public_id), form, 422)
    flash(_("The invitation is on its way."))
    return redirect(onward, 303)


def changed(profile: HostProfile, contact: str, *, by: str, onward: str) -> Redirection:
    """Invite whoever asked to join, change somebody's roles, or end what they share, as the button says."""
    public_id, wish = profile.public_id, request.form.get("do", "")
    with writing():
        found = contacts.contact_of(_found(public_id), contact) or abort(404)
        if wish == "roles":
            contacts.change_roles(found, request.form.getlist("roles"), now=clock.utc_now(), by=by)
        elif wish == "end":
            contacts.end_contact(found, now=clock.utc_now(), by=by)
        elif wish == "again":
            contacts.invite_again(found, now=clock.utc_now())
        elif found.state in ("asked", "ended"):
            who = Contact(found.name, found.position, found.email)
            asked = Invitation(who, tuple(found.roles), found.language)
            contacts.invite(_found(public_id), asked, now=clock.utc_now(), by=by)
    flash(str(_DONE.get(wish, _("Nothing was changed."))))
    return redirect(onward, 303)


def _invite(public_id: str, invitation: Invitation, by: str) -> None:
    with writing():
        contacts.invite(_found(public_id), invitation, now=clock.utc_now(), by=by)


def _found(public_id: str) -> HostProfile:
    return queries.by_public_id(public_id) or abort(404)


def _page(template: str, profile: HostProfile, form: InvitationForm, status: int = 200) -> Response:
    page = render_template(
        template, profile=profile, form=form, contacts=contacts.contacts_of(profile), roles=ROLE_WORDS,
        states=STATE_WORDS,
    )  # fmt: skip
    return make_response(page, status)
