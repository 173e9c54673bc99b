"""Whoever holds a version since which their own days have changed is told so, once; nobody else is."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from tests.notice_cast import (
    OPENING,
    WALK,
    a_receiving_city,
    a_summit_with_readers,
    change,
    hand_out,
    holders,
    issue,
    item_of,
    make_all,
    standings,
    tell,
)
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.batches import commands, notices, queries
from tourreg.domain.batches.models import PaperBatch
from tourreg.domain.batches.notices import AnotherVersion, NobodyToTell
from tourreg.domain.catalogue.models import Event
from tourreg.domain.itineraries import openings
from tourreg.domain.itineraries.details import Details
from tourreg.domain.outbox.models import Letter
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers import standing
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.kernel.bilingual import Text

LATER = timedelta(days=1)
EMILY = "Emily Hart"


@pytest.fixture
def made(app: Flask, now: datetime) -> tuple[Event, Registration]:
    return a_summit_with_readers(now)


@pytest.fixture
def summit(made: tuple[Event, Registration], now: datetime) -> Event:
    """A summit whose two participants were sent the first version."""
    event, registration = made
    for person in registration.participants:
        hand_out(event, person.public_id, 1, now, to=person.email)
    return event


def names(event: Event, now: datetime) -> list[str]:
    return [name for name, holder in holders(event, now).items() if holder.reader.kind == "participant"]


def notices_sent() -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.template == "programme_changed").order_by(Letter.id)))


def test_whoever_was_sent_nothing_holds_nothing(made: tuple[Event, Registration], now: datetime) -> None:
    event, _registration = made

    assert {holder.standing for holder in holders(event, now).values()} == {"nothing"}


def test_a_letter_gives_a_version_to_whom_its_paper_is_made_for(summit: Event, now: datetime) -> None:
    held = [holders(summit, now)[name].held for name in names(summit, now)]

    assert [(one.version, one.way, one.given_at) for one in held if one] == [(1, "letter", None)] * 2


def test_a_paper_for_all_belongs_to_those_with_the_address(made: tuple[Event, Registration], now: datetime) -> None:
    event, registration = made
    hand_out(event, "", 1, now, to=registration.participants[0].email.upper(), kind="itinerary")

    assert [name for name, holder in holders(event, now).items() if holder.held] == [EMILY]


def test_what_a_contact_opens_all_of_the_registration_hold(made: tuple[Event, Registration], now: datetime) -> None:
    event, registration = made
    book = hand_out(event, "", 1, now, kind="itinerary")
    with writing():
        standing.note_opening(book.id, f"contact:{registration.public_id}", now=now)
        standing.note_opening(book.id, "contact:somebody-else", now=now)

    held = [holders(event, now)[name].held for name in names(event, now)]

    assert [(one.way, one.opened_at) for one in held if one] == [("opened", now)] * 2


def test_the_newest_version_counts_and_when_it_was_opened(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, title=Text("Another opening"))
    person = next(one.reader for one in holders(summit, now).values() if one.reader.kind == "participant")
    newer = hand_out(summit, person.public_id, 2, now + LATER, to=person.email)
    with writing():
        standing.note_opening(newer.id, f"contact:{person.registration}", now=now + LATER)

    held = holders(summit, now)[person.name.en].held

    assert held
    assert (held.version, held.number, held.opened_at) == (2, newer.number, now + LATER)


def test_who_has_read_a_version_on_their_own_page_holds_it(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, title=Text("Another opening"))
    people = [one.reader for one in holders(summit, now).values() if one.reader.kind == "participant"]
    with writing():
        openings.note_opening(summit.id, 2, people[0].public_id, now=now + LATER)
        openings.note_opening(summit.id, 1, people[1].public_id, now=now + LATER)

    found = holders(summit, now)
    read, older = (found[person.name.en] for person in people)

    assert read.held
    assert (read.held.version, read.held.way, read.held.paper, read.held.opened_at) == (2, "page", "", now + LATER)
    assert read.standing == "current"
    assert older.held
    assert (older.held.version, older.held.way, older.held.opened_at) == (1, "letter", now + LATER)
    assert older.standing == "to_tell"


def test_only_those_are_told_whose_days_have_changed(summit: Event, now: datetime) -> None:
    change(summit, WALK, now, place=Text("North gate", "北门"))

    found = holders(summit, now)

    assert sorted(holder.standing for holder in found.values() if holder.held) == ["to_tell", "unchanged"]
    told = next(holder for holder in found.values() if holder.standing == "to_tell")
    assert told.reader.parts > {""}
    assert told.changes == 1


def test_notes_of_others_tell_nobody(summit: Event, now: datetime) -> None:
    a_receiving_city("yangzhou", now)
    city = holders(summit, now)["Yangzhou"].reader
    hand_out(summit, city.public_id, 1, now, to=city.email, kind="host_day")
    change(summit, OPENING, now, details=Details(for_driver=Text("Gate 3"), for_escort=Text("Bring cash")))

    assert set(standings(summit, now).values()) == {"unchanged"}

    change(summit, OPENING, now, details=Details(for_host=Text("Two interpreters", "两名译员")))

    assert [name for name, stands in standings(summit, now).items() if stands == "to_tell"] == ["Yangzhou"]


def test_a_host_city_is_told_of_its_own_days(summit: Event, now: datetime) -> None:
    for slug in ("yangzhou", "beijing"):
        a_receiving_city(slug, now)
    for name in ("Yangzhou", "Beijing"):
        city = holders(summit, now)[name].reader
        hand_out(summit, city.public_id, 1, now, to=city.email, kind="host_day")

    change(summit, WALK, now, title=Text("Walk in another lane", "另一条胡同"))

    assert standings(summit, now)["Yangzhou"] == "unchanged"
    assert standings(summit, now)["Beijing"] == "to_tell"


def test_each_gets_a_letter_with_their_own_changes_and_nobody_else_does(summit: Event, now: datetime) -> None:
    host = a_receiving_city("yangzhou", now)
    city = holders(summit, now)["Yangzhou"].reader
    hand_out(summit, city.public_id, 1, now, to=city.email, kind="host_day")
    change(summit, WALK, now, place=Text("North gate", "北门"))
    change(summit, OPENING, now, place=Text("Hall 2", "二号厅"))

    tell(summit, 3, now)
    make_all(now)

    letters = {letter.to_address: letter for letter in notices_sent()}
    assert set(letters) == {"emily@example.org", "chen@example.org", host.contact_email}
    changes = {
        address: [change["title"]["en"] for change in paper_of(letter).sheet["changes"]]
        for address, letter in letters.items()
    }
    assert changes["emily@example.org"] == changes[host.contact_email] == [OPENING]
    assert changes["chen@example.org"] == [WALK, OPENING]
    assert {(letter.language, paper_of(letter).language) for letter in letters.values()} == {("zh", "zh")}
    assert {paper_of(letter).programme_version for letter in letters.values()} == {3}
    assert not any(any(paper_of(letter).sheet["change_note"].values()) for letter in letters.values())
    assert set(standings(summit, now).values()) == {"current"}


def paper_of(letter: Letter) -> Paper:
    (paper,) = papers.by_public_ids(letter.papers)
    return paper


def test_the_same_form_again_is_the_same_batch(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))

    first, second = (tell(summit, 2, now, key="k" * 22).public_id for _ in range(2))

    assert first == second


def test_a_new_form_tells_nobody_again(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))
    tell(summit, 2, now)

    assert set(standings(summit, now).values()) == {"on_its_way"}
    with pytest.raises(NobodyToTell):
        tell(summit, 2, now)
    make_all(now)
    with pytest.raises(NobodyToTell):
        tell(summit, 2, now)
    assert len(notices_sent()) == 2


@pytest.mark.both
@pytest.mark.parametrize("senders", [1, 4])
def test_several_who_press_at_once_tell_everybody_once(app: Flask, summit: Event, now: datetime, senders: int) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))
    # Several threads read it, and none may ask for it over the session of the test.
    db.session.refresh(summit)
    db.session.expunge(summit)
    db.session.rollback()

    answers = all_at_once(app, [outcome_of(partial(tell, summit, 2, now)) for _ in range(senders)])

    assert sum(isinstance(answer, PaperBatch) for answer in answers) == 1
    assert sum(isinstance(answer, NobodyToTell) for answer in answers) == senders - 1
    make_all(now)
    assert len(notices_sent()) == 2


def test_a_batch_that_was_thrown_away_half_made_leaves_the_others_to_be_told(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))
    batch = tell(summit, 2, now).public_id
    with writing():
        found = queries.by_public_id(batch)
        assert found
        commands.stop(found, now=now, by="staff:x")
    assert set(standings(summit, now).values()) == {"on_its_way"}

    with writing():
        found = queries.by_public_id(batch)
        assert found
        commands.expire(found, now=now, by="worker")

    assert set(standings(summit, now).values()) == {"to_tell"}


def test_whoever_sees_an_older_version_sends_nothing(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))
    change(summit, OPENING, now, place=Text("Hall 3"))

    with pytest.raises(AnotherVersion) as refusal:
        tell(summit, 2, now)

    assert refusal.value.version == 3


def test_what_changed_and_changed_back_tells_nobody(summit: Event, now: datetime) -> None:
    change(summit, OPENING, now, place=Text("Hall 2"))
    change(summit, OPENING, now, place=Text())

    assert set(standings(summit, now).values()) == {"unchanged"}


def test_a_host_without_an_address_is_shown_and_not_mailed(summit: Event, now: datetime) -> None:
    city = holders(summit, now)["Yangzhou"].reader
    paper = hand_out(summit, city.public_id, 1, now, kind="host_day", to="by-hand@example.org")
    change(summit, OPENING, now, place=Text("Hall 2"))

    assert standings(summit, now)["Yangzhou"] == "no_address"
    tell(summit, 2, now)
    make_all(now)

    assert paper.subject not in {paper_of(letter).subject for letter in notices_sent()}


def test_whoever_has_no_address_of_their_own_is_told_by_their_contact(
    made: tuple[Event, Registration], now: datetime
) -> None:
    event, registration = made
    person = registration.participants[0]
    with writing():
        person.email = ""
    hand_out(event, person.public_id, 1, now, to=registration.contact_email)
    change(event, OPENING, now, place=Text("Hall 2"))

    tell(event, 2, now)
    make_all(now)

    assert [letter.to_address for letter in notices_sent()] == [registration.contact_email]
    assert [letter.facts["name"] for letter in notices_sent()] == [EMILY]


def test_a_driver_whose_ways_have_changed_is_shown(summit: Event, now: datetime) -> None:
    with writing():
        item = item_of(summit, "Coaches to Sanwan")
        item.details, day = Details(leaves="08:15", minutes=35, driver="Wu"), item.day.public_id
    issue(summit, now)
    hand_out(summit, day, 2, now, kind="driver_sheet")
    assert [(one.version, one.changed) for one in notices.overview(summit, now=now).drivers] == [(2, False)]

    change(summit, "Coaches to Sanwan", now, details=Details(leaves="08:00", minutes=35, driver="Wu"))

    assert [(one.version, one.changed) for one in notices.overview(summit, now=now).drivers] == [(2, True)]
