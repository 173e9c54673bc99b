"""Signing in to the office: a password, then a code or a recovery code; and changing either.

The views are Flask-Security's; here stand those that we use, their addresses, their guards and their limits.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Blueprint, render_template, request, session
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
    recovery_codes,
    views,
)
from werkzeug.wrappers import Response

from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.guards import View, everyone_with_form, own_account
from tourreg.blueprints.office.security import SHORTEST_PASSWORD

# Its name and the names of its endpoints are those that Flask-Security asks for.
blueprint = Blueprint("security", __name__)


class _Labelled:
    """A form of Flask-Security with our labels and hints."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        form: Any = self
        for name, words in self.labels.items():
            form[name].label.text = words
        for name, words in self.hints.items():
            form[name].description = words


class PasswordForm(_Labelled, LoginForm):
    """The first step; nobody is remembered beyond the session."""

    remember = None
    labels: ClassVar = {"email": _l("E-mail address"), "password": _l("Password")}


class PasswordAgainForm(_Labelled, VerifyForm):
    labels: ClassVar = {"password": _l("Password")}


class CodeForm(_Labelled, TwoFactorVerifyCodeForm):
    labels: ClassVar = {"code": _l("Code from your authenticator app")}
    hints: ClassVar = {"code": _l("Six digits; a new one comes every half minute.")}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.code.render_kw = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class RecoveryCodeForm(_Labelled, MfRecoveryForm):
    labels: ClassVar = {"code": _l("Recovery code")}
    hints: ClassVar = {"code": _l("One of those you wrote down, like 1a2b-3c4d-5e6f. Each is good once.")}

    def validate(self, **named: Any) -> bool:
        self.code.data = (self.code.data or "").strip().lower()
        valid: bool = super().validate(**named)
        return valid


class NewPasswordForm(_Labelled, ChangePasswordForm):
    labels: ClassVar = {
        "password": _l("Your password until now"),
        "new_password": _l("New password"),
        "new_password_confirm": _l("New password once more"),
    }
    hints: ClassVar = {
        "new_password": _l("At least %(count)s characters. Several words in a row are good.", count=SHORTEST_PASSWORD)
    }


FORMS = {
    "login_form": PasswordForm,
    "verify_form": PasswordAgainForm,
    "two_factor_verify_code_form": CodeForm,
    "mf_recovery_form": RecoveryCodeForm,
    "change_password_form": NewPasswordForm,
}


@blueprint.get("/no-code", endpoint="two_factor_rescue")
@everyone_with_form
def no_code() -> str:
    """Say what to do without the phone; in the place of Flask-Security's page, which sends codes by e-mail."""
    return render_template("office/sign_in/no_code.html")


def _limited_by(key: Callable[[], str], limit: str, view: View) -> View:
    limited: View = limiter.limit(limit, key_func=key, methods=["POST"])(view)
    return limited


def _address_typed() -> str:
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()[:254]}"


def _member_halfway() -> str:
    """Return whose code is being tried, from whatever network."""
    return str(session.get("tf_user_id") or session.get("_user_id") or get_remote_address())


def _guessing(view: View, key: Callable[[], str] = _member_halfway) -> View:
    """Return a view that takes a password or a code, with few tries for one account and not many for one network."""
    return _limited_by(key, "10 per 10 minutes", _limited_by(get_remote_address, "60 per 10 minutes", view))


def _route(address: str, endpoint: str, view: Callable[..., Response], methods: tuple[str, ...]) -> None:
    blueprint.add_url_rule(address, endpoint, view, methods=list(methods))


_ASK, _SEND = ("GET", "POST"), ("POST",)
_set_up_again = own_account(_guessing(views.two_factor_setup_validate))
_route("/sign-in", "login", everyone_with_form(_guessing(views.login, _address_typed)), _ASK)
_route("/sign-out", "logout", everyone_with_form(views.logout), _SEND)
_route("/code", "two_factor_token_validation", everyone_with_form(_guessing(views.two_factor_token_validation)), _ASK)
_route("/recovery-code", "mf_recovery", everyone_with_form(_guessing(recovery_codes.mf_recovery)), _ASK)
_route("/authenticator", "two_factor_setup", everyone_with_form(views.two_factor_setup), _ASK)
_route("/authenticator/<token>", "two_factor_setup_validate", _set_up_again, _SEND)
_route("/password", "change_password", own_account(_guessing(views.change_password)), _ASK)
_route("/password-again", "verify", own_account(_guessing(views.verify)), _ASK)
_route("/recovery-codes", "mf_recovery_codes", own_account(recovery_codes.mf_recovery_codes), _ASK)
