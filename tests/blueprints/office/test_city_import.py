"""Cities and contacts from a file, as an officer sends, looks at and takes them over."""

import csv
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.cast import the_city
from tests.forms import faults_of, fields_of, page_of, words_of
from tests.races import sent_at_once
from tests.staff import sign_in
from tests.workbook_files import a_workbook
from tourreg.adapters.files import FileMissing
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_contact_models import CityContact, CityImport
from tourreg.kernel.bilingual import Text

pytestmark = pytest.mark.usefixtures("clock_shows")
IMPORT = "/office/cities/import"
HEADINGS = "City,City in Chinese,State,Country,Contact,E-mail,Roles"
TWO = f"""{HEADINGS}
Davenport,达文波特,IA,US,Ruth Clerk,ruth@example.org,press
扬州市,,江苏省,中国,周岚,lan@example.org,审批人；协调人
"""


def send(client: FlaskClient, content: bytes | str, name: str = "cities.csv") -> TestResponse:
    fields = fields_of(client.get(IMPORT), "import")
    sent = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, data={**fields, "file": (io.BytesIO(sent), name)})


def look(client: FlaskClient, content: bytes | str) -> TestResponse:
    """Send a file that can be read and return the page of what would come of it."""
    sent = send(client, content)
    assert sent.status_code == 303, words_of(page_of(sent))
    return client.get(sent.location)


def take_over(client: FlaskClient, content: bytes | str, **ticked: str) -> TestResponse:
    sent = send(client, content)
    fields = fields_of(client.get(sent.location), "take-over")
    return client.post(sent.location, data={**fields, **ticked})


def slugs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(City.slug).order_by(City.id)))


def emails() -> list[str]:
    return list(db.session.scalars(select(CityContact.email).order_by(CityContact.id)))


def faults(answer: TestResponse) -> str:
    return words_of(page_of(answer).find(".//div[@class='errors']"))


def test_a_file_is_looked_at_and_then_taken_over_with_its_contacts(officer: FlaskClient) -> None:
    page = words_of(page_of(look(officer, TWO)))
    before = slugs()

    done = officer.get(take_over(officer, TWO).location)

    assert "2 new cities" in page
    assert "2 new contacts" in page
    assert before == []
    assert slugs() == ["davenport", "yangzhou"]
    assert emails() == ["ruth@example.org", "lan@example.org"]
    assert db.session.scalars(select(CityContact.roles).order_by(CityContact.id)).all() == [
        ["press"], ["approver", "coordinator"],
    ]  # fmt: skip
    assert "Nobody was written to." in words_of(page_of(done))


@pytest.mark.parametrize(
    "content",
    [
        TWO.encode("utf-8-sig"),
        TWO.encode("gb18030"),
        TWO.encode("utf-16"),
        TWO.replace(",", ";").encode(),
        TWO.replace(",", "\t").encode(),
        f"Our list of cities\n\n{TWO}".encode(),
        a_workbook(*(line.split(",") for line in TWO.splitlines())),
    ],
    ids=["mark", "gb18030", "utf-16", "semicolons", "tabs", "title above", "excel"],
)
def test_files_of_other_programs_are_read(officer: FlaskClient, content: bytes) -> None:
    take_over(officer, content)

    assert slugs() == ["davenport", "yangzhou"]
    assert emails() == ["ruth@example.org", "lan@example.org"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_exported_list_read_back_changes_nothing(officer: FlaskClient, language: str, kind: str) -> None:
    with writing():
        for slug in ("davenport", "charlotte", "yangzhou"):
            the_city(slug)
        the_city("charlotte").name = Text("=cmd|' /C calc'!A0", "+夏洛特")

    exported = officer.get(f"/office/cities/list.{kind}?language={language}").data
    page = words_of(page_of(look(officer, exported)))

    assert "The file says what is known already." in page or "文件内容与现有记录一致。" in page


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_in_both_languages(officer: FlaskClient, language: str, kind: str) -> None:
    content = officer.get(f"{IMPORT}/template.{kind}?language={language}").data

    assert "No row of the file says anything." in words_of(page_of(look(officer, content))) or language == "zh"


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("Davenport,达文波特,Iowaa,US,,,", "State or province", "“Iowaa” is no state of the United States"),
        ("Davenport,达文波特,IA,Atlantis,,,", "Country or region", "There is no country or region “Atlantis”"),
        ("Davenport,,IA,US,,,", "City, in Chinese", "has no Chinese name of it"),
        ("Nowhere,无处,IA,US,,,", "City", "To enter it, fill in: Time zone; Latitude; Longitude"),
        ("Davenport,达文波特,IA,US,Ruth,ruth@example,", "E-mail", "Type the whole address"),
        ("Davenport,达文波特,IA,US,Ruth,,", "E-mail", "Write the e-mail address"),
        ("Davenport,达文波特,IA,US,,ruth@example.org,", "Contact’s name", "Write the name"),
        ("Davenport,达文波特,IA,US,Ruth,ruth@example.org,boss", "Roles", "“boss” is no role"),
        ("Davenport,达文波特,IA,US,#N/A,ruth@example.org,", "Contact’s name", "an error of Excel, #N/A"),
        (f"{'D' * 121},达文波特,IA,US,,,", "City", "At most 120 characters; this has 121."),
        ("Springfield,斯普林菲尔德,,US,,,", "City", "cities may be meant. Choose one below"),
        (",,IA,US,,,", "City", "Write the name of the city."),
        ("Davenport 🙂,达文波特,IA,US,,,", "City", "cannot be printed"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(officer: FlaskClient, row: str, column: str, sentence: str) -> None:
    told = faults(look(officer, f"{HEADINGS}\n{row}\n"))

    assert f"Row 2, {column}: " in told
    assert sentence in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose the file."),
        (b"%PDF-1.7 abc", "neither a CSV file nor an Excel file"),
        (b"PK\x03\x04 broken", "neither a CSV file nor an Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "Save it as .xlsx without a password."),
        (b"City,State\n" + b"Davenport,IA\n" * 3_001, "more than 3,000 rows"),
        (b'City,State\n"Davenport,IA\n', "opens a quotation mark"),
        (b"City,State\n\x00\x01\x02\x03", "neither a CSV file nor an Excel file"),
    ],
    ids=["empty", "pdf", "zip", "old", "long", "quote", "binary"],
)
def test_a_file_that_cannot_be_read_says_why(officer: FlaskClient, content: bytes, sentence: str) -> None:
    answer = send(officer, content)

    assert answer.status_code == 422
    assert sentence in " ".join(faults_of(answer).values())


def test_sixty_megabytes_are_not_read(officer: FlaskClient) -> None:
    assert send(officer, b"x" * 60 * 1024 * 1024).status_code == 413


def test_a_formula_without_a_result_is_told_and_hostile_text_stays_text(officer: FlaskClient) -> None:
    hostile = "<script>alert(1)</script>"
    formula = a_workbook(["City", "State", "Population"], ["Davenport", "IA", "=1+1"])
    words = a_workbook(
        ["City", "City in Chinese", "State", "Contact", "E-mail"], ["Davenport", "达", "IA", hostile, "r@example.org"]
    )

    assert "Its formula has no saved result" in faults(look(officer, formula))
    assert hostile not in look(officer, words).text


def test_a_city_is_chosen_where_several_may_be_meant(officer: FlaskClient) -> None:
    sent = send(officer, f"{HEADINGS}\nSuzhou,,,CN,,,\n")
    fields = fields_of(officer.get(sent.location), "take-over")

    chosen = officer.post(sent.location, data={**fields, "choice-2": "place:cn-3413", "do": "look"})
    officer.post(sent.location, data={**fields_of(chosen, "take-over"), "do": "take"})

    assert "1 new city" in words_of(page_of(chosen))
    assert db.session.scalars(select(City)).one().region.en == "Anhui"


def test_rows_that_are_wrong_hold_all_back_unless_they_are_left_out(officer: FlaskClient) -> None:
    content = f"{TWO}Nowhere,无处,IA,US,,,\n"

    refused = take_over(officer, content)
    before = slugs()
    done = take_over(officer, content, leave_out="yes")

    assert refused.status_code == 422
    assert before == []
    assert done.status_code == 303
    assert slugs() == ["davenport", "yangzhou"]
    assert "1 row was left out." in words_of(page_of(officer.get(done.location)))


def test_pressing_twice_takes_over_once_and_leads_to_the_same_page(officer: FlaskClient) -> None:
    sent = send(officer, TWO)
    fields = fields_of(officer.get(sent.location), "take-over")

    first, second = (officer.post(sent.location, data=fields) for _press in range(2))
    again = officer.get(sent.location)

    assert first.location == second.location == again.location
    assert db.session.scalar(select(func.count()).select_from(CityImport)) == 1
    assert slugs() == ["davenport", "yangzhou"]


@pytest.mark.both
def test_of_presses_at_one_moment_one_takes_the_file_over(app: Flask, officer: FlaskClient) -> None:
    sent = send(officer, TWO)
    fields = fields_of(officer.get(sent.location), "take-over")

    answers = sent_at_once(app, officer, sent.location, [fields] * 3)

    assert len({answer.location for answer in answers}) == 1
    assert slugs() == ["davenport", "yangzhou"]
    assert db.session.scalar(select(func.count()).select_from(CityImport)) == 1


def test_what_changed_meanwhile_is_shown_anew_and_nothing_is_written(officer: FlaskClient) -> None:
    with writing():
        city = the_city("davenport")
    sent = send(officer, "City,State,Population\nDavenport,IA,7\n")
    fields = fields_of(officer.get(sent.location), "take-over")
    with writing():
        city.population = 5

    answer = officer.post(sent.location, data={**fields, "overwrite": "yes"})

    assert answer.status_code == 409
    assert "A city or a contact was changed since this was shown." in words_of(page_of(answer))
    assert db.session.scalars(select(City.population)).one() == 5


def test_what_stands_there_is_kept_and_told_unless_ticked(officer: FlaskClient) -> None:
    with writing():
        the_city("davenport")
    content = "City,State,Population\nDavenport,IA,7\n"

    page = words_of(page_of(look(officer, content)))
    kept = take_over(officer, content)
    take_over(officer, content, overwrite="yes")

    assert re.search(r"Population stays [\d,]+; the file says 7", page)
    assert kept.status_code == 422
    assert db.session.scalars(select(City.population)).one() == 7


def test_giving_up_deletes_the_file(officer: FlaskClient) -> None:
    sent = send(officer, TWO)
    fields: Any = fields_of(officer.get(sent.location), "take-over")

    officer.post(f"{sent.location}/give-up", data=fields)

    with pytest.raises(FileMissing):
        files().get(sent.location.rsplit("/", 1)[1])
    assert officer.get(sent.location).location == IMPORT


def test_only_the_programme_office_imports(desk: FlaskClient) -> None:
    assert [desk.get(address).status_code for address in (IMPORT, f"{IMPORT}/template.csv")] == [403, 403]


def test_known_contacts_are_listed_and_deleted_with_a_trace(officer: FlaskClient) -> None:
    take_over(officer, TWO)
    [davenport, yangzhou] = db.session.scalars(select(City).order_by(City.id)).all()
    contact = db.session.scalars(select(CityContact).order_by(CityContact.id)).first()
    assert contact
    address = f"/office/cities/{davenport.public_id}/contacts"
    listed = words_of(page_of(officer.get(address)))
    token = fields_of(officer.get(IMPORT), "import")["csrf_token"]

    for city in (yangzhou.public_id, davenport.public_id, davenport.public_id):
        officer.post(f"/office/cities/{city}/contacts/{contact.public_id}", data={"csrf_token": token})

    assert "Ruth Clerk" in listed
    assert emails() == ["lan@example.org"]


def test_the_template_has_no_row_and_every_column_is_known(officer: FlaskClient) -> None:
    [headings] = csv.reader(io.StringIO(officer.get(f"{IMPORT}/template.csv").data.decode("utf-8-sig")))

    page = words_of(page_of(look(officer, ",".join(f'"{one}"' for one in headings) + "\nDavenport,达文波特,IA")))

    assert "Columns that are not read" not in page


def test_nobody_who_is_not_signed_in_imports(client: FlaskClient) -> None:
    assert client.get(IMPORT).status_code == 303
    sign_in(client, "finance")
    assert client.get(IMPORT).status_code == 403
