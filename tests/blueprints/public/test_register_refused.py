"""What the registration page refuses: each with a sentence beside its field, and everything typed kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.public.registration_page import (
    FORM,
    count_registrations,
    filled_in,
    invoice,
)
from tests.cast import a_published_summit, an_add_on
from tests.forms import Fields, faults_of, fields_of, page_of
from tourreg.domain.catalogue.models import Pool

pytestmark = pytest.mark.usefixtures("clock_shows")
TYPED = (
    "contact_name",
    "organisation",
    "contact_email",
    "bill_name",
    "bill_address",
    "p1-surname",
    "p1-native",
    "p1-post",
)
MALICE = "<script>alert(1)</script>{{ 7777 * 3 }}{% raw %}'\"&"


def test_an_empty_form_says_what_each_field_needs(client: FlaskClient, whole: Fields) -> None:
    token = {name: whole[name] for name in ("csrf_token", "submission_key")}

    answer = client.post(FORM, data={**token, "do": "register", "p1-surname": ""})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [
        "contact_name", "organisation", "contact_email", "p1-surname", "p1-country", "p1-fee", "pays_by",
        "terms", "privacy", "cross_border",
    ]  # fmt: skip
    assert page_of(answer).findtext(".//title", "").startswith("Error: Register")


def test_each_fault_leads_to_a_field_that_names_it(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data={"csrf_token": whole["csrf_token"], "do": "register"})

    page = page_of(answer)
    for field in set(faults_of(answer)) - {"pays_by"}:
        control = page.find(f".//*[@id='{field}']")
        assert control is not None
        assert control.get("aria-invalid") == "true"
        assert f"{field}-fault" in control.get("aria-describedby", "")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("p1-surname", "周", "Use Latin letters only, as in the passport: Zhou, not 周."),
        ("p1-surname", "{{7*7}}", "Use Latin letters only"),
        ("p1-surname", "<b>Hart</b>", "Use Latin letters only"),
        ("p1-given", "محمد", "Use Latin letters only"),
        ("p1-given", "Emily 😀", "“😀” cannot be printed. Leave it out."),
        ("p1-surname", "Ha\x00rt", "“\ufffd” cannot be printed. Leave it out."),
        ("p1-surname", "H" * 10_000, "At most 120 characters; this has 10000."),
        ("p1-native", "周" * 121, "At most 120 characters; this has 121."),
        ("p1-native", "周\x07岚", "“\ufffd” cannot be printed."),
        ("p1-badge", "Lan 🎉", "“🎉” cannot be printed."),
        ("p1-salutation", "Emperor", "Choose one of the list."),
        ("p1-country", "ZZ", "Choose one of the list."),
        ("p1-country", "United States", "Choose one of the list."),
        ("p1-email", "t.okafor@", "Type the whole address, as in name@city.gov."),
        ("p1-fee", "forged", "The fee you had chosen is no longer offered."),
        ("p1-fee", "", "Choose a fee."),
        ("contact_email", "a@example.org\r\nBcc: b@example.org", "Type the whole address"),
        ("contact_name", "", "Type your name."),
        ("contact_name", " \u200b\u202e ", "Type your name."),
        ("organisation", "مدينة دبي", "Our papers cannot print “م”. Write this in Latin or Chinese letters."),
        ("contact_name", "שרה", "Our papers cannot print “ש”."),
        ("organisation", "Ƙano State", "Our papers cannot print “Ƙ”."),
        ("p1-surname", "Ƙwankwaso", "Our papers cannot print “Ƙ”. Type the name in the letters A to Z."),
        ("p1-given", "Sim\u0302", "Our papers cannot print “m\u0302”."),
        ("contact_phone", "call me", "Type digits with the country’s code"),
        ("organisation", "x" * 201, "At most 200 characters"),
        ("pays_by", "", "Choose how the bill is paid."),
        ("pays_by", "gold", "Choose how the bill is paid."),
    ],
)
def test_a_field_that_is_wrong_says_how_to_put_it_right(
    client: FlaskClient, whole: Fields, field: str, typed: str, sentence: str
) -> None:
    answer = client.post(FORM, data=whole | {field: typed})

    assert answer.status_code == 422
    assert list(faults_of(answer)) == [field]
    assert sentence in faults_of(answer)[field]
    assert count_registrations() == 0


@pytest.mark.parametrize("field", ["bill_name", "bill_address", "bill_country"])
def test_an_invoice_needs_whom_it_is_made_out_to(client: FlaskClient, whole: Fields, field: str) -> None:
    answer = client.post(FORM, data=whole | invoice() | {field: ""})

    assert list(faults_of(answer)) == [field]


def test_a_long_po_number_is_refused(client: FlaskClient, whole: Fields) -> None:
    assert list(faults_of(client.post(FORM, data=whole | invoice() | {"po_number": "1" * 61}))) == ["po_number"]


@pytest.mark.parametrize("typed", ["x" * 10_000, MALICE, "Łódź 😀", "مدينة دبي", "\u200fעיר\u200e", "周岚" * 500])
def test_whatever_was_typed_is_kept(client: FlaskClient, whole: Fields, typed: str) -> None:
    answer = client.post(FORM, data=whole | invoice() | dict.fromkeys(TYPED, typed))

    shown = fields_of(answer, "registration")
    visible = "".join(sign for sign in typed if sign not in "\u200e\u200f")
    assert answer.status_code == 422
    assert {field: shown[field] for field in TYPED} == dict.fromkeys(TYPED, visible)


def test_markup_and_template_signs_are_only_text(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(
        FORM, data=whole | invoice() | {"organisation": MALICE, "contact_name": MALICE, "p1-native": MALICE}
    )

    page = client.get(answer.location)
    assert answer.status_code == 303
    assert "<script>alert" not in page.text
    assert "23331" not in page.text


def test_a_name_in_its_own_script_may_be_in_any(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | {"p1-native": "محمد بن زايد", "p1-badge": "สมชาย"})

    assert answer.status_code == 303


def test_a_person_numbered_in_other_digits_is_nobody(client: FlaskClient, whole: Fields) -> None:
    answer = client.post(FORM, data=whole | {"p1٢-surname": "Nobody"})

    assert answer.status_code == 303
    assert count_registrations() == 1


def test_people_beyond_the_twentieth_are_said_to_be_left_out(client: FlaskClient, whole: Fields) -> None:
    thousands = whole | {f"p{number}-surname": "Hart" for number in range(1, 3001)}

    answer = client.post(FORM, data=thousands)

    assert answer.status_code == 422
    assert faults_of(answer)[""].startswith("One form is for 20 participants at most; 3000 were sent")
    assert "p20-surname" in fields_of(answer, "registration")


def test_a_form_of_many_megabytes_is_too_large(client: FlaskClient, whole: Fields) -> None:
    long = whole | {"organisation": "x" * 3_000_000}

    assert client.post(FORM, data=long).status_code == 413
    assert client.post(FORM, data=long, content_type="multipart/form-data").status_code == 413


def test_the_same_person_twice_is_told_apart(client: FlaskClient, whole: Fields) -> None:
    twice = whole | {name.replace("p1", "p2"): value for name, value in whole.items() if name.startswith("p1")}

    answer = client.post(FORM, data=twice)

    assert faults_of(answer)["p2-surname"].startswith("Participant 2: This is the name of participant 1.")


def test_two_add_ons_that_share_their_places_are_not_taken_by_one_person(client: FlaskClient, app: Flask) -> None:
    coach = Pool(capacity=20, taken=0)
    shared = [an_add_on("pre_tour", f"Tour, {room}", 89_000, pool=coach) for room in ("shared room", "own room")]
    summit = a_published_summit(add_ons=shared)
    whole = filled_in(client, summit)
    both = [add_on.public_id for add_on in summit.add_ons]

    answer = client.post(FORM, data=whole | {"p1-add_ons": both})

    assert faults_of(answer) == {
        f"add-on-{both[1]}": "Participant 1 can take only one of these: Tour, shared room and Tour, own room."
    }


@pytest.mark.parametrize("kind", ["terms", "privacy", "cross_border"])
def test_each_text_has_to_be_ticked(client: FlaskClient, whole: Fields, kind: str) -> None:
    del whole[kind]

    assert list(faults_of(client.post(FORM, data=whole))) == [kind]


def test_faults_are_said_in_chinese_on_the_chinese_page(client: FlaskClient, whole: Fields) -> None:
    answer = client.post("/zh" + FORM[3:], data=whole | {"p1-surname": "周", "p1-country": ""})

    assert faults_of(answer) == {
        "p1-surname": "参加者1：请只用拉丁字母，与护照一致：写Zhou，不写周。",
        "p1-country": "参加者1：请选择参加者所在的国家或地区。",
    }


def test_a_form_without_its_token_is_stale(client: FlaskClient, whole: Fields) -> None:
    assert client.post(FORM, data=whole | {"csrf_token": "forged"}).status_code == 400
    assert count_registrations() == 0


@pytest.mark.parametrize("key", ["", "short", "x" * 23, "../../../../etc/passwd", "\x00" * 22])
def test_a_forged_submission_key_is_replaced(client: FlaskClient, whole: Fields, key: str) -> None:
    answer = client.post(FORM, data=whole | {"submission_key": key, "p1-surname": ""})

    assert len(fields_of(answer, "registration")["submission_key"]) == 22


def test_one_address_makes_thirty_bookings_a_minute_however_often_it_corrects(
    client: FlaskClient, whole: Fields
) -> None:
    for _ in range(40):
        assert client.post(FORM, data=whole | {"p1-surname": ""}).status_code == 422

    answers = [client.post(FORM, data=whole).status_code for _ in range(31)]

    assert answers == [303] * 30 + [429]
