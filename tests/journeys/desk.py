"""What the office does in the journeys: sign in with a code of the authenticator, find a registration."""

from email.message import EmailMessage

from passlib.totp import TOTP

from tests.journeys.traveller import Traveller
from tourreg.demo.staff import keys_of


def sign_in(officer: Traveller, role: str) -> None:
    """Sign in to the office as the member with that role."""
    key = next(key for key in keys_of(officer.place.folder) if key["role"] == role)
    officer.visit(f"/office/sign-in?language={officer.language}")
    officer.page.locator("[name=email]").fill(key["email"])
    officer.page.locator("[name=password]").fill(key["password"])
    officer.page.locator("main form button[type=submit], main form button:not([type])").first.click()
    officer.page.wait_for_load_state()
    officer.look()
    officer.page.locator("[name=code]").fill(TOTP(key=key["secret"]).generate().token)
    officer.page.locator("main form button[type=submit], main form button:not([type])").first.click()
    officer.page.wait_for_load_state()
    officer.look()


def text_of_letter(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return "" if body is None else str(body.get_content())
