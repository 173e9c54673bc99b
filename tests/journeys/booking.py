"""What people who book do in the journeys: find an event, fill in its form, pay, wait for their papers."""

import io
import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import TypeVar

import pypdf

from tests.journeys.traveller import Traveller, attachments_of, letters_to

Found = TypeVar("Found")
SUMMIT = "eco-urbanization-yangzhou"
PAYMENT_PAGE = re.compile("/c/pay/")
REGISTRATION = re.compile("/my/registrations/")
TWO_PEOPLE = (("Zhou", "Lan", "周岚"), ("O’Brien", "Siobhán", ""))


def find_the_summit(visitor: Traveller) -> None:
    visitor.visit("/")
    visitor.visit(f"/{visitor.language}/events")
    visitor.page.locator(f"a[href$='/events/{SUMMIT}']").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()
    visitor.page.locator(f"a[href$='/events/{SUMMIT}/register']").locator("visible=true").first.click()
    visitor.page.wait_for_load_state()
    visitor.look()


def fill_in(visitor: Traveller, address: str) -> None:
    """Fill in the summit's form for two people with the pre-tour."""
    fill_in_contact(visitor, address)
    visitor.page.locator("button[name=do][value=add]").click()
    visitor.page.locator("[name=p2-surname]").wait_for()
    for number, name in enumerate(TWO_PEOPLE, start=1):
        fill_in_person(visitor, number, name, fee=2)  # the first asks for a member’s number
        visitor.page.locator(f"[name=p{number}-add_ons]").first.check()
    agree(visitor)


def fill_in_alone(visitor: Traveller, slug: str, address: str, *, fee: int) -> None:
    """Open an event's form and fill it in for one person, with the fee of that place in the list."""
    visitor.visit(f"/{visitor.language}/events/{slug}/register")
    fill_in_contact(visitor, address)
    fill_in_person(visitor, 1, TWO_PEOPLE[0], fee=fee)
    agree(visitor)


def fill_in_contact(visitor: Traveller, address: str) -> None:
    page = visitor.page
    page.locator("[name=contact_name]").fill("周岚" if visitor.language == "zh" else "Marisol Vega")
    page.locator("[name=organisation]").first.fill("City of Charlotte")
    page.locator("[name=contact_email]").fill(address)


def fill_in_person(visitor: Traveller, number: int, name: tuple[str, str, str], *, fee: int) -> None:
    for field, words in zip(("surname", "given", "native"), name, strict=True):
        visitor.page.locator(f"[name=p{number}-{field}]").fill(words)
    visitor.page.locator(f"[name=p{number}-country]").select_option("US")
    visitor.page.locator(f"[name=p{number}-fee]").select_option(index=fee)


def agree(visitor: Traveller) -> None:
    for consent in ("terms", "privacy", "cross_border"):
        visitor.page.locator(f"#{consent}").check()
    visitor.look()


def fill_in_the_order(visitor: Traveller, mark: str) -> None:
    page = visitor.page
    page.locator("#pays_by-invoice").check()
    page.locator("[name=bill_name]").fill("City of Charlotte")
    page.locator("[name=bill_department]").fill("Accounts Payable")
    page.locator("[name=bill_address]").fill("600 East 4th Street\nCharlotte, NC 28202")
    page.locator("[name=bill_country]").select_option("US")
    page.locator("[name=po_number]").fill(f"PO-{mark}")


def register(visitor: Traveller) -> None:
    """Send the form, and wait for what follows: the payment page, or the registration's own."""
    visitor.page.locator("button[name=do][value=register]").last.click()
    visitor.page.wait_for_url(re.compile(f"{PAYMENT_PAGE.pattern}|{REGISTRATION.pattern}"))


def pay_at_stripe(visitor: Traveller, button: str) -> None:
    """Press a button of the payment page, and look at the page that it leads back to."""
    visitor.page.wait_for_url(PAYMENT_PAGE)
    visitor.page.locator(f"button[name=action][value={button}]").click()
    visitor.page.wait_for_url(REGISTRATION)
    visitor.look()


def pay_a_piece(visitor: Traveller, registration: str, amount: str, button: str) -> None:
    """Pay another amount of a registration, or all that is left where none is given.

    registration  the address of its page
    button        of the payment page: pay, pay_alipay, pay_wechat_pay
    """
    visitor.visit(f"{registration}/pay")
    visitor.page.locator(f"[name=what][value={'other' if amount else 'all'}]").check()
    visitor.page.locator("[name=amount]").fill(amount)
    visitor.page.locator("form[action$='/pay'] button.button").click()
    pay_at_stripe(visitor, button)


def papers_sent(visitor: Traveller, address: str, kind: str, *, at_least: int = 1) -> dict[str, str]:
    """Wait for the letters that carry papers of a kind, and return what these papers say, by file name."""

    def papers(letters: list[EmailMessage]) -> dict[str, bytes]:
        found = {name: paper for letter in letters for name, paper in attachments_of(letter).items() if kind in name}
        return found if len(found) >= at_least else {}

    return {name: words_of(paper) for name, paper in wait_for(visitor, address, papers).items()}


def code_sent(visitor: Traveller, address: str) -> str:
    """Wait for the letter whose subject tells a code, and return the code."""

    def codes(letters: list[EmailMessage]) -> list[str]:
        return [code for letter in letters for code in re.findall(r"\b\d{6}\b", str(letter["Subject"]))]

    return wait_for(visitor, address, codes)[-1]


def wait_for(visitor: Traveller, address: str, look: Callable[[list[EmailMessage]], Found]) -> Found:
    """Wait until something is found in the letters to an address, and return it."""
    letters = letters_to(visitor.place, address)
    while not (found := look(letters)):
        letters = letters_to(visitor.place, address, at_least=len(letters) + 1)
    return found


def words_of(paper: bytes) -> str:
    """Return the words of a PDF, each kind of space as one."""
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
