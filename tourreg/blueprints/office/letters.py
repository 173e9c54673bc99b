"""Letters about a registration: sending one again."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from tourreg.blueprints.gettext import _
from tourreg.blueprints.guards import office
from tourreg.blueprints.submissions import submission_key
from tourreg.db import writing
from tourreg.domain.outbox import queries as outbox
from tourreg.domain.outbox.commands import send_again
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.models import Registration
from tourreg.kernel import clock

blueprint = Blueprint("office_letters", __name__)


@blueprint.post("/registrations/<public_id>/letters/<letter>/again")
@office("programme", "finance")
def again(public_id: str, letter: str) -> Response:
    """Send a letter once more, to the address that its reader has now; a second click sends nothing more."""
    registration, found = _found(public_id, letter)
    to = _reader_of(found, registration)
    with writing():
        send_again(found, to=to, key=submission_key(request.form), now=clock.utc_now())
    flash(_("The letter goes to %(address)s once more.", address=to))
    return redirect(url_for("office_registration.registration", public_id=public_id), 303)


def _found(public_id: str, letter: str) -> tuple[Registration, Letter]:
    registration, found = registrations.by_public_id(public_id), outbox.letter_by_public_id(letter)
    if registration is None or found is None:
        abort(404)
    if found.about not in (registration.public_id, registration.folio.public_id):
        abort(404)
    return registration, found


def _reader_of(letter: Letter, registration: Registration) -> str:
    return registration.folio.payer_email if letter.facts.get("to_payer") else registration.contact_email
