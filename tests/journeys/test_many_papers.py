"""An organizer has two hundred badges made as one file, leaves, comes back to the progress bar, and downloads it."""

import io
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.cast import a_fee, a_published_summit
from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller
from tests.many import many_registrations
from tourreg import create_app
from tourreg.db import db, writing
from tourreg.demo.servers import Place
from tourreg.domain.billing.models import Folio
from tourreg.domain.registrations.models import Participant, Registration
from tourreg.kernel import clock
from tourreg.settings import read_settings

BADGES = 200


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("zh", 320, False)])
def test_two_hundred_badges_come_in_one_file_with_a_progress_bar(
    traveller: Callable[..., Traveller], language: str, width: int, scripts: bool
) -> None:
    officer = traveller(language, width=width, scripts=scripts)
    event, surnames = an_event_of_many(officer.place)
    sign_in(officer, "programme")
    officer.visit(f"/office/events/{event}/papers")
    go(officer, "/batches")
    for kind in ("badges", "name_plates"):
        officer.page.locator(f"[name=kind][value={kind}]").check()
    send(officer, "#begin")
    assert officer.page.locator("progress").count() == 1
    batch = officer.page.url

    officer.visit("/office/events")
    officer.visit(batch.partition(officer.place.site)[2])
    for _look in range(120):
        if officer.page.locator("a[href$='/file']").count():
            break
        officer.page.wait_for_timeout(1000)
        if not scripts:
            officer.page.reload()
    officer.look()

    with officer.page.expect_download() as download:
        officer.page.locator("a[href$='/file']").click()
    bound = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len([mark for mark in bound.outline if not isinstance(mark, list)]) == 2
    printed = set(re.findall(r"GUEST\d{3}", " ".join(page.extract_text() for page in bound.pages).upper()))
    assert printed == surnames


def an_event_of_many(place: Place) -> tuple[str, set[str]]:
    """Write an event in which two hundred people take part; return its public id and their surnames."""
    with create_app(read_settings(place.environment())).app_context():
        fees = [a_fee("Full fee", "全价")]
        event = a_published_summit(f"many-{uuid4().hex[:6]}", state="closed", fees=fees, add_ons=[])
        many_registrations(event, BADGES, now=clock.utc_now(), first=_free_number())
        with writing() as session:
            theirs = select(Participant).join(Registration).where(Registration.event_id == event.id)
            people = session.scalars(theirs.order_by(Participant.id)).all()
            for number, person in enumerate(people):
                person.surname, person.native = f"Guest{number:03d}", ""
                person.seats[0].state = "confirmed" if number < BADGES else "released"
            return event.public_id, {person.surname.upper() for person in people[:BADGES]}


def _free_number() -> int:
    """Return a number above those of every folio, registration and participant."""
    return 1 + max(db.session.scalar(select(func.max(model.id))) or 0 for model in (Folio, Registration, Participant))
