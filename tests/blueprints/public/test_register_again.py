"""The form sent again: by a second click, by going back, and by somebody else."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.blueprints.public.registration_page import (
    FORM,
    count_registrations,
    filled_in,
    invoice,
)
from tests.forms import Fields
from tourreg.db import db, writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.registrations.commands import release
from tourreg.domain.registrations.models import Registration

pytestmark = pytest.mark.usefixtures("clock_shows")


def test_the_same_form_again_leads_to_the_same_page_of_stripe(client: FlaskClient, whole: Fields) -> None:
    addresses = {client.post(FORM, data=whole).location for _ in range(3)}

    assert len(addresses) == 1
    assert the_registration()


def test_going_back_and_sending_the_same_words_again_registers_nobody_twice(
    client: FlaskClient, whole: Fields, summit: Event
) -> None:
    client.post(FORM, data=whole)

    again = client.post(FORM, data=filled_in(client, summit))

    assert again.location == client.post(FORM, data=whole).location
    assert count_registrations() == 1


def test_going_back_to_change_something_registers_what_was_changed(client: FlaskClient, whole: Fields) -> None:
    locations = [client.post(FORM, data=whole | invoice() | {"p1-post": post}).location for post in ("Mayor", "Clerk")]

    assert len(set(locations)) == count_registrations() == 2


def test_somebody_else_may_send_the_same_words(client: FlaskClient, app: Flask, whole: Fields, summit: Event) -> None:
    client.post(FORM, data=whole)
    other = app.test_client()

    other.post(FORM, data=filled_in(other, summit))

    assert count_registrations() == 2


def test_after_a_hold_has_ended_the_same_words_register_anew(
    client: FlaskClient, whole: Fields, summit: Event, now: datetime
) -> None:
    client.post(FORM, data=whole)
    with writing():
        release(the_registration(), now=now, by="worker", why="The hold ended.")

    client.post(FORM, data=filled_in(client, summit))

    assert count_registrations() == 2


def the_registration() -> Registration:
    return db.session.scalars(select(Registration)).one()
