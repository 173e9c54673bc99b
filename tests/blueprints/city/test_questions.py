"""A city's contact writes to the office and sends files for a visit; nobody else reads either."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.cast import the_city
from tests.forms import faults_of, fields_of, page_of, send, words_of
from tests.hosting_cast import a_request, found
from tests.hosts import ANSWER, MEMBER, a_host
from tests.staff import sign_in
from tests.visitors import granted
from tourreg.blueprints.city.profile import SENT_WITHIN
from tourreg.db import db, writing
from tourreg.domain.hosting import commands, threads, visit_files
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.visit_models import HostingFile, HostingMessage
from tourreg.kernel.numbers import new_public_id

PDF = b"%PDF-1.7\na menu\n%%EOF\n"
HOSTILE = '<script>alert(1)</script> {{ 7 * 7 }} "; DROP TABLE cities --\n\u202eright to left'


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def wanted(client: FlaskClient, now: datetime) -> HostingRequest:
    request = a_request("confirmed", now=now)
    granted(client, the_profile().public_id, at=now)
    return request


def the_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile).order_by(HostProfile.id)).first()  # type: ignore[return-value]


def address(request: HostingRequest, page: str = "questions") -> str:
    return f"/city/{the_profile().public_id}/requests/{request.public_id}/{page}"


def desk(request: HostingRequest) -> str:
    return f"/office/events/{request.event.public_id}/hosting/{request.public_id}/questions"


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def a_picture() -> bytes:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "A camera"
    Image.new("RGB", (800, 600), "#225577").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


def sent(client: FlaskClient, request: HostingRequest, content: bytes, name: str, **typed: str) -> TestResponse:
    token = fields_of(client.get(address(request, "files")), "add")
    fields = {**token, "kind": "menu", **typed, "sent": (io.BytesIO(content), name)}
    return client.post(address(request, "files"), data=fields, content_type="multipart/form-data")


def test_a_city_asks_and_the_office_answers(client: FlaskClient, wanted: HostingRequest) -> None:
    answer = send(client, address(wanted), "write", words="Who speaks first?")
    assert answer.status_code == 303
    sign_in(client, "programme")

    waiting = client.get("/office/hosting/questions")
    assert "Davenport" in words_of(page_of(waiting).find(".//main//tbody"))
    assert send(client, desk(wanted), "write", words="The mayor does.").status_code == 303

    assert "Nothing waits" in client.get("/office/hosting/questions").text
    assert "The mayor does." in client.get(address(wanted)).text


def test_a_message_that_was_sent_twice_is_one(client: FlaskClient, wanted: HostingRequest) -> None:
    form = {**fields_of(client.get(address(wanted)), "write"), "words": "Who speaks first?"}

    assert [client.post(address(wanted), data=form).status_code for _press in range(2)] == [303, 303]
    assert count(HostingMessage) == 1


@pytest.mark.parametrize("typed", [{"words": ""}, {"words": " \n "}, {"words": "x" * 4001}])
def test_what_cannot_be_a_message_is_said_and_kept(
    client: FlaskClient, wanted: HostingRequest, typed: dict[str, str]
) -> None:
    page = send(client, address(wanted), "write", **typed)

    assert (page.status_code, list(faults_of(page)), count(HostingMessage)) == (422, ["words"], 0)
    assert fields_of(page, "write")["words"].strip() == typed["words"].strip()


def test_markup_in_a_message_is_shown_as_it_was_typed(client: FlaskClient, wanted: HostingRequest) -> None:
    with writing():
        db.session.add(
            HostingMessage(
                public_id=new_public_id(), request_id=wanted.id, from_office=False, words=HOSTILE,
                written_at=wanted.asked_at, written_by="host:x", written_name="<b>Bob</b>",
            )
        )  # fmt: skip
    sign_in(client, "programme")

    for page in (client.get(address(wanted)), client.get(desk(wanted))):
        assert "<script>alert(1)" not in page.text
        assert "<b>Bob" not in page.text
        assert "{{ 7 * 7 }}" in page.text


def test_a_picture_loses_its_camera_and_its_place(client: FlaskClient, wanted: HostingRequest) -> None:
    assert sent(client, wanted, a_picture(), "../menu?.png", kind="menu").status_code == 303

    kept = db.session.scalars(select(HostingFile)).one()
    answer = client.get(f"{address(wanted, 'files')}/{kept.public_id}")
    assert (answer.status_code, answer.mimetype, kept.file_name) == (200, "image/jpeg", "menu_.jpg")
    assert not Image.open(io.BytesIO(answer.data)).getexif()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"<!doctype html><title>menu</title>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        PDF[:-7],
        b"\x89PNG\r\n\x1a\nIEND",
    ],
)
def test_what_is_no_menu_is_refused_with_a_sentence(
    client: FlaskClient, wanted: HostingRequest, content: bytes
) -> None:
    page = sent(client, wanted, content, "menu.pdf", note="For Tuesday")

    assert (page.status_code, list(faults_of(page)), count(HostingFile)) == (422, ["sent"], 0)
    assert fields_of(page, "add")["note"] == "For Tuesday"


def test_sixty_megabytes_are_refused_before_they_are_read(client: FlaskClient, wanted: HostingRequest) -> None:
    page = client.post(
        address(wanted, "files"), data=b"", content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(60 * 1024 * 1024)},
    )  # fmt: skip

    assert page.status_code == 413
    assert "at most 20 MB" in page.text


@pytest.mark.usefixtures("without_tokens")
def test_a_file_sent_twice_is_one_and_is_taken_off_again(client: FlaskClient, wanted: HostingRequest) -> None:
    typed = {"submission_key": "a" * 22, "kind": "map", "note": ""}
    for _press in range(2):
        data = {**typed, "sent": (io.BytesIO(PDF), "way.pdf")}
        assert client.post(address(wanted, "files"), data=data).status_code == 303
    kept = db.session.scalars(select(HostingFile)).one()

    assert client.post(f"{address(wanted, 'files')}/{kept.public_id}/removal").status_code == 303
    assert client.post(f"{address(wanted, 'files')}/{kept.public_id}/removal").status_code == 303

    assert client.get(f"{address(wanted, 'files')}/{kept.public_id}").status_code == 404
    assert count(HostingFile) == 0


@pytest.mark.usefixtures("without_tokens")
def test_the_office_opens_and_removes_a_file(client: FlaskClient, wanted: HostingRequest) -> None:
    sent_by_city = {"submission_key": "a" * 22, "kind": "map", "note": "", "sent": (io.BytesIO(PDF), "way.pdf")}
    client.post(address(wanted, "files"), data=sent_by_city)
    kept = db.session.scalars(select(HostingFile)).one()
    theirs = f"{desk(wanted).removesuffix('questions')}files/{kept.public_id}"
    sign_in(client, "read-only", name="Reader A")
    assert client.get(theirs).data == PDF
    assert client.post(f"{theirs}/removal").status_code == 403

    sign_in(client, "programme")

    assert client.post(f"{theirs}/removal").status_code == 303
    assert count(HostingFile) == 0


@pytest.mark.usefixtures("without_tokens")
def test_another_city_reads_and_writes_nothing_of_it(
    client: FlaskClient, wanted: HostingRequest, now: datetime
) -> None:
    with writing():
        charlotte = the_city("charlotte")
    other = a_host("address_confirmed", now=now, city_name="Charlotte", region="North Carolina", email="c@example.org")
    with writing():
        commands.accept(other, db.session.merge(charlotte), ANSWER, now=now, by=MEMBER)
    granted(client, other.public_id, at=now)
    client.post(address(wanted, "files"), data={"kind": "map", "sent": (io.BytesIO(PDF), "way.pdf")})
    kept = visit_files.files_of(found(wanted.public_id))[0].public_id
    theirs = f"/city/{other.public_id}/requests/{wanted.public_id}"

    for page in ("questions", "files", f"files/{kept}"):
        assert client.get(f"{theirs}/{page}").status_code == 404
    assert client.post(f"{theirs}/questions", data={"words": "Hm", "name": "C"}).status_code == 404
    assert client.post(f"{theirs}/files/{kept}/removal").status_code == 404
    assert (count(HostingFile), count(HostingMessage)) == (1, 0)


def test_a_page_that_was_opened_long_ago_takes_no_message(
    client: FlaskClient, wanted: HostingRequest, now: datetime, clock: Callable[[datetime], None]
) -> None:
    form = {**fields_of(client.get(address(wanted)), "write"), "words": "Late"}
    clock(now + SENT_WITHIN + timedelta(seconds=1))

    refused = client.post(address(wanted), data=form)

    assert (refused.status_code, fields_of(refused, "write")["words"]) == (403, "Late")
    assert "Send me a link" in refused.text
    assert count(HostingMessage) == 0


@pytest.mark.usefixtures("without_tokens")
def test_a_city_sees_what_waits_for_it_until_it_writes(client: FlaskClient, wanted: HostingRequest) -> None:
    city = address(wanted).split("/requests")[0]
    before = client.get(city).text
    for words in ("Which gate?", "And when?"):
        with writing():
            locked = queries.request_to_change(wanted.public_id)
            said = threads.Said(words, "Ren Hui")
            threads.answer_city(locked, said, submission_key=None, now=wanted.asked_at, by=MEMBER)

    for page in (city, f"{city}/requests"):
        assert "2 messages from our office since your city wrote last" in client.get(page).text
    assert "since your city wrote" not in before
    send(client, address(wanted), "write", words="The east gate.")

    assert "since your city wrote" not in client.get(city).text + client.get(f"{city}/requests").text


@pytest.mark.parametrize(("state", "waits"), [("asked", True), ("held", True), ("countered", False)])
def test_a_city_sees_on_its_first_page_what_it_is_asked(
    client: FlaskClient, now: datetime, state: str, waits: bool
) -> None:
    request = a_request(state, now=now)
    city = address(request).split("/requests")[0]
    granted(client, city.removeprefix("/city/"), at=now)

    assert ("1 request waits for your answer" in client.get(city).text) == waits
