"""Who may open a registration, and for how long."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from tests.cast import saved
from tests.visitors import a_person_at, granted, signed_in
from tourreg.blueprints import access
from tourreg.db import writing
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.numbers import new_public_id

Show = Callable[[datetime], None]


def test_a_browser_that_registered_may_open_its_registration(client, registration, now) -> None:
    granted(client, registration.public_id, at=now)

    assert opened(client, registration).status_code == 200


def test_a_strange_browser_is_offered_to_sign_in_and_learns_nothing(client, registration) -> None:
    answer = opened(client, registration)
    nobodys = client.get("/my/registrations/no-such-registration")

    assert answer.status_code == 404
    assert answer.get_data(as_text=True) == nobodys.get_data(as_text=True).replace(
        "no-such-registration", registration.public_id
    )


def test_a_grant_for_one_registration_opens_no_other(client, registration, now) -> None:
    granted(client, "another", at=now)

    assert opened(client, registration).status_code == 404


def test_a_grant_ends_after_half_a_day(client, registration, clock, now) -> None:
    granted(client, registration.public_id, at=now)
    clock(now + access.LONGEST_GRANT + timedelta(seconds=1))

    assert opened(client, registration).status_code == 404


def test_revoking_the_links_ends_what_was_granted_before(client, registration, now) -> None:
    granted(client, registration.public_id, at=now)
    saved(a_link(registration, revoked_at=now + timedelta(minutes=1), now=now))

    assert opened(client, registration).status_code == 404


def test_what_is_granted_after_a_revocation_is_good(client, registration, now) -> None:
    saved(a_link(registration, revoked_at=now - timedelta(minutes=1), now=now))
    granted(client, registration.public_id, at=now)

    assert opened(client, registration).status_code == 200


def test_a_person_opens_what_was_registered_with_their_address(client, registration, now) -> None:
    signed_in(client, a_person_at("lan@example.org", now), at=now)

    assert opened(client, registration).status_code == 200


def test_a_person_with_another_address_does_not(client, registration, now) -> None:
    signed_in(client, a_person_at("lang@example.org", now), at=now)

    assert opened(client, registration).status_code == 404


def test_signing_out_everywhere_ends_every_session(client, registration, now) -> None:
    person = a_person_at("lan@example.org", now)
    signed_in(client, person, at=now)
    with writing():
        person.session_key = new_public_id()

    assert opened(client, registration).status_code == 404


def test_a_sign_in_ends_after_a_month(client, registration, clock, now) -> None:
    signed_in(client, a_person_at("lan@example.org", now), at=now)
    clock(now + access.LONGEST_SIGN_IN + timedelta(seconds=1))

    assert opened(client, registration).status_code == 404


def test_a_browser_remembers_a_bounded_number_of_registrations(app, clock, now) -> None:
    with app.test_request_context():
        for minute in range(access.MOST_GRANTS + 5):
            clock(now + timedelta(minutes=minute))
            access.grant(f"registration {minute}")

        kept = list(access._grants())

    assert kept == [f"registration {minute}" for minute in range(5, access.MOST_GRANTS + 5)]


def opened(client: FlaskClient, registration: Registration):
    return client.get(f"/my/registrations/{registration.public_id}")


def a_link(registration: Registration, *, revoked_at: datetime, now: datetime) -> OneTimeLink:
    return OneTimeLink(
        purpose="registration",
        subject=registration.public_id,
        token_hash=new_public_id(),
        created_at=now,
        expires_at=now + timedelta(days=90),
        revoked_at=revoked_at,
    )
