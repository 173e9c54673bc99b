"""Signing in by e-mail: a letter with a link and a code, for the address that was typed, whether it is known or not."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.fields import EmailAddress, Line
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import everyone_with_form, signed_in
from tourreg.blueprints.languages import language
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts import links, people
from tourreg.domain.accounts.links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed, NoMoreCodes
from tourreg.domain.accounts.models import Person
from tourreg.domain.outbox.commands import add_task
from tourreg.kernel import clock, typed

blueprint = Blueprint("sign_in", __name__)

WRITE_SIGN_IN = "write_sign_in"
# Offices share one address on the net, so that limit is wide; nobody needs many letters to one mailbox.
MOST_LETTERS_TO_ONE = "5/hour"
MOST_LETTERS = "60/hour"
MOST_CODES = "60/hour"
_ASKED = "sign_in"


class AddressForm(FlaskForm):
    email = EmailAddress(
        _l("E-mail address"),
        needed=_l("Type your e-mail address."),
        hint=_l("The one that you registered with."),
        own=True,
    )


class CodeForm(FlaskForm):
    code = Line(
        _l("Code from the letter"),
        most=20,
        needed=_l("Type the six digits from the letter."),
        wide=False,
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


def _typed_address() -> str:
    return typed.plain_width(request.form.get("email", "")).casefold()[:254]


@blueprint.get("/my/sign-in")
@everyone_with_form
def ask() -> str:
    return render_template("my/sign_in.html", form=AddressForm(), onward=_local(request.args.get("onward", "")))


@blueprint.post("/my/sign-in")
@everyone_with_form
@limiter.limit(MOST_LETTERS)
@limiter.limit(MOST_LETTERS_TO_ONE, key_func=_typed_address)
def send() -> Response | Redirection:
    """Ask for a letter. The answer, and the work done for it, is the same whether the address is known or not."""
    form = AddressForm()
    onward = _local(request.form.get("onward", ""))
    if not form.validate_on_submit():
        return make_response(render_template("my/sign_in.html", form=form, onward=onward), 422)
    now = clock.utc_now()
    with writing():
        link = links.make_link(
            "sign_in", _typed_address(), expires_at=now + links.SIGN_IN_LASTS, now=now, secret=settings().secret_key
        )
        asked = {"link": link.public_id, "language": language()}
        add_task(WRITE_SIGN_IN, asked, key=f"{WRITE_SIGN_IN}:{link.public_id}", now=now)
    session[_ASKED] = {"link": link.public_id, "address": link.subject, "onward": onward}
    return redirect(url_for("sign_in.code"), 303)


@blueprint.get("/my/sign-in/code")
@everyone_with_form
def code() -> str | Redirection:
    asked = session.get(_ASKED)
    if asked is None:
        return redirect(url_for("sign_in.ask"))
    return render_template("my/sign_in_code.html", form=CodeForm(), address=asked["address"])


@blueprint.post("/my/sign-in/code")
@everyone_with_form
@limiter.limit(MOST_CODES)
def enter() -> Response | Redirection:
    asked = session.get(_ASKED)
    form = CodeForm()
    if asked is None:
        return redirect(url_for("sign_in.ask"), 303)
    if form.validate_on_submit():
        now = clock.utc_now()
        fault = _tried(asked["link"], form.code.data.replace(" ", ""), now)
        if fault is None:
            return admit(asked["address"], now=now)
        form.code.errors = [fault]
    return make_response(render_template("my/sign_in_code.html", form=form, address=asked["address"]), 422)


@blueprint.post("/my/sign-out")
@everyone_with_form
def leave() -> Redirection:
    """Forget in this browser who was signed in and what was open."""
    access.sign_out()
    flash(_("You are signed out of this browser."))
    return redirect(url_for("sign_in.ask"), 303)


@blueprint.post("/my/sign-out-everywhere")
@signed_in
def leave_everywhere(person: Person) -> Redirection:
    """End every session of the person, in this browser and in others."""
    with writing():
        people.sign_out_everywhere(person, now=clock.utc_now())
    access.sign_out()
    flash(_("You are signed out of every browser."))
    return redirect(url_for("sign_in.ask"), 303)


def admit(address: str, *, now: datetime) -> Redirection:
    """Sign in whoever has just shown that an address is theirs, and lead on to what they wanted."""
    with writing():
        person = people.confirmed_person(address, language=language(), now=now)
    asked = session.pop(_ASKED, None) or {}
    access.sign_in(person)
    return redirect(asked.get("onward") or url_for("my.home"), 303)


def _tried(link_id: str, code: str, now: datetime) -> str | None:
    """Return what is wrong with a code, or None when it was right."""
    try:
        with writing():
            link = links.spend_code(link_id, code, now=now, secret=settings().secret_key)
    except NoMoreCodes:
        return _("Too many wrong codes. Use the link in the letter, or ask for a new letter.")
    except (LinkExpired, LinkRevoked, LinkUnknown, LinkUsed):
        return _("This code no longer works. Ask for a new letter.")
    return None if link is not None else _("This is not the code of the newest letter. Look again.")


def _local(address: str) -> str:
    """Return the address if it is one of a person's own pages, else nothing, so that no link leads elsewhere."""
    is_ours = address.startswith(("/my/", "/city/")) and "\\" not in address and "//" not in address
    return address if is_ours and address.isprintable() else ""
