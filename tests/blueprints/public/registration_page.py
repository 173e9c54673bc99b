"""The registration page of the summit, as Emily Hart of Charlotte fills it in."""

from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.forms import Fields, fields_of
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event, Pool
from tourreg.domain.registrations.models import Registration

FORM = "/en/events/yangzhou-2027/register"


def filled_in(client: FlaskClient, summit: Event) -> Fields:
    """Return the form, filled in for herself, to be paid by card."""
    return fields_of(client.get(FORM), "registration") | {
        "do": "register",
        "contact_name": "Emily Hart",
        "organisation": "City of Charlotte",
        "contact_email": "emily@example.org",
        "contact_phone": "+1 704 555 0100",
        "p1-surname": "Hart",
        "p1-given": "Emily",
        "p1-country": "US",
        "p1-fee": summit.fees[0].public_id,
        "pays_by": "card",
        "terms": "2027-01-01",
        "privacy": "2027-01-01",
        "cross_border": "2027-01-01",
    }


def invoice() -> Fields:
    """Return what is typed besides for the city to pay by invoice."""
    return {
        "pays_by": "invoice",
        "bill_name": "City of Charlotte",
        "bill_address": "600 East Fourth Street\r\nCharlotte, NC 28202",
        "bill_country": "US",
        "po_number": "PO 4711",
        "vendor_number": "V-104482",
    }


def fill(pool_id: int | None, taken: int) -> None:
    with writing() as session:
        session.execute(update(Pool).where(Pool.id == pool_id).values(taken=taken))


def set_state(state: str) -> None:
    """Let every event stand in a state, as if it had been moved there."""
    with writing() as session:
        session.execute(update(Event).values(state=state))


def count_registrations() -> int:
    return db.session.scalar(select(func.count()).select_from(Registration)) or 0
