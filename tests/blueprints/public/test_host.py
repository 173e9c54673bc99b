"""A city reads what hosting asks, signs up, and learns where its letter went."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.cast import a_published_summit, consent_texts, saved
from tests.forms import faults_of, fields_of, page_of, send
from tests.hosts import a_host
from tests.races import all_at_once
from tourreg.db import db, writing
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text

SIGN_UP = "/en/host/sign-up"
TYPED = {
    "city_name": "Davenport",
    "region": "Iowa",
    "country": "US",
    "contact_name": "Joanne Miller",
    "contact_position": "Assistant City Administrator",
    "contact_email": "joanne@example.org",
    "contact_phone": "",
    "offers": "Power from sludge.\n\nTwo schools after their retrofit.",
    "available": "April or May",
    "group_size": "",
}
pytestmark = pytest.mark.usefixtures("clock_shows")


@pytest.mark.parametrize(("words", "paper"), [("", ""), ("both", ""), ("", "letter"), ("nothing", "poster")])
def test_the_guide_is_one_page_of_pdf_in_every_form(client: FlaskClient, words: str, paper: str) -> None:
    a_published_summit()

    assert "guide.pdf" in client.get("/zh/host").text
    answer = client.get(f"/zh/host/guide.pdf?words={words}&paper={paper}")

    assert answer.content_type == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.data)).pages
    assert "接待城市指南" in page.extract_text()
    assert ("Guide for host cities" in page.extract_text()) == (words == "both")
    assert round(float(page.mediabox.width)) == (612 if paper == "letter" else 595)


def test_without_a_programme_there_is_no_guide(client: FlaskClient) -> None:
    assert "guide.pdf" not in client.get("/en/host").text
    assert client.get("/en/host/guide.pdf").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_that_explains_holds_nothing_personal(client: FlaskClient, language: str) -> None:
    page = client.get(f"/{language}/host")

    assert page.status_code == 200
    assert "<form" not in page.text
    assert "csrf" not in page.text
    assert "Set-Cookie" not in page.headers
    assert f"/{language}/host/sign-up" in page.text


def test_a_sign_up_is_kept_and_its_letter_announced(client: FlaskClient) -> None:
    answer = send(client, SIGN_UP, "sign-up", **TYPED)

    assert (answer.status_code, answer.location) == (303, "/en/host/sign-up/sent")
    profile = only_profile()
    assert (profile.city_name, profile.country, profile.language, profile.group_size) == ("Davenport", "US", "en", None)
    assert profile.offers == "Power from sludge.\n\nTwo schools after their retrofit."
    assert 'We sent a letter to <b class="address" dir="ltr">joanne@example.org</b>' in client.get(answer.location).text


def test_another_browser_does_not_learn_the_address(app: Flask, client: FlaskClient) -> None:
    send(client, SIGN_UP, "sign-up", **TYPED)

    page = app.test_client().get("/en/host/sign-up/sent")

    assert page.status_code == 200
    assert "joanne@example.org" not in page.text


def test_a_chinese_sign_up_has_its_letters_in_chinese(client: FlaskClient) -> None:
    send(client, "/zh/host/sign-up", "sign-up", **{**TYPED, "city_name": "厦门", "region": "福建", "country": "CN"})

    assert only_profile().language == only_letter().language == "zh"


def test_an_empty_form_names_each_field_that_is_needed(client: FlaskClient) -> None:
    page = send(client, SIGN_UP, "sign-up")

    assert page.status_code == 422
    assert "<title>Error: Sign up as a host city" in page.text
    assert list(faults_of(page)) == [
        "city_name", "region", "country", "contact_name", "contact_position", "contact_email", "offers", "available"
    ]  # fmt: skip
    assert profiles() == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contact_email", "joanne@"),
        ("contact_email", "joanne@example.org\nBcc: all@example.org"),
        ("contact_phone", "call me"),
        ("country", "XX"),
        ("country", "US' OR 1=1"),
        ("group_size", "0"),
        ("group_size", "-3"),
        ("group_size", "501"),
        ("group_size", "a few"),
        ("offers", "x" * 10_000),
        ("available", "x" * 2_001),
        ("city_name", "x" * 10_000),
        ("city_name", "Daven\x00port"),
        ("contact_name", "Joanne 😀"),
    ],
)
def test_a_fault_stands_beside_its_field_and_all_else_is_kept(client: FlaskClient, field: str, typed: str) -> None:
    page = send(client, SIGN_UP, "sign-up", **{**TYPED, field: typed})

    assert page.status_code == 422
    assert list(faults_of(page)) == [field]
    kept = fields_of(page, "sign-up")
    assert {name: kept[name] for name in TYPED if name != field} == without(TYPED, field)
    if field != "country":
        assert kept[field].replace("\ufffd", "\x00") == typed.replace("\n", " ")
    assert profiles() == []


@pytest.mark.both
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("{{ 7*7 }} {% raw %} %(city)s", "{{ 7*7 }} {% raw %} %(city)s"),
        ("مدينة دبي", "مدينة دبي"),
        ("\u202egnp.exe", "gnp.exe"),
        ("'); DROP TABLE host_profiles;--", "&#39;); DROP TABLE host_profiles;--"),
    ],
)
def test_hostile_text_is_kept_as_text(client: FlaskClient, typed: str, shown: str) -> None:
    page = send(client, SIGN_UP, "sign-up", **{**TYPED, "city_name": typed, "contact_email": "broken"})
    assert shown in page.text

    send(client, SIGN_UP, "sign-up", **{**TYPED, "city_name": typed})

    assert only_profile().city_name == typed.replace("\u202e", "")


@pytest.mark.both
@pytest.mark.parametrize("typed", ["Welcome 😀\x00 and \x1b[31m red", "→ the harbour ✓"])
def test_pictures_and_control_signs_in_free_text_do_no_harm(client: FlaskClient, typed: str) -> None:
    page = send(client, SIGN_UP, "sign-up", **{**TYPED, "offers": typed})

    assert page.status_code in (303, 422)


def test_a_tick_is_needed_where_there_is_a_privacy_notice(client: FlaskClient) -> None:
    saved(*consent_texts())

    page = send(client, SIGN_UP, "sign-up", **TYPED)

    assert list(faults_of(page)) == ["privacy"]
    assert "Tick the box" in page.text


def test_a_tick_under_an_older_notice_asks_to_read_the_newer_one(client: FlaskClient) -> None:
    saved(*consent_texts())

    page = send(client, SIGN_UP, "sign-up", **TYPED, privacy="2026-06-01")

    assert "The notice has changed" in page.text
    assert "privacy" not in fields_of(page, "sign-up")
    assert profiles() == []


def test_a_notice_that_changes_while_the_form_is_sent_is_asked_for_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(*consent_texts())
    keep = commands.sign_up

    def after_a_change(*arguments: object, **named: object) -> HostProfile:
        db.session.add(ConsentText(kind="privacy", version_on=date(2027, 1, 15), title=Text("New"), body=Text("New")))
        db.session.commit()
        with writing():
            return keep(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(commands, "sign_up", after_a_change)

    page = send(client, SIGN_UP, "sign-up", **TYPED, privacy="2027-01-01")

    assert page.status_code == 422
    assert "The notice has changed" in page.text


@pytest.mark.both
def test_the_same_form_sent_twice_makes_one_profile_and_both_see_it(client: FlaskClient) -> None:
    fields = fields_of(client.get(SIGN_UP), "sign-up")

    answers = [client.post(SIGN_UP, data={**fields, **TYPED}) for _ in range(2)]

    assert [answer.location for answer in answers] == ["/en/host/sign-up/sent"] * 2
    assert len(profiles()) == len(letters()) == 1


def test_who_goes_back_and_corrects_the_address_signs_up_with_that(client: FlaskClient) -> None:
    """A phone keeps the page as it was left, with the key of the form that was sent."""
    fields = {**fields_of(client.get(SIGN_UP), "sign-up"), **TYPED}
    client.post(SIGN_UP, data={**fields, "contact_email": "joanne@exmaple.org"})

    refused = client.post(SIGN_UP, data={**fields, "contact_name": ""})
    client.post(SIGN_UP, data=fields)

    assert refused.status_code == 422
    assert [one.contact_email for one in profiles()] == ["joanne@exmaple.org", "joanne@example.org"]
    assert [letter.to_address for letter in letters()] == ["joanne@exmaple.org", "joanne@example.org"]
    assert "joanne@example.org" in client.get("/en/host/sign-up/sent").text


@pytest.mark.both
def test_the_same_form_sent_at_once_makes_one_profile_and_all_see_it(app: Flask, client: FlaskClient) -> None:
    fields = fields_of(client.get(SIGN_UP), "sign-up")
    cookie = client.get_cookie("session")
    assert cookie is not None

    def press() -> tuple[int, str]:
        browser = app.test_client()
        browser.set_cookie("session", cookie.value)
        answer = browser.post(SIGN_UP, data={**fields, **TYPED})
        return answer.status_code, browser.get("/en/host/sign-up/sent").text

    answers = all_at_once(app, [press] * 5)

    assert [status for status, _ in answers] == [303] * 5
    assert all("joanne@example.org" in page for _, page in answers)
    db.session.rollback()
    assert len(profiles()) == len(letters()) == 1


def test_a_busy_database_gives_the_form_back_with_all_that_was_typed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_arguments: object, **_named: object) -> HostProfile:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(commands, "sign_up", lose)

    page = send(client, SIGN_UP, "sign-up", **TYPED)

    assert page.status_code == 503
    assert "Nothing was kept; send it once more." in page.text
    assert fields_of(page, "sign-up")["offers"] == TYPED["offers"]


def test_one_address_may_sign_up_twice_with_two_forms(client: FlaskClient) -> None:
    for _ in range(2):
        assert send(client, SIGN_UP, "sign-up", **TYPED).status_code == 303

    assert len(profiles()) == len(letters()) == 2


def test_many_letters_to_one_address_are_refused_with_all_that_was_typed(client: FlaskClient) -> None:
    for _ in range(5):
        send(client, SIGN_UP, "sign-up", **TYPED)

    page = send(client, SIGN_UP, "sign-up", **{**TYPED, "contact_email": "Joanne@example.org"})

    assert page.status_code == 429
    assert "Several sign-ups came from here" in page.text
    assert fields_of(page, "sign-up")["offers"] == TYPED["offers"]
    assert len(profiles()) == 5


def test_correcting_faults_is_not_counted(client: FlaskClient) -> None:
    for _ in range(25):
        assert send(client, SIGN_UP, "sign-up", **{**TYPED, "region": ""}).status_code == 422

    assert send(client, SIGN_UP, "sign-up", **TYPED).status_code == 303


def test_a_form_without_its_token_keeps_nothing(client: FlaskClient) -> None:
    answer = client.post(SIGN_UP, data=TYPED)

    assert answer.status_code == 400
    assert profiles() == []


def test_the_letter_is_sent_again_on_request(client: FlaskClient) -> None:
    send(client, SIGN_UP, "sign-up", **TYPED)

    answer = send(client, "/en/host/sign-up/sent", "again")

    assert answer.status_code == 303
    assert "Another letter is on its way" in client.get(answer.location).text
    assert [letter.template for letter in letters()] == ["host_confirm"] * 2


def test_a_browser_that_signed_up_nothing_sends_no_letter(client: FlaskClient) -> None:
    fields = fields_of(client.get(SIGN_UP), "sign-up")

    answer = client.post("/en/host/sign-up/sent", data={"csrf_token": fields["csrf_token"]})

    assert answer.status_code == 303
    assert letters() == []


def test_the_page_says_when_the_address_is_confirmed(client: FlaskClient, now) -> None:
    with client.session_transaction() as session:
        session["host_signed_up"] = a_host("address_confirmed", now=now).public_id

    page = client.get("/en/host/sign-up/sent")

    assert "Your address is confirmed" in page.text
    assert "<form" not in page.text


def test_a_city_is_looked_up_by_name_and_told_from_its_namesakes(client: FlaskClient) -> None:
    page = client.get(f"{SIGN_UP}?q=Springfield, IL")

    links = [link.attrib["href"] for link in page_of(page).findall(".//main//ul//a")]
    assert links[0] == "/en/host/sign-up?place=us-1772000"
    assert "Illinois" in page.text
    assert "114,394 inhabitants" in page.text
    assert "GeoNames" in page.text
    assert "not in our list" in client.get(f"{SIGN_UP}?q=Nowhere at all").text


def test_a_chosen_place_stands_in_for_typing_the_city(client: FlaskClient) -> None:
    typed = {name: value for name, value in TYPED.items() if name not in ("city_name", "region", "country")}

    assert send(client, f"{SIGN_UP}?place=us-1772000", "sign-up", **typed).status_code == 303

    profile = only_profile()
    assert (profile.city_name, profile.region, profile.country) == ("Springfield", "Illinois", "US")
    assert profile.place_key == "us-1772000"


def test_a_chosen_place_is_kept_while_faults_are_put_right(client: FlaskClient) -> None:
    page = send(client, f"{SIGN_UP}?place=us-1772000", "sign-up", contact_name="Joanne Miller")

    assert page.status_code == 422
    assert "city_name" not in faults_of(page)
    assert fields_of(page, "sign-up")["place"] == "us-1772000"


@pytest.mark.parametrize("place", ["us-0", "nonsense", "us-1772000\n", "<script>", "x" * 5_000])
def test_a_place_that_is_not_in_the_list_is_typed(client: FlaskClient, place: str) -> None:
    fields = fields_of(client.get(SIGN_UP, query_string={"place": place}), "sign-up")

    assert "city_name" in fields
    assert "place" not in fields
    assert client.post(SIGN_UP, data={**fields, "place": place}).status_code == 422


@pytest.mark.parametrize("state", ["address_confirmed", "accepted"])
@pytest.mark.parametrize("asked", ["us-1919000", ""])
def test_the_second_from_a_city_is_led_to_the_first(client: FlaskClient, now, state: str, asked: str) -> None:
    a_host(state, now=now, place_key="us-1919000", email="first@example.org")

    typed = {**TYPED, "place": asked} if asked else TYPED
    answer = send(client, SIGN_UP, "sign-up", **typed)

    assert answer.status_code == 422
    assert "Somebody has signed Davenport up already" in answer.text
    assert "first@example.org" not in answer.text
    assert "Miller" not in answer.text.replace('value="Joanne Miller"', "")
    assert len(profiles()) == 1
    if asked:
        assert "signed Davenport up already" in client.get(f"{SIGN_UP}?place={asked}").text


@pytest.mark.parametrize("state", ["signed_up", "declined"])
def test_a_sign_up_that_stands_for_nothing_is_in_nobodys_way(client: FlaskClient, now, state: str) -> None:
    a_host(state, now=now, place_key="us-1919000", email="first@example.org")

    assert send(client, SIGN_UP, "sign-up", **TYPED).status_code == 303


def test_a_city_of_the_same_name_in_another_state_signs_up(client: FlaskClient, now) -> None:
    a_host("accepted", now=now, place_key="us-1919000")

    answer = send(client, SIGN_UP, "sign-up", **{**TYPED, "region": "Florida", "contact_email": "lan@example.org"})

    assert answer.status_code == 303


def without(fields: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in fields.items() if key != name}


def profiles() -> list[HostProfile]:
    return list(db.session.scalars(select(HostProfile)))


def only_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile)).one()


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def only_letter() -> Letter:
    return db.session.scalars(select(Letter)).one()
