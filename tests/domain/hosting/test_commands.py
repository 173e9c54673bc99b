"""A city signs up, shows that its address is its own, changes its offer, and has an answer."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import consent_texts, saved, the_city
from tests.hosts import ANSWER, MEMBER, OFFER, a_host, changes_of
from tourreg.db import db, writing
from tourreg.domain.audit.queries import moves_of
from tourreg.domain.cities.commands import CityPlan
from tourreg.domain.cities.models import City
from tourreg.domain.consents.models import Consent
from tourreg.domain.hosting import commands
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.hosting.rules import (
    HOST,
    AddressNotConfirmed,
    AnsweredMeanwhile,
    AnswerIsMissing,
    Offer,
    PrivacyNotAgreed,
)
from tourreg.domain.outbox.models import Letter
from tourreg.kernel.bilingual import Text
from tourreg.kernel.states import MoveRefused


@pytest.mark.both
def test_a_sign_up_keeps_the_citys_own_words_and_asks_for_one_letter(app: Flask, now: datetime) -> None:
    profile = a_host(now=now)

    assert (profile.state, profile.city_name, profile.offers) == ("signed_up", "Davenport", OFFER.offers)
    assert [(letter.template, letter.to_address, letter.about) for letter in letters()] == [
        ("host_confirm", "joanne@example.org", profile.public_id)
    ]


@pytest.mark.both
def test_the_same_form_sent_again_makes_nothing_new(app: Flask, now: datetime) -> None:
    first = a_host(submission_key="one form", now=now)
    again = a_host(submission_key="one form", city_name="Dubuque", now=now)

    assert (again.public_id, again.city_name) == (first.public_id, "Davenport")
    assert len(letters()) == 1


def test_an_address_may_sign_up_two_cities(app: Flask, now: datetime) -> None:
    a_host(now=now)
    a_host(city_name="Bettendorf", now=now)

    assert len(db.session.scalars(select(HostProfile)).all()) == 2
    assert len(letters()) == 2


def test_the_agreed_version_of_the_privacy_notice_is_kept(app: Flask, now: datetime) -> None:
    saved(*consent_texts())

    profile = a_host(privacy_on=date(2027, 1, 1), now=now)

    consents = db.session.scalars(select(Consent)).all()
    assert [(consent.subject, consent.text.kind, consent.by) for consent in consents] == [
        (profile.public_id, "privacy", f"host:{profile.public_id}")
    ]


@pytest.mark.parametrize("agreed", [None, date(2026, 1, 1)])
def test_nothing_is_kept_without_the_privacy_notice_that_applies(
    app: Flask, now: datetime, agreed: date | None
) -> None:
    saved(*consent_texts())

    with pytest.raises(PrivacyNotAgreed):
        a_host(privacy_on=agreed, now=now)

    assert db.session.scalars(select(HostProfile)).all() == []


@pytest.mark.both
def test_an_address_is_confirmed_once(app: Flask, now: datetime) -> None:
    profile = a_host(now=now)

    for minutes in (1, 2):
        confirm(profile, now + timedelta(minutes=minutes))

    assert (profile.state, profile.confirmed_at) == ("address_confirmed", now + timedelta(minutes=1))
    assert [move.after for move in moves_of(profile.public_id)] == ["address_confirmed"]
    assert templates() == ["host_confirm", "host_confirmed"]


def test_a_new_link_to_confirm_by_goes_out_once_in_ten_minutes(app: Flask, now: datetime) -> None:
    profile = a_host(now=now)

    for minutes in (1, 2, 11):
        with writing():
            commands.write_again(profile, now=now + timedelta(minutes=minutes))

    assert templates() == ["host_confirm"] * 3


def test_no_link_to_confirm_by_goes_to_a_confirmed_address(app: Flask, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    with writing():
        commands.write_again(profile, now=now)

    assert templates() == ["host_confirm", "host_confirmed"]


def test_a_link_to_the_page_goes_only_to_a_confirmed_address(app: Flask, now: datetime) -> None:
    unconfirmed, confirmed = a_host(now=now), a_host("address_confirmed", now=now)

    with writing():
        for profile in (unconfirmed, confirmed, confirmed):
            commands.write_access(profile, now=now)

    asked = [letter.about for letter in letters() if letter.template == "host_access"]
    assert asked == [confirmed.public_id]


@pytest.mark.both
def test_accepting_links_the_city_and_writes_to_the_contact_once(app: Flask, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    accept(profile, now)
    accept(profile, now, "A second click, with other words.")

    assert (profile.state, profile.answer, profile.answered_at) == ("accepted", ANSWER, now)
    assert profile.city is not None
    assert profile.city.slug == "davenport"
    assert templates() == ["host_confirm", "host_confirmed", "host_accepted"]
    assert letters()[-1].facts["answer"] == ANSWER
    assert [(move.after, move.by, move.why) for move in moves_of(profile.public_id)][1:] == [
        ("accepted", MEMBER, ANSWER)
    ]


@pytest.mark.both
def test_declining_says_why_once(app: Flask, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    decline(profile, now)
    decline(profile, now, "A second click, with other words.")

    assert (profile.state, profile.answer) == ("declined", ANSWER)
    assert templates() == ["host_confirm", "host_confirmed", "host_declined"]


def test_no_letter_goes_to_an_address_that_nobody_confirmed(app: Flask, now: datetime) -> None:
    profile = a_host(now=now)

    decline(profile, now)

    assert (profile.state, templates()) == ("declined", ["host_confirm"])


def test_a_declined_contact_may_still_confirm_but_the_answer_stands(app: Flask, now: datetime) -> None:
    profile = a_host("declined", now=now)

    confirm(profile, now)

    assert (profile.state, profile.confirmed_at) == ("declined", now)


def test_each_change_of_mind_is_a_letter_of_its_own(app: Flask, now: datetime) -> None:
    profile = a_host("accepted", now=now)

    decline(profile, now + timedelta(days=1), "The tour was called off.")
    accept(profile, now + timedelta(days=2), "It comes after all.")

    assert templates()[2:] == ["host_accepted", "host_declined", "host_accepted"]
    assert profile.answer == "It comes after all."


def test_accepting_may_enter_the_city_once(app: Flask, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)
    davenport = CityPlan(
        Text("Davenport", "达文波特"), Text("Iowa", "艾奥瓦州"), "US", "America/Chicago", 41.52, -90.58
    )

    for _ in range(2):
        with writing():
            commands.accept(profile, davenport, ANSWER, now=now, by=MEMBER)

    assert [city.slug for city in db.session.scalars(select(City))] == ["davenport"]


@pytest.mark.both
def test_an_answer_to_what_stood_there_before_is_refused(app: Flask, now: datetime) -> None:
    profile = a_host("accepted", now=now)

    with pytest.raises(AnsweredMeanwhile), writing():
        commands.decline(profile, ANSWER, now=now, by=MEMBER, seen="address_confirmed")

    assert profile.state == "accepted"


@pytest.mark.parametrize("state", ["signed_up", "declined"])
def test_an_offer_is_not_accepted_before_its_address_is_confirmed(app: Flask, now: datetime, state: str) -> None:
    profile = a_host(state, now=now)

    with pytest.raises(AddressNotConfirmed):
        accept(profile, now)


@pytest.mark.parametrize("decide", ["accept", "decline"])
def test_a_decision_needs_a_sentence(app: Flask, now: datetime, decide: str) -> None:
    profile = a_host("address_confirmed", now=now)

    with pytest.raises(AnswerIsMissing):
        {"accept": accept, "decline": decline}[decide](profile, now, "")

    assert profile.state == "address_confirmed"


def test_an_accepted_offer_does_not_go_back_to_waiting(app: Flask, now: datetime) -> None:
    profile = a_host("accepted", now=now)

    with pytest.raises(MoveRefused):
        HOST.require_move(profile.state, "address_confirmed")


@pytest.mark.both
def test_a_revision_replaces_the_words_and_keeps_the_old_ones_in_the_history(app: Flask, now: datetime) -> None:
    profile = a_host("accepted", now=now)

    revise(profile, Offer(OFFER.offers, "Only October", None), now)

    change = changes_of(profile)[0]
    assert (profile.available, profile.group_size, profile.revised_at) == ("Only October", None, now)
    assert (change.before, change.after) == (
        {"available": "April, May or October", "group_size": 24},
        {"available": "Only October", "group_size": None},
    )
    assert change.by == f"host:{profile.public_id}"


def test_sending_the_same_words_changes_nothing(app: Flask, now: datetime) -> None:
    profile = a_host("address_confirmed", now=now)

    revise(profile, OFFER, now)

    assert (profile.revised_at, changes_of(profile)) == (None, [])


def test_an_offer_is_not_revised_before_its_address_is_confirmed(app: Flask, now: datetime) -> None:
    profile = a_host(now=now)

    with pytest.raises(AddressNotConfirmed):
        revise(profile, Offer("Other words", "May"), now)


def confirm(profile: HostProfile, now: datetime) -> None:
    with writing():
        commands.confirm_address(profile, now=now)


def accept(profile: HostProfile, now: datetime, answer: str = ANSWER) -> None:
    city: City = the_city("davenport") if db.session.scalar(select(City.id)) else saved(the_city("davenport"))
    with writing():
        commands.accept(profile, city, answer, now=now, by=MEMBER)


def decline(profile: HostProfile, now: datetime, answer: str = ANSWER) -> None:
    with writing():
        commands.decline(profile, answer, now=now, by=MEMBER)


def revise(profile: HostProfile, offer: Offer, now: datetime) -> None:
    with writing():
        commands.revise(profile, offer, phone=profile.contact_phone, now=now, by=commands.actor(profile))


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def templates() -> list[str]:
    return [letter.template for letter in letters()]
