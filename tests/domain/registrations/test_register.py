"""Registering: everything of a booking or nothing of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import a_booking, a_fee, a_person, a_published_summit, a_registration, consent_texts, saved
from tourreg.db import Base, db, writing
from tourreg.domain.audit.models import Move
from tourreg.domain.billing.models import Entry
from tourreg.domain.catalogue.models import CatalogueVersion, Event, Pool
from tourreg.domain.consents.models import Consent
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.registrations import queries
from tourreg.domain.registrations.commands import confirm, register, release
from tourreg.domain.registrations.models import Participant, Registration, Seat
from tourreg.domain.registrations.rules import BookedPerson, ConsentMissing, NoPlaces
from tourreg.kernel.numbers import read_reference


@pytest.fixture
def summit(app: Flask) -> Event:
    return a_published_summit()


@pytest.mark.both
def test_a_booking_takes_a_place_for_each_person_and_add_on(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, *a_couple(summit), now=now)

    assert taken(summit) == [2, 1]
    assert [(seat.add_on is None, seat.state) for seat in seats_of(registration)] == [
        (True, "held"), (False, "held"), (False, "held"), (True, "held")
    ]  # fmt: skip
    assert [seat.pool_id is None for seat in seats_of(registration)] == [False, False, True, False]


@pytest.mark.both
def test_folio_and_registration_share_one_reference_with_a_check_sign(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, now=now)

    assert registration.folio.reference == registration.reference == read_reference(registration.reference)
    assert registration.reference.startswith("YZ27-")


def test_fee_and_add_ons_are_charged_to_each_participant(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, *a_couple(summit), now=now)

    charges = db.session.scalars(select(Entry).order_by(Entry.id)).all()
    first, second = (participant.public_id for participant in registration.participants)
    assert [(entry.subject, entry.description.en, entry.amount_minor) for entry in charges] == [
        (first, "Early bird", 48_000),
        (first, "Pre-tour: Beijing and Xi’an", 89_000),
        (first, "Single room", 21_000),
        (second, "Early bird", 48_000),
    ]
    assert [(entry.service_from, entry.service_to) for entry in charges[:2]] == [
        (date(2027, 10, 20), date(2027, 10, 22)), (date(2027, 10, 16), date(2027, 10, 19))
    ]  # fmt: skip


def test_a_card_holds_the_places_for_45_minutes_and_asks_for_their_release(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, now=now)

    until = now + timedelta(minutes=45)
    task = db.session.scalars(select(Task).where(Task.kind == "release_hold")).one()
    assert {seat.held_until for seat in seats_of(registration)} == {until}
    assert (task.run_at, task.arguments) == (until, {"registration": registration.public_id})
    assert registration.folio.credit_state == "none"


def test_an_invoice_holds_for_working_days_and_asks_finance(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, now=now, pays_by="invoice")

    assert {seat.held_until for seat in seats_of(registration)} == {datetime.fromisoformat("2027-01-20T15:59Z")}
    assert registration.folio.credit_state == "asked"
    assert moves_of(registration.folio.public_id) == [("none", "asked")]


def test_where_nothing_is_to_be_paid_the_places_are_confirmed_at_once(app: Flask, now: datetime) -> None:
    summit = a_published_summit(fees=[a_fee("Host city", "接待城市", 0)])

    registration = a_registration(summit, now=now, pays_by="invoice")

    assert [(seat.state, seat.held_until) for seat in seats_of(registration)] == [("confirmed", None)]
    assert registration.folio.credit_state == "none"
    assert db.session.scalars(select(Task.kind)).all() == ["send_letter"]
    assert letter().facts["held_until"] is None


def test_open_admission_accepts_everybody_and_says_so(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, now=now)

    participant = registration.participants[0]
    move = db.session.scalars(select(Move).where(Move.subject == participant.public_id)).one()
    assert participant.application_state == "accepted"
    assert (move.after, move.by, move.why) == ("accepted", f"contact:{registration.public_id}", "Open admission.")


def test_a_letter_with_plain_facts_goes_to_the_contact(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, *a_couple(summit), now=now, language="zh")

    sent = letter()
    assert (sent.template, sent.to_address, sent.language, sent.about) == (
        "registered", "lan@example.org", "zh", registration.public_id
    )  # fmt: skip
    assert sent.facts["total_minor"] == 206_000
    assert sent.facts["people"][1] == {"latin": "Zhou Lan", "native": "周岚", "add_ons": []}


def test_names_are_kept_with_keys_that_order_them(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, *a_couple(summit), now=now)

    assert registration.sort_key == "zhou lan"
    assert [participant.sort_key for participant in registration.participants] == ["hart emily", "zhou lan"]


def test_each_participant_agrees_to_each_text_in_its_version(summit: Event, now: datetime) -> None:
    terms, privacy, _abroad = consent_texts()
    saved(terms, privacy)

    registration = a_registration(summit, *a_couple(summit), now=now, consents=agreed(terms, privacy))

    kept = db.session.scalars(select(Consent).order_by(Consent.id)).all()
    people = [participant.public_id for participant in registration.participants]
    assert [(consent.subject, consent.text.kind) for consent in kept] == [
        (person, kind) for person in people for kind in ("terms", "privacy")
    ]
    assert {consent.by for consent in kept} == {f"contact:{registration.public_id}"}


@pytest.mark.parametrize("version_on", [None, date(2026, 6, 1)])
def test_an_older_or_missing_consent_is_refused(summit: Event, now: datetime, version_on: date | None) -> None:
    terms, privacy, abroad = consent_texts()
    saved(terms, privacy, abroad)
    given: dict[str, Any] = {**agreed(terms, privacy), **({"cross_border": version_on} if version_on else {})}

    with pytest.raises(ConsentMissing) as refused:
        a_registration(summit, now=now, consents=given)

    assert refused.value.kinds == ["cross_border"]


@pytest.mark.both
def test_a_booking_that_finds_one_thing_full_takes_nothing_and_names_all_that_is_full(
    summit: Event, now: datetime
) -> None:
    fill(summit.pool_id, 199)
    fill(summit.add_ons[0].pool_id, 20)

    with pytest.raises(NoPlaces) as refused:
        a_registration(summit, *a_couple(summit), now=now)

    shortages = [(s.thing and s.thing.label.en, s.wanted, s.free) for s in refused.value.shortages]
    assert shortages == [(None, 2, 1), ("Pre-tour: Beijing and Xi’an", 1, 0)]
    assert taken(summit) == [199, 20]
    assert [count(table) for table in (Registration, Participant, Seat, Entry, Task, Letter)] == [0] * 6


@pytest.mark.both
def test_the_last_place_is_sold(summit: Event, now: datetime) -> None:
    fill(summit.pool_id, 199)

    a_registration(summit, now=now)

    assert taken(summit)[0] == 200


@pytest.mark.both
def test_the_same_form_again_returns_what_it_made_even_when_all_is_full(summit: Event, now: datetime) -> None:
    booking = a_booking(summit)
    fill(summit.pool_id, 199)
    made = [booked(summit, booking, now) for _ in range(3)]

    assert len(set(made)) == 1
    assert taken(summit)[0] == 200
    assert count(Registration) == 1


def test_the_public_pages_are_made_anew_after_a_registration(summit: Event, now: datetime) -> None:
    before = db.session.scalar(select(CatalogueVersion.version)) or 0

    a_registration(summit, now=now)

    assert (db.session.scalar(select(CatalogueVersion.version)) or 0) > before


@pytest.mark.both
def test_what_is_confirmed_is_held_no_longer(summit: Event, now: datetime) -> None:
    registration = a_registration(summit, now=now)

    for _ in range(2):
        with writing():
            confirm(registration, now=now, by="worker")

    assert [(seat.state, seat.held_until) for seat in seats_of(registration)] == [("confirmed", None)]
    assert moves_of(seats_of(registration)[0].public_id) == [("held", "confirmed")]


@pytest.mark.both
def test_releasing_twice_frees_each_place_once_and_every_move_is_noted(summit: Event, now: datetime) -> None:
    fill(summit.pool_id, 10)
    registration = a_registration(summit, *a_couple(summit), now=now)

    for _ in range(2):
        with writing():
            release(registration, now=now, by="worker", why="The hold ended.")

    assert taken(summit) == [10, 0]
    for seat in seats_of(registration):
        assert moves_of(seat.public_id) == [("held", "released")]
        assert seat.released_at == now


def test_a_registration_is_found_whole_in_few_statements(
    summit: Event, now: datetime, statements: Callable[[], list[str]]
) -> None:
    people = [a_person(f"Hart{number}") for number in range(12)]
    made = a_registration(summit, *people, now=now)
    public_id, folio_id = made.public_id, made.folio_id
    db.session.rollback()

    before = len(statements())
    found = queries.by_public_id(public_id)
    assert found is not None
    _read = [(seat.pool, seat.add_on) for participant in found.participants for seat in participant.seats]

    assert len(statements()) - before == 3
    assert queries.of_folio(folio_id) is found
    assert queries.by_public_id("nobody") is None


def a_couple(summit: Event) -> tuple[BookedPerson, BookedPerson]:
    """Emily Hart with the pre-tour and a single room, Zhou Lan with neither."""
    add_ons = tuple(add_on.public_id for add_on in summit.add_ons[:2])
    return a_person(add_ons=add_ons), a_person("Zhou", "Lan", native="周岚")


def agreed(*texts: Any) -> dict[str, date]:
    return {text.kind: text.version_on for text in texts}


def booked(summit: Event, booking: Any, now: datetime) -> str:
    with writing():
        return register(summit, booking, invoice_hold_working_days=3, now=now).public_id


def fill(pool_id: int | None, places: int) -> None:
    with writing() as session:
        pool = session.get_one(Pool, pool_id)
        pool.taken = places


def taken(summit: Event) -> list[int]:
    """Return the places taken of the event and of its pre-tour."""
    db.session.rollback()
    pools = [summit.pool, summit.add_ons[0].pool]
    return [pool.taken for pool in pools if pool]


def seats_of(registration: Registration) -> list[Seat]:
    return [seat for participant in registration.participants for seat in participant.seats]


def moves_of(subject: str) -> list[tuple[str, str]]:
    moves = db.session.scalars(select(Move).where(Move.subject == subject).order_by(Move.id))
    return [(move.before, move.after) for move in moves]


def letter() -> Letter:
    return db.session.scalars(select(Letter)).one()


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
