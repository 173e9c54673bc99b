"""Asking to share the page of a city that somebody has signed up already; the answer never says who that is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection
from wtforms import HiddenField

from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.fields import EmailAddress, Line
from tourreg.blueprints.guards import everyone_with_form
from tourreg.blueprints.languages import language
from tourreg.blueprints.public.host import PrivacyForm
from tourreg.db import writing
from tourreg.domain.consents import commands as consents
from tourreg.domain.consents.queries import current_texts
from tourreg.domain.hosting import contacts, queries
from tourreg.domain.hosting.contacts import Invitation
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import Contact
from tourreg.kernel import clock

blueprint = Blueprint("host_join", __name__)

MOST_ASKED = "20/hour"
LONGEST = 120


class JoinForm(PrivacyForm):
    """Who asks, and for which city, as the page before has it."""

    place = HiddenField()
    city_name = HiddenField()
    region = HiddenField()
    country = HiddenField()
    name = Line(_l("Your name"), most=120, needed=_l("Type your name."), render_kw={"autocomplete": "name"})
    position = Line(
        _l("Your position"),
        most=120,
        needed=_l("Type your position, so that we know in whose name you write."),
        render_kw={"autocomplete": "organization-title"},
    )
    email = EmailAddress(_l("E-mail"), needed=_l("Type your e-mail address; the invitation goes there."), own=True)

    def asked(self) -> Invitation:
        """Return what the form says; only after it was found right."""
        typed: Any = self
        return Invitation(Contact(typed.name.data, typed.position.data, typed.email.data), (), language())


@blueprint.get("/host/join")
@everyone_with_form
def ask() -> Response:
    return _page(_form(request.args))


@blueprint.post("/host/join")
@everyone_with_form
@limiter.limit(MOST_ASKED, key_func=get_remote_address)
def send() -> Response | Redirection:
    """Pass it on to the city's contact; whether there is one, the answer does not say."""
    form = _form(request.form)
    if not form.validate():
        return _page(form, 422)
    with writing():
        city = [str(form[name].data or "")[:LONGEST] for name in ("city_name", "region", "country", "place")]
        profile = queries.signed_up(*city)
        if profile is not None:
            _pass_on(profile, form, clock.utc_now())
    return redirect(url_for("host_join.sent"), 303)


@blueprint.get("/host/join/sent")
@everyone_with_form
def sent() -> str:
    return render_template("public/host_join_sent.html")


def _pass_on(profile: HostProfile, form: JoinForm, now: datetime) -> None:
    contact = contacts.ask_to_join(profile, form.asked(), now=now)
    if contact is not None and form.notice is not None:
        consents.give([form.notice], subjects=[contact.public_id], now=now, by="visitor")


def _form(typed: MultiDict[str, str]) -> JoinForm:
    form = JoinForm(typed)
    form.notice = next((text for text in current_texts(clock.utc_now()) if text.kind == "privacy"), None)
    return form


def _page(form: JoinForm, status: int = 200) -> Response:
    return make_response(render_template("public/host_join.html", form=form), status)
