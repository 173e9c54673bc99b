"""The register of papers, and what the office does with it."""

import io
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.cast import a_published_summit, a_registration
from tests.forms import page_of, words_of
from tests.papers import again, an_issued_paper
from tests.staff import sign_in
from tests.travel_cast import people_on_tour, told
from tourreg.blueprints.outside import files
from tourreg.db import writing
from tourreg.domain.papers.commands import note_failure
from tourreg.domain.papers.models import Paper
from tourreg.domain.travel.telling import take_back
from tourreg.printing import render_paper

REGISTER = "/office/papers"
pytestmark = pytest.mark.usefixtures("clock_shows")


def test_an_empty_register_says_how_papers_come_into_it(desk) -> None:
    assert "Nothing was issued yet" in desk.get(REGISTER).text


def test_the_register_shows_the_newest_first_and_what_they_speak_of(desk, now) -> None:
    event = a_published_summit()
    registration = a_registration(event, contact_name="Emily Hart", now=now)
    an_issued_paper(now=now, about=registration.folio.public_id, recipient="City of Decatur")
    an_issued_paper(sample="itinerary", now=now + timedelta(days=1), about=event.public_id)

    rows = [words_of(row) for row in page_of(desk.get(REGISTER)).findall(".//tbody/tr")]

    assert rows[0].startswith("CCE-ITN-2027-00001 Programme book Regional Summit")
    assert rows[1].startswith(f"CCE-INV-2027-00001 Invoice {registration.reference}Emily Hart City of Decatur English")


def test_a_replaced_paper_names_its_successor(desk, now) -> None:
    first = an_issued_paper(sample="itinerary", now=now)
    an_issued_paper(sample="itinerary", now=now, replaces=first)

    assert "Replaced by CCE-ITN-2027-00002" in desk.get(REGISTER).text


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("kind=invoice", True),
        ("kind=receipt", False),
        ("number=00001", True),
        ("number=00009", False),
        ("year=2027", True),
        ("year=2026", False),
        ("issuer=center", True),
        ("issuer=nobody", False),
        ("kind=%00&year=%E4%BA%8C&page=-1", True),
        ("failed=1", False),
    ],
)
def test_the_register_is_narrowed_by_its_address(desk, now, asked: str, shown: bool) -> None:
    an_issued_paper(now=now)

    answer = desk.get(f"{REGISTER}?{asked}")

    assert answer.status_code == 200
    assert ("CCE-INV-2027-00001" in answer.text) is shown


def test_the_register_of_thirty_has_two_pages(desk, now) -> None:
    for _ in range(30):
        an_issued_paper(now=now)

    assert "1 to 25 of 30" in desk.get(REGISTER).text


def test_the_office_prints_the_same_bytes_again(desk, now) -> None:
    paper = made(an_issued_paper(now=now), now)

    answer = desk.get(f"{REGISTER}/{paper.public_id}.pdf")

    assert answer.data == files().get(paper.pdf_sha256 or "")


def test_an_unknown_paper_is_not_found(desk) -> None:
    assert desk.get(f"{REGISTER}/nobody.pdf").status_code == 404


def test_papers_are_for_the_office_only(client, now) -> None:
    paper = made(an_issued_paper(now=now), now)

    assert client.get(f"{REGISTER}/{paper.public_id}.pdf").status_code == 303


def test_a_paper_that_could_not_be_made_is_shown_and_tried_again(client, now) -> None:
    sign_in(client, "finance")
    paper = failed_paper(now)
    page = client.get(REGISTER).text
    assert "1 paper could not be made." in page
    assert "🍑 (PEACH, U+1F351)" in page

    answer = client.post(f"{REGISTER}/{paper.public_id}/again", data={"csrf_token": token_of(client)})

    assert answer.status_code == 303
    assert again(paper).failure == ""


def test_a_reader_cannot_try_again(desk, now) -> None:
    paper = failed_paper(now)

    assert "Try again" not in desk.get(REGISTER).text
    assert desk.post(f"{REGISTER}/{paper.public_id}/again", data={"csrf_token": token_of(desk)}).status_code == 403


def test_the_office_prints_a_pro_forma(desk, now) -> None:
    registration = a_registration(a_published_summit(), pays_by="invoice", now=now)
    page = page_of(desk.get(f"/office/registrations/{registration.public_id}"))
    form = page.find(".//form[@class='filter']")
    assert form is not None

    answer = desk.get(f"{form.get('action')}?in=both&size=letter")

    assert "PRO-FORMA 形式账单" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_the_page_of_a_registration_leads_to_its_papers(desk, now) -> None:
    registration = a_registration(a_published_summit(), now=now)
    paper = made(an_issued_paper(now=now, about=registration.folio.public_id), now)

    page = desk.get(f"/office/registrations/{registration.public_id}").text

    assert f'href="/office/papers/{paper.public_id}.pdf"' in page


def made(paper: Paper, now: datetime) -> Paper:
    render_paper(paper.public_id, files(), now=now)
    return again(paper)


def failed_paper(now: datetime) -> Paper:
    paper = an_issued_paper(now=now)
    with writing():
        note_failure(paper.public_id, "🍑 (PEACH, U+1F351)")
    return again(paper)


def token_of(browser: FlaskClient) -> str:
    field = page_of(browser.get("/office/account")).find(".//input[@name='csrf_token']")
    assert field is not None
    return field.get("value", "")


def test_the_register_leads_to_papers_whose_copies_are_to_be_destroyed(officer: FlaskClient, now: datetime) -> None:
    registration = people_on_tour(now=now)
    person = registration.participants[0]
    told(person, now)
    kept, others = (
        an_issued_paper(sample=sample, now=now, about=registration.event.public_id)
        for sample in ("arrivals", "itinerary")
    )
    assert "destroyed" not in officer.get(REGISTER).text
    with writing():
        take_back(registration.id, person.public_id, now=now + timedelta(hours=1), by="contact:chen")

    register, narrowed = officer.get(REGISTER).text, officer.get(f"{REGISTER}?destroy=1").text

    assert "1 paper tells of journeys that should be forgotten" in register
    assert register.count("Copies to be destroyed") == 1
    assert kept.number in narrowed
    assert others.number not in narrowed
    assert "whose consent has ended" in officer.get(f"{REGISTER}/{kept.public_id}").text
    assert "whose consent has ended" not in officer.get(f"{REGISTER}/{others.public_id}").text
