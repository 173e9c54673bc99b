"""The office sends everybody the address of their own programme."""

from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import a_person, a_published_summit
from tests.staff import sign_in
from tests.travel_cast import people_on_tour
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.versions import issue_version
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text
from tourreg.worker import run_due

pytestmark = pytest.mark.usefixtures("clock_shows", "without_tokens")


def send(client: FlaskClient, event: Event) -> int:
    return client.post(f"/office/events/{event.public_id}/versions/programmes").status_code


def issue(event: Event, now: datetime) -> None:
    with writing():
        issue_version(desk.event_to_change(event.public_id), change_note=Text(), now=now, by="staff:ren")


def letters() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.template == "own_programme")))


def test_everybody_gets_one_letter_for_a_version_however_often_one_clicks(
    client: FlaskClient, app: object, now: datetime
) -> None:
    event = a_published_summit()
    people_on_tour(
        a_person("Hart", "Emily", email="emily@example.org"), a_person("Moore", "Anne"), now=now, event=event
    )
    sign_in(client, "programme")
    issue(event, now)

    assert [send(client, event), send(client, event)] == [303, 303]
    assert {letter.to_address for letter in letters()} == {"emily@example.org", "lan@example.org"}
    assert len(letters()) == 2


def test_nothing_is_sent_before_a_version_is_issued(client: FlaskClient, app: object, now: datetime) -> None:
    event = a_published_summit()
    people_on_tour(now=now, event=event)
    sign_in(client, "programme")

    assert send(client, event) == 422
    assert letters() == []


def test_the_letter_leads_to_the_page_of_its_person(client: FlaskClient, mailbox: MemoryMailer, now: datetime) -> None:
    event = a_published_summit()
    people_on_tour(a_person("Hart", "Emily", email="emily@example.org"), now=now, event=event)
    sign_in(client, "programme")
    issue(event, now)
    send(client, event)
    run_due()

    sent = next(mail for mail in mailbox.sent if "emily@example.org" in str(mail))
    assert "/my/itinerary/" in str(sent)
