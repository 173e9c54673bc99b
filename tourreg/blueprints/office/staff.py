"""Staff: who works in the office, what each may do, and how they get in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from tourreg.blueprints.fields import EmailAddress, Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import acting, office
from tourreg.blueprints.office import staff_words
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.other_editor import other_editor
from tourreg.blueprints.office.registration_words import letter_title
from tourreg.blueprints.submissions import submission_key
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts import commands, passwords, queries
from tourreg.domain.accounts.commands import (
    AddressIsTaken,
    Credentials,
    LastAdministrator,
    MemberEditedMeanwhile,
    MemberPlan,
    plan_of,
)
from tourreg.domain.accounts.models import StaffMember
from tourreg.domain.accounts.passwords import MemberHasLeft
from tourreg.domain.reports import staff_files
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint

blueprint = Blueprint("office_staff", __name__)


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class NewMemberForm(FlaskForm):
    name = Line(_l("Name"), most=120, needed=_l("Type the name."), render_kw={"autocomplete": "off"})
    email: Any = EmailAddress(
        _l("E-mail address"), needed=_l("Type the e-mail address; the link to choose a password goes there.")
    )
    roles = SelectMultipleField(
        _l("What they may do"), choices=_choices(staff_words.ROLES), validate_choice=False, default=[]
    )
    language = RadioField(
        _l("Language of the letters to them"),
        choices=_choices(staff_words.LANGUAGES),
        validate_choice=False,
        default="en",
    )

    def validate_roles(self, control: SelectMultipleField) -> None:
        if not set(control.data or ()) or not set(control.data) <= set(staff_words.ROLES):
            raise StopValidation(_("Choose at least one role."))

    def validate_language(self, control: RadioField) -> None:
        if control.data not in staff_words.LANGUAGES:
            raise StopValidation(_("Choose one of the list."))

    def plan(self) -> MemberPlan:
        """Return what the form says; only after it was found right."""
        return MemberPlan(self.name.data, tuple(self.roles.data), self.language.data)


class MemberForm(NewMemberForm):
    """The same without the address, which stays what it was first.

    seen  what the page showed when it was opened, so that nobody undoes a change that they have not seen
    """

    email = None
    seen = HiddenField()


@blueprint.get("/staff")
@office("administrator")
def index() -> str:
    return render_template(
        "office/staff/index.html", members=queries.staff(), role_list=staff_words.role_list, has_none=passwords.has_none
    )


@blueprint.route("/staff/new", methods=["GET", "POST"])
@office("administrator")
def new() -> tuple[str, int] | Response:
    form, key = NewMemberForm(), submission_key(request.form)
    if form.is_submitted() and (known := queries.member_of_submission(key)):
        return _to(known.public_id)
    if form.validate_on_submit() and (added := _added(form, key)):
        return _to(added)
    page = render_template("office/staff/new.html", form=form, key=key, hints=staff_words.ROLE_HINTS)
    return page, 422 if form.errors else 200


@blueprint.route("/staff/<public_id>", methods=["GET", "POST"])
@office("administrator")
def member(public_id: str) -> tuple[str, int] | Response:
    found = _found(public_id)
    plan = plan_of(found)
    form = MemberForm(
        data={"name": plan.name, "roles": plan.roles, "language": plan.language, "seen": fingerprint(plan)}
    )
    if not form.validate_on_submit():
        return _page(public_id, form, 422 if form.errors else 200)
    try:
        with writing():
            seen = form.seen.data or "nothing"
            commands.change_member(found, form.plan(), now=clock.utc_now(), by=acting(), seen=seen)
    except LastAdministrator:
        form.roles.errors = [_words_of_last()]
        return _page(public_id, form, 422)
    except MemberEditedMeanwhile as refusal:
        form.seen.data = fingerprint(refusal.now)
        return _page(public_id, form, 409, who=other_editor(refusal, desk_zone()))
    flash(_("Saved."))
    return _to(public_id)


@blueprint.post("/staff/<public_id>/password-link")
@office("administrator")
def send_link(public_id: str) -> Response:
    """Send a member a link to choose a password by; the password until now holds until they do."""
    found, key = _found(public_id), submission_key(request.form)
    by, now, secret = acting(), clock.utc_now(), settings().secret_key
    try:
        with writing():
            passwords.send_password_link(found, key=key, secret=secret, now=now, by=by)
    except MemberHasLeft:
        flash(_("No link goes to somebody who is let in no more. Let them in again first."))
    else:
        flash(_("The link is on its way to %(address)s.", address=found.email))
    return _to(public_id)


@blueprint.post("/staff/<public_id>/second-factor")
@office("administrator")
def reset_second_factor(public_id: str) -> Response:
    found = _found(public_id)
    with writing():
        commands.reset_second_factor(found, now=clock.utc_now(), by=acting())
    flash(_("Their phone and recovery codes no longer count. They set up a phone when they next sign in."))
    return _to(public_id)


@blueprint.post("/staff/<public_id>/<any(deactivate, reactivate):step>")
@office("administrator")
def move(public_id: str, step: str) -> Response:
    found = _found(public_id)
    change: Callable[..., None] = commands.deactivate if step == "deactivate" else commands.reactivate
    try:
        with writing():
            change(found, now=clock.utc_now(), by=acting())
    except LastAdministrator:
        flash(_words_of_last())
    else:
        flash(
            _("They are signed out everywhere and let in no more.")
            if step == "deactivate"
            else _("They may sign in again.")
        )
    return _to(public_id)


def _added(form: NewMemberForm, key: str) -> str | None:
    """Add the member, ask for the letter, and return the public id; of a form sent twice at once, both find the one."""
    by, now, secret = acting(), clock.utc_now(), settings().secret_key
    plan = form.plan()
    try:
        with writing():
            added = commands.add_staff(
                plan.name, form.email.data, plan.roles, Credentials(),
                language=plan.language, submission_key=key, now=now, by=by,
            )  # fmt: skip
            passwords.send_password_link(added, key="first", secret=secret, now=now, by=by)
            public_id = added.public_id
    except (AddressIsTaken, IntegrityError) as refusal:
        if known := queries.member_of_submission(key):
            return known.public_id
        form.email.errors = [_taken(refusal)]
        return None
    flash(_("%(name)s is added. The link to choose a password is on its way.", name=plan.name))
    return public_id


def _taken(refusal: AddressIsTaken | IntegrityError) -> str:
    if isinstance(refusal, AddressIsTaken):
        return _("%(name)s has this address already. Look for that name under Staff.", name=refusal.name)
    return _("A member of staff has this address already.")


def _page(public_id: str, form: MemberForm, status: int, **more: Any) -> tuple[str, int]:
    file = staff_files.file_of(public_id) or abort(404)
    page = render_template(
        "office/staff/member.html",
        form=form,
        file=file,
        found=file.member,
        key=new_public_id(),
        hints=staff_words.ROLE_HINTS,
        has_none=passwords.has_none(file.member),
        history=staff_words.history_lines(file),
        letter_title=letter_title,
        zone=desk_zone(),
        **more,
    )
    return page, status


def _words_of_last() -> str:
    return _("That would leave nobody to look after the staff. Make somebody else an administrator first.")


def _found(public_id: str) -> StaffMember:
    return queries.member_by_public_id(public_id) or abort(404)


def _to(public_id: str) -> Response:
    return redirect(url_for("office_staff.member", public_id=public_id), 303)
