"""What the office does in the journeys: sign in with a code of the authenticator, find a registration."""

import re
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from passlib.totp import TOTP

from tests.journeys.traveller import Traveller
from tourreg.demo.staff import keys_of

REFERENCE = re.compile(r"[A-Z0-9]{2,6}-[0-9A-Z]{5}-[0-9A-Z]")
# A code is good for one sign-in, so a role's session is carried from journey to journey.
_SESSIONS: dict[tuple[str, str], list[Any]] = {}


def sign_in(officer: Traveller, role: str) -> None:
    """Sign in to the office as the member with that role."""
    kept = _SESSIONS.get((officer.place.site, role))
    if kept:
        officer.page.context.add_cookies(kept)
        officer.visit(f"/office/?language={officer.language}")
        return
    key = next(key for key in keys_of(officer.place.folder) if key["role"] == role)
    officer.visit(f"/office/sign-in?language={officer.language}")
    officer.page.locator("[name=email]").fill(key["email"])
    officer.page.locator("[name=password]").fill(key["password"])
    send(officer, "main")
    officer.page.locator("[name=code]").fill(TOTP(key=key["secret"]).generate().token)
    send(officer, "main")
    assert urlsplit(officer.page.url).path == "/office/"
    _SESSIONS[officer.place.site, role] = list(officer.page.context.cookies())


def find(officer: Traveller, wanted: str) -> None:
    """Open the one registration that the search finds."""
    officer.visit(f"/office/registrations?q={wanted}")
    officer.page.locator("table tbody th a").first.click()
    officer.page.wait_for_load_state()
    officer.look()


def reference_of(officer: Traveller) -> str:
    """Return the reference of the registration that is shown."""
    said = officer.page.locator(".head").inner_text()
    found = REFERENCE.search(said)
    assert found is not None, said
    return found[0]


def owed(officer: Traveller) -> int:
    """Return what is still open of the registration that is shown, in cents."""
    said = officer.page.locator("section[aria-labelledby=ledger] tfoot td.number").first.inner_text()
    return int(re.sub(r"[^\d\u2212-]", "", said).replace("\u2212", "-"))


def entries(officer: Traveller) -> list[str]:
    """Return the rows of the ledger of the registration that is shown."""
    return officer.page.locator("section[aria-labelledby=ledger] tbody tr").all_inner_texts()


def send(visitor: Traveller, form: str) -> None:
    """Press the first solid button of a form and look at what follows."""
    visitor.page.locator(f"{form} button.button:not(.second):not(.hush)").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()


def go(visitor: Traveller, address: str) -> None:
    """Follow the first link whose address ends so or holds it."""
    visitor.page.locator(f"a[href*='{address}']").locator("visible=true").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()


def text_of_letter(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return "" if body is None else str(body.get_content())


def number_in(text: str, letters: str) -> str:
    """Return the first paper's number of a kind: INV, REC or CN."""
    found = re.search(rf"\w+-{letters}-\d{{4}}-\d{{5}}", text)
    assert found is not None, text
    return found[0]
