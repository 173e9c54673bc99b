"""Several people speak for a city: they ask, are invited, accept, and are let go."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.hosts import a_host
from tourreg.db import db, writing
from tourreg.domain.hosting import queries
from tourreg.domain.hosting.contact_models import HostContact
from tourreg.domain.hosting.contacts import (
    MOST_CONTACTS,
    Invitation,
    IsContactAlready,
    TooManyContacts,
    accept_invitation,
    ask_to_join,
    contacts_of,
    end_contact,
    invite,
    shares_page,
)
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import AddressNotConfirmed, Contact
from tourreg.domain.outbox.models import Letter

pytestmark = pytest.mark.usefixtures("app")
BY = "staff:ren-hui"


def a_wish(email: str = "clerk@example.org", *roles: str) -> Invitation:
    return Invitation(Contact("Ruth Clerk", "City Clerk", email), roles, "en")


def invited(profile: HostProfile, now: datetime, wish: Invitation) -> HostContact:
    with writing():
        return invite(profile, wish, now=now, by=BY)


def letters() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Letter).order_by(Letter.id))
    return [(row.template, row.to_address) for row in rows if row.template in ("host_asked", "host_invitation")]


@pytest.mark.both
def test_whoever_asks_is_invited_and_shares_the_page(now: datetime) -> None:
    davenport = a_host("accepted", now=now)
    with writing():
        ask_to_join(davenport, a_wish(), now=now)
    assert not shares_page(davenport, "clerk@example.org")

    contact = invited(davenport, now, a_wish("Clerk@example.org", "press", "approver", "mayor"))
    for _ in range(2):
        with writing():
            accept_invitation(contact, now=now)

    assert shares_page(davenport, "CLERK@example.org")
    assert (contact.state, contact.roles) == ("active", ["approver", "press"])
    assert letters() == [("host_asked", "joanne@example.org"), ("host_invitation", "clerk@example.org")]


def test_one_person_may_serve_several_cities(now: datetime) -> None:
    cities = [a_host("accepted", now=now), a_host("accepted", now=now, city_name="Dubuque", email="lan@example.org")]
    for city in cities:
        contact = invited(city, now, a_wish())
        with writing():
            accept_invitation(contact, now=now)

    assert {one.public_id for one in queries.of_address("clerk@example.org")} == {one.public_id for one in cities}


def test_asking_again_writes_no_second_letter(now: datetime) -> None:
    davenport = a_host("accepted", now=now)

    for email in ("clerk@example.org", "CLERK@example.org", "joanne@example.org"):
        with writing():
            ask_to_join(davenport, a_wish(email), now=now)

    assert len(contacts_of(davenport)) == len(letters()) == 1


@pytest.mark.parametrize("email", ["joanne@example.org", "Clerk@example.org"])
def test_nobody_is_invited_twice(now: datetime, email: str) -> None:
    davenport = a_host("accepted", now=now)
    invited(davenport, now, a_wish())

    with pytest.raises(IsContactAlready), writing():
        invite(davenport, a_wish(email), now=now, by=BY)


def test_whoever_is_let_go_shares_nothing_and_may_be_invited_anew(now: datetime) -> None:
    davenport = a_host("accepted", now=now)
    contact = invited(davenport, now, a_wish())
    with writing():
        accept_invitation(contact, now=now)

    for _ in range(2):
        with writing():
            end_contact(contact, now=now, by=BY)
    with writing():
        accept_invitation(contact, now=now)

    assert not shares_page(davenport, "clerk@example.org")
    assert queries.of_address("clerk@example.org") == []
    assert invited(davenport, now, a_wish()).state == "invited"


def test_an_address_that_nobody_confirmed_invites_nobody(now: datetime) -> None:
    davenport = a_host(now=now)

    with pytest.raises(AddressNotConfirmed), writing():
        invite(davenport, a_wish(), now=now, by=BY)
    with writing():
        assert ask_to_join(davenport, a_wish(), now=now) is None


def test_a_city_has_so_many_contacts_at_most(now: datetime) -> None:
    davenport = a_host("accepted", now=now)
    for number in range(MOST_CONTACTS):
        invited(davenport, now, a_wish(f"clerk{number}@example.org"))

    with pytest.raises(TooManyContacts), writing():
        invite(davenport, a_wish("one.more@example.org"), now=now, by=BY)
    with writing():
        assert ask_to_join(davenport, a_wish("one.more@example.org"), now=now) is None
