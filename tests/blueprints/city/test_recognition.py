"""A city finds what it has hosted and its certificates, and nothing of other cities."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.cast import the_city
from tests.certificate_cast import a_hosted_tour, issued, replaced, revoked
from tests.forms import page_of, words_of
from tests.hosts import a_host
from tests.visitors import granted
from tourreg.db import db, writing
from tourreg.domain.certificates.models import Certificate
from tourreg.domain.hosting.models import HostProfile
from tourreg.worker import run_due


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> Callable[[datetime], None]:
    return clock_shows


@pytest.fixture
def certificate(client: FlaskClient, now: datetime) -> Certificate:
    """Davenport's certificate, whose files are made; its contact was let in just now."""
    made = issued(a_hosted_tour(now), now=now)
    run_due()
    granted(client, the_profile().public_id, at=now)
    return made


def the_profile() -> HostProfile:
    return db.session.scalars(select(HostProfile).order_by(HostProfile.id)).first()  # type: ignore[return-value]


def page() -> str:
    return f"/city/{the_profile().public_id}/recognition"


def test_a_city_opens_its_certificate(client: FlaskClient, certificate: Certificate) -> None:
    number = certificate.paper.number
    address = f"{page()}/{certificate.public_id}.pdf"

    assert number in words_of(page_of(client.get(page())))
    assert client.get(address).data.startswith(b"%PDF")


def test_what_was_hosted_stands_there_once_it_is_over(
    client: FlaskClient, certificate: Certificate, now: datetime, clock: Callable[[datetime], None]
) -> None:
    assert "Nothing yet" in words_of(page_of(client.get(page())))

    clock(now + timedelta(days=130))
    granted(client, the_profile().public_id, at=now + timedelta(days=130))

    words = words_of(page_of(client.get(page())))
    assert "Water in Cities" in words
    assert "18 people" in words
    assert "Energy" in words


def test_a_revoked_certificate_is_opened_no_more(client: FlaskClient, certificate: Certificate, now: datetime) -> None:
    address = f"{page()}/{certificate.public_id}.pdf"
    revoked(certificate, now=now)

    assert client.get(address).status_code == 410
    assert "Revoked" in words_of(page_of(client.get(page())))
    assert "another city" not in client.get(page()).text


def test_a_corrected_certificate_names_its_successor(
    client: FlaskClient, certificate: Certificate, now: datetime
) -> None:
    number = replaced(certificate, now=now).paper.number

    assert f"replaced by {number}" in words_of(page_of(client.get(page())))


def test_another_citys_certificate_is_not_found(client: FlaskClient, certificate: Certificate, now: datetime) -> None:
    other = a_host("accepted", now=now, city_name="Fort Collins", region="Colorado", email="kelly@example.org")
    with writing():
        db.session.merge(other).city = the_city("fort-collins")
    granted(client, other.public_id, at=now)

    theirs = f"/city/{other.public_id}/recognition"
    assert client.get(f"{theirs}/{certificate.public_id}.pdf").status_code == 404
    assert certificate.paper.number not in client.get(theirs).text


def test_a_city_that_is_not_accepted_has_no_such_page(client: FlaskClient, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    granted(client, profile.public_id, at=now)

    assert client.get(f"/city/{profile.public_id}/recognition").status_code == 404
