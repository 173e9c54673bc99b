"""Many registrations at once, written without the commands; for what must not slow down with their number."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from tourreg.db import writing
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id

ORGANISATIONS = ("City of Charlotte", "Davenport City Hall", "扬州市住房和城乡建设局", "Fort Collins Utilities")
NAMES = (("Hart", "Emily", ""), ("Zhou", "Lan", "周岚"), ("Ferreira", "Luís", ""), ("Ouyang", "Xiu", "欧阳修"))


def many_registrations(event: Event, count: int, *, now: datetime, first: int = 1) -> None:
    """Write registrations, every second of two people: some paid, some held, some released.

    first  the number of the first, when others were written before
    """
    numbers = range(first, first + count)
    people = [2 * number for number in numbers] + [2 * number + 1 for number in numbers if number % 2]
    kept = {"event_id": event.id, "fee_id": event.fees[0].id, "pool_id": event.pool_id, "issuer_id": event.issuer_id}
    with writing() as session:
        for table, rows in (
            (Folio, [_folio(number, event, kept, now) for number in numbers]),
            (Registration, [_registration(number, kept, now) for number in numbers]),
            (Participant, [_person(number, kept) for number in people]),
            (Seat, [_seat(number, kept, now) for number in people]),
            (Entry, [_charge(number, now) for number in numbers] + [_payment(number, now) for number in numbers[::2]]),
        ):
            session.execute(insert(table), [{"public_id": new_public_id(), **row} for row in rows])


def _folio(number: int, event: Event, kept: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "id": number, "reference": f"YZ27-{number:05d}-0", "issuer_id": kept["issuer_id"], "event": event.public_id,
        "currency": "USD", "language": "en", "payer_name": ORGANISATIONS[number % 4], "payer_email": "pay@example.org",
        "po_number": f"PO-{number:06d}", "created_at": now,
    }  # fmt: skip


def _registration(number: int, kept: dict[str, Any], now: datetime) -> dict[str, Any]:
    surname, given, native = NAMES[number % 4]
    return {
        "id": number, "reference": f"YZ27-{number:05d}-0", "event_id": kept["event_id"], "folio_id": number,
        "contact_name": native or f"{given} {surname}", "contact_email": f"contact{number}@example.org",
        "organisation": ORGANISATIONS[number % 4], "sort_key": f"{surname} {given} {number:05d}".lower(),
        "language": "en", "pays_by": "invoice" if number % 3 else "card", "submission_key": new_public_id(),
        "registered_at": now + timedelta(minutes=number),
    }  # fmt: skip


def _person(number: int, kept: dict[str, Any]) -> dict[str, Any]:
    """Two people belong to one registration: an even number comes first in it."""
    surname, given, native = NAMES[number % 4]
    return {
        "id": number, "registration_id": number // 2, "position": number % 2 + 1,
        "surname": surname, "given": given, "native": native,
        "organisation": ORGANISATIONS[number % 4], "country": "US", "sort_key": f"{surname} {given}".lower(),
        "fee_id": kept["fee_id"], "application_state": "accepted",
    }  # fmt: skip


def _seat(number: int, kept: dict[str, Any], now: datetime) -> dict[str, Any]:
    state = ("confirmed", "held", "confirmed", "released")[number // 2 % 4]
    return {"id": number, "participant_id": number, "pool_id": kept["pool_id"], "state": state, "taken_at": now}


def _charge(number: int, now: datetime) -> dict[str, Any]:
    return {
        "folio_id": number, "kind": "charge", "description": Text("Full fee", "全价"), "unit_minor": 48_000,
        "amount_minor": 48_000, "reference": f"charge {number}", "posted_at": now, "posted_by": "worker",
    }  # fmt: skip


def _payment(number: int, now: datetime) -> dict[str, Any]:
    return {
        **_charge(number, now), "kind": "payment", "description": Text("Payment", "付款"), "means": "wire",
        "unit_minor": -48_000, "amount_minor": -48_000, "reference": f"payment {number}",
    }  # fmt: skip
