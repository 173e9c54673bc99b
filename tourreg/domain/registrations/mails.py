"""The facts of the letters about registrations, as plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tourreg.domain.registrations.bills import Bill, BillLine
from tourreg.domain.registrations.models import Participant, Registration


def registered(registration: Registration, bill: Bill, held_until: datetime | None) -> dict[str, Any]:
    """Return the facts of the letter that follows a registration.

    held_until  None where nothing is to be paid, so that the places are confirmed already
    """
    return {
        **facts(registration),
        "people": [_person(participant) for participant in registration.participants],
        "lines": [*(_line(line) for line in bill.lines), *_let_off(bill)],
        "total_minor": bill.total.minor,
        "currency": bill.total.currency,
        "awaits_approval": registration.awaits_approval,
        "held_until": held_until.isoformat() if held_until else None,
    }


def facts(registration: Registration) -> dict[str, Any]:
    """Return what every letter about the registration may say."""
    event = registration.event
    return {
        "registration": registration.public_id,
        "reference": registration.reference,
        "name": registration.contact_name,
        "event": event.title.plain(),
        "first_on": event.starts_on.isoformat(),
        "last_on": event.ends_on.isoformat(),
        "zone": event.zone,
        "pays_by": registration.pays_by,
    }


def _person(participant: Participant) -> dict[str, Any]:
    return {
        "latin": participant.name.latin(),
        "native": participant.native,
        "add_ons": [seat.add_on.label.plain() for seat in participant.seats if seat.add_on],
    }


def _let_off(bill: Bill) -> list[dict[str, Any]]:
    if bill.discount is None or not bill.discount.total:
        return []
    amount = -bill.discount.total
    return [{"label": bill.discount.label.plain(), "quantity": 1, "amount_minor": amount.minor}]


def _line(line: BillLine) -> dict[str, Any]:
    return {"label": line.label.plain(), "quantity": len(line.positions), "amount_minor": line.amount.minor}
