"""An organizer has many papers made as one file, leaves, comes back to the progress bar, and downloads it."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from tests.journeys.desk import go, send, sign_in
from tests.journeys.traveller import Traveller


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 1280, True), ("zh", 320, False)])
def test_papers_come_in_one_file_with_a_progress_bar(
    traveller: Callable[..., Traveller], language: str, width: int, scripts: bool
) -> None:
    officer = traveller(language, width=width, scripts=scripts)
    sign_in(officer, "programme")
    officer.visit("/office/events")
    officer.page.locator("main a[href^='/office/events/']:not([href$='/new'])").first.click()
    officer.page.locator("main a[href^='/office/events/'][href$='/papers']").first.click()
    go(officer, "/batches")
    for kind in ("itinerary", "roster"):
        officer.page.locator(f"[name=kind][value={kind}]").check()
    send(officer, "#begin")
    assert officer.page.locator("progress").count() == 1
    batch = officer.page.url

    officer.visit("/office/events")
    officer.visit(batch.partition(officer.place.site)[2])
    for _look in range(60):
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
