"""Flask-Security for the office: its settings, its words, and its writes led through `writing()`."""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, abort, current_app, g, render_template, session
from flask_security import Security, SQLAlchemyUserDatastore, hash_password, user_authenticated
from flask_security.totp import Totp
from passlib.exc import UsedTokenError
from sqlalchemy import inspect, or_, select, update

from tourreg.blueprints.languages import remember
from tourreg.db import db, writing
from tourreg.domain.accounts import commands
from tourreg.domain.accounts.models import Role, StaffMember
from tourreg.kernel import clock
from tourreg.settings import Settings

# Set in the session when the second factor was given: the instant, in seconds.
SIGNED_IN_AT = "office_signed_in_at"
LONGEST_SESSION = timedelta(hours=12)
SHORTEST_PASSWORD = 12
CODE_SECONDS = 30
TRANSLATIONS = str(Path(__file__).parents[2] / "translations")
# Marks words for the catalogue; Flask-Security looks them up when it says them.
N_ = str


class StaffDatastore(SQLAlchemyUserDatastore):
    """What Flask-Security reads and writes.

    It changes a member, says `put`, and asks for a commit when the answer is ready; here each `put` is one `writing()`,
    so that no change waits in a session that only reads, and the commit has nothing left to do.
    """

    def put(self, model: Any) -> Any:
        with db.session.no_autoflush:
            # What comes may only stand for the member, as flask_login's current_user does.
            member = db.session.get_one(StaffMember, model.id)
            changed = _changes(member)
        if changed:
            with writing():
                for name, value in changed.items():
                    setattr(member, name, value)
                _note_own(member, changed)
        return member

    def commit(self) -> None:
        """Do nothing: `put` has written."""

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Spend one recovery code; when two send the same one at once, the second is refused."""
        spent = user.mf_recovery_codes[idx]
        row = select(StaffMember).where(StaffMember.id == user.id).with_for_update()
        with writing() as db_session:
            member = db_session.scalars(row.execution_options(populate_existing=True)).one()
            left = [code for code in member.mf_recovery_codes or [] if code != spent]
            if len(left) == len(member.mf_recovery_codes or []):
                abort(400)
            member.mf_recovery_codes = left
            commands.note_credential(member, "recovery code used", now=clock.utc_now(), by=_actor(member))
        return True


class OneTimeCodes(Totp):
    """Codes of an authenticator, each good for one sign-in only."""

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = user.tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        newer = or_(StaffMember.tf_last_counter.is_(None), StaffMember.tf_last_counter < tmatch.counter)
        using = update(StaffMember).where(StaffMember.id == user.id, newer).values(tf_last_counter=tmatch.counter)
        with writing() as db_session:
            used = db_session.execute(using).rowcount != 1  # type: ignore[attr-defined]
        if used:
            raise UsedTokenError


@dataclass(frozen=True)
class SecondFactor:
    """A new authenticator secret: as it is stored, as a person types it, and as a QR code carries it."""

    stored: str
    secret: str
    address: str


def init_app(app: Flask, forms: Mapping[str, type]) -> None:
    """Bind Flask-Security without its own routes; `sign_in` names those that we use and holds our forms."""
    chosen: Settings = app.extensions["tourreg.settings"]
    app.config.update(_configuration(chosen), **_words())
    hooks: tuple[Any, ...] = (app.before_request_funcs, app.after_request_funcs, app.template_context_processors)
    before = [list(hook[None]) for hook in hooks]
    security = Security(
        app,
        StaffDatastore(db, StaffMember, Role),
        register_blueprint=False,
        totp_cls=OneTimeCodes,
        render_template=_render,  # type: ignore[arg-type]
        **forms,
    )
    # It would look into the session for every page, even those that caches keep; only the office's guards may.
    for hook, known in zip(hooks, before, strict=True):
        hook[None] = known
    security.want_json(lambda _request: False)
    user_authenticated.connect(_note_sign_in, app)


def hash_of(password: str) -> str:
    """Return what is kept of a password (argon2: slow on purpose, so never inside `writing()`)."""
    hashed: str = hash_password(_security().password_util.normalize(password))
    return hashed


def faults_of_password(password: str) -> list[str]:
    """Return why a new password is refused; nothing when it will do."""
    faults, _normal = _security().password_util.validate(password, False)
    return list(faults or [])


def new_second_factor(email: str) -> SecondFactor:
    codes = _security().totp_factory
    stored = codes.generate_totp_secret()
    return SecondFactor(stored, codes.get_totp_b32_key(stored), codes.get_totp_uri(email, stored))


def _security() -> Any:
    return current_app.extensions["security"]


def _changes(member: StaffMember) -> dict[str, Any]:
    state = inspect(member)
    names = [attribute.key for attribute in state.mapper.column_attrs]
    return {name: getattr(member, name) for name in names if state.attrs[name].history.has_changes()}


def _note_own(member: StaffMember, changed: Mapping[str, Any]) -> None:
    """Note in a member's history what they changed of the ways in which they sign in."""
    now, by = clock.utc_now(), _actor(member)
    if "password" in changed and "fs_uniquifier" in changed:
        # A hash alone may be made anew of the same password.
        commands.note_new_password(member, now=now, by=by)
    if changed.get("tf_totp_secret"):
        commands.note_credential(member, "second factor", now=now, by=by)
    if changed.get("mf_recovery_codes"):
        commands.note_credential(member, "recovery codes", now=now, by=by)


def _actor(member: StaffMember) -> str:
    return f"staff:{member.public_id}"


def _note_sign_in(_app: Flask, user: StaffMember, authn_via: list[str] | None = None, **_more: Any) -> None:
    """Note that the second factor was given; the cross-site token of the time before is not carried over."""
    if authn_via == ["password"]:
        return
    session[SIGNED_IN_AT] = clock.utc_now().timestamp()
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    remember("zh" if user.language == "zh" else "en")


def _render(template: str, **context: Any) -> tuple[str, int]:
    forms = [value for name, value in context.items() if name.endswith("_form")]
    refused = any(form.errors for form in forms if form is not None)
    return render_template(template, **context), 422 if refused else 200


def _configuration(chosen: Settings) -> dict[str, Any]:
    return {
        "SECURITY_DATETIME_FACTORY": clock.utc_now,
        "SECURITY_I18N_DOMAIN": "messages",
        "SECURITY_I18N_DIRNAME": [TRANSLATIONS],
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_UNIFIED_SIGNIN": False,
        "SECURITY_TRACKABLE": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_SECONDS,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TOTP_SECRETS": {"1": _derived(chosen, "second factor")},
        "SECURITY_TOTP_ISSUER": chosen.site_name_en,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [_derived(chosen, "recovery codes")],
        "SECURITY_FRESHNESS": timedelta(hours=1),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_POST_LOGIN_VIEW": "office.board",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_POST_CHANGE_VIEW": "account.account",
        "SECURITY_POST_VERIFY_VIEW": "account.account",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account.account",
        "SECURITY_LOGIN_USER_TEMPLATE": "office/sign_in/password.html",
        "SECURITY_VERIFY_TEMPLATE": "office/sign_in/password_again.html",
        "SECURITY_LOGOUT_USER_TEMPLATE": "office/sign_in/sign_out.html",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "office/sign_in/change_password.html",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "office/sign_in/code.html",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "office/sign_in/set_up.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "office/sign_in/recovery_code.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "office/sign_in/recovery_codes.html",
    }


def _derived(chosen: Settings, purpose: str) -> str:
    """Return a key for one purpose, made from the one secret that is kept."""
    digest = hmac.digest(chosen.secret_key.encode(), purpose.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode()


def _words() -> dict[str, tuple[str, str]]:
    """Return what Flask-Security says on the pages that we use, in our own words; the rest of its words never shows."""
    sentences = {
        "GENERIC_AUTHN_FAILED": N_("That address and password do not belong together."),
        "EMAIL_NOT_PROVIDED": N_("Enter your e-mail address."),
        "INVALID_EMAIL_ADDRESS": N_("Enter an e-mail address like name@example.org."),
        "PASSWORD_NOT_PROVIDED": N_("Enter your password."),
        "INVALID_PASSWORD": N_("That is not your password."),
        "PASSWORD_IS_THE_SAME": N_("The new password is the old one. Choose another."),
        "PASSWORD_INVALID_LENGTH": N_("Choose a password of at least %(length)s characters."),
        "RETYPE_PASSWORD_MISMATCH": N_("The two new passwords differ."),
        "PASSWORD_CHANGE": N_("Your password is changed. Other places where you were signed in are signed out."),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": N_("You are signed in."),
        "TWO_FACTOR_INVALID_TOKEN": N_("That code is wrong, or was used already. Wait for the next one."),
        "TWO_FACTOR_PERMISSION_DENIED": N_("Sign in with your password first."),
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": N_("Use an authenticator app."),
        "TWO_FACTOR_SETUP_EXPIRED": N_("That took too long. Begin again with a new QR code."),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": N_("Your new authenticator is set up. The old one no longer counts."),
        "INVALID_RECOVERY_CODE": N_("That recovery code is wrong, or was used already."),
        "NO_RECOVERY_CODES_SETUP": N_("You have no recovery codes yet."),
        "REAUTHENTICATION_REQUIRED": N_("Enter your password again to go on."),
        "REAUTHENTICATION_SUCCESSFUL": N_("Thank you. Go on."),
        "ANONYMOUS_USER_REQUIRED": N_("You are signed in already."),
        "INVALID_REDIRECT": N_("That address does not belong to this site."),
        "UNAUTHENTICATED": N_("Sign in to open this page."),
        "API_ERROR": N_("Something in this form cannot be read. Try again."),
    }
    return {f"SECURITY_MSG_{name}": (sentence, "notice") for name, sentence in sentences.items()}
