"""What changed while the form was open: said where it stands, with everything typed kept."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from tests.blueprints.public.registration_page import (
    FORM,
    count_registrations,
    fill,
    set_state,
)
from tests.cast import saved
from tests.forms import Fields, faults_of, fields_of
from tourreg.db import writing
from tourreg.domain.catalogue.models import Event
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.registrations import commands
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")


def test_a_fee_that_ended_while_the_form_was_open_is_named(
    client: FlaskClient, whole: Fields, clock_shows: Callable[[datetime], None]
) -> None:
    clock_shows(datetime.fromisoformat("2027-06-30T16:00:00Z"))

    answer = client.post(FORM, data=whole)

    assert faults_of(answer) == {
        "p1-fee": "Participant 1: The fee you had chosen is no longer offered. Choose another."
    }
    assert fields_of(answer, "registration")["p1-surname"] == "Hart"


def test_an_add_on_that_was_withdrawn_meanwhile_is_taken_off(client: FlaskClient, summit: Event, whole: Fields) -> None:
    tour = summit.add_ons[0].public_id
    with writing():
        summit.add_ons[0].withdrawn = True

    answer = client.post(FORM, data=whole | {"p1-add_ons": tour})

    assert faults_of(answer) == {"": "An add-on that you had ticked is no longer offered; it is off your bill."}
    assert "p1-add_ons" not in fields_of(answer, "registration")


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("closed", "Registration is closed. Nothing was booked."),
        ("cancelled", "This programme has been cancelled. Nothing was booked."),
    ],
)
def test_an_event_that_closed_while_the_form_was_open_keeps_what_was_typed(
    client: FlaskClient, summit: Event, whole: Fields, state: str, sentence: str
) -> None:
    set_state(state)

    answer = client.post(FORM, data=whole)

    assert (answer.status_code, faults_of(answer)) == (422, {"": sentence})
    assert fields_of(answer, "registration")["p1-given"] == "Emily"


def test_an_event_unpublished_meanwhile_is_not_there(client: FlaskClient, summit: Event, whole: Fields) -> None:
    set_state("draft")

    assert client.post(FORM, data=whole).status_code == 404


def test_a_window_that_closed_meanwhile_says_when(
    client: FlaskClient, whole: Fields, clock_shows: Callable[[datetime], None], summit: Event
) -> None:
    clock_shows(datetime.fromisoformat("2027-09-30T16:00:00Z"))

    answer = client.post(FORM, data=whole | {"p1-fee": summit.fees[1].public_id})

    assert faults_of(answer) == {
        "": "Registration closed on Thursday 30 September 2027, 23:59 China Standard Time (UTC+8). Nothing was booked."
    }


def test_everything_that_is_full_is_named_where_it_stands(client: FlaskClient, summit: Event, whole: Fields) -> None:
    tour = summit.add_ons[0]
    fill(summit.pool_id, 199)
    fill(tour.pool_id, 19)
    second = {"p2-surname": "Vega", "p2-country": "US", "p2-fee": whole["p1-fee"]}

    answer = client.post(FORM, data=whole | second | {"p1-add_ons": tour.public_id, "p2-add_ons": tour.public_id})

    assert faults_of(answer) == {
        "": "Only 1 place is left, and you asked for 2. Nothing was booked.",
        f"add-on-{tour.public_id}": "Only 1 place is left here, and you asked for 2.",
    }
    assert fields_of(answer, "registration")["p2-surname"] == "Vega"


def test_when_the_last_place_goes_meanwhile_everything_typed_stays(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    fill(summit.pool_id, 200)

    answer = client.post(FORM, data=whole)

    assert faults_of(answer) == {"": "The last place was taken while you filled in the form. Nothing was booked."}
    assert fields_of(answer, "registration")["contact_email"] == "emily@example.org"


def test_a_text_that_changed_meanwhile_is_ticked_again(client: FlaskClient, whole: Fields) -> None:
    title = Text("Terms", "条款")
    saved(ConsentText(kind="terms", version_on=date(2027, 1, 15), title=title, body=title))

    answer = client.post(FORM, data=whole)

    assert faults_of(answer) == {
        "terms": "This text has changed since you opened the form. Read the version of 15 January 2027 and tick again."
    }
    assert "terms" not in fields_of(answer, "registration")


def test_while_the_database_is_locked_everything_typed_stays(
    client: FlaskClient, whole: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(commands, "register", give_up)

    answer = client.post(FORM, data=whole)

    assert answer.status_code == 503
    assert faults_of(answer)[""].startswith("Many people register at this moment")
    assert fields_of(answer, "registration")["p1-surname"] == "Hart"


def test_a_lost_race_for_a_lock_is_run_again(
    client: FlaskClient, whole: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, lost = commands.register, iter([True])

    def lose_once(*asked: Any, **more: Any) -> Registration:
        if next(lost, False):
            raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))
        return register(*asked, **more)

    monkeypatch.setattr(commands, "register", lose_once)

    assert client.post(FORM, data=whole).status_code == 303
    assert count_registrations() == 1
