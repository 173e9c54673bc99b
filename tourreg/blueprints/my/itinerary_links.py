"""The addresses of each participant's own programme and calendar: made, shown, and made anew."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints.addresses import whole_address
from tourreg.blueprints.gettext import _
from tourreg.blueprints.group_words import GROUPS
from tourreg.blueprints.guards import registration_holder
from tourreg.blueprints.languages import language
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.registrations.access_terms import access_ends_at
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel import clock

blueprint = Blueprint("my_itinerary_links", __name__)
PAGES = {"itinerary": "my_itinerary.page", "calendar": "my_itinerary.calendar"}


@dataclass(frozen=True)
class Doors:
    """The addresses that stand for one participant; "" where none was made yet."""

    person: Participant
    itinerary: str
    calendar: str


@blueprint.get("/my/registrations/<public_id>/itineraries")
@registration_holder
def index(registration: Registration) -> str:
    secret, now = settings().secret_key, clock.utc_now()
    people = with_places(registration)
    standing = links.standing_links(PAGES, [one.public_id for one in people], now=now, secret=secret)
    doors = [
        Doors(one, *(_address(standing.get((purpose, one.public_id)), secret) for purpose in PAGES)) for one in people
    ]
    return render_template(
        "my/itineraries.html", registration=registration, event=registration.event, doors=doors, groups=GROUPS
    )


@blueprint.post("/my/registrations/<public_id>/itineraries")
@registration_holder
def make(registration: Registration) -> Redirection:
    """Make an address where there is none, or a new one that ends the one before."""
    person, purpose = request.form.get("person", ""), request.form.get("purpose", "")
    if purpose not in PAGES or person not in {one.public_id for one in with_places(registration)}:
        abort(404)
    now, secret, ends_at = clock.utc_now(), settings().secret_key, access_ends_at(registration.event, clock.utc_now())
    by, subject = f"contact:{registration.public_id}", person
    back = url_for(".index", public_id=registration.public_id)
    with writing():
        if request.form.get("do") == "renew":
            links.revoke_unused(purpose, subject, now=now, by=by)
        links.standing_link(purpose, subject, expires_at=ends_at, now=now, secret=secret)
    flash(_("The address is here. Whoever has it sees what it shows, so give it to its person only."))
    return redirect(back, 303)


def with_places(registration: Registration) -> list[Participant]:
    """Return who has a confirmed place at the event itself."""
    return [
        person
        for person in registration.participants
        if any(seat.add_on_id is None and seat.state == "confirmed" for seat in person.seats)
    ]


def _address(link: OneTimeLink | None, secret: str) -> str:
    if link is None:
        return ""
    return whole_address(PAGES[link.purpose], token=links.token_of(link, secret), language=language())
