"""By an institution’s invoice: the order accepted, the wire recorded; then cancelled, refunded and credited."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.booking import fill_in, fill_in_the_order, find_the_summit, papers_sent, register
from tests.journeys.desk import find, go, send, sign_in
from tests.journeys.traveller import Traveller


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
    register(visitor)
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
