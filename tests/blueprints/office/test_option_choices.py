"""Finance chooses optional items for people who ask the office."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.forms import fields_of, page_of, words_of
from tests.money_cast import balance_of, letters_about, read_again
from tests.option_cast import BOAT, BOAT_FEE, MARKET, a_summit_with_options, a_sure_registration, chosen, option
from tests.staff import sign_in
from tourreg.domain.registrations.models import Registration

Show = Callable[[datetime], None]


@pytest.fixture
def travellers(app: Flask, now: datetime) -> Registration:
    """A registration for a summit whose boat could be chosen until the end of 2027's first January week."""
    return read_again(a_sure_registration(a_summit_with_options(now, until="2027-01-07"), now))


@pytest.fixture
def clerk(client: FlaskClient, clock_shows: Show) -> FlaskClient:
    sign_in(client, "finance")
    return client


def address(registration: Registration) -> str:
    return f"/office/registrations/{registration.public_id}/options"


def ticks(registration: Registration, *titles: str) -> list[str]:
    person = registration.participants[0].public_id
    return [f"{person}~{option(title).public_id}" for title in titles]


def test_finance_chooses_after_the_last_day_and_charges_the_bill(clerk: FlaskClient, travellers: Registration) -> None:
    before = balance_of(travellers)
    fields = {**fields_of(clerk.get(address(travellers)), "options"), "option": ticks(travellers, BOAT, MARKET)}

    answers = [clerk.post(address(travellers), data=fields).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert chosen(travellers) == [("Hart", BOAT), ("Hart", MARKET)]
    assert balance_of(travellers) - before == BOAT_FEE
    assert letters_about(travellers) == ["options_chosen"]


def test_what_has_begun_is_refused_here_too(clerk: FlaskClient, travellers: Registration, clock_shows: Show) -> None:
    fields = {**fields_of(clerk.get(address(travellers)), "options"), "option": ticks(travellers, BOAT)}
    clock_shows(datetime(2027, 10, 20, 11, 0, tzinfo=UTC))
    sign_in(clerk, "finance", name="Lin Yue")

    answer = clerk.post(address(travellers), data=fields)

    assert answer.status_code == 422
    assert "It is too late" in words_of(page_of(answer).find(".//div[@class='errors']"))
    assert chosen(travellers) == []


def test_a_form_without_a_tick_says_so(clerk: FlaskClient, travellers: Registration) -> None:
    answer = clerk.post(address(travellers), data=fields_of(clerk.get(address(travellers)), "options"))

    assert answer.status_code == 422
    assert "tick at least one" in words_of(page_of(answer).find(".//div[@class='errors']"))


def test_what_is_chosen_leads_to_its_cancellation(clerk: FlaskClient, travellers: Registration) -> None:
    fields = {**fields_of(clerk.get(address(travellers)), "options"), "option": ticks(travellers, BOAT)}
    clerk.post(address(travellers), data=fields)

    links = [link.get("href", "") for link in page_of(clerk.get(address(travellers))).findall(".//main//a")]
    cancelling = next(link for link in links if "/cancellations/" in link)

    assert BOAT in clerk.get(cancelling).text


def test_whoever_has_no_part_in_money_chooses_nothing(officer: FlaskClient, travellers: Registration) -> None:
    assert officer.get(address(travellers)).status_code == 403
