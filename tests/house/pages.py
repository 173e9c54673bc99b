"""Every page of the house: where it stands, who visits it, and how many statements it may put to the database.

A new address that shows a page belongs here, one that shows none among NOT_PAGES; a test compares both with the routes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import NOW
from tests.house.filled import WAYS, Places
from tests.staff import remember
from tests.visitors import granted, signed_in
from tourreg.db import db
from tourreg.domain.accounts.models import Person, StaffMember
from tourreg.domain.settlements.models import DESK_KINDS


@dataclass(frozen=True)
class Page:
    """One page.

    address   its holes are the language and the names of what filled.py makes; else the language is asked for
    most      statements, however much there is; for pages that are kept, those that make it the first time
    visitor   one of VISITORS
    """

    address: str
    most: int
    visitor: str = "anybody"
    status: int = 200

    def at(self, places: Places, language: str) -> str:
        asked = "" if "{language}" in self.address else ("&" if "?" in self.address else "?") + f"language={language}"
        return self.address.format(language=language, **places) + asked


class Visit:
    """A browser in a filled house: `visit(page, language)` opens a page as the one whom it is for."""

    def __init__(self, browser: FlaskClient, places: Places) -> None:
        self._browser = browser
        self._places = places
        self._machine = "192.0.2.7"

    def __call__(self, page: Page, language: str) -> TestResponse:
        self.come(page)
        return self.open(page, language)

    def come(self, page: Page) -> None:
        """Be let in as the one whom the page is for."""
        VISITORS[page.visitor](self._browser, self._places)
        self._machine = "127.0.0.1" if page.visitor == "demo" else "192.0.2.7"

    def open(self, page: Page, language: str) -> TestResponse:
        return self._browser.get(self.address(page, language), environ_base={"REMOTE_ADDR": self._machine})

    def address(self, page: Page, language: str = "en") -> str:
        return page.at(self._places, language)

    def send(self, address: str, fields: dict[str, str]) -> TestResponse:
        return self._browser.post(address, data=fields, environ_base={"REMOTE_ADDR": self._machine})


PUBLIC = [
    Page("/{language}/", 4),
    Page("/{language}/events", 6),
    Page("/{language}/events?kind=summit&month=2027-10", 6),
    Page("/{language}/events?kind=training_forum", 4),
    Page("/{language}/events/summit-0", 8),
    Page("/{language}/events/tour-0", 6),
    Page("/{language}/events/closed-0", 6),
    Page("/{language}/events/cancelled-0", 6),
    Page("/{language}/events/summit-0/register", 5),
    Page("/{language}/events/tour-0/register", 4),
    Page("/{language}/events/closed-0/register", 4),
    Page("/{language}/events/summit-0/quote", 4),
    Page("/{language}/events/summit-0/quote/sent", 4),
    Page("/{language}/texts/terms", 2),
    Page("/{language}/texts/privacy", 2),
    Page("/{language}/texts/cross_border", 2),
    Page("/{language}/accessibility", 1),
    Page("/{language}/contact", 2),
    Page("/{language}/host", 2),
    Page("/{language}/host-cities", 7),
    Page("/{language}/host-cities?year=2027&country=CN", 7),
    Page("/{language}/host-cities?year=2001", 7),
    Page("/{language}/host-cities?region=Iowa&topic=water", 7),
    Page("/{language}/host-cities/yangzhou", 5),
    Page("/{language}/host/sign-up", 1),
    Page("/{language}/host/sign-up?q=springfield", 1),
    Page("/{language}/host/sign-up?place=us-1772000", 2),
    Page("/{language}/host/sign-up?place=us-1919000", 2),
    Page("/{language}/host/sign-up/sent", 0),
    Page("/{language}/host/join?place=us-1919000&city_name=Davenport", 1),
    Page("/{language}/host/join/sent", 0),
    Page("/{language}/verify/{code_of_paper}", 1),
    Page("/{language}/verify/{code_of_certificate}", 3),
    Page("/{language}/verify/AAAA-BBBB-CCCC", 1, status=404),
    Page("/{language}/no-such-page", 0, status=404),
]
MY = [
    Page("/my/", 6, "person"),
    Page("/my/sign-in", 0),
    Page("/my/sign-in?onward=/my/", 0),
    Page("/my/sign-in/code", 0, "asked for a letter"),
    *(
        Page(f"/my/link/{{{purpose}_{link}}}", 4, status=status)
        for purpose in ("registration", "sign_in", "host_confirmation", "host_profile", "host_invitation", "bill")
        for link, status in (("link", 200), ("expired_link", 410))
    ),
    Page("/my/link/nonsense", 1, status=404),
    *(Page(f"/my/registrations/{{{way}}}", 17 + 8 * (way == "split"), "holder") for way in WAYS),
    Page("/my/registrations/{paid}", 3, "anybody", 404),
    *(Page(f"/my/registrations/{{{way}}}/pay", 11, "holder") for way in WAYS),
    Page("/my/itinerary/{itinerary_link}", 16),
    Page("/my/itinerary/{itinerary_expired_link}", 3, status=410),
    Page("/my/itinerary/nonsense", 1, status=404),
    Page("/my/registrations/{paid}/itineraries", 5, "holder"),
    Page("/my/registrations/{paid}/code", 5, "holder"),
    Page("/my/registrations/{paid}/code/entry", 4, "asked for a code"),
    Page("/my/registrations/{paid}/consents", 8, "holder"),
    Page("/my/registrations/{paid}/details", 4, "gave a code"),
    Page("/my/registrations/{cancelled}/details", 5, "holder"),
    Page("/my/registrations/{paid}/cancellation", 15, "gave a code"),
    Page("/my/registrations/{cancelling}/cancellation", 16, "gave a code, cancelling"),
    Page("/my/registrations/{cancelled}/cancellation", 5, "holder"),
    Page("/my/registrations/{paid}/options", 14, "gave a code"),
    Page("/my/registrations/{chooser}/options/{chooser_person}/{option}", 16, "gave a code, choosing"),
    Page("/my/registrations/{cancelled}/options", 5, "holder"),
    Page("/my/registrations/{chooser}/travel", 10, "gave a code, choosing"),
    Page("/my/registrations/{chooser}/travel/{chooser_person}", 13, "gave a code, choosing"),
    Page("/my/registrations/{paid}/statement", 15, "holder"),
    Page("/my/registrations/{overpaid_registration}/statement", 15, "holder"),
    Page("/my/registrations/{paid}/paid?session={session}", 23, "holder"),
    Page("/my/registrations/{late}/papers/{unmade}.pdf", 6, "holder", 202),
    Page("/my/bills/{bill}", 16, "holder"),
    Page("/my/bills/{bill}", 2, "anybody", 404),
    Page("/my/bills/{bill}/paid?session={bill_session}", 20, "holder"),
    Page("/my/bills/{bill}/pay", 14, "holder"),
    Page("/my/bills/{bill}/statement", 19, "holder"),
]
CITY = [
    *(Page(f"/city/{{{state}}}", 3, "host") for state in ("signed_up", "address_confirmed", "declined")),
    Page("/city/{accepted}", 7, "host"),
    Page("/city/{accepted}/offer", 2, "host"),
    Page("/city/{accepted}/profile", 6, "host"),
    Page("/city/{address_confirmed}/profile", 6, "host"),
    *(Page(f"/city/{{{state}}}/contacts", 4, "host") for state in ("accepted", "address_confirmed")),
    Page("/city/{accepted}/offers", 5, "host"),
    Page("/city/{declined}/offers", 3, "host"),
    *(Page(f"/city/{{accepted}}/offers/new/{kind}", 4, "host") for kind in ("visit", "homestay")),
    *(Page(f"/city/{{accepted}}/offers/{{{kind}_offer}}", 13, "host") for kind in ("visit", "homestay", "job_shadow")),
    Page("/city/{accepted}/offers/{visit_offer}/edit", 13, "host"),
    Page("/city/{accepted}/offers/{visit_offer}/approvals", 13, "host"),
    Page("/city/{accepted}/sites", 4, "host"),
    Page("/city/{accepted}/sites/new", 3, "host"),
    Page("/city/{accepted}/sites/{site}", 5, "host"),
    Page("/city/{accepted}/recognition", 9, "host"),
    Page("/city/{accepted}/requests", 8, "host"),
    Page("/city/{accepted}/requests/{request}", 18, "host"),
    Page("/city/{accepted}/requests/{request}/questions", 14, "host"),
    Page("/city/{accepted}/requests/{request}/days", 20, "host"),
    Page("/city/{accepted}/requests/{request}/people", 20, "host"),
    Page("/city/{accepted}/requests/{request}/days/{proposed_item}", 20, "host"),
    Page("/city/{accepted}/requests/{request}/files", 14, "host"),
    Page("/city/{accepted}/requests/{request}/after", 20, "host"),
    Page("/city/{accepted}/requests/{over}/after", 20, "host"),
    Page("/city/{accepted}", 1, "anybody", 404),
]
OFFICE = [
    Page("/office/", 7, "office"),
    Page("/office/offers/calendar?from=2027-05", 9, "office"),
    Page("/office/cities/map?country=US", 3, "office"),
    Page("/office/cities", 8, "office"),
    Page("/office/cities?order=next&country=US&topic=water&readiness=ready&since=2026&last=never", 8, "office"),
    Page("/office/cities/letter?city={city}", 3, "office"),
    Page("/office/cities/letter?those=found&q=davenport", 5, "office"),
    Page("/office/cities/letters", 5, "office"),
    Page("/office/cities/letters/{city_letter}", 9, "office"),
    Page("/office/cities/new", 1, "office"),
    Page("/office/cities/new?q=suzhou", 1, "office"),
    Page("/office/cities/new?place=us-1772000", 1, "office"),
    Page("/office/cities/{city}", 2, "office"),
    Page("/office/cities/{city}/contacts", 6, "office"),
    Page("/office/cities/import", 1, "office"),
    Page("/office/cities/imports/{city_import}", 2, "office"),
    Page("/office/topics", 2, "office"),
    Page("/office/topics/new", 1, "office"),
    Page("/office/topics/{topic}", 2, "office"),
    Page("/office/codes", 3, "office"),
    Page("/office/codes/new", 6, "office"),
    Page("/office/codes/{code}", 9, "office"),
    Page("/office/members", 3, "office"),
    Page("/office/members/new", 2, "office"),
    Page("/office/members/{members}", 5, "office"),
    Page("/office/registrations/{review}/approval", 5, "office"),
    Page("/office/events", 6, "office"),
    Page("/office/events?state=closed", 6, "office"),
    Page("/office/events/new", 4, "office"),
    Page("/office/events/{event}", 8, "office"),
    Page("/office/events/{draft}", 8, "office"),
    Page("/office/events/{draft}/publish", 5, "office"),
    *(Page(f"/office/events/{{event}}/{step}", 5, "office") for step in ("close", "cancel")),
    Page("/office/events/{event}/itinerary", 11, "office"),
    Page("/office/events/{draft}/itinerary", 9, "office"),
    Page("/office/events/{event}/itinerary/copy", 6, "office"),
    Page("/office/events/{event}/travel", 10, "office"),
    Page("/office/events/{event}/travel/{chooser_person}", 10, "office"),
    Page("/office/events/{event}/itinerary/import", 5, "office"),
    Page("/office/events/{event}/papers", 20, "office"),
    Page("/office/events/{event}/itinerary/items/{item}", 10, "office"),
    Page("/office/events/{event}/book", 6, "office"),
    Page("/office/events/{event}/speakers", 8, "office"),
    Page("/office/events/{event}/speakers/new", 6, "office"),
    Page("/office/events/{event}/speakers/{speaker}", 7, "office"),
    Page("/office/events/{event}/versions", 11, "office"),
    Page("/office/events/{event}/versions/compare?from=1&to=draft", 10, "office"),
    Page("/office/events/{event}/versions/holders", 18, "office"),
    Page("/office/events/{event}/options", 10, "office"),
    Page("/office/events/{event}/groups", 11, "office"),
    Page("/office/events/{event}/groups?group=guests", 11, "office"),
    Page("/office/events/{draft}/groups", 11, "office"),
    Page("/office/events/{event}/batches", 16, "office"),
    Page("/office/batches/{batch}", 4, "office"),
    Page("/office/batches/{batch_begun}", 4, "office"),
    Page("/office/events/{event}/hotels", 17, "office"),
    Page("/office/events/{event}/hotels/new", 6, "office"),
    Page("/office/events/{event}/hotels/{stay}", 13, "office"),
    Page("/office/events/{event}/hotels/{stay}/rooms", 28, "office"),
    Page("/office/events/{event}/hotels/{stay_unshared}/rooms", 28, "office"),
    Page("/office/events/{event}/hotels/{stay}/wishes/{sleeper}", 13, "office"),
    Page("/office/events/{event}/payment-plans", 6, "office"),
    Page("/office/events/{event}/preview", 8, "office"),
    Page("/office/events/{event}/terms", 5, "office"),
    Page("/office/events/{event}/quotes", 7, "office"),
    Page("/office/cities/{city}/history", 20, "office"),
    Page("/office/certificates", 6, "office"),
    Page("/office/certificates?state=replaced", 6, "office"),
    *(Page(f"/office/certificates/{{{which}certificate}}", 8, "office") for which in ("", "replaced_")),
    Page("/office/events/{tour}/certificates", 14, "office"),
    Page("/office/hosting", 6, "office"),
    Page("/office/hosting/questions", 5, "office"),
    Page("/office/hosting/reports", 7, "office"),
    Page("/office/events/{over_event}/hosting/{over}/report", 16, "office"),
    Page("/office/events/{asking_event}/hosting", 14, "office"),
    Page("/office/events/{asking_event}/hosting/{request}", 18, "office"),
    Page("/office/events/{asking_event}/hosting/{request}/questions", 14, "office"),
    Page("/office/events/{asking_event}/hosting/{request}/proposals", 20, "office"),
    Page("/office/events/{asking_event}/legs", 9, "office"),
    Page("/office/events/{asking_event}/legs/new", 7, "office"),
    Page("/office/events/{asking_event}/legs/{leg}", 8, "office"),
    Page("/office/events/{asking_event}/legs/{leg}/cities", 12, "office"),
    Page("/office/events/{asking_event}/legs/{leg}/cities?show=out", 12, "office"),
    Page("/office/events/{asking_event}/routes", 14, "office"),
    Page("/office/weights", 3, "office"),
    Page("/office/hosts", 6, "office"),
    Page("/office/hosts?state=declined", 6, "office"),
    *(
        Page(f"/office/hosts/{{{state}}}{part}", 11 if part else 12, "office")
        for state in ("signed_up", "address_confirmed", "accepted", "declined")
        for part in ("", "/profile", "/contacts")
    ),
    Page("/office/offers", 8, "office"),
    Page("/office/offers?topic=water&from=2027-05-01&state=offered&q=davenport&kind=visit&to=2027-06-01", 8, "office"),
    Page("/office/offers/new", 2, "office"),
    *(Page(f"/office/offers/{{{kind}_offer}}", 16, "office") for kind in ("visit", "homestay", "job_shadow")),
    Page("/office/offers/{visit_offer}/edit", 14, "office"),
    Page("/office/offers/{homestay_offer}/approvals", 12, "office"),
    Page("/office/cities/{city}/offers/new/homestay", 5, "office"),
    Page("/office/cities/{city}/sites", 5, "office"),
    Page("/office/cities/{city}/sites/new", 4, "office"),
    Page("/office/cities/{city}/sites/{site}", 5, "office"),
    Page("/office/languages", 7, "office"),
    Page("/office/money", 11, "office"),
    Page("/office/money/accounts/{issuer}", 3, "office"),
    Page("/office/money/bank", 6, "office"),
    Page("/office/money/bank/accounts/new", 2, "office"),
    Page("/office/money/bank/accounts/{bank_account}", 3, "office"),
    Page("/office/money/bank/files/{bank_file}", 6, "office"),
    Page("/office/money/bank/import", 2, "office"),
    Page("/office/money/bank/lines/{bank_applied}", 5, "office"),
    Page("/office/money/bank/lines/{bank_line}", 11, "office"),
    Page("/office/money/bank/lines/{bank_line}?q=charlotte", 11, "office"),
    Page("/office/money/bank/lines/{bank_outgoing}", 7, "office"),
    Page("/office/money/bank/statements/{bank_statement}", 12, "office"),
    Page("/office/money/bank/statements/{bank_statement}?state=open", 12, "office"),
    Page("/office/money/bank/statements/{bank_statement}/certain", 10, "office"),
    Page("/office/money/cancellations/{paid}", 17, "office"),
    Page("/office/money/cancellations/{cancelling}", 18, "office"),
    Page("/office/money/events/{called_off}/refunds", 9, "office"),
    Page("/office/money/events/{called_off_begun}/refunds", 9, "office"),
    Page("/office/money/cancellations/{cancelling}/keep", 6, "office"),
    Page("/office/money/cancellations/{paid}/keep", 5, "office"),
    *(Page(f"/office/money/cases/{{{kind}}}", 7 + 4 * (kind == "late_payment"), "office") for kind in DESK_KINDS),
    Page("/office/money/comparisons", 6, "office"),
    Page("/office/money/comparisons/{comparison}", 6, "office"),
    Page("/office/money/inbox", 6, "office"),
    *(Page(f"/office/money/inbox?state={state}", 6, "office") for state in ("handled", "strange", "failed", "waiting")),
    Page("/office/money/invoices/{invoice}", 7, "office"),
    Page("/office/money/orders/{asked}", 7, "office"),
    Page("/office/money/overpayments/{overpaid_registration}", 6, "office"),
    Page("/office/money/plans/{paid_bill}", 14, "office"),
    Page("/office/money/overview", 8, "office"),
    Page("/office/money/payments/{asked}", 8, "office"),
    Page("/office/money/payers", 2, "office"),
    Page("/office/money/payers?q=davenport", 2, "office"),
    Page("/office/money/payers/new", 1, "office"),
    Page("/office/money/payers/{profile}", 2, "office"),
    *(
        Page(f"/office/money/registrations/{{{way}}}/{page}", 14, "office")
        for way in ("split", "joint")
        for page in ("payer", "another-payer", "together", "invoice")
    ),
    Page("/office/money/registrations/{split}/payer?bill={bill}", 19, "office"),
    Page("/office/money/refunds/{refund}", 6, "office"),
    *(Page(f"/office/money/bills/{{{way}_bill}}/statement", 14, "office") for way in ("invoiced", "refunded")),
    Page("/office/money/bills/{invoiced_bill}/statement?of=all&since=2027-01-15", 13, "office"),
    *(Page(f"/office/money/bills/{{{way}_bill}}/reminder", 9, "office") for way in ("invoiced", "paid")),
    Page("/office/money/sellers/{issuer}", 2, "office"),
    Page("/office/events/{event}/papers/nationality", 6, "office"),
    Page("/office/letterheads", 2, "office"),
    Page("/office/letterheads/{issuer}", 3, "office"),
    Page("/office/letterheads/{issuer}/signatories/new", 2, "office"),
    Page("/office/letterheads/{issuer}/signatories/{signatory}", 3, "office"),
    Page("/office/papers", 12, "office"),
    Page("/office/papers?destroy=1", 12, "office"),
    Page("/office/papers?kind=invoice", 12, "office"),
    Page("/office/papers/{unmade}.pdf", 2, "office", 202),
    Page("/office/papers/{itinerary}", 12, "office"),
    Page("/office/papers/{roster}", 12, "office"),
    Page("/office/papers/{unmade}", 11, "office"),
    Page("/office/registrations", 9, "office"),
    Page("/office/registrations?seats=confirmed&order=name", 9, "office"),
    Page("/office/registrations?seats=cancelling", 9, "office"),
    *(Page(f"/office/registrations/{{{way}}}", 14, "office") for way in WAYS),
    Page("/office/registrations/{paid}/contact", 4, "office"),
    Page("/office/registrations/{chooser}/options", 12, "office"),
    Page("/office/registrations/{paid}/people/{paid_person}", 4, "office"),
    Page("/office/registrations/{paid}/people/{paid_person}/replace", 4, "office"),
    Page("/office/staff", 3, "office"),
    Page("/office/staff/new", 1, "office"),
    Page("/office/staff/{member}", 9, "office"),
    Page("/office/tasks", 8, "office"),
    Page("/office/money", 1, "programme", 403),
    Page("/office/nowhere", 0, "office", 404),
]
OFFICE_ACCOUNT = [
    Page("/office/sign-in", 0),
    Page("/office/no-code", 0),
    Page("/office/code", 1, "halfway"),
    Page("/office/recovery-code", 1, "halfway"),
    Page("/office/authenticator", 1, "new member"),
    Page("/office/choose-password/{staff_password_link}", 3),
    Page("/office/choose-password/{staff_password_expired_link}", 1, status=410),
    Page("/office/account", 1, "office"),
    Page("/office/password", 1, "office"),
    Page("/office/password-again", 1, "office"),
    Page("/office/recovery-codes", 1, "office"),
]
MAILBOX = [
    Page("/mailbox/", 0, "demo"),
    Page("/mailbox/{letter}", 0, "demo"),
    Page("/mailbox/", 0, "anybody", 404),
]
PAGES = {
    "public": PUBLIC, "my": MY, "city": CITY, "office": OFFICE, "office account": OFFICE_ACCOUNT, "mailbox": MAILBOX
}  # fmt: skip
# What these answer with is no page of ours: a way on, a file, a paper, a letter, words for machines.
NOT_PAGES = {
    "entrance.pick_language", "city.home", "static", "health.healthz", "health.readyz", "search_engines.robots",
    "search_engines.sitemap", "verify_entrance.enter", "mailbox.page", "mailbox.attachment", "my_papers.pro_forma",
    "office_cancellations.document", "office_papers.pro_forma",
    "my_papers.print_statement", "my_papers.quote", "office_sellers.w9",
    "office_letterheads.picture", "city_particulars.photo", "office_host_particulars.photo",
    "office_account_papers.print_statement",
    "office_account_papers.print_reminder", "office_bank.sample", "office_order_files.download",
    "office_event_papers.working_copy", "office_batches.download", "my_bills.paper", "my_bills.pro_forma",
    "my_bills.order", "my_bills.print_statement",
    "office_version_holders.preview", "office_itinerary_spreadsheet.preview", "office_itinerary_spreadsheet.export",
    "office_city_import.preview", "office_city_import.csv_template", "office_city_import.excel_template",
    "my_itinerary.offline", "my_itinerary.paper", "my_itinerary.download", "my_itinerary.calendar",
    "catalogue.calendar", "catalogue.group_calendar", "catalogue.city_calendar",
    "office_registrations.export", "office_books.export",
    "host.guide", "office_city_list.csv_list", "office_city_list.excel_list",
    "office_rooming_workbook.download", "city_requests.download", "office_hosting.download",
    "city_request_papers.paper", "city_days.paper", "city_people.paper", "host_cities.photo",
    "city_files.download", "office_hosting_talk.download",
    "city_recognition.paper", "office_certificates.working_copy",
}  # fmt: skip


def _nobody(_browser: FlaskClient, _places: Places) -> None:
    """Come as one comes."""


def _holder(browser: FlaskClient, places: Places) -> None:
    for way in (*WAYS, "chooser"):
        granted(browser, places[way], at=NOW)
    granted(browser, places["bill"], at=NOW)


def _who_asked_for_a_code(browser: FlaskClient, places: Places) -> None:
    _holder(browser, places)
    with browser.session_transaction() as session:
        session["asked_code"] = {"registration": places["paid"], "link": places["sign_in_link"]}


def _who_gave_a_code(browser: FlaskClient, places: Places, way: str = "paid") -> None:
    _holder(browser, places)
    with browser.session_transaction() as session:
        at = int(NOW.timestamp())
        session["fresh_code"] = {"registration": places[way], "address": "lan@example.org", "at": at}


def _host(browser: FlaskClient, places: Places) -> None:
    for state in ("signed_up", "address_confirmed", "accepted", "declined"):
        granted(browser, places[state], at=NOW)


def _person(browser: FlaskClient, _places: Places) -> None:
    signed_in(browser, db.session.scalars(select(Person)).one(), at=NOW)


def _who_asked_for_a_letter(browser: FlaskClient, places: Places) -> None:
    with browser.session_transaction() as session:
        session["sign_in"] = {"link": places["sign_in_link"], "address": "lan@example.org", "onward": ""}


def _office(browser: FlaskClient, _places: Places) -> None:
    """Come with a password given just now, which some pages of one's own account ask for."""
    remember(browser, _member("Administrator A"))
    with browser.session_transaction() as session:
        session["fs_paa"] = time.time()


def _programme(browser: FlaskClient, _places: Places) -> None:
    remember(browser, _member("Programme A"))


def _halfway(browser: FlaskClient, _places: Places) -> None:
    """Come with a password only."""
    with browser.session_transaction() as session:
        session["tf_user_id"], session["tf_state"] = _member("Finance A").fs_uniquifier, "ready"


def _new_member(browser: FlaskClient, _places: Places) -> None:
    """Come with a password only, and without an authenticator."""
    with browser.session_transaction() as session:
        session["tf_user_id"], session["tf_state"] = _member("New Member").fs_uniquifier, "setup_from_login"


def _member(name: str) -> StaffMember:
    return db.session.scalars(select(StaffMember).where(StaffMember.name == name)).one()


VISITORS: dict[str, Callable[[FlaskClient, Places], None]] = {
    "anybody": _nobody,
    "demo": _nobody,
    "holder": _holder,
    "host": _host,
    "person": _person,
    "asked for a letter": _who_asked_for_a_letter,
    "asked for a code": _who_asked_for_a_code,
    "gave a code": _who_gave_a_code,
    "gave a code, cancelling": partial(_who_gave_a_code, way="cancelling"),
    "gave a code, choosing": partial(_who_gave_a_code, way="chooser"),
    "office": _office,
    "programme": _programme,
    "halfway": _halfway,
    "new member": _new_member,
}
