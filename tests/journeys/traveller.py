"""A visitor who looks at every page they come to as a careful reader would."""

import email
import email.policy
import re
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response

from tests.journeys.shapes import shape_of
from tourreg.demo.servers import Place

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE_SECONDS = 120
SERVER_FAULT = 500
_FOUND_GOOD: set[tuple[int, str]] = set()


@dataclass
class Traveller:
    """A browser and a language; `faults` gathers what no page may have."""

    page: Page
    place: Place
    language: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._refuse_faults)

    def _refuse_faults(self, answer: Response) -> None:
        if answer.status >= SERVER_FAULT:
            self.faults.append(f"{answer.url}: {answer.status}")

    def visit(self, path: str) -> Response | None:
        answer = self.page.goto(self.place.site + path if path.startswith("/") else path)
        self.look()
        return answer

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button and look at the page that follows."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Refuse pages that overflow sideways, have not one title, or that axe-core finds fault with.

        Each shape of a page is given to axe-core once, which takes more of a journey's time than all else.
        """
        if not self.page.url.startswith(self.place.site):
            return
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{self.page.url} is {width[0]} px wide in a window of {width[1]} px"
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has not one h1"
        shape = shape_of(self.page)
        if shape not in _FOUND_GOOD:
            found = self._axe()
            assert found == [], f"{self.page.url}: {found}"
            _FOUND_GOOD.add(shape)
        assert self.faults == []

    def _axe(self) -> list[str]:
        # A bar at the window's foot covers a target only until one scrolls; at the page's end it covers none.
        self.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        self.page.evaluate(AXE)
        result: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        return [
            f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for fault in result["violations"]
            for node in fault["nodes"][:3]
        ]

    def text(self) -> str:
        return self.page.locator("main").inner_text()


def letters_to(place: Place, address: str, *, at_least: int = 1) -> list[EmailMessage]:
    """Return the letters to an address, oldest first; wait until there are that many."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = [letter for letter in _letters(place) if address in str(letter["To"])]
        if len(found) >= at_least:
            return found
        assert time.monotonic() < ends_at, f"{len(found)} letters to {address}, not {at_least}"
        time.sleep(0.1)


def link_in(letter: EmailMessage) -> str:
    """Return the first address of the site in a letter's text."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/\S+", body.get_content())
    assert found is not None
    return found[0]


def attachments_of(letter: EmailMessage) -> dict[str, bytes]:
    return {str(part.get_filename()): part.get_content() for part in letter.iter_attachments()}


def _letters(place: Place) -> list[EmailMessage]:
    files = sorted((place.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [_letter(file) for file in files]


@cache
def _letter(file: Path) -> EmailMessage:
    """Read a letter once: whoever waits for one looks at all of them ten times a second."""
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
