"""What changed while the form was open: said where it stands, with everything typed kept."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.blueprints.public.registration_page import (
    FORM,
    count_registrations,
    fill,
    set_state,
)
from tests.cast import a_registration, saved
from tests.forms import Fields, faults_of, fields_of, page_of, words_of
from tourreg.db import db, writing
from tourreg.domain.billing.models import Entry
from tourreg.domain.catalogue.models import AddOn, Event, Fee
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.registrations import commands, rules
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


@pytest.mark.both
def test_a_fee_that_costs_more_meanwhile_is_charged_only_when_it_was_seen(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    costs(summit.fees[0], 99_000)

    told = client.post(FORM, data=whole)

    assert told.status_code == 422
    assert "The price has changed while you filled in the form: Early bird US$990." in faults_of(told)[""]
    assert "US$990.00" in words_of(page_of(told).find(".//*[@id='bill']"))
    assert fields_of(told, "registration")["p1-given"] == "Emily"
    assert count_registrations() == 0

    agreed = client.post(FORM, data=fields_of(told, "registration") | {"do": "register"})

    assert agreed.status_code == 303
    assert charged() == [99_000]


def test_an_early_price_that_ended_while_the_form_was_open_is_told_and_charged_only_when_seen(
    client: FlaskClient, summit: Event, whole: Fields, clock_shows: Callable[[datetime], None]
) -> None:
    with writing():
        fee = db.session.merge(summit.fees[1])
        fee.early_minor, fee.early_until_on = 50_000, date(2027, 6, 30)
    full = summit.fees[1].public_id
    opened = fields_of(client.post(FORM, data=whole | {"do": "total", f"price-{full}": "50000"}), "registration")
    clock_shows(datetime.fromisoformat("2027-06-30T16:00:00Z"))

    told = client.post(FORM, data=opened | {"do": "register", "p1-fee": full})

    assert "Full fee US$620." in faults_of(told)[""]
    assert count_registrations() == 0

    agreed = client.post(FORM, data=fields_of(told, "registration") | {"do": "register"})

    assert agreed.status_code == 303
    assert charged() == [62_000]


def test_an_add_on_that_costs_less_meanwhile_is_told_too(client: FlaskClient, summit: Event, whole: Fields) -> None:
    tour = summit.add_ons[0]
    costs(tour, 70_000)

    told = client.post(FORM, data=whole | {"p1-add_ons": tour.public_id})

    assert "Pre-tour: Beijing and Xi’an US$700." in faults_of(told)[""]


def test_what_nobody_chose_may_cost_what_it_likes(client: FlaskClient, summit: Event, whole: Fields) -> None:
    costs(summit.fees[1], 99_000)
    costs(summit.add_ons[0], 99_000)

    assert client.post(FORM, data=whole).status_code == 303


def test_a_price_that_changed_while_people_were_added_is_told_when_the_form_is_sent(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    costs(summit.fees[0], 99_000)
    added = fields_of(client.post(FORM, data=whole | {"do": "add"}), "registration")

    told = client.post(FORM, data=added | {"do": "register", "p2-surname": "Vega", "p2-country": "US"})

    assert "The price has changed" in faults_of(told)[""]


def test_a_price_that_changed_is_told_beside_what_else_is_wrong(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    costs(summit.fees[0], 99_000)

    told = client.post(FORM, data=whole | {"p1-surname": ""})

    assert sorted(faults_of(told)) == ["", "p1-surname"]
    assert client.post(FORM, data=fields_of(told, "registration") | {"do": "register", "p1-surname": "Hart"}).location


def test_a_price_that_changes_after_registering_sends_nobody_back(
    client: FlaskClient, summit: Event, whole: Fields
) -> None:
    first = client.post(FORM, data=whole)
    costs(summit.fees[0], 99_000)

    again = client.post(FORM, data=whole)

    assert (again.status_code, again.location) == (303, first.location)
    assert charged() == [48_000]


@pytest.mark.parametrize("seen", ["", "US$480", "-1", "4e4", "٤٨٠", "9" * 40])
def test_a_price_that_no_page_has_written_counts_as_not_shown(
    client: FlaskClient, summit: Event, whole: Fields, seen: str
) -> None:
    answer = client.post(FORM, data=whole | {f"price-{summit.fees[0].public_id}": seen})

    assert answer.status_code == 303
    assert charged() == [48_000]


@pytest.mark.both
def test_a_price_that_changes_in_the_last_moment_is_refused_by_the_booking_itself(summit: Event, now: datetime) -> None:
    fee = summit.fees[0].public_id

    with pytest.raises(rules.PriceHasChanged) as refused:
        a_registration(summit, now=now, shown_minor={fee: 47_000})

    assert [thing.public_id for thing in refused.value.things] == [fee]
    assert count_registrations() == 0


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


def costs(thing: Fee | AddOn, amount_minor: int) -> None:
    """Let the office set another price."""
    with writing():
        thing.amount_minor = amount_minor


def charged() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.amount_minor).where(Entry.kind == "charge")))
