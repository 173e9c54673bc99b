"""Lists of members in the office: imported from a file, refused row by row, replaced as a whole."""

import io
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.adapters.test_spreadsheets import an_xlsx
from tests.forms import faults_of, fields_of
from tourreg.db import db
from tourreg.domain.memberships.models import Member, MemberList

NEW = "/office/members/new"


def upload(officer: FlaskClient, address: str, content: bytes, name: str = "members.csv", **typed: Any) -> Any:
    fields = fields_of(officer.get(address), "members") | {"name": "Alliance", **typed}
    return officer.post(
        address, data=fields | {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )


def numbers() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Member.number).order_by(Member.number)))


def the_address() -> str:
    return f"/office/members/{db.session.scalars(select(MemberList)).one().public_id}"


def test_a_list_is_imported_from_csv_and_replaced_from_excel(officer: FlaskClient) -> None:
    answer = upload(officer, NEW, "\ufeffnumber;name\r\nM-1;Charlotte\r\nM-2;Davenport\r\n".encode())
    assert (answer.status_code, numbers()) == (303, ["M1", "M2"])

    answer = upload(officer, the_address(), an_xlsx([["会员号"], ["M3"]]), "members.xlsx")

    assert (answer.status_code, numbers()) == (303, ["M3"])


def test_a_file_in_gb18030_is_read(officer: FlaskClient) -> None:
    upload(officer, NEW, "会员号,单位\n1001,扬州市人民政府\n".encode("gb18030"))

    assert db.session.scalars(select(Member.name)).one() == "扬州市人民政府"


def test_a_file_with_wrong_rows_imports_nothing_and_names_them(officer: FlaskClient) -> None:
    answer = upload(officer, NEW, b"number,until\nM1,never\nM2,\n,2027-01-01\n")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert faults_of(answer) == {"file": "2 rows are wrong. Nothing was imported."}
    assert "Row 2: this is no day, such as 2027-12-31 (never)" in page
    assert "Row 4: the number is missing" in page
    assert numbers() == []


def test_what_is_no_table_is_refused(officer: FlaskClient) -> None:
    for content in (b"PK\x03\x04broken", b"<!doctype html><script>alert(1)</script>", b"\x00\x01\x02\xff" * 50):
        assert list(faults_of(upload(officer, NEW, content))) == ["file"]
    assert list(faults_of(upload(officer, NEW, b""))) == ["file"]
    assert numbers() == []


def test_a_new_name_alone_keeps_the_members(officer: FlaskClient) -> None:
    upload(officer, NEW, b"M1\n")

    fields = fields_of(officer.get(the_address()), "members") | {"name": "City alliance"}
    officer.post(the_address(), data=fields, content_type="multipart/form-data")

    assert numbers() == ["M1"]
    assert db.session.scalars(select(MemberList.name)).one() == "City alliance"


def test_a_form_sent_twice_makes_one_list(officer: FlaskClient) -> None:
    fields = fields_of(officer.get(NEW), "members") | {"name": "Alliance"}
    for _ in range(2):
        officer.post(NEW, data=fields | {"file": (io.BytesIO(b"M1\n"), "a.csv")}, content_type="multipart/form-data")

    assert numbers() == ["M1"]
