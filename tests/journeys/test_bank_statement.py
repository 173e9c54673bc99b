"""A bank's statement: two cities on purchase orders, paid by one wire that their agent sent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.journeys.booking import fill_in, fill_in_the_order, find_the_summit, papers_sent, register
from tests.journeys.desk import find, go, owed, send, sign_in
from tests.journeys.traveller import Traveller

BANK = "/office/money/bank"
REFERENCE = re.compile(r"[A-Z0-9]{2,6}-[0-9A-Z]{5}-[0-9A-Z]")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_one_wire_of_an_agent_pays_the_orders_of_two_cities(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    visitor, officer = traveller(language, width=width), traveller(language, width=width)
    marks = [uuid4().hex[:10] for _ in range(2)]
    for mark in marks:
        order(visitor, mark)
    sign_in(officer, "finance")
    bills = [accepted(officer, mark) for mark in marks]
    whole = sum(minor for _reference, minor in bills)

    officer.visit(f"{BANK}/import")
    officer.page.locator("[name=file]").set_input_files(
        {"name": "january.csv", "mimeType": "text/csv", "buffer": statement(bills, whole, marks[0])}
    )
    send(officer, "#upload-form")
    officer.page.locator("button[value=import]").click()
    officer.page.wait_for_url(f"**{BANK}/statements/**")
    officer.look()
    go(officer, f"{BANK}/lines/")
    send(officer, "#bills-form")
    officer.page.wait_for_url(f"**{BANK}/statements/**")

    for mark in marks:
        assert papers_sent(visitor, address_of(mark), "-REC-")
        find(officer, f"PO-{mark}")
        officer.page.wait_for_url("**/office/registrations/**")
        assert owed(officer) == 0


def order(visitor: Traveller, mark: str) -> None:
    """Register for the summit and ask for an invoice."""
    find_the_summit(visitor)
    fill_in(visitor, address_of(mark))
    fill_in_the_order(visitor, mark)
    register(visitor)


def accepted(officer: Traveller, mark: str) -> tuple[str, int]:
    """Accept the order, and return the bill's reference and what it asks for, in cents."""
    find(officer, f"PO-{mark}")
    go(officer, "/office/money/orders/")
    send(officer, "#accept-form")
    find(officer, f"PO-{mark}")
    officer.page.wait_for_url("**/office/registrations/**")
    said = officer.page.locator(".head").inner_text()
    found = REFERENCE.search(said)
    assert found is not None, said
    return found[0], owed(officer)


def statement(bills: list[tuple[str, int]], whole: int, mark: str) -> bytes:
    """Return a CSV with one wire that names both bills, as people write references."""
    day = datetime.now(UTC) - timedelta(days=2)
    named = " AND ".join(reference.lower().replace("-", " ") for reference, _minor in bills)
    row = f"{day:%m/%d/%Y},CITIES SERVICE AGENCY,INCOMING WIRE {named},{whole / 100:.2f},{mark}"
    return f"Date,Payer,Description,Amount,Transaction ID\n{row}\n".encode()


def address_of(mark: str) -> str:
    return f"order-{mark}@example.org"
