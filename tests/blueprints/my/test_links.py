"""Links from letters: a page with one button; expired, used, foreign and mangled ones say so and lead on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import a_registration
from tests.hosts import a_host
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.audit.models import Move
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.outbox.models import Letter
from tourreg.domain.registrations.models import Registration

Show = Callable[[datetime], None]
pytestmark = pytest.mark.usefixtures("without_tokens")


def test_a_link_opens_the_registration_with_one_button(client, registration, now) -> None:
    link = a_link("registration", registration.public_id, now)

    shown = client.get(link).get_data(as_text=True)
    answer = client.post(link)

    assert shown.count("<button") == 1
    assert answer.location == page_of(registration)
    assert client.get(answer.location).status_code == 200


def test_looking_at_a_link_opens_nothing(client, registration, now) -> None:
    client.get(a_link("registration", registration.public_id, now))

    assert client.get(page_of(registration)).status_code == 404


def test_a_scanner_that_opens_every_link_changes_no_row(client, registration, now) -> None:
    profile = a_host(now=now)
    opened = [
        a_link("registration", registration.public_id, now),
        a_link("host_confirmation", profile.public_id, now),
        a_link("host_profile", profile.public_id, now),
        a_link("sign_in", "lan@example.org", now),
    ]
    before = rows()

    statuses = [client.open(link, method=method).status_code for link in opened for method in ("GET", "HEAD")]

    assert statuses == [200] * 8
    assert rows() == before


def test_an_access_link_opens_again_and_again(app, registration, now) -> None:
    link = a_link("registration", registration.public_id, now)

    assert [app.test_client().post(link).status_code for _ in range(3)] == [303] * 3


def test_confirming_the_address_of_a_host_leads_to_the_citys_page(client, now) -> None:
    profile = a_host(now=now)
    link = a_link("host_confirmation", profile.public_id, now)

    answer = client.post(link)
    again = client.post(link)

    assert answer.location == f"/city/{profile.public_id}"
    assert client.get(answer.location).status_code == 200
    assert state_of(profile) == "address_confirmed"
    assert (again.status_code, "This link was used before" in again.get_data(as_text=True)) == (410, True)


@pytest.mark.parametrize(
    ("purpose", "template"), [("host_confirmation", "host_confirm"), ("host_profile", "host_access")]
)
def test_a_host_whose_link_has_ended_is_written_to_again(client, clock, now, purpose: str, template: str) -> None:
    profile = a_host("signed_up" if purpose == "host_confirmation" else "accepted", now=now)
    link = a_link(purpose, profile.public_id, now)
    clock(now + timedelta(days=1))
    before = rows()

    refused = client.get(link)
    unchanged = rows()
    again = client.post(f"{link}/again")

    assert (refused.status_code, f'action="{link}/again"' in refused.text) == (410, True)
    assert unchanged == before
    assert "A new letter is on its way" in again.text
    assert "joanne" not in again.text
    assert newest_letter() == (template, "joanne@example.org")


def test_a_host_whose_link_was_used_gets_one_to_the_citys_page(client, now) -> None:
    link = a_link("host_confirmation", a_host(now=now).public_id, now)
    client.post(link)

    assert f'action="{link}/again"' in client.get(link).text
    client.post(f"{link}/again")

    assert newest_letter() == ("host_access", "joanne@example.org")


def test_no_letter_follows_a_link_that_is_good_taken_back_mangled_or_anothers(client, registration, clock, now) -> None:
    profile = a_host(now=now)
    good, taken_back = a_link("host_confirmation", profile.public_id, now), a_link("host_profile", "another", now)
    with writing():
        links.revoke_links("another", now=now, by="staff:x")
    registrations = a_link("registration", registration.public_id, now)
    before = newest_letter()

    answers = [client.post(f"{link}/again") for link in (good, taken_back, "/my/link/nothing")]
    clock(now + timedelta(days=1))
    answers.append(client.post(f"{registrations}/again"))

    assert [answer.status_code for answer in answers] == [303, 410, 404, 410]
    assert newest_letter() == before


def test_a_host_link_opens_the_citys_page(client, now) -> None:
    profile = a_host("accepted", now=now)

    answer = client.post(a_link("host_profile", profile.public_id, now))

    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_has_ended_says_so_and_offers_a_new_one(client, registration, clock, now, method: str) -> None:
    link = a_link("registration", registration.public_id, now)
    clock(now + timedelta(days=1))

    answer = client.open(link, method=method)

    assert answer.status_code == 410
    assert "This link has ended" in answer.get_data(as_text=True)
    assert f'href="/my/sign-in?onward=/my/registrations/{registration.public_id}"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_was_taken_back_says_so(client, registration, now, method: str) -> None:
    link = a_link("registration", registration.public_id, now)
    with writing():
        links.revoke_links(registration.public_id, now=now, by="staff:x")

    answer = client.open(link, method=method)

    assert (answer.status_code, "This link was taken back" in answer.get_data(as_text=True)) == (410, True)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["x", "%E2%80%AE", "a" * 3000, "' OR 1=1 --", "{{7*7}}", "%ED%A0%80", "%FF"])
def test_a_mangled_link_says_so(client, token: str, method: str) -> None:
    answer = client.open(f"/my/link/{token}", method=method)

    assert (answer.status_code, "This link is not whole" in answer.get_data(as_text=True)) == (404, True)


@pytest.mark.parametrize("purpose", ["fresh_code", "staff_password"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_that_is_opened_elsewhere_is_unknown_here_and_not_spent(
    client, registration, now, purpose: str, method: str
) -> None:
    before = rows()
    link = a_link(purpose, registration.public_id, now)

    assert client.open(link, method=method).status_code == 404
    assert rows()[2] == before[2]
    assert client.get(page_of(registration)).status_code == 404


def test_a_link_for_one_registration_opens_no_other(client, registration, now) -> None:
    other = a_registration(registration.event, now=now)

    client.post(a_link("registration", registration.public_id, now))

    assert client.get(page_of(other)).status_code == 404


def test_the_link_of_a_letter_speaks_the_readers_language(client, registration, now) -> None:
    shown = client.get(a_link("registration", registration.public_id, now) + "?language=zh")

    assert '<html lang="zh-Hans">' in shown.get_data(as_text=True)


def test_no_page_about_a_link_is_kept_anywhere(client, registration, now) -> None:
    answer = client.get(a_link("registration", registration.public_id, now))

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def a_link(purpose: str, subject: str, now: datetime) -> str:
    secret = settings().secret_key
    with writing():
        link = links.make_link(purpose, subject, expires_at=now + timedelta(days=1), now=now, secret=secret)
    return f"/my/link/{links.token_of(link, secret)}"


def page_of(registration: Registration) -> str:
    return f"/my/registrations/{registration.public_id}"


def state_of(profile: HostProfile) -> str:
    db.session.rollback()
    return profile.state


def newest_letter() -> tuple[str, str]:
    db.session.rollback()
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    return letter.template, letter.to_address


def rows() -> tuple[int, int, int]:
    """Return how many moves there are, how many links, and how many of these were used."""
    db.session.rollback()
    return tuple(  # type: ignore[return-value]
        db.session.scalar(select(func.count(column))) for column in (Move.id, OneTimeLink.id, OneTimeLink.used_at)
    )
