"""Under /my/ the contact says for each participant whether they agree to be listed."""

from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient

from tests.cast import listing_text, saved
from tests.forms import fields_of
from tests.money_cast import two_people_register
from tests.visitors import granted
from tourreg.db import db
from tourreg.domain.consents.queries import subjects_agreeing


def test_each_participant_is_listed_or_not(
    client: FlaskClient, now: datetime, clock_shows: Callable[[datetime], None]
) -> None:
    registration = two_people_register(now)
    saved(listing_text())
    first, second = (person.public_id for person in registration.participants)
    granted(client, registration.public_id, at=now)
    address = f"/my/registrations/{registration.public_id}"
    token = fields_of(client.get(f"{address}/consents"), "listing")["csrf_token"]

    for ticked in ([first, second, "nobody"], [second]):
        answer = client.post(f"{address}/listing", data={"csrf_token": token, "listed": ticked})

        assert answer.status_code == 303
        db.session.rollback()
        assert subjects_agreeing([first, second, "nobody"], "listed") == set(ticked) - {"nobody"}
