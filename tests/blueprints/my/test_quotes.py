"""A quote is found again by whoever it was sent to, and by nobody else."""

from datetime import datetime

from flask.testing import FlaskClient

from tests.cast import a_published_summit
from tests.house.filled import FINANCE
from tests.visitors import a_person_at, signed_in
from tourreg.db import writing
from tourreg.domain.billing.payers import BillTo
from tourreg.domain.settlements.quotes import QuoteRequest, issue_quote
from tourreg.worker import run_due


def test_a_quote_is_listed_for_its_reader_alone(client: FlaskClient, now: datetime, clock_shows: object) -> None:
    event = a_published_summit()
    payer = BillTo("City of Charlotte", "Accounts@example.org", country="US")
    asked = QuoteRequest(payer, "Emily Hart", {event.fees[0].public_id: 2}, "en", "a form of twenty-two si")
    with writing():
        paper = issue_quote(event, asked, now=now, by=FINANCE)
        number, public_id = paper.number, paper.public_id
    run_due()

    signed_in(client, a_person_at("lan@example.org", now), at=now)
    assert number not in client.get("/my/").text
    assert client.get(f"/my/quotes/{public_id}.pdf").status_code == 404

    signed_in(client, a_person_at("accounts@example.org", now), at=now)
    assert number in client.get("/my/").text
    assert client.get(f"/my/quotes/{public_id}.pdf").mimetype == "application/pdf"
