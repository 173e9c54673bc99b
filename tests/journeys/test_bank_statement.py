"""A city on a purchase order, its invoice held against what it demands; one wire pays it and another city's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload

from tests.journeys.booking import SUMMIT, fill_in_alone, fill_in_the_order, papers_sent, register
from tests.journeys.desk import find, go, owed, reference_of, send, sign_in
from tests.journeys.traveller import Traveller

BANK = "/office/money/bank"
PAYERS = "/office/money/payers"
VENDOR = "V-0048213"
# What stands in the way of the invoice, on the pages of the order and of the payer.
MISSED = "section[aria-labelledby=accepted] li"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_one_wire_of_an_agent_pays_a_city_that_demands_much_and_another(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    visitor, officer = traveller(language, width=width), traveller(language, width=width)
    strict, other = (uuid4().hex[:10] for _ in range(2))
    for mark in (strict, other):
        order(visitor, mark)
    sign_in(officer, "finance")
    keep_charlotte(officer, strict)
    name_the_payer(officer, strict)
    see_it_refused(officer, strict)
    mend(officer, strict)
    bills = [accepted(officer, mark) for mark in (strict, other)]
    take_the_statement_over(officer, statement(bills, strict))

    (invoice,) = papers_sent(visitor, payables(strict), "-INV-").values()
    for words in (f"PO-{strict}", VENDOR, "Charlotte"):
        assert words in invoice
    for mark, payer in ((strict, payables(strict)), (other, address_of(other))):
        assert papers_sent(visitor, payer, "-REC-")
        find(officer, f"PO-{mark}")
        assert owed(officer) == 0


def order(visitor: Traveller, mark: str) -> None:
    """Register for the summit and ask for an invoice."""
    fill_in_alone(visitor, SUMMIT, address_of(mark), fee=2)
    fill_in_the_order(visitor, mark)
    register(visitor)


def keep_charlotte(officer: Traveller, mark: str) -> None:
    """Keep the city as a payer, with the demands that it publishes."""
    officer.visit(f"{PAYERS}/new")
    officer.page.locator("[name=name]").fill(f"City of Charlotte {mark}")
    officer.page.locator("[name=department]").fill("Accounts Payable")
    officer.page.locator("[name=email]").fill(payables(mark))
    officer.page.locator("[name=country]").select_option("US")
    officer.page.locator("[name=preset]").select_option("charlotte")
    officer.page.locator("button[value=fill]").click()
    officer.page.locator("[name=source_address][value*=charlottenc]").wait_for()
    officer.look()
    officer.page.locator("#payer-form .actions button").click()
    officer.page.wait_for_url(lambda address: PAYERS in address and not address.endswith("/new"))
    officer.look()
    assert officer.page.locator("[name=demands]:checked").count() == 6


def name_the_payer(officer: Traveller, mark: str) -> None:
    """Put the city as it is kept into the bill of its order."""
    open_the_payer(officer, mark)
    chosen = officer.page.locator("[name=profile] option", has_text=mark).get_attribute("value")
    officer.page.locator("[name=profile]").select_option(chosen)
    officer.page.locator("button[value=fill]").click()
    officer.page.locator("[name=email][value^=payables]").wait_for()
    officer.look()
    save_the_payer(officer)


def see_it_refused(officer: Traveller, mark: str) -> None:
    """Try to accept the order, and read what the city would send the invoice back for."""
    open_the_order(officer, mark)
    assert officer.page.locator(MISSED).count() == 2, "no vendor number, no line of the PO"
    send(officer, "#accept-form")
    assert officer.page.locator("[name=anyway][aria-invalid=true]").count() == 1


def mend(officer: Traveller, mark: str) -> None:
    """Add the number of the vendor and the line of the PO."""
    open_the_payer(officer, mark)
    officer.page.locator("[name=vendor_number]").fill(VENDOR)
    for line in officer.page.locator("[name^=po-line-]").all():
        line.fill("1")
    save_the_payer(officer)
    open_the_order(officer, mark)
    assert officer.page.locator(MISSED).count() == 0
    assert officer.page.locator("section.good[aria-labelledby=accepted]").is_visible()


def open_the_order(officer: Traveller, mark: str) -> None:
    find(officer, f"PO-{mark}")
    go(officer, "/office/money/orders/")


def open_the_payer(officer: Traveller, mark: str) -> None:
    open_the_order(officer, mark)
    go(officer, "/payer?")


def save_the_payer(officer: Traveller) -> None:
    officer.page.locator("#payer-form .actions button").click()
    officer.page.wait_for_url("**/office/registrations/**")
    officer.look()


def accepted(officer: Traveller, mark: str) -> tuple[str, int]:
    """Accept the order, and return the bill's reference and what it asks for, in cents."""
    open_the_order(officer, mark)
    send(officer, "#accept-form")
    find(officer, f"PO-{mark}")
    return reference_of(officer), owed(officer)


def statement(bills: list[tuple[str, int]], number: str) -> bytes:
    """Return a CSV with one wire that names both bills, as people write references."""
    day = datetime.now(UTC) - timedelta(days=2)
    whole = sum(minor for _reference, minor in bills)
    named = " AND ".join(reference.lower().replace("-", " ") for reference, _minor in bills)
    row = f"{day:%m/%d/%Y},CITIES SERVICE AGENCY,INCOMING WIRE {named},{whole / 100:.2f},{number}"
    return f"Date,Payer,Description,Amount,Transaction ID\n{row}\n".encode()


def take_the_statement_over(officer: Traveller, content: bytes) -> None:
    """Import the statement, and let its wire pay the bills that are proposed."""
    officer.visit(f"{BANK}/import")
    sent = FilePayload(name="january.csv", mimeType="text/csv", buffer=content)
    officer.page.locator("[name=file]").set_input_files(sent)
    send(officer, "#upload-form")
    officer.page.locator("button[value=import]").click()
    officer.page.wait_for_url(f"**{BANK}/statements/**")
    officer.look()
    go(officer, f"{BANK}/lines/")
    send(officer, "#bills-form")
    officer.page.wait_for_url(f"**{BANK}/statements/**")


def payables(mark: str) -> str:
    return f"payables-{mark}@example.org"


def address_of(mark: str) -> str:
    return f"order-{mark}@example.org"
