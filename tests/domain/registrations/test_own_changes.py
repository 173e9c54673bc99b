"""What a contact changes of their own registration, what they ask for, and what the office makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.cast import a_published_summit
from tests.money_cast import letters_about, read_again, two_people_register
from tests.races import all_at_once, outcome_of
from tourreg.db import db, writing
from tourreg.domain.accounts import links
from tourreg.domain.accounts.links import LinkExpired, LinkUnknown, LinkUsed, NoMoreCodes
from tourreg.domain.accounts.models import OneTimeLink
from tourreg.domain.audit.models import Change, Move
from tourreg.domain.outbox.commands import send_letter
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.registrations import commands, corrections, fresh_codes, holds, own_changes, rules
from tourreg.domain.registrations.corrections import Contact, Introduction, Person, introduction_of
from tourreg.domain.registrations.models import Registration
from tourreg.domain.registrations.own_changes import (
    Details,
    DetailsEditedMeanwhile,
    EventIsOver,
    NothingIsAsked,
    RegistrationIsClosed,
    details_of,
)
from tourreg.domain.registrations.replacing import replace_participant
from tourreg.domain.settlements.cancelling import cancel_registration
from tourreg.kernel.names import PersonName
from tourreg.kernel.plans import fingerprint

SECRET = "only for tests " * 4


@pytest.fixture
def registration(app: Flask, now: datetime) -> Registration:
    """Emily Hart and Chen Li, whose seats are theirs."""
    made = two_people_register(now, contact_name="周岚", organisation="Charlotte")
    with writing():
        commands.confirm(made, now=now, by="worker")
    return read_again(made)


@pytest.mark.both
def test_names_are_put_right_with_a_history_and_nothing_else_changes(registration: Registration, now: datetime) -> None:
    wanted = details_of(registration)
    chen = replace(wanted.names[1], surname="Chén", given="Lì", badge="Leo")

    corrected(registration, replace(wanted, names=(wanted.names[0], chen)), now)

    person = read_again(registration).participants[1]
    assert (person.surname, person.given, person.native, person.badge) == ("Chén", "Lì", "陈立", "Leo")
    assert (person.fee_id, person.sort_key) == (registration.participants[0].fee_id, "chen li")
    assert history() == [
        ("participant", f"contact:{registration.public_id}", {"surname": "Chén", "given": "Lì", "badge": "Leo"})
    ]
    assert letters_about(registration) == []


def test_what_is_told_to_cities_is_kept_with_a_history_and_goes_when_somebody_else_comes(
    registration: Registration, now: datetime
) -> None:
    wanted = details_of(registration)
    told = Introduction("Runs the water works.", "Who pays for reuse.")

    corrected(registration, replace(wanted, introductions=(wanted.introductions[0], told)), now)

    person = read_again(registration).participants[1]
    assert (person.about, person.goals) == ("Runs the water works.", "Who pays for reuse.")
    assert [after for _what, _by, after in history()] == [{"about": told.about, "goals": told.goals}]
    ana = Person(PersonName("Lopez", "Ana"))
    with writing():
        replace_participant(registration.id, person.public_id, ana, why="Ill.", now=now, by="staff:ren")
    assert introduction_of(read_again(registration).participants[1]) == Introduction()


def test_another_address_takes_links_back_moves_the_bill_and_is_told_to_both(
    registration: Registration, now: datetime
) -> None:
    link = a_link(registration, now)
    wanted = replace(details_of(registration), contact=Contact("Zhou Lanying", "ying@example.org", "", "Charlotte"))

    corrected(registration, wanted, now)

    after = read_again(registration)
    assert (after.contact_email, after.folio.payer_email, after.sort_key) == (
        "ying@example.org",
        "ying@example.org",
        "zhou lanying",
    )
    assert link.revoked_at == now
    told = [(letter.to_address, letter.facts["name"], letter.facts["is_old"]) for letter in letters("address_changed")]
    assert told == [("lan@example.org", "周岚", True), ("ying@example.org", "Zhou Lanying", False)]


def test_a_payer_with_an_address_of_their_own_keeps_it(registration: Registration, now: datetime) -> None:
    with writing():
        registration.folio.payer_email = "finance@example.org"

    corrected(registration, with_address(registration, "ying@example.org"), now)

    assert read_again(registration).folio.payer_email == "finance@example.org"


def test_the_same_address_in_capitals_is_no_other_one(registration: Registration, now: datetime) -> None:
    link = a_link(registration, now)

    corrected(registration, with_address(registration, "LAN@example.org"), now)

    assert link.revoked_at is None
    assert letters("address_changed") == []


def test_the_offices_correction_of_an_address_does_the_same(registration: Registration, now: datetime) -> None:
    link = a_link(registration, now)

    with writing():
        contact = Contact("周岚", "ying@example.org")
        corrections.correct_contact(registration, contact, now=now, by="staff:x")

    assert link.revoked_at == now
    assert [letter.to_address for letter in letters("address_changed")] == ["lan@example.org", "ying@example.org"]


@pytest.mark.both
def test_letters_that_wait_follow_the_contact_and_those_that_left_or_failed_stay(
    registration: Registration, now: datetime
) -> None:
    with writing():
        for name in ("sent", "failed", "waiting"):
            send_letter(name, {}, to="Lan@example.org", language="en", about=registration.public_id, key=name, now=now)
        send_letter("payer", {}, to="ap@example.org", language="en", about=registration.public_id, key="payer", now=now)
    with writing() as session:
        session.execute(update(Letter).where(Letter.template == "sent").values(sent_at=now))
        session.execute(update(Task).where(Task.key == "letter:failed").values(given_up_at=now))

    with writing():
        contact = Contact("周岚", "ying@example.org")
        corrections.correct_contact(registration, contact, now=now, by="staff:x")

    gone_to = {name: [letter.to_address for letter in letters(name)] for name in ("sent", "failed", "waiting", "payer")}
    assert gone_to == {
        "sent": ["Lan@example.org"],
        "failed": ["Lan@example.org"],
        "waiting": ["ying@example.org"],
        "payer": ["ap@example.org"],
    }


def test_one_form_sent_twice_writes_to_the_addresses_once(registration: Registration, now: datetime) -> None:
    seen = fingerprint(details_of(registration))
    wanted = with_address(registration, "ying@example.org")

    for _ in range(2):
        corrected(registration, wanted, now, seen=seen)

    assert len(letters("address_changed")) == 2


def test_nobody_undoes_a_correction_that_they_have_not_seen(registration: Registration, now: datetime) -> None:
    stale = details_of(registration)
    corrected(registration, with_address(registration, "ying@example.org"), now)

    with pytest.raises(DetailsEditedMeanwhile) as refused:
        corrected(registration, with_names(stale, badge="Em"), now, seen=fingerprint(stale))

    assert refused.value.now.contact.email == "ying@example.org"
    assert read_again(registration).participants[0].badge == ""


def test_two_participants_do_not_become_one(registration: Registration, now: datetime) -> None:
    wanted = details_of(registration)
    again = replace(wanted.names[1], surname="Hart", given="Emily", native="")

    with pytest.raises(rules.SamePersonTwice):
        corrected(registration, replace(wanted, names=(wanted.names[0], again)), now)


@pytest.mark.parametrize("closing", ["cancelled", "hold over"])
def test_what_is_closed_is_not_changed_and_not_cancelled(app: Flask, now: datetime, closing: str) -> None:
    registration = two_people_register(now)
    later = now
    if closing == "cancelled":
        with writing():
            commands.release(registration, now=now, by="staff:x", why="")
    else:
        later = now + rules.CARD_HOLD + timedelta(seconds=1)

    with pytest.raises(RegistrationIsClosed):
        corrected(registration, details_of(registration), later)
    with pytest.raises(RegistrationIsClosed):
        asked(registration, later)


@pytest.mark.both
def test_a_request_is_noted_received_and_frees_nothing(registration: Registration, now: datetime) -> None:
    asked(registration, now, "The trip was not approved.")

    after = read_again(registration)
    assert after.cancellation_state == "asked"
    assert len(holds.live_seats(after)) == 2
    assert moves() == [("none", "asked", "The trip was not approved.", f"contact:{registration.public_id}")]
    assert letters_about(registration) == ["cancellation_asked"]
    made = own_changes.request_of(after)
    assert made is not None
    assert made.why == "The trip was not approved."


@pytest.mark.both
def test_asking_four_times_at_once_is_one_request(app: Flask, registration: Registration, now: datetime) -> None:
    number = registration.id

    def ask() -> None:
        with writing():
            own_changes.ask_to_cancel(number, "", now=now)

    assert all_at_once(app, [outcome_of(ask)] * 4) == [None] * 4
    assert len(moves()) == 1
    assert letters_about(registration) == ["cancellation_asked"]


def test_a_request_can_be_taken_back_and_made_again(registration: Registration, now: datetime) -> None:
    asked(registration, now)
    for _ in range(2):
        taken_back(registration, now)
    assert own_changes.request_of(read_again(registration)) is None

    asked(registration, now + timedelta(hours=1))

    assert [after for _before, after, _why, _by in moves()] == ["asked", "none", "asked"]
    assert letters_about(registration) == ["cancellation_asked"] * 2


def test_the_office_keeps_a_registration_with_a_word_of_why(registration: Registration, now: datetime) -> None:
    asked(registration, now)

    kept(registration, now)

    assert read_again(registration).cancellation_state == "kept"
    assert [letter.facts["why"] for letter in letters("cancellation_kept")] == ["The rooms are paid."]
    with pytest.raises(NothingIsAsked):
        kept(registration, now)
    with pytest.raises(NothingIsAsked):
        taken_back(registration, now)


def test_cancelling_answers_the_request(registration: Registration, now: datetime) -> None:
    asked(registration, now)

    with writing():
        cancel_registration(registration.id, why="You asked us to cancel.", now=now, by="staff:x")

    assert read_again(registration).cancellation_state == "cancelled"
    assert moves()[-1] == ("asked", "cancelled", "", "staff:x")


def test_a_hold_that_ends_answers_the_request(app: Flask, now: datetime) -> None:
    registration = two_people_register(now)
    asked(registration, now)

    with writing():
        commands.release(registration, now=now + timedelta(hours=1), by="worker", why="Hold ended")

    assert read_again(registration).cancellation_state == "cancelled"


@pytest.mark.both
@pytest.mark.parametrize("round_", range(3))
def test_taking_back_and_cancelling_at_once_end_in_one_of_the_two(
    app: Flask, registration: Registration, now: datetime, round_: int
) -> None:
    asked(registration, now)
    number = registration.id

    def cancel() -> None:
        with writing():
            cancel_registration(number, why="", now=now, by="staff:x")

    def take_back() -> None:
        with writing():
            own_changes.take_request_back(number, now=now)

    all_at_once(app, [outcome_of(cancel), outcome_of(take_back)])

    assert [after for _before, after, _why, _by in moves()][1:] in (["cancelled"], ["none"])
    assert holds.live_seats(read_again(registration)) == []


@pytest.mark.parametrize(("day", "over"), [(22, False), (23, True)])
def test_what_is_over_is_not_cancelled_and_its_names_are_still_put_right(
    app: Flask, registration: Registration, day: int, over: bool
) -> None:
    moment = datetime.fromisoformat(f"2027-10-{day}T12:00:00+08:00")
    assert own_changes.is_cancellable(registration, moment) is not over

    corrected(registration, with_names(details_of(registration), badge="Em"), moment)
    if over:
        with pytest.raises(EventIsOver):
            asked(registration, moment)
    else:
        asked(registration, moment)


def test_a_code_goes_to_the_address_on_record_and_opens_once(registration: Registration, now: datetime) -> None:
    link = sent(registration, now)
    code = links.code_of(link, SECRET)

    assert [(letter.to_address, letter.about) for letter in letters("access_code")] == [
        ("lan@example.org", link.public_id)
    ]
    assert used(registration, link, code, now)
    with pytest.raises(LinkUsed):
        used(registration, link, code, now)


@pytest.mark.parametrize(("after", "good"), [(timedelta(minutes=15, seconds=-1), True), (timedelta(minutes=15), False)])
def test_a_code_is_good_for_a_quarter_of_an_hour(
    registration: Registration, now: datetime, after: timedelta, good: bool
) -> None:
    link = sent(registration, now)
    use = partial(used, registration, link, links.code_of(link, SECRET), now + after)

    if good:
        assert use()
    else:
        with pytest.raises(LinkExpired):
            use()


def test_five_wrong_codes_end_the_right_one(registration: Registration, now: datetime) -> None:
    link = sent(registration, now)
    right = links.code_of(link, SECRET)
    wrong = "000000" if right != "000000" else "000001"

    assert [used(registration, link, wrong, now) for _ in range(5)] == [False] * 5
    with pytest.raises(NoMoreCodes):
        used(registration, link, right, now)


def test_a_code_for_one_registration_opens_no_other(registration: Registration, now: datetime) -> None:
    other = two_people_register(now, event=registration.event)
    link = sent(other, now)

    with pytest.raises(LinkUnknown):
        used(registration, link, links.code_of(link, SECRET), now)


def test_another_address_ends_a_code_that_is_on_its_way(registration: Registration, now: datetime) -> None:
    link = sent(registration, now)
    corrected(registration, with_address(registration, "ying@example.org"), now)

    with pytest.raises(links.LinkRevoked):
        used(registration, link, links.code_of(link, SECRET), now)


@pytest.mark.both
def test_one_code_given_twice_at_once_opens_once(app: Flask, registration: Registration, now: datetime) -> None:
    link = sent(registration, now)
    code, number, link_id = links.code_of(link, SECRET), registration.id, link.public_id

    def use() -> bool:
        mine = db.session.get_one(Registration, number)
        with writing():
            return fresh_codes.use_code(mine, link_id, code, secret=SECRET, now=now)

    answers = all_at_once(app, [outcome_of(use)] * 3)

    assert sorted(type(answer).__name__ for answer in answers) == ["LinkUsed", "LinkUsed", "bool"]


def test_a_correction_touches_its_own_registration_alone(app: Flask, now: datetime) -> None:
    summit = a_published_summit()
    one, other = two_people_register(now, event=summit), two_people_register(now, event=summit)

    corrected(one, with_names(details_of(one), badge="Em"), now)

    assert read_again(other).participants[0].badge == ""


def corrected(registration: Registration, wanted: Details, now: datetime, seen: str = "") -> None:
    with writing():
        own_changes.correct_details(registration.id, wanted, now=now, seen=seen)


def asked(registration: Registration, now: datetime, why: str = "") -> None:
    with writing():
        own_changes.ask_to_cancel(registration.id, why, now=now)


def taken_back(registration: Registration, now: datetime) -> None:
    with writing():
        own_changes.take_request_back(registration.id, now=now)


def kept(registration: Registration, now: datetime) -> None:
    with writing():
        own_changes.keep_registration(registration.id, "The rooms are paid.", now=now, by="staff:x")


def sent(registration: Registration, now: datetime) -> OneTimeLink:
    with writing():
        return fresh_codes.send_code(registration, secret=SECRET, now=now)


def used(registration: Registration, link: OneTimeLink, code: str, now: datetime) -> bool:
    with writing():
        return fresh_codes.use_code(registration, link.public_id, code, secret=SECRET, now=now)


def with_address(registration: Registration, email: str) -> Details:
    before = details_of(registration)
    return replace(before, contact=replace(before.contact, email=email))


def with_names(details: Details, **changed: str) -> Details:
    """Return the details with another name of the first participant."""
    return replace(details, names=(replace(details.names[0], **changed), *details.names[1:]))


def a_link(registration: Registration, now: datetime) -> OneTimeLink:
    with writing():
        return links.make_link(
            "registration", registration.public_id, expires_at=now + timedelta(days=1), now=now, secret=SECRET
        )


def history() -> list[tuple[str, str, dict[str, str]]]:
    db.session.rollback()
    return [(change.what, change.by, change.after) for change in db.session.scalars(select(Change).order_by(Change.id))]


def moves() -> list[tuple[str, str, str, str]]:
    db.session.rollback()
    steps = db.session.scalars(select(Move).where(Move.axis == "cancellation").order_by(Move.id))
    return [(step.before, step.after, step.why, step.by) for step in steps]


def letters(template: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.template == template).order_by(Letter.id)))
