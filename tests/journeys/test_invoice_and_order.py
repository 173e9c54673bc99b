"""By an institution’s invoice: the order accepted, the wire recorded; then cancelled, refunded and credited."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.desk import find, go, send, sign_in
from tests.journeys.test_register_and_pay import fill_in, find_the_summit
from tests.journeys.traveller import Traveller, attachments_of, letters_to


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("zh", 320)])
def test_a_city_pays_by_order_and_wire_and_later_cancels(
    traveller: Callable[..., Traveller], language: str, width: int
) -> None:
    visitor, officer = traveller(language, width=width), traveller(language, width=width)
    mark = uuid4().hex[:10]
    address = f"order-{mark}@example.org"

    find_the_summit(visitor)
    fill_in(visitor, address)
    fill_in_the_order(visitor, mark)
    visitor.page.locator("button[name=do][value=register]").last.click()
    visitor.page.wait_for_url("**/my/registrations/**")
    visitor.look()

    sign_in(officer, "finance")
    find(officer, f"PO-{mark}")
    go(officer, "/office/money/orders/")
    send(officer, "#accept-form")
    assert papers_sent(visitor, address, "-INV-")

    find(officer, f"PO-{mark}")
    go(officer, "/office/money/payments/")
    officer.page.locator("[name=means]").select_option("wire")
    officer.page.locator("[name=detail]").fill(f"FT{mark}")
    send(officer, "#payment-form")
    assert papers_sent(visitor, address, "-REC-")

    find(officer, f"PO-{mark}")
    go(officer, "/office/money/cancellations/")
    officer.page.locator("[name=why]").fill("The council changed its plans")
    send(officer, "#cancel-form")
    assert papers_sent(visitor, address, "-CN-")
    visitor.page.reload()
    visitor.look()


def fill_in_the_order(visitor: Traveller, mark: str) -> None:
    page = visitor.page
    page.locator("#pays_by-invoice").check()
    page.locator("[name=bill_name]").fill("City of Charlotte")
    page.locator("[name=bill_department]").fill("Accounts Payable")
    page.locator("[name=bill_address]").fill("600 East 4th Street\nCharlotte, NC 28202")
    page.locator("[name=bill_country]").select_option("US")
    page.locator("[name=po_number]").fill(f"PO-{mark}")


def papers_sent(visitor: Traveller, address: str, kind: str) -> list[str]:
    """Wait for the letter that carries a paper of that kind, and return the names of such papers."""
    count = len(letters_to(visitor.place, address))
    for _ in range(5):
        letters = letters_to(visitor.place, address, at_least=count)
        names = [name for letter in letters for name in attachments_of(letter) if kind in name]
        if names:
            return names
        count = len(letters) + 1
    return []
