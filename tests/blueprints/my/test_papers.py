"""What the holder of a registration can open and print."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.cast import a_fee, a_person, a_published_summit, a_registration
from tests.forms import page_of, words_of
from tests.papers import again, an_issued_paper, lose_files
from tourreg.adapters import pdf
from tourreg.adapters.files import FileMissing
from tourreg.blueprints import access
from tourreg.blueprints.my.papers import papers_of
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.papers.commands import note_failure
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.commands import release
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.bills import bill_of
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.printing import render_paper

pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.fixture
def registration(app, now) -> Registration:
    people = (a_person(), a_person("Chen", "Li", native="陈立"))
    return a_registration(a_published_summit(), *people, pays_by="invoice", now=now)


@pytest.fixture
def holder(client: FlaskClient, registration: Registration, now: datetime) -> FlaskClient:
    """A browser that may open the registration."""
    with client.session_transaction() as session:
        session["open"] = {registration.public_id: int(now.timestamp())}
    return client


def test_an_invoice_is_served_as_it_was_stored(holder, registration, now) -> None:
    invoice = made(an_invoice(registration, now), now)

    answer = opened(holder, registration, invoice)

    assert answer.data == files().get(invoice.pdf_sha256 or "")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_an_invoice_whose_file_was_lost_is_served_all_the_same(holder, registration, now, form: str) -> None:
    invoice = made(an_invoice(registration, now), now)
    before = opened(holder, registration, invoice, form).data
    lose_files()

    assert opened(holder, registration, invoice, form).data == before


def test_an_invoice_that_only_the_backup_has_says_so(holder, registration, now, monkeypatch) -> None:
    invoice = made(an_invoice(registration, now), now)
    lose_files()
    monkeypatch.setattr(pdf, "make_pdf", lambda _html: b"%PDF of another program")

    answer = opened(holder, registration, invoice)

    assert answer.status_code == 503
    assert words_of(page_of(answer).find(".//main")) == (
        "CCE-INV-2027-00001 The file of this paper is lost Made again today, it would not be exactly what was issued. "
        "It has to be put back from the backup. Write to the office and name the number above."
    )


def test_a_paper_has_a_speaking_name_in_both_languages(holder, registration, now) -> None:
    invoice = made(an_invoice(registration, now), now)

    name = opened(holder, registration, invoice).headers["Content-Disposition"]

    assert name.startswith('inline; filename="Invoice CCE-INV-2027-00001.pdf"; ')
    assert name.endswith("filename*=UTF-8''%E8%B4%A6%E5%8D%95%20CCE-INV-2027-00001.pdf")


def test_the_twin_comes_with_a_policy_of_its_own(holder, registration, now) -> None:
    invoice = made(an_invoice(registration, now), now)

    answer = opened(holder, registration, invoice, "html")

    assert "CCE-INV-2027-00001" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_a_browser_that_has_the_paper_is_told_so_with_the_same_policy(holder, registration, now, form) -> None:
    invoice = made(an_invoice(registration, now), now)
    first = opened(holder, registration, invoice, form)

    second = opened(holder, registration, invoice, form, **{"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_pdf_that_the_browser_has_is_not_read_again(holder, registration, now) -> None:
    invoice = made(an_invoice(registration, now), now)
    held = opened(holder, registration, invoice).headers["ETag"]
    lose_files()

    answer = opened(holder, registration, invoice, **{"If-None-Match": held})

    assert answer.status_code == 304
    assert held == f'"{invoice.pdf_sha256}"'
    with pytest.raises(FileMissing):
        files().get(invoice.pdf_sha256 or "")


def test_a_paper_that_is_being_made_says_so_and_is_not_kept(holder, registration, now) -> None:
    answer = opened(holder, registration, an_invoice(registration, now))

    assert answer.status_code == 202
    assert "Your paper is being made" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_paper_that_cannot_be_made_says_why(holder, registration, now) -> None:
    invoice = an_invoice(registration, now)
    with writing():
        note_failure(invoice.public_id, "🍑 (PEACH, U+1F351)")

    answer = opened(holder, registration, invoice)

    assert answer.status_code == 409
    assert "🍑 (PEACH, U+1F351)" in answer.text


def test_a_paper_of_somebody_else_is_not_there(holder, registration, now) -> None:
    strange = made(an_issued_paper(now=now), now)
    roster = made(an_issued_paper(sample="roster", now=now, about=registration.event.public_id), now)

    assert opened(holder, registration, strange).status_code == 404
    assert opened(holder, registration, roster).status_code == 404


def test_another_browser_learns_nothing(client, registration, now) -> None:
    invoice = made(an_invoice(registration, now), now)

    assert opened(client, registration, invoice).status_code == 404


def test_the_grant_ends_for_papers_too(holder, registration, now, clock_shows) -> None:
    invoice = made(an_invoice(registration, now), now)
    clock_shows(now + access.LONGEST_GRANT + timedelta(seconds=1))

    assert opened(holder, registration, invoice).status_code == 404


def test_papers_of_the_bill_and_the_itinerary_in_force_are_listed(registration, now) -> None:
    about = registration.event.public_id
    invoice = an_invoice(registration, now)
    first = an_issued_paper(sample="itinerary", about=about, now=now)
    second = an_issued_paper(sample="itinerary", about=about, now=now + timedelta(days=1), replaces=first)
    an_issued_paper(sample="roster", about=about, now=now)

    assert [paper.number for paper in papers_of(registration, with_bill=True)] == [second.number, invoice.number]


def test_the_itinerary_of_the_event_opens(holder, registration, now) -> None:
    itinerary = made(an_issued_paper(sample="itinerary", about=registration.event.public_id, now=now), now)

    assert opened(holder, registration, itinerary, "html").status_code == 200


def test_a_pro_forma_lists_what_is_held_and_until_when(holder, registration) -> None:
    answer = holder.get(pro_forma(registration))

    read = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert answer.mimetype == "application/pdf"
    assert 'filename="Pro-forma 2027-01-15.pdf"' in answer.headers["Content-Disposition"]
    assert "Total, held until 20 January 2027" in read
    assert "USD 960.00" in read
    assert "WORKING COPY" not in read


@pytest.mark.parametrize(
    ("asked", "words"), [("?in=zh", "形式账单"), ("?in=both&size=a4", "PRO-FORMA 形式账单"), ("?in=xx", "PRO-FORMA")]
)
def test_a_pro_forma_comes_in_the_language_that_is_asked_for(holder, registration, asked, words) -> None:
    answer = holder.get(pro_forma(registration) + asked)

    assert words in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_there_is_no_pro_forma_of_what_is_not_held_or_costs_nothing(holder, registration, client, now) -> None:
    with writing():
        release(registration, now=now, by="worker", why="Cancelled.")

    assert holder.get(pro_forma(registration)).status_code == 404


def test_there_is_no_pro_forma_of_nothing(client, app, now) -> None:
    free = a_registration(a_published_summit(fees=[a_fee("Host city", "接待城市", 0)]), now=now)
    with client.session_transaction() as session:
        session["open"] = {free.public_id: int(now.timestamp())}

    assert client.get(pro_forma(free)).status_code == 404


def test_a_browser_that_prints_without_end_is_asked_to_wait(holder, registration, monkeypatch) -> None:
    monkeypatch.setattr("tourreg.adapters.pdf.make_pdf", lambda _html: b"%PDF")

    statuses = [holder.get(pro_forma(registration)).status_code for _ in range(21)]

    assert set(statuses[:20]) == {200}
    assert statuses[20] == 429


def test_a_statement_lists_the_bill_and_can_be_printed(holder, registration) -> None:
    address = f"/my/registrations/{registration.public_id}/statement"

    page, paper = holder.get(address), holder.get(f"{address}.pdf")

    assert "Balance on" in page.text
    assert paper.mimetype == "application/pdf"
    assert "STATEMENT" in PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()


def test_nobody_else_reads_the_statement(client, registration) -> None:
    for ending in ("", ".pdf"):
        assert client.get(f"/my/registrations/{registration.public_id}/statement{ending}").status_code == 404


def test_asking_for_a_pro_forma_changes_nothing(holder, registration, statements: Callable[[], list[str]]) -> None:
    holder.get(pro_forma(registration))

    assert not [sql for sql in statements() if sql.startswith(("INSERT INTO papers", "UPDATE", "DELETE"))]


def an_invoice(registration: Registration, now: datetime) -> Paper:
    with writing():
        invoice = issue_invoice(registration.folio, purpose_of(bill_of(registration.folio_id)), now=now, by="worker")
        assert invoice is not None
        paper = invoice.paper
    return paper


def made(paper: Paper, now: datetime) -> Paper:
    render_paper(paper.public_id, files(), now=now)
    return again(paper)


def opened(
    browser: FlaskClient, registration: Registration, paper: Paper, form: str = "pdf", **headers: str
) -> TestResponse:
    address = f"/my/registrations/{registration.public_id}/papers/{paper.public_id}.{form}"
    return browser.get(address, headers=headers)


def pro_forma(registration: Registration) -> str:
    return f"/my/registrations/{registration.public_id}/pro-forma.pdf"
