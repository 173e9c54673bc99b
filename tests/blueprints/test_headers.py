"""How long browsers and caches may keep what is served."""

import pytest
from flask.testing import FlaskClient

STYLES = "/static/css/tourreg.css"
A_YEAR = "public, max-age=31536000"


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 200), ({"Range": "bytes=0-9"}, 206), ({"If-None-Match": "the file's"}, 304)]
)
def test_a_file_under_its_version_is_kept_for_a_year(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    etag = client.get(STYLES, buffered=True).headers["ETag"]
    asked = {name: etag if name == "If-None-Match" else value for name, value in headers.items()}

    answer = client.get(f"{STYLES}?v=0123", headers=asked, buffered=True)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, A_YEAR)


def test_a_file_without_its_version_is_kept_for_minutes(client: FlaskClient) -> None:
    assert client.get(STYLES, buffered=True).headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("address", ["/static/css/gone.css?v=0123", "/static/?v=0123", "/static/..%2fsettings.py?v=1"])
def test_that_a_file_is_not_there_is_not_kept(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_what_cannot_be_answered_is_not_kept(client: FlaskClient) -> None:
    answer = client.get(f"{STYLES}?v=0123", headers={"Range": "bytes=99999999-"}, buffered=True)

    assert (answer.status_code, answer.headers["Cache-Control"]) == (416, "no-store")
