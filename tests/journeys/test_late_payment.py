"""Money that comes when the seats are gone: the desk shows it, and finance seats the payer or sends it back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.journeys.booking import fill_in_alone, papers_sent, pay_at_stripe, register
from tests.journeys.desk import find, go, owed, reference_of, send, sign_in
from tests.journeys.traveller import Traveller, letters_to
from tourreg import create_app
from tourreg.db import db, ring_after_commit, writing
from tourreg.domain.outbox.models import Task
from tourreg.domain.registrations import holds
from tourreg.domain.registrations import queries as registrations
from tourreg.domain.registrations.commands import RELEASE_HOLD
from tourreg.kernel import clock
from tourreg.settings import read_settings

FORUM = "city-pipes-wuhan"
TITLE = {"en": "What Lies under the Street", "zh": "街面之下"}
FEE = "2,400.00"
SEATING = "form[action$='/seats']"


@pytest.mark.parametrize(("language", "width", "ending"), [("en", 1280, "seat"), ("zh", 320, "money back")])
def test_a_wire_that_came_after_the_hold_had_ended_is_settled_from_the_desk(
    traveller: Callable[..., Traveller], language: str, width: int, ending: str
) -> None:
    visitor, officer, programme = (traveller(language, width=width) for _ in range(3))
    late, other = (f"late-{uuid4().hex[:10]}@example.org" for _ in range(2))
    sign_in(programme, "programme")
    add_a_place(programme)
    registration = hold_a_seat(visitor, late)
    let_the_hold_end(visitor, registration, late)
    hold_a_seat(visitor, other)

    sign_in(officer, "finance")
    record_the_wire(officer, late)
    open_the_case(officer, late)
    send(officer, "main")
    assert officer.page.locator(SEATING).count() == 1, "no seat was free, so nothing changed"
    if ending == "seat":
        case = officer.page.url
        add_a_place(programme)
        officer.visit(case)
        send(officer, "main")
        assert officer.page.locator(SEATING).count() == 0
    else:
        pay_the_money_out(officer)

    kind, seats = ("-INV-", 1) if ending == "seat" else ("-RFA-", 0)
    assert any(FEE in words for words in papers_sent(visitor, late, kind).values())
    visitor.visit(registration)
    assert visitor.page.locator("section:has(#money) tbody tr").count() == seats
    find(officer, late)
    assert owed(officer) == 0


def add_a_place(programme: Traveller) -> None:
    """Find room for one more at the forum that is full."""
    programme.visit("/office/events")
    programme.follow(TITLE[programme.language])
    places = programme.page.locator("[name=capacity]")
    places.fill(str(int(places.input_value()) + 1))
    send(programme, "#event")


def hold_a_seat(visitor: Traveller, address: str) -> str:
    """Register, leave the payment page unpaid, and return the address of the registration."""
    fill_in_alone(visitor, FORUM, address, fee=2)  # the first is “Choose a fee”, the second asks for a member’s number
    visitor.page.locator("#pays_by-card").check()
    register(visitor)
    pay_at_stripe(visitor, "leave")
    return visitor.page.url


def let_the_hold_end(visitor: Traveller, registration: str, address: str) -> None:
    """Let 45 minutes have passed, and wait until the worker has freed the seat and written of it."""
    public_id, now = registration.rpartition("/")[2], clock.utc_now()
    with create_app(read_settings(visitor.place.environment())).app_context(), writing():
        found = registrations.by_public_id(public_id)
        assert found is not None
        for seat in holds.live_seats(found):
            seat.held_until = now - timedelta(minutes=1)
        ending = db.session.scalars(select(Task).filter_by(key=f"{RELEASE_HOLD}:{public_id}")).one()
        ending.run_at = now
        ring_after_commit()
    letters_to(visitor.place, address, at_least=2)
    visitor.page.reload()
    visitor.look()
    assert visitor.page.locator("section:has(#next) a[href$='/register'], section:has(#next) a.button").count() == 1


def record_the_wire(officer: Traveller, address: str) -> None:
    find(officer, address)
    go(officer, "/office/money/payments/")
    officer.page.locator("[name=amount]").fill(FEE)
    officer.page.locator("[name=means]").select_option("wire")
    officer.page.locator("[name=detail]").fill(f"FT-{address.partition('@')[0]}")
    send(officer, "#payment-form")


def open_the_case(officer: Traveller, address: str) -> None:
    find(officer, address)
    reference = reference_of(officer)
    officer.visit("/office/money")
    officer.page.locator("section[aria-labelledby=desk] tr", has_text=reference).locator("a").click()
    officer.page.wait_for_load_state()
    officer.look()
    assert FEE in officer.text()


def pay_the_money_out(officer: Traveller) -> None:
    """Send the money back from the case, and note the wire by which the bank sent it."""
    go(officer, "/office/money/overpayments/")
    officer.page.locator("[name=why]").fill("The forum is full")
    send(officer, "#send-back-form")
    reference = reference_of(officer)
    officer.visit("/office/money")
    officer.page.locator("section[aria-labelledby=refunds] tr", has_text=reference).locator("a").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    officer.page.locator("[name=detail]").fill("OUT-4471")
    send(officer, "#paid-out-form")
