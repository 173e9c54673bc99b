"""Register for a programme: one short page, no account."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirection

from tourreg.blueprints import access, order_uploads
from tourreg.blueprints.attempts import ManyAtOnce, try_again
from tourreg.blueprints.cancellation_words import policy_of
from tourreg.blueprints.consent_words import consent_words
from tourreg.blueprints.extensions import limiter
from tourreg.blueprints.guards import everyone_with_form
from tourreg.blueprints.languages import language, remember
from tourreg.blueprints.large_requests import let_through
from tourreg.blueprints.my.pay import payable
from tourreg.blueprints.my.pay_page import send_to_checkout
from tourreg.blueprints.order_uploads import SentOrder
from tourreg.blueprints.outside import files
from tourreg.blueprints.public import registration_code, registration_order
from tourreg.blueprints.public import registration_faults as faults
from tourreg.blueprints.public.registration_form import RegistrationForm, read_form
from tourreg.blueprints.public.registration_people import add_person, drop_person, numbered_anew
from tourreg.blueprints.words import settings
from tourreg.db import writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.catalogue.queries import event_to_book
from tourreg.domain.catalogue.rules import fees_open, places_free, standing
from tourreg.domain.consents.queries import asked_of_registrants
from tourreg.domain.registrations import commands, queries
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import contact_actor
from tourreg.domain.registrations.rules import MOST_PARTICIPANTS, Booking
from tourreg.kernel import clock
from tourreg.kernel.refusals import Refusal

blueprint = Blueprint("register", __name__)

# Bookings hold places, so one address may make only so many; looking, adding people and correcting cost far less.
MOST_BOOKINGS = "30/minute"
MOST_SENDINGS = "300/minute"
MOST_UPLOADS = "60 per hour"
let_through(blueprint, order_uploads.LARGEST_UPLOAD)
_DROP = re.compile(r"drop-([1-9]\d{0,3})", re.ASCII)


@blueprint.get("/events/<slug>/register")
@everyone_with_form
def form(slug: str) -> Response:
    now = clock.utc_now()
    empty = _read(slug, MultiDict(), now, _payer_of_last_time())
    stands = standing(empty.event, places_free(empty.event.pool), now)
    if stands != "open" or not fees_open(empty.event, now):
        return _closed_page(empty.event, faults.not_open(empty.event, "closed" if stands == "open" else stands))
    answer = _page(empty, now)
    answer.headers["Cache-Control"] = "private, no-cache"  # so that going back finds what was typed
    return answer


@blueprint.post("/events/<slug>/register")
@everyone_with_form
@limiter.limit(MOST_SENDINGS)
@limiter.limit(MOST_UPLOADS, exempt_when=lambda: not order_uploads.is_sent())
@limiter.limit(MOST_BOOKINGS, deduct_when=lambda answer: answer.status_code == 303)
def send(slug: str) -> Response | Redirection:
    now = clock.utc_now()
    asked = request.form.get("do", "register")
    typed = _changed(asked)
    return _register(slug, typed, now) if asked == "register" else _page(_read(slug, typed, now), now)


def _changed(asked: str) -> MultiDict[str, str]:
    """Return what was typed, with a participant more or less where that was asked for."""
    match = _DROP.fullmatch(asked)
    if match:
        return drop_person(request.form, int(match[1]))
    return add_person(request.form) if asked == "add" else numbered_anew(request.form)


def _read(slug: str, typed: MultiDict[str, str], now: datetime, payer: BillTo | None = None) -> RegistrationForm:
    event = event_to_book(slug) or abort(404)
    texts, listing = asked_of_registrants(now)
    return read_form(event, texts, typed, now, payer, listing)


def _payer_of_last_time() -> BillTo | None:
    """Return who paid the last time, for somebody whom this browser knows by their sign-in."""
    person = access.person()
    return queries.last_payer(person.email) if person else None


def _register(slug: str, typed: MultiDict[str, str], now: datetime) -> Response | Redirection:
    filled_in = _read(slug, typed, now)
    made = _made_before(filled_in)
    if made is not None:
        return _welcome(made)
    order = registration_order.look_at(filled_in)
    if not filled_in.is_right(now) or filled_in.on_order:
        return _page(filled_in, now, status=422)
    try:
        return _welcome(try_again(lambda: _book(slug, filled_in.booking(), now, order)))
    except Refusal as refusal:
        filled_in = _read(slug, typed, now)  # what was read before is no longer so
        faults.note(refusal, filled_in)
        return _page(filled_in, now, status=503 if isinstance(refusal, ManyAtOnce) else 422)


def _made_before(filled_in: RegistrationForm) -> Registration | None:
    """Return what this form made, or what this browser registered with the same words on a form opened anew.

    Browsers fetch the page again when people go back to it, from the payment page for one, and put their words into it.
    """
    made = queries.by_submission_key(f"{filled_in.submission_key}{filled_in.fingerprint}")
    mine = access.granted()
    return queries.live_from_form(filled_in.fingerprint, mine) if made is None and mine else made


def _book(slug: str, booking: Booking, now: datetime, order: SentOrder | None) -> Registration:
    """Register, or return what the same form made when it was sent twice at once."""
    sha256 = files().put(order.content) if order else ""
    hold_days = settings().invoice_hold_working_days
    try:
        with writing():
            event = event_to_book(slug) or abort(404)
            new = commands.register(event, booking, invoice_hold_working_days=hold_days, now=now)
            if order:
                order_uploads.attach(new.folio, order, sha256, now=now, by=contact_actor(new))
            return new
    except (IntegrityError, Refusal):
        made = queries.by_submission_key(booking.submission_key)
        if made is None:
            raise
        return made


def _welcome(registration: Registration) -> Redirection:
    """Let the person at this browser see the registration, and lead on to paying by card or to its page.

    Those pages have no language in their address: they go on in that of the form.
    """
    access.grant(registration.public_id)
    remember(language())
    if registration.pays_by == "card" and billing.standing(registration.folio).owed:
        return send_to_checkout(payable(registration))
    return redirect(url_for("my.registration", public_id=registration.public_id), code=303)


def _page(filled_in: RegistrationForm, now: datetime, status: int = 200) -> Response:
    registration_order.ask_again(filled_in, is_refused=status != 200)
    page = render_template(
        "public/register.html",
        form=filled_in,
        event=filled_in.event,
        bill=filled_in.bill(now),
        faults=filled_in.faults(),
        most_participants=MOST_PARTICIPANTS,
        places_free=places_free,
        hold_days=settings().invoice_hold_working_days,
        consent_words=consent_words,
        code_words=registration_code.words(filled_in),
        policy=policy_of(filled_in.event),
    )
    return make_response(page, status)


def _closed_page(event: Event, sentence: str) -> Response:
    return make_response(render_template("public/register_closed.html", event=event, sentence=sentence))
