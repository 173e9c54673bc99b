"""The page of a link by which a member of staff chooses a password; looking at it spends nothing."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection
from wtforms import PasswordField
from wtforms.validators import StopValidation

from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import everyone_with_form
from tourreg.blueprints.office import security
from tourreg.db import db, writing
from tourreg.domain.accounts import passwords
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from tourreg.domain.accounts.models import StaffMember
from tourreg.kernel import clock

blueprint = Blueprint("choose_password", __name__)

# A token cannot be guessed; this only spares the database, and the slow hash, a flood of tries.
MOST_TRIES = "60/minute"
# More than anybody types; a longer one would only keep the hash busy.
LONGEST_PASSWORD = 1000


class ChooseForm(FlaskForm):
    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(count)s characters. Several words in a row are good.", count=security.SHORTEST_PASSWORD
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(_l("New password once more"), render_kw={"autocomplete": "new-password"})

    def validate_password(self, control: PasswordField) -> None:
        typed = control.data or ""
        if len(typed) > LONGEST_PASSWORD:
            raise StopValidation(_("Choose a password of at most %(count)s characters.", count=LONGEST_PASSWORD))
        if faults := security.faults_of_password(typed):
            raise StopValidation(faults[0])

    def validate_again(self, control: PasswordField) -> None:
        if control.data != self.password.data:
            raise StopValidation(_("The two new passwords differ."))


@blueprint.get("/choose-password/<token>")
@everyone_with_form
@limiter.limit(MOST_TRIES)
def choose(token: str) -> Response:
    """Ask for the password; mail scanners come here too, so that nothing is spent or changed."""
    try:
        member = passwords.whose_link(token, now=clock.utc_now())
    except (LinkUnknown, LinkExpired, LinkUsed, LinkRevoked) as refusal:
        return _refused(refusal)
    return _page(ChooseForm(), member)


@blueprint.post("/choose-password/<token>")
@everyone_with_form
@limiter.limit(MOST_TRIES)
def keep(token: str) -> Response | Redirection:
    """Keep the password, whose slow hash is made before the database is asked to write."""
    now = clock.utc_now()
    try:
        member = passwords.whose_link(token, now=now)
        form = ChooseForm()
        if not form.validate():
            return _page(form, member)
        db.session.rollback()
        password_hash = security.hash_of(form.password.data)
        with writing():
            passwords.choose_password(token, password_hash, now=now)
    except (LinkUnknown, LinkExpired, LinkUsed, LinkRevoked) as refusal:
        return _refused(refusal)
    flash(_("Your password is kept. Sign in with it now."))
    return redirect(url_for("security.login"), 303)


def _page(form: ChooseForm, member: StaffMember) -> Response:
    page = render_template("office/sign_in/choose_password.html", form=form, found=member)
    return make_response(page, 422 if form.errors else 200)


def _refused(refusal: LinkUnknown | LinkExpired | LinkUsed | LinkRevoked) -> Response:
    """Say what is the matter with the link, and who sends a new one."""
    title, sentence = _fault(refusal)
    page = render_template("office/sign_in/link_refused.html", title=title, sentence=sentence)
    return make_response(page, 404 if isinstance(refusal, LinkUnknown) else 410)


def _fault(refusal: LinkUnknown | LinkExpired | LinkUsed | LinkRevoked) -> tuple[str, str]:
    if isinstance(refusal, LinkUnknown):
        return _("This link is not whole"), _("Part of it was lost on its way. Copy all of it from the letter.")
    if isinstance(refusal, LinkExpired):
        days = passwords.LASTS.days
        return _("This link has ended"), _("It worked for %(days)s days after it was sent.", days=days)
    if isinstance(refusal, LinkUsed):
        return _("This link was used before"), _("A password was chosen by it. If that was you, sign in with it.")
    return _("This link was taken back"), _("It no longer opens anything. A newer letter may have another one.")
