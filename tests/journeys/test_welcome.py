"""What `tourreg demo` prints leads where it says."""

import re
from collections.abc import Callable

from tests.journeys.desk import send
from tests.journeys.traveller import Traveller
from tourreg.demo import show


def test_every_printed_link_opens_what_it_was_made_for(traveller: Callable[..., Traveller]) -> None:
    visitor = traveller("en")
    opened = []

    for address in re.findall(r"http://\S+/my/link/\S+", show.welcome(visitor.place)):
        visitor.visit(address)
        send(visitor, "main")
        opened.append(re.sub(r"[\w-]{22}", "…", visitor.page.url.removeprefix(visitor.place.site)).partition("?")[0])

    (own_page,) = re.findall(r"http://\S+/my/itinerary/\S+", show.welcome(visitor.place))
    visitor.visit(own_page)
    shown = visitor.page.locator("main").inner_text()

    assert opened == ["/my/registrations/…", "/my/registrations/…", "/city/…"]
    assert all(said in shown for said in ("Your flights and trains", "Your hotels", "Your days"))
