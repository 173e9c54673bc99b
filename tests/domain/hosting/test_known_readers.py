"""A letter to cities that have no page: it reaches whom the office knows there from files that it imported."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.cast import the_city
from tests.city_letter_cast import a_host_of, a_letter, forgotten, known_at, letters_of
from tests.hosts import a_host
from tourreg import worker
from tourreg.adapters.mailer import Mail, MailRefused, MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.hosting.city_letter_models import CityLetter
from tourreg.domain.hosting.city_readers import readers_of_cities
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.domain.hosting.sent_city_letters import failed_letters, standing_of
from tourreg.tasks import hosting as tasks

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both]


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> None:
    """The worker's clock stands where the tests' does."""


def put_out(letter: CityLetter, now: datetime) -> None:
    tasks.write_to_cities(letter.public_id, now=now)


def names(slug: str, roles: tuple[str, ...] = ROLES) -> list[str]:
    found = readers_of_cities([the_city(slug).id], roles)
    return sorted(reader.name for readers in found.values() for reader in readers)


def test_a_city_without_a_page_is_reached_by_whom_the_office_knows_there(now: datetime) -> None:
    a_host_of("davenport", now=now)
    known_at("davenport", "Known Besides", now=now)
    known_at("davenport", "Joanne Miller", now=now, email="desk@davenport.example.org")
    known_at("charlotte", "Ruth Alder", now=now)
    known_at("yangzhou", "周岚", now=now, email="lan@yangzhou.example.org", language="zh")

    letter = a_letter("davenport", "charlotte", "yangzhou", now=now)
    put_out(letter, now)

    assert {row.to_address: (row.template, row.language) for row in letters_of(letter)} == {
        "desk@davenport.example.org": ("city_letter", "en"),
        "ruth@charlotte.example.org": ("city_letter_known", "en"),
        "lan@yangzhou.example.org": ("city_letter_known", "zh"),
    }
    assert standing_of(letter).reached == 3


@pytest.mark.parametrize("state", ["signed_up", "address_confirmed", "declined"])
def test_a_sign_up_that_is_not_accepted_is_no_page(now: datetime, state: str) -> None:
    profile = a_host(state, now=now)
    with writing():
        db.session.merge(profile).city = the_city("davenport")
    known_at("davenport", "Ruth Alder", now=now)

    assert names("davenport") == ["Ruth Alder"]


@pytest.mark.parametrize(("roles", "found"), [(("press",), ["Petra Press"]), (("approver",), ["Nora None"])])
def test_whom_the_office_knows_is_chosen_by_what_they_do(
    now: datetime, roles: tuple[str, ...], found: list[str]
) -> None:
    known_at("davenport", "Petra Press", "press", now=now)
    known_at("davenport", "Nora None", now=now)

    assert names("davenport", roles=roles) == found


def test_whoever_is_deleted_before_their_turn_or_before_their_letter_leaves_gets_none(
    now: datetime, mailbox: MemoryMailer
) -> None:
    early, late, stays = (known_at("davenport", name, now=now) for name in ("Early Goer", "Late Goer", "Ruth Alder"))
    letter = a_letter("davenport", now=now)
    forgotten(early, now=now)
    put_out(letter, now)
    forgotten(late, now=now)

    worker.run_due()

    assert [one["To"] for one in mailbox.sent] == [stays.email]
    stands = standing_of(letter)
    assert (stands.people, stands.sent, stands.failed, stands.waiting) == (2, 1, 1, 0)


def test_an_address_that_the_mail_server_refuses_is_told_and_stops_nobody_else(
    now: datetime, mailbox: MemoryMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_at("davenport", "Gone Away", now=now)
    known_at("charlotte", "Ruth Alder", now=now)
    take = mailbox.send

    def refuse_one(mail: Mail) -> None:
        if mail.to == "gone@davenport.example.org":
            raise MailRefused("550 No such mailbox")
        take(mail)

    monkeypatch.setattr(mailbox, "send", refuse_one)
    letter = a_letter("davenport", "charlotte", now=now)
    put_out(letter, now)
    worker.run_due()

    assert [one["To"] for one in mailbox.sent] == ["ruth@charlotte.example.org"]
    assert [(one.facts["contact"], why) for one, why in failed_letters(letter, most=9)] == [
        ("Gone Away", "550 No such mailbox")
    ]
