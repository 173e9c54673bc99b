"""One letter to many host cities: whom it reaches, in which language, and that nobody gets it twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from tests.cast import the_city
from tests.city_letter_cast import DRAFT, a_colleague, a_host_of, a_letter, letters_of, many_host_cities
from tests.hosts import MEMBER, a_host
from tourreg import worker
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.hosting import city_letters, commands
from tourreg.domain.hosting.city_letter_models import CityLetter
from tourreg.domain.hosting.city_letter_rules import MOST_CITIES, strange_hole
from tourreg.domain.hosting.city_letters import (
    CITIES_AT_ONCE,
    NobodyReached,
    TooManyCities,
    letter_to_change,
    write_to_cities,
    write_to_some,
)
from tourreg.domain.hosting.city_readers import readers_of_cities
from tourreg.domain.hosting.contact_models import ROLES
from tourreg.domain.hosting.contacts import end_contact
from tourreg.domain.hosting.sent_city_letters import cities_of, letters_to_city, standing_of
from tourreg.kernel.bilingual import Text
from tourreg.tasks import hosting as tasks

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both]


class Killed(BaseException):
    """The worker ends here, with nothing tidied up."""


@pytest.fixture(autouse=True)
def clock(clock_shows: Callable[[datetime], None]) -> None:
    """The worker's clock stands where the tests' does."""


def put_out(letter: CityLetter, now: datetime) -> None:
    tasks.write_to_cities(letter.public_id, now=now)


def names(*slugs: str, roles: tuple[str, ...] = ROLES) -> list[str]:
    found = readers_of_cities([the_city(slug).id for slug in slugs], roles)
    return sorted(reader.name for readers in found.values() for reader in readers)


def test_each_contact_gets_it_in_their_own_language_with_their_own_names(now: datetime) -> None:
    davenport = a_host_of("davenport", now=now)
    a_host_of("yangzhou", now=now, language="zh")
    a_colleague(davenport, "Ruth Clerk", "press", now=now)
    letter = a_letter("davenport", "yangzhou", now=now)

    put_out(letter, now)

    facts = {row.to_address: (row.language, row.facts["subject"]) for row in letters_of(letter)}
    assert facts == {
        "desk@davenport.example.org": ("en", "Dates for Davenport"),
        "ruth@davenport.example.org": ("en", "Dates for Davenport"),
        "desk@yangzhou.example.org": ("zh", "请扬州确定日期"),
    }
    assert "Ruth Clerk." in letters_of(letter)[1].facts["words"]


def test_whoever_reads_a_language_that_is_missing_gets_the_other(now: datetime) -> None:
    a_host_of("yangzhou", now=now, language="zh")
    letter = a_letter("yangzhou", now=now, draft=replace(DRAFT, subject=Text("Dates"), words=Text("For {city}.")))

    put_out(letter, now)

    [one] = letters_of(letter)
    assert (one.language, one.facts["words"]) == ("en", "For Yangzhou.")


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        (ROLES, ["Ann Approver", "Joanne Miller", "Nora None", "Petra Press"]),
        (("press",), ["Petra Press"]),
        (("approver",), ["Ann Approver", "Joanne Miller", "Nora None"]),
        (("coordinator",), ["Joanne Miller", "Nora None"]),
        (("security_desk",), []),
    ],
)
def test_contacts_are_chosen_by_what_they_do(now: datetime, roles: tuple[str, ...], found: list[str]) -> None:
    davenport = a_host_of("davenport", now=now)
    a_colleague(davenport, "Ann Approver", "approver", now=now)
    a_colleague(davenport, "Petra Press", "press", now=now)
    a_colleague(davenport, "Nora None", now=now)

    assert names("davenport", roles=roles) == found


def test_nobody_unconfirmed_invited_declined_or_gone_gets_it(now: datetime) -> None:
    davenport = a_host_of("davenport", now=now)
    a_colleague(davenport, "Ivy Invited", now=now, state="invited")
    gone = a_colleague(davenport, "Gil Gone", now=now)
    for state in ("signed_up", "address_confirmed", "declined"):
        other = a_host(state, now=now, email=f"{state}@example.org")
        with writing():
            db.session.merge(other).city = the_city("davenport")
    with writing():
        end_contact(gone, now=now, by=MEMBER)

    assert names("davenport") == ["Joanne Miller"]


def test_an_address_gets_one_letter_for_a_city_and_one_for_each_further_city(now: datetime) -> None:
    for slug in ("davenport", "davenport", "charlotte"):
        a_host_of(slug, now=now, email="joanne@example.org")

    assert names("davenport", "charlotte") == ["Joanne Miller"] * 2


def test_a_letter_that_reaches_nobody_is_refused_and_leaves_nothing(now: datetime) -> None:
    with pytest.raises(NobodyReached):
        a_letter("davenport", now=now)

    assert db.session.query(CityLetter).count() == 0


def test_a_letter_to_more_cities_than_one_goes_to_is_refused(now: datetime) -> None:
    with pytest.raises(TooManyCities), writing():
        write_to_cities(DRAFT, range(MOST_CITIES + 1), submission_key="x", now=now, by=MEMBER)


def test_a_second_press_sends_nothing_twice(now: datetime, mailbox: MemoryMailer) -> None:
    a_host_of("davenport", now=now)
    first = a_letter("davenport", now=now, key="one-form")
    mailbox.sent.clear()
    worker.run_due()
    count = len(mailbox.sent)

    again = a_letter("davenport", now=now, key="one-form")
    put_out(again, now)
    worker.run_due()

    assert again.public_id == first.public_id
    assert len(letters_of(first)) == 1
    assert len(mailbox.sent) == count


def test_a_contact_who_leaves_before_their_turn_or_before_their_letter_leaves_gets_none(
    now: datetime, mailbox: MemoryMailer
) -> None:
    davenport = a_host_of("davenport", now=now)
    early, late = (a_colleague(davenport, name, now=now) for name in ("Early Goer", "Late Goer"))
    letter = a_letter("davenport", now=now)
    with writing():
        end_contact(early, now=now, by=MEMBER)
    put_out(letter, now)
    with writing():
        end_contact(late, now=now, by=MEMBER)

    worker.run_due()

    assert [row.facts["contact"] for row in letters_of(letter)] == ["Joanne Miller", "Late Goer"]
    assert [one["To"] for one in mailbox.sent if one["Subject"] == "Dates for Davenport"] == [
        "desk@davenport.example.org"
    ]
    stands = standing_of(letter)
    assert (stands.people, stands.sent, stands.failed, stands.waiting) == (2, 1, 1, 0)


def test_a_city_that_hosts_no_more_gets_no_letter_that_waits(now: datetime, mailbox: MemoryMailer) -> None:
    profile = a_host_of("davenport", now=now)
    letter = a_letter("davenport", now=now)
    put_out(letter, now)
    with writing():
        commands.decline(db.session.merge(profile), "Thank you.", now=now, by=MEMBER)

    worker.run_due()

    assert "Dates for Davenport" not in {one["Subject"] for one in mailbox.sent}
    assert standing_of(letter).failed == 1


def test_a_city_whose_only_contact_leaves_is_told_as_not_reached(now: datetime) -> None:
    a_host_of("davenport", now=now)
    leaving = a_host_of("charlotte", now=now)
    letter = a_letter("davenport", "charlotte", now=now)
    with writing():
        commands.decline(db.session.merge(leaving), "Thank you.", now=now, by=MEMBER)

    put_out(letter, now)

    assert [city.slug for city in cities_of(letter, reached=False, most=9)] == ["charlotte"]
    assert (standing_of(letter).cities, standing_of(letter).reached) == (2, 1)
    assert letters_to_city(the_city("charlotte")) == []
    assert [one.public_id for one in letters_to_city(the_city("davenport"))] == [letter.public_id]


def test_two_thousand_cities_take_as_many_statements_for_each_turn_as_a_few(
    now: datetime, statements: Callable[[], list[str]]
) -> None:
    keys = many_host_cities(2_000, now=now)
    with writing():
        letter = write_to_cities(DRAFT, keys, submission_key="many", now=now, by=MEMBER)
    counts = []

    there_are_more = True
    while there_are_more:
        before = len(statements())
        with writing():
            there_are_more = write_to_some(letter_to_change(letter.public_id), now=now)
        counts.append(len(statements()) - before)

    assert len(counts) == 2_000 // CITIES_AT_ONCE + 1
    assert max(counts) <= 9
    assert (standing_of(letter).people, standing_of(letter).to_come) == (2_000, 0)
    assert len({row.key for row in letters_of(letter)}) == 2_000


def test_a_worker_that_is_killed_between_two_turns_repeats_nothing(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = many_host_cities(2 * CITIES_AT_ONCE, now=now)
    with writing():
        letter = write_to_cities(DRAFT, keys, submission_key="many", now=now, by=MEMBER)
    turns = iter([write_to_some])

    def killed_after_one(chosen: CityLetter, *, now: datetime) -> bool:
        for turn in turns:
            return turn(chosen, now=now)
        write_to_some(chosen, now=now)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(city_letters, "write_to_some", killed_after_one)
        with pytest.raises(Killed):
            put_out(letter, now)
    assert len(letters_of(letter)) == CITIES_AT_ONCE
    assert standing_of(letter).to_come == CITIES_AT_ONCE

    put_out(letter, now)

    assert len(letters_of(letter)) == 2 * CITIES_AT_ONCE


def test_a_name_in_braces_is_not_filled_again(now: datetime) -> None:
    a_host_of("davenport", now=now)
    with writing():
        the_city("davenport").name = Text("{contact}", "达文波特")
    letter = a_letter("davenport", now=now)

    put_out(letter, now)

    assert letters_of(letter)[0].facts["subject"] == "Dates for {contact}"


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Dear {contact} of {city}", None),
        ("{}", "{}"),
        ("{name}", "{name}"),
        ("{City}", "{City}"),
        ("a { b", "{"),
        ("a } b", "}"),
        ("{{city}}", "{"),
        ("｛city｝", "｛city｝"),
        ("{{ config }}", "{"),
        ("{% raw %}", "{% raw %}"),
    ],
)
def test_only_placeholders_stand_in_braces(text: str, strange: str | None) -> None:
    assert strange_hole(text) == strange
