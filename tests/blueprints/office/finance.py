"""What finance does at its forms, for tests that are about what follows."""

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.forms import fields_of
from tourreg.db import db
from tourreg.domain.billing.models import Refund
from tourreg.domain.registrations.models import Registration


def record(finance: FlaskClient, registration: Registration, **typed: str) -> TestResponse:
    address = f"/office/money/payments/{registration.public_id}"
    return finance.post(address, data={**fields_of(finance.get(address), "payment-form"), **typed})


def cancel(finance: FlaskClient, registration: Registration) -> TestResponse:
    address = f"/office/money/cancellations/{registration.public_id}"
    return finance.post(address, data={**fields_of(finance.get(address), "cancel-form"), "why": "They cannot come."})


def all_refunds() -> list[Refund]:
    db.session.rollback()
    return list(db.session.scalars(select(Refund).order_by(Refund.id)))
