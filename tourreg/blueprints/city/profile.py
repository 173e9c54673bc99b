"""A host city's own page: where its offer stands, what we answered, what comes to it, and changing the offer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirection
from wtforms import HiddenField

from tourreg.blueprints import access
from tourreg.blueprints.addresses import whole_address
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.fields import Telephone
from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import everyone_with_form, host_holder
from tourreg.blueprints.host_words import host_zone
from tourreg.blueprints.languages import language
from tourreg.blueprints.my.own_days import own_days
from tourreg.blueprints.offer_form import OfferForm, plain_offer
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event, Stop
from tourreg.domain.cities.models import City
from tourreg.domain.hosting import commands, queries, threads
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.own_days import HostedDays, hosted_days
from tourreg.domain.hosting.request_queries import requests_of_city
from tourreg.domain.hosting.rules import OfferedMeanwhile
from tourreg.kernel import clock

blueprint = Blueprint("city", __name__)

# Changing what stands here takes a link or a sign-in of just now; whoever began in time may finish typing.
BEGUN_WITHIN = timedelta(minutes=30)
SENT_WITHIN = timedelta(hours=3)
MOST_LETTERS = "20/hour"


@blueprint.get("/city/")
@everyone_with_form
def home() -> Redirection:
    """Lead on to the list of all that is open to the person, cities among it."""
    return redirect(url_for("my.home"), 303)


@blueprint.get("/city/<public_id>")
@host_holder
def profile(profile: HostProfile) -> str:
    today = clock.utc_now().date()
    coming = queries.programmes_in(profile.city, today) if profile.city else []
    shown = [_hosted(profile.city, one) for one in _own(profile, coming)] if profile.city else []
    told = {"coming": coming, "hosted": shown, "waiting": _waiting(profile), "zone": host_zone(profile)}
    return render_template("city/profile.html", profile=profile, **told)


def _waiting(profile: HostProfile) -> dict[str, int]:
    """Return how many requests wait for the city's answer, and how many messages came since it wrote last."""
    if profile.city is None or profile.state != "accepted":
        return {}
    asked = requests_of_city(profile.city.id)
    return {
        "requests": sum(one.state in ("asked", "held") for one in asked),
        "messages": sum(threads.written_since(profile.city.id).values()),
    }


def _own(profile: HostProfile, coming: list[tuple[Event, Stop]]) -> list[HostedDays]:
    """Return the days that the contact may read: of a city that we accepted, since notes for hosts are in them."""
    if profile.city is None or profile.state != "accepted":
        return []
    return hosted_days(profile.city, (event for event, _stop in coming))


def _hosted(city: City, hosted: HostedDays) -> dict[str, Any]:
    """Return what the page shows of the days of one programme, with the address of their calendar."""
    event, spoken = hosted.event, language()
    return {
        "event": event,
        "version": hosted.version,
        "days": own_days({"days": hosted.days, "currency": event.currency}),
        "calendar": whole_address("catalogue.city_calendar", slug=event.slug, city=city.slug, language=spoken),
    }


class ReviseForm(OfferForm):
    """The offer, and how to reach its contact."""

    contact_phone = Telephone(_l("Telephone"), own=True)
    seen = HiddenField()


@blueprint.get("/city/<public_id>/offer")
@host_holder
def offer(profile: HostProfile) -> str | Response:
    if not access.opened_within(profile, BEGUN_WITHIN):
        return ask_for_link(profile)
    seen = commands.fingerprint_of(profile)
    written = {**plain_offer(profile), "contact_phone": profile.contact_phone, "seen": seen}
    return _form_page(profile, ReviseForm(data=written))


@blueprint.post("/city/<public_id>/offer")
@host_holder
def revise(profile: HostProfile) -> Response | Redirection:
    form = ReviseForm(request.form)
    if not form.validate():
        return make_response(_form_page(profile, form), 422)
    if not access.opened_within(profile, SENT_WITHIN):
        form.form_errors.append(began_too_long_ago())
        return make_response(_form_page(profile, form), 403)
    public_id, by = profile.public_id, access.host_actor(profile)
    try:
        is_new = try_again(lambda: _revise(public_id, form, by))
    except OfferedMeanwhile:
        form.form_errors.append(
            _("Somebody changed this meanwhile. Nothing of yours was saved; save again to replace what is kept now.")
        )
        form.seen.data = commands.fingerprint_of(_found(public_id))
        return make_response(_form_page(_found(public_id), form), 409)
    except ManyAtOnce:
        form.form_errors.append(_("Too many write at this moment. Nothing was kept; send it once more."))
        return make_response(_form_page(_found(public_id), form), 503)
    flash(_("The offer is changed.") if is_new else _("Nothing was changed."))
    return redirect(url_for("city.profile", public_id=public_id), 303)


@blueprint.post("/city/<public_id>/link")
@host_holder
@limiter.limit(MOST_LETTERS)
def send_link(profile: HostProfile) -> Redirection:
    """Send a new link to the page to the contact's address, as often as ten minutes allow."""
    public_id, address = profile.public_id, profile.contact_email
    now = clock.utc_now()
    with writing():
        commands.write_access(_found(public_id), now=now)
    flash(_("A link is on its way to %(address)s. Open it and press its button.", address=address))
    return redirect(url_for("city.profile", public_id=public_id), 303)


def _revise(public_id: str, form: ReviseForm, by: str) -> bool:
    """Write down the offer and tell whether anything was new in it."""
    now = clock.utc_now()
    with writing():
        phone, seen = form.contact_phone.data, form.seen.data or ""
        revised = commands.revise(_found(public_id), form.offer(), phone=phone, now=now, by=by, seen=seen)
        return revised.revised_at == now


def _found(public_id: str) -> HostProfile:
    return queries.by_public_id(public_id) or abort(404)


def _form_page(profile: HostProfile, form: ReviseForm) -> str:
    form.contact_phone.label.text = _("Telephone of %(name)s", name=profile.contact_name)
    return render_template("city/offer.html", profile=profile, form=form)


def opened_long_ago(profile: HostProfile) -> bool:
    """Tell whether nothing can be sent from here any more before a new link is opened."""
    return not access.opened_within(profile, SENT_WITHIN)


def ask_for_link(profile: HostProfile, status: int = 200) -> Response:
    return make_response(render_template("city/open_again.html", profile=profile), status)


def began_too_long_ago() -> str:
    return _("You began too long ago. Copy what you typed, open a new link and send it again.")
