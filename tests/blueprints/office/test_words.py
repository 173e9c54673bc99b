"""The office's pages have words for whatever the domain writes down, in both languages."""

import ast
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration
from tests.fake_payments import FakePayments
from tests.money_cast import two_people_register
from tests.staff import sign_in
from tourreg import domain, settling, tasks
from tourreg.blueprints.office import histories
from tourreg.blueprints.office.tasks import KINDS
from tourreg.db import db, writing
from tourreg.domain.audit.models import Change
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.hosting.rules import HOST
from tourreg.domain.registrations import corrections
from tourreg.domain.registrations.holds import SEAT
from tourreg.domain.registrations.rules import APPLICATION, CANCELLATION
from tourreg.domain.settlements import credit, invoices
from tourreg.domain.settlements.credit import CREDIT
from tourreg.kernel.names import PersonName
from tourreg.kernel.states import Axis
from tourreg.tasks import registry

SOURCES = Path(domain.__path__[0])


def test_every_kind_of_task_has_its_word() -> None:
    assert tasks.__all__
    assert set(KINDS) == set(registry._WORKS)


@pytest.mark.parametrize("axis", [SEAT, APPLICATION, CANCELLATION, CREDIT, HOST], ids=lambda axis: axis.name)
def test_every_step_that_a_history_shows_has_its_word(axis: Axis) -> None:
    steps = {(axis.name, after) for afters in axis.moves.values() for after in afters}

    assert steps - histories._MOVES.keys() == set()


def test_every_reason_that_the_program_gives_has_its_words() -> None:
    given = set(reasons_in_the_domain())

    assert given == histories._REASONS.keys()


def test_every_field_that_a_registrations_history_shows_has_its_word(app: Flask, now: datetime) -> None:
    registration = a_registration(a_published_summit(), pays_by="invoice", now=now)
    person, contact = corrections.Person(PersonName("Ba", "Bb")), corrections.Contact("Bc", "b@example.org")
    with writing():
        credit.accept_credit(registration.id, po_number="", now=now, by="staff:x")
        corrections.correct_person(registration.participants[0], person, now=now, by="staff:x")
        corrections.correct_contact(registration, contact, now=now, by="staff:x")
        invoice = registration.folio.invoices[0].public_id
        bill_to = BillTo(name="Bd", email="b@example.org")
        invoices.correct_invoice(registration.id, invoice, bill_to, reason="Be", now=now, by="staff:x")

    fields = {name for (after,) in db.session.execute(select(Change.after)) for name in after}

    assert {"surname", "contact_name", "name"} <= fields
    assert (fields | BillTo.__dataclass_fields__.keys()) - histories._FIELDS.keys() == set()


def test_the_end_of_a_hold_is_told_in_the_readers_language(
    client: FlaskClient, stripe: FakePayments, now: datetime
) -> None:
    registration = two_people_register(now)
    settling.release_hold(registration.id, stripe, now=now + timedelta(days=1))
    sign_in(client, "read-only")

    page = client.get(f"/office/registrations/{registration.public_id}?language=zh").text

    assert "预留期届满前未收到付款。" in page
    assert "The hold ended" not in page


def test_a_corrected_country_is_named(client: FlaskClient, app: Flask, now: datetime) -> None:
    registration = a_registration(a_published_summit(), a_person(country="US"), now=now)
    person = corrections.Person(PersonName("Hart", "Emily", salutation="Dr"), country="ES")
    with writing():
        corrections.correct_person(registration.participants[0], person, now=now, by="staff:x")
    sign_in(client, "read-only")

    page = client.get(f"/office/registrations/{registration.public_id}?language=zh").text

    assert "<del>美国</del> → <ins>西班牙</ins>" in page
    assert "<ins>博士</ins>" in page


def reasons_in_the_domain() -> Iterator[str]:
    """Yield every `why=` of the domain that is written there, not handed in."""
    for path in sorted(SOURCES.rglob("*.py")):
        module = import_module("tourreg.domain." + ".".join(path.relative_to(SOURCES).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for named in node.keywords if isinstance(node, ast.Call) else []:
                if named.arg == "why" and isinstance(named.value, ast.Name) and named.value.id.isupper():
                    yield getattr(module, named.value.id)
                elif named.arg == "why" and isinstance(named.value, ast.Constant | ast.JoinedStr):
                    yield ast.unparse(named.value)
