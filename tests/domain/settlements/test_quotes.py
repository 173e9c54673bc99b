"""Quotes: numbered, priced as on their day, valid until a price changes, and binding nobody."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import a_published_summit
from tests.house.filled import FINANCE
from tourreg.db import db, writing
from tourreg.domain.billing.models import Folio
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.catalogue.models import Event
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers.models import Paper
from tourreg.domain.settlements.quotes import NothingQuoted, QuoteRequest, issue_quote, quote_sheet

pytestmark = pytest.mark.both


@pytest.fixture
def event(app: Flask) -> Event:
    return a_published_summit()


def test_a_quote_multiplies_what_is_offered_and_holds_no_place(event: Event, now: datetime) -> None:
    fee, room = event.fees[0], event.add_ons[1]
    asked = a_request({fee.public_id: 3, room.public_id: 2})
    taken = event.pool.taken

    sheet = quote_sheet(event, asked, now=now)

    assert [(line["quantity"], line["amount"]["minor"]) for line in sheet["lines"]] == [
        (3, 3 * fee.amount_minor),
        (2, 2 * room.amount_minor),
    ]
    assert sheet["total"]["minor"] == sum(line["amount"]["minor"] for line in sheet["lines"])
    assert (event.pool.taken, sheet["number"]) == (taken, "")


def test_a_quote_is_issued_and_sent_once_for_one_form_and_opens_no_bill(event: Event, now: datetime) -> None:
    asked = a_request({event.fees[0].public_id: 1})

    for _ in range(2):
        with writing():
            issue_quote(event, asked, now=now, by=FINANCE)

    assert db.session.scalars(select(Paper.number)).all() == ["CCE-QUO-2027-00001"]
    assert [letter.to_address for letter in db.session.scalars(select(Letter))] == ["accountspayable@example.org"]
    assert db.session.scalar(select(func.count(Folio.id))) == 0


def test_a_quote_is_valid_no_longer_than_its_first_price(event: Event, now: datetime) -> None:
    fee = event.fees[0]
    with writing():
        fee.early_minor, fee.early_until_on = fee.amount_minor - 100, date(2027, 1, 20)

    sheet = quote_sheet(event, a_request({fee.public_id: 1}), now=now)

    assert sheet["due_on"] == "2027-01-20"
    later = quote_sheet(event, a_request({fee.public_id: 1}), now=now + timedelta(days=10))
    assert later["due_on"] == "2027-02-24"


def test_a_quote_without_a_fee_or_of_what_is_withdrawn_is_refused(event: Event, now: datetime) -> None:
    room = event.add_ons[1].public_id

    for quantities in ({}, {room: 1}, {"nothing": 4}):
        with writing(), pytest.raises(NothingQuoted):
            issue_quote(event, a_request(quantities), now=now, by=FINANCE)


def a_request(quantities: dict[str, int]) -> QuoteRequest:
    payer = BillTo("City of Charlotte", "accountspayable@example.org", country="US")
    return QuoteRequest(payer, "Emily Hart", quantities, "en", "a form of twenty-two si")
