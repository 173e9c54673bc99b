"""Showing anew, by a code from a letter, that one is the contact, before a registration is changed or cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.fields import Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed, NoMoreCodes
from tourreg.domain.registrations import fresh_codes
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock

blueprint = Blueprint("fresh_code", __name__)

# A page may be opened so long after the code; whoever began in time may finish typing.
BEGUN_WITHIN = timedelta(minutes=30)
SENT_WITHIN = timedelta(hours=2)
# Nobody needs many codes for one registration; offices share one address on the net, so that limit is wide.
MOST_LETTERS_FOR_ONE = "5/hour"
MOST_LETTERS = "60/hour"
MOST_CODES = "60/hour"
# What a code is asked for: the page to go on to.
ONWARD = {
    "details": "my_details.correct",
    "cancellation": "my_cancellation.ask",
    "options": "my_options.ask",
    "travel": "my_travel.index",
}
_ASKED = "asked_code"


class CodeForm(FlaskForm):
    code = Line(
        _l("Code from the letter"),
        most=20,
        needed=_l("Type the six digits from the letter."),
        wide=False,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


def _registration_named() -> str:
    return str((request.view_args or {}).get("public_id", ""))


def _many_letters(_limit: Any) -> Response:
    title, sentence = _("Many codes were sent"), _("Use the newest, or ask for another in an hour.")
    return make_response(render_template("layout/fault.html", code=429, title=title, sentence=sentence), 429)


@blueprint.get("/my/registrations/<public_id>/code")
@registration_holder
def ask(registration: Registration) -> str:
    return render_template("my/code_asked.html", registration=registration, onward=_onward())


@blueprint.post("/my/registrations/<public_id>/code")
@registration_holder
@limiter.limit(MOST_LETTERS)
@limiter.limit(MOST_LETTERS_FOR_ONE, key_func=_registration_named, on_breach=_many_letters)
def send(registration: Registration) -> Redirection:
    """Send a code to the contact's address on record, whoever asks."""
    onward, now = _onward(), clock.utc_now()
    with writing():
        link = fresh_codes.send_code(registration, secret=settings().secret_key, now=now).public_id
    session[_ASKED] = {"registration": registration.public_id, "link": link}
    return redirect(url_for("fresh_code.enter", public_id=registration.public_id, onward=onward), 303)


@blueprint.get("/my/registrations/<public_id>/code/entry")
@registration_holder
def enter(registration: Registration) -> str | Redirection:
    if _asked(registration) is None:
        return redirect(url_for("fresh_code.ask", public_id=registration.public_id, onward=_onward()))
    return _entry(registration, CodeForm())


@blueprint.post("/my/registrations/<public_id>/code/entry")
@registration_holder
@limiter.limit(MOST_CODES)
def use(registration: Registration) -> Response | Redirection:
    link, form, onward = _asked(registration), CodeForm(), _onward()
    if link is None:
        return redirect(url_for("fresh_code.ask", public_id=registration.public_id, onward=onward), 303)
    if form.validate_on_submit():
        fault = _tried(registration, link, "".join(form.code.data.split()))
        if fault is None:
            session.pop(_ASKED, None)
            access.note_code(registration)
            return redirect(url_for(ONWARD[onward], public_id=registration.public_id), 303)
        form.code.errors = [fault]
    return make_response(_entry(registration, form), 422)


def turned_away(registration: Registration, onward: str) -> Redirection | None:
    """Return the way to a code, unless one was given here a while ago.

    onward  a key of ONWARD
    """
    if access.gave_code_within(registration, BEGUN_WITHIN):
        return None
    return redirect(url_for("fresh_code.ask", public_id=registration.public_id, onward=onward), 303)


def is_too_late(registration: Registration) -> bool:
    """Tell whether what is being sent was begun too long ago."""
    return not access.gave_code_within(registration, SENT_WITHIN)


def too_late() -> str:
    return _("You began too long ago. Copy what you typed, ask for a new code and send it again.")


def _tried(registration: Registration, link: str, code: str) -> str | None:
    """Return what is wrong with a code, or None when it was right."""
    now, secret = clock.utc_now(), settings().secret_key
    try:
        with writing():
            is_right = fresh_codes.use_code(registration, link, code, secret=secret, now=now)
    except NoMoreCodes:
        return _("Too many wrong codes. Ask for a new letter.")
    except (LinkExpired, LinkRevoked, LinkUnknown, LinkUsed):
        return _("This code no longer works. Ask for a new letter.")
    return None if is_right else _("This is not the code of the newest letter. Look again.")


def _asked(registration: Registration) -> str | None:
    """Return the public id of the link whose code was asked for here, for this registration."""
    kept: dict[str, Any] = session.get(_ASKED) or {}
    return kept.get("link") if kept.get("registration") == registration.public_id else None


def _entry(registration: Registration, form: CodeForm) -> str:
    return render_template(
        "my/code_entry.html", registration=registration, form=form, onward=_onward(), lasts=fresh_codes.LASTS
    )


def _onward() -> str:
    asked = request.values.get("onward", "")
    return asked if asked in ONWARD else "details"
