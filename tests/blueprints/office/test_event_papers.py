"""Papers of an event: printed as they stand, issued once under a number."""

import io
from datetime import datetime, timedelta

import html5lib
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from tests.cast import a_person, a_published_summit, a_registration
from tests.forms import fields_of, page_of, words_of
from tests.notice_cast import OPENING, issue, item_of
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries.book import BookPlan, write_book
from tourreg.domain.itineraries.models import ItineraryVersion
from tourreg.domain.itineraries.queries import days_of
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.commands import confirm
from tourreg.domain.registrations.rules import BookedPerson
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.numbers import new_public_id
from tourreg.rendering import render_document

MONGOLIAN = "ᠪᠣᠷᠵᠢᠭᠢᠨ"


@pytest.fixture
def event(app, clock_shows) -> Event:
    return a_published_summit()


@pytest.mark.parametrize("kind", ["itinerary", "roster"])
def test_a_working_copy_is_printed_and_kept_nowhere(officer: FlaskClient, event: Event, kind: str) -> None:
    answer = officer.get(f"/office/events/{event.public_id}/papers/{kind}.pdf?in=zh&size=a4")

    assert answer.data.startswith(b"%PDF")
    assert papers() == []


@pytest.mark.parametrize("kind", ["itinerary", "roster"])
def test_a_form_sent_twice_issues_one_version(officer: FlaskClient, event: Event, kind: str) -> None:
    fields = fields_of(officer.get(page(event)), f"issue-{kind}")

    answers = [officer.post(f"/office/events/{event.public_id}/papers/{kind}", data=fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [(paper.kind, paper.version) for paper in papers()] == [(kind, 1)]


def test_the_next_version_names_the_one_it_replaces(officer: FlaskClient, event: Event) -> None:
    for _ in range(2):
        fields = fields_of(officer.get(page(event)), "issue-itinerary")
        officer.post(f"/office/events/{event.public_id}/papers/itinerary", data=fields)

    first, second = papers()

    assert (second.version, second.replaces_id, second.sheet["replaces"]) == (2, first.id, first.number)
    assert first.number in "".join(page_of(officer.get(page(event))).itertext())


@pytest.mark.parametrize("kind", ["arrivals", "diet_list", "roster_operations"])
def test_papers_of_journeys_are_opened_by_the_programme_office_alone(
    officer: FlaskClient, event: Event, kind: str
) -> None:
    working_copy = f"{page(event)}/{kind}.pdf?in=en&size=letter"
    fields = fields_of(officer.get(page(event)), f"issue-{kind}")
    officer.post(f"{page(event)}/{kind}", data=fields)
    (issued,) = papers()
    assert officer.get(working_copy).status_code == 200

    sign_in(officer, "finance", name="Grace Amari")

    assert officer.get(working_copy).status_code == 403
    assert [officer.get(f"/office/papers/{issued.public_id}.{form}").status_code for form in ("pdf", "html")] == [
        403
    ] * 2
    assert f"issue-{kind}" not in officer.get(page(event)).text


@pytest.mark.parametrize(
    ("asked", "form"),
    [("", ("both", "letter")), ("?in=zh&size=a4", ("zh", "a4")), ("?in=fr&size=a0", ("both", "letter"))],
)
def test_language_and_size_are_chosen_once_for_all_papers(
    officer: FlaskClient, event: Event, asked: str, form: tuple[str, str]
) -> None:
    shown = page_of(officer.get(page(event) + asked))

    languages = {field.get("value") for field in shown.findall(".//li//input[@name='in']")}
    sizes = {field.get("value") for field in shown.findall(".//li//input[@name='size']")}
    assert (languages, sizes) == ({form[0]}, {form[1]})


def test_printing_leads_to_a_working_copy_in_the_form_that_was_chosen(officer: FlaskClient, event: Event) -> None:
    fields = fields_of(officer.get(f"{page(event)}?in=zh&size=a4"), "issue-host_day")

    answer = officer.post(f"{page(event)}/host_day", data={**fields, "do": "print"})

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{page(event)}/host_day.pdf?for={fields['for']}&in=zh&size=a4"
    assert officer.get(answer.headers["Location"]).data.startswith(b"%PDF")
    assert papers() == []


def test_the_form_that_was_chosen_stays_after_issuing(officer: FlaskClient, event: Event) -> None:
    fields = fields_of(officer.get(f"{page(event)}?in=zh&size=a4"), "issue-itinerary")

    answer = officer.post(f"{page(event)}/itinerary", data=fields)

    assert answer.headers["Location"] == f"{page(event)}?in=zh&size=a4"
    assert [(paper.language, paper.page_size) for paper in papers()] == [("zh", "a4")]


def test_what_was_issued_for_one_of_several_says_for_whom(officer: FlaskClient, event: Event) -> None:
    fields = fields_of(officer.get(page(event)), "issue-host_day")

    officer.post(f"{page(event)}/host_day", data=fields)

    (line,) = page_of(officer.get(page(event))).findall(".//ul[@class='papers']/li")
    assert "Beijing, 15 January 2027" in words_of(line)


def test_a_reader_prints_and_issues_nothing(officer: FlaskClient, event: Event) -> None:
    sign_in(officer, "read-only", name="Grace Amari")

    fields = fields_of(officer.get(f"{page(event)}?in=en&size=a4"), "print-itinerary")

    assert fields == {"in": "en", "size": "a4"}
    assert "issue-itinerary" not in officer.get(page(event)).text
    assert officer.post(f"{page(event)}/itinerary").status_code in (400, 403)


def test_before_the_first_version_the_page_warns_and_papers_say_that_they_are_drafts(
    officer: FlaskClient, event: Event
) -> None:
    shown = officer.get(page(event))
    assert "No version of the itinerary is issued yet." in shown.text

    officer.post(f"{page(event)}/itinerary_summary", data=fields_of(shown, "issue-itinerary_summary"))

    (draft,) = papers()
    assert "marked as a draft" in officer.get(page(event)).text
    printed = words_on(draft)
    assert "DRAFT of the programme" in printed
    assert "draft, issued" in printed
    assert "ersion 1" not in printed


def test_once_there_is_a_version_papers_name_it_and_no_draft(officer: FlaskClient, event: Event, now: datetime) -> None:
    assert issue(event, now) == 1
    shown = officer.get(page(event))
    assert "No version of the itinerary" not in shown.text
    assert "What you issue now shows version 1 of the itinerary" in shown.text

    officer.post(f"{page(event)}/itinerary_summary", data=fields_of(shown, "issue-itinerary_summary"))

    (paper,) = papers()
    assert "DRAFT" not in words_on(paper)
    assert "version 1, issued" in words_on(paper)


def test_the_page_tells_that_the_draft_has_changed_since(officer: FlaskClient, event: Event, now: datetime) -> None:
    issue(event, now)
    assert "The draft has" not in officer.get(page(event)).text

    with writing():
        item_of(event, OPENING).place = Text("Hall 2", "二号厅")

    assert "The draft has 1 change since." in officer.get(page(event)).text


def test_a_day_that_the_version_lacks_is_refused_with_the_reason(
    officer: FlaskClient, event: Event, now: datetime
) -> None:
    last = days_of(event)[-1].public_id
    with writing():
        facts = {"public_id": new_public_id(), "number": 1, "issued_at": now, "issued_by": "staff:ren"}
        version = ItineraryVersion(event_id=event.id, change_note=Text(), days=[], **facts)
        db.session.add(version)
    fields = {**fields_of(officer.get(page(event)), "issue-attendance"), "for": last}

    answer = officer.post(f"{page(event)}/attendance", data=fields)

    assert answer.status_code == 422
    assert "is not in version 1, which issued papers show." in answer.text
    assert papers() == []
    assert officer.get(f"{page(event)}/attendance.pdf?for={last}").status_code == 200


def test_a_changed_text_of_the_book_is_told_beside_the_book(officer: FlaskClient, event: Event, now: datetime) -> None:
    fields = fields_of(officer.get(page(event)), "issue-itinerary")
    officer.post(f"{page(event)}/itinerary", data=fields)
    assert "its texts were changed since" not in officer.get(page(event)).text

    with writing():
        locked = desk.event_to_change(event.public_id)
        later = clock.utc_now() + timedelta(minutes=1)
        write_book(locked, BookPlan(welcome=Text("Welcome", "欢迎")), now=later, by="staff:ren")

    assert "its texts were changed since" in officer.get(page(event)).text


def test_who_is_printed_without_their_own_script_is_named(officer: FlaskClient, event: Event, now: datetime) -> None:
    a_delegate(event, a_person("Borjigin", "Bat", native=MONGOLIAN), now)

    note = next(one for one in page_of(officer.get(page(event))).iter("div") if one.get("class") == "note")

    assert words_of(note) == (
        "No font of our papers has a sign of the native name of 1 person. Papers print the Latin name alone: "
        f"Bat BORJIGIN {MONGOLIAN}, without “ᠪ”"
    )


def test_a_personal_programme_is_printed_under_the_latin_name_where_no_font_has_the_own(
    officer: FlaskClient, event: Event, now: datetime
) -> None:
    a_delegate(event, a_person("Borjigin", "Bat", native=MONGOLIAN), now)

    answer = officer.get(f"{page(event)}/personal_itinerary.pdf?in=zh&size=a4")

    assert answer.status_code == 200
    assert "Bat Borjigin" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


def test_a_personal_programme_holds_journeys_and_so_opens_for_the_programme_office_alone(
    client: FlaskClient, event: Event, now: datetime, clock_shows: object
) -> None:
    a_delegate(event, a_person("Hart", "Emily"), now)
    address = f"{page(event)}/personal_itinerary.pdf?in=en&size=a4"
    sign_in(client, "programme")
    assert client.get(address).status_code == 200

    sign_in(client, "finance", name="Grace Amari")

    assert client.get(address).status_code == 403


def test_an_unknown_event_is_a_plain_404(officer: FlaskClient) -> None:
    assert officer.get("/office/events/nothing/papers").status_code == 404


def page(event: Event) -> str:
    return f"/office/events/{event.public_id}/papers"


def a_delegate(event: Event, person: BookedPerson, now: datetime) -> None:
    registration = a_registration(event, person, now=now)
    with writing():
        confirm(registration, now=now, by="staff:ren")


def words_on(paper: Paper) -> str:
    html = render_document(paper.kind, paper.sheet, language="en", page_size="a4")
    return " ".join(words_of(html5lib.parse(html, namespaceHTMLElements=False).find("body")).split())


def papers() -> list[Paper]:
    db.session.rollback()
    return list(db.session.scalars(select(Paper).order_by(Paper.id)))
