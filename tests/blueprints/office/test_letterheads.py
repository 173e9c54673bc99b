"""The office files letterheads, signatories, signatures and seals; papers to come carry them."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.adapters.test_pictures import a_header_of, a_picture
from tests.cast import the_issuer
from tests.forms import faults_of, fields_of
from tests.staff import sign_in
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.papers import letterheads
from tourreg.domain.papers.models import Issuer, Signatory


@pytest.fixture
def issuer(client: FlaskClient, clock_shows: Any) -> str:
    """The public id of a seller, whose letterhead an administrator looks at."""
    with writing():
        made = the_issuer()
        db.session.flush()
        public_id = made.public_id
    sign_in(client, "administrator")
    return public_id


def test_a_filed_seal_and_mark_stand_on_papers_to_come(client: FlaskClient, issuer: str) -> None:
    answer = send(
        client, at(issuer), "letterhead", seal=a_picture(), mark=a_picture(kind="JPEG"), phone="+1 202 555 0101"
    )

    assert answer.status_code == 303
    found = again(issuer)
    assert files().get(found.seal_sha256 or "").startswith(b"\x89PNG")
    assert files().get(found.mark_sha256 or "").startswith(b"\x89PNG")
    assert found.phone == "+1 202 555 0101"
    shown = client.get(f"{at(issuer)}/pictures/seal.png")
    assert shown.headers["Content-Type"] == "image/png"
    assert "sandbox" in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PNG and no JPEG"),
        (a_header_of(8_000, 5_000), "This picture has 40 megapixels"),
        (a_picture(20, 20), "This picture is too small"),
        (a_picture(kind="JPEG")[:500], "This picture cannot be read"),
    ],
)
def test_what_cannot_be_printed_is_refused_beside_its_field_and_the_rest_kept(
    client: FlaskClient, issuer: str, content: bytes, fault: str
) -> None:
    answer = send(client, at(issuer), "letterhead", seal=content, phone="+1 202 555 0199")

    assert answer.status_code == 422
    assert faults_of(answer)["seal"].startswith(fault)
    assert "+1 202 555 0199" in answer.text
    assert again(issuer).seal_sha256 is None


def test_a_picture_of_many_megabytes_is_not_read(client: FlaskClient, issuer: str) -> None:
    assert send(client, at(issuer), "letterhead", seal=bytes(11_000_000)).status_code == 413


def test_a_seal_can_be_taken_back(client: FlaskClient, issuer: str) -> None:
    send(client, at(issuer), "letterhead", seal=a_picture())

    send(client, at(issuer), "letterhead", no_seal="y")

    assert again(issuer).seal_sha256 is None
    assert client.get(f"{at(issuer)}/pictures/seal.png").status_code == 404


def test_who_signs_stands_on_the_papers_that_are_chosen(client: FlaskClient, issuer: str) -> None:
    typed = {"name_en": "Eleanor Whitcombe", "position_en": "Executive Director", "kinds": "host_thanks"}

    answer = send(client, f"{at(issuer)}/signatories/new", "signatory", signature=a_picture(), **typed)

    assert answer.status_code == 303
    [person] = letterheads.signed("host_thanks", again(issuer))["people"]
    assert person["name"]["en"] == "Eleanor Whitcombe"
    assert files().get(person["signature"]).startswith(b"\x89PNG")
    assert letterheads.signed("host_request", again(issuer))["people"] == []


def test_a_signatory_has_a_name(client: FlaskClient, issuer: str) -> None:
    answer = send(client, f"{at(issuer)}/signatories/new", "signatory", position_en="Director")

    assert answer.status_code == 422
    assert faults_of(answer)["name_en"] == "Type the name, in English or in Chinese."


def test_a_signatory_signs_no_more(client: FlaskClient, issuer: str) -> None:
    send(client, f"{at(issuer)}/signatories/new", "signatory", name_en="Eleanor Whitcombe")
    signatory = db.session.scalars(select(Signatory.public_id)).one()
    address = f"{at(issuer)}/signatories/{signatory}"
    token = fields_of(client.get(address), "signatory")["csrf_token"]

    client.post(f"{address}/removal", data={"csrf_token": token})

    db.session.rollback()
    assert letterheads.signatories_of(again(issuer)) == []


def test_only_administrators_change_a_letterhead(client: FlaskClient, issuer: str) -> None:
    sign_in(client, "finance", name="Shen Ruolan")

    assert client.get(at(issuer)).status_code == 403
    assert client.get("/office/letterheads").status_code == 200


def at(issuer: str) -> str:
    return f"/office/letterheads/{issuer}"


def again(issuer: str) -> Issuer:
    db.session.rollback()
    return db.session.scalars(select(Issuer).where(Issuer.public_id == issuer)).one()


def send(client: FlaskClient, address: str, form: str, **typed: str | bytes) -> TestResponse:
    """Send the form with what it holds; bytes are pictures."""
    words = {name: value for name, value in typed.items() if isinstance(value, str)}
    sent: dict[str, Any] = {**fields_of(client.get(address), form), **words}
    for name in ("mark", "seal", "signature"):
        content = typed.get(name)
        sent[name] = (io.BytesIO(content), "picture.png") if isinstance(content, bytes) else (io.BytesIO(), "")
    return client.post(address, data=sent, content_type="multipart/form-data")
