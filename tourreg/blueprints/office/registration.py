"""One registration: its people and seats, its bill and papers, its letters and history."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tourreg.blueprints.guards import office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office import histories
from tourreg.blueprints.office.money_words import MEANS
from tourreg.blueprints.office.papers import paper_address
from tourreg.blueprints.office.registration_words import PAYS_BY, SEAT_STATES, STATES, letter_title
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.order_files import orders_of
from tourreg.domain.billing.rules import money_standing, paper_form
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.holds import live_seats
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports import registration_files
from tourreg.kernel.numbers import new_public_id

blueprint = Blueprint("office_registration", __name__)

ENTRY_KINDS = {
    "charge": _l("Charge"),
    "discount": _l("Discount"),
    "payment": _l("Payment"),
    "refund": _l("Refund"),
    "refund_returned": _l("Refund that came back"),
    "cancellation": _l("Cancellation"),
    "cancellation_fee": _l("Cancellation fee"),
    "write_off": _l("Write-off"),
}


@blueprint.get("/registrations/<public_id>")
@office()
def registration(public_id: str) -> str:
    found = registration_files.file_of(public_id)
    if found is None:
        abort(404)
    names, live = _names(found.registration), live_seats(found.registration)
    return render_template(
        "office/registrations/registration.html",
        file=found,
        registration=found.registration,
        names=names,
        history=histories.lines(found.history, names, _actors(found)),
        state=STATES[found.state],
        seat_states=SEAT_STATES,
        entry_kinds=ENTRY_KINDS,
        means=MEANS,
        reason_words=histories.reason_words,
        paper_address=paper_address,
        paper_form=paper_form(found.registration.folio),
        is_live=bool(live),
        has_pro_forma=bool(live) and found.open.minor > 0,
        pays_by=PAYS_BY,
        letter_title=letter_title,
        submission_key=new_public_id(),
        standing=money_standing(found.entries, found.registration.folio.currency),
        invoices=billing.live_invoices(found.registration.folio),
        orders=orders_of(found.registration.folio),
        billed_with=_billed_with(found.registration),
    )


def _billed_with(registration: Registration) -> list[Registration]:
    """Return the other registrations on the main bill."""
    return [one for one in registrations.with_main_folio(registration.folio_id) if one.id != registration.id]


def _names(registration: Registration) -> dict[str, str]:
    """Return what the history calls the people and the seats of a registration, by public id."""
    names = {}
    for participant in registration.participants:
        name = participant.name.in_(language())
        names[participant.public_id] = name
        for seat in participant.seats:
            add_on = seat.add_on.label.in_(language()) if seat.add_on else ""
            names[seat.public_id] = _("%(name)s (%(add_on)s)", name=name, add_on=add_on) if add_on else name
    return names


def _actors(file: registration_files.RegistrationFile) -> dict[str, str]:
    registration = file.registration
    return {**file.staff, f"contact:{registration.public_id}": registration.contact_name}
