"""Who is named in books and in the roster for everybody: those who agreed to it, and nobody else."""

from datetime import datetime

from flask import Flask

from tests.cast import a_person, a_published_summit, a_registration, consent_texts, listing_text, saved
from tourreg.db import writing
from tourreg.domain.consents import commands
from tourreg.domain.consents.queries import current_text, current_texts
from tourreg.domain.registrations.models import Registration
from tourreg.domain.reports.documents import named_in_books


def registered(now: datetime, *, listed: bool) -> Registration:
    """Return a registration of two, whose contact agreed to what is needed, and to being listed or not."""
    summit = a_published_summit()
    saved(*consent_texts(), listing_text())
    agreed = {text.kind: text.version_on for text in current_texts(now)}
    text = current_text("listed", now)
    more = {"listed": text.version_on} if listed and text else {}
    people = a_person(), a_person("Zhou", "Lan")
    return a_registration(summit, *people, now=now, consents={**agreed, **more})


def test_nobody_is_listed_who_left_it_out(app: Flask, now: datetime) -> None:
    registration = registered(now, listed=False)

    assert named_in_books(registration.participants) == []


def test_those_who_agreed_are_listed(app: Flask, now: datetime) -> None:
    registration = registered(now, listed=True)

    assert len(named_in_books(registration.participants)) == 2


def test_what_is_taken_back_counts_no_more(app: Flask, now: datetime) -> None:
    registration = registered(now, listed=True)
    first, second = registration.participants

    with writing():
        commands.end([first.public_id], now=now, by="contact:x", kind="listed")

    assert named_in_books([first, second]) == [second]


def test_a_yes_to_a_version_of_before_is_none(app: Flask, now: datetime) -> None:
    summit = a_published_summit()
    saved(*consent_texts(), listing_text())
    agreed = {text.kind: text.version_on for text in current_texts(now)}

    registration = a_registration(summit, now=now, consents={**agreed, "listed": now.date()})

    assert named_in_books(registration.participants) == []
