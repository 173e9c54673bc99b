"""No test leaves this machine, and nothing outside the database is asked while a writing transaction is open."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import is_dataclass
from datetime import datetime
from email.policy import Policy
from typing import Any

import pytest
from flask import Flask

from tests.borders import ENTRANCES, AskedWhileWriting, Border, WentOut
from tests.conftest import NOW
from tests.fake_payments import FakePayments
from tests.papers import an_issued_paper
from tourreg import printing
from tourreg.adapters import bell, files, mailer, payments, pdf
from tourreg.blueprints import outside
from tourreg.blueprints.office import security
from tourreg.db import db, writing
from tourreg.domain.cities.models import City

ELSEWHERE = "192.0.2.1"  # an address of documents (RFC 5737)


@pytest.fixture
def refused(border: Border) -> Iterator[list[AssertionError]]:
    """What was refused; these tests try it on purpose."""
    yield border.refused
    border.refused.clear()


ASKED: dict[str, Callable[[], Any]] = {
    "Stripe": lambda: outside.payments().checkout_session("cs_1"),
    "the tests' Stripe": lambda: FakePayments(NOW).checkout_session("cs_1"),
    "the mail server": lambda: outside.mailer().send(None),  # type: ignore[arg-type]
    "the files": lambda: outside.files().put(b"paper"),
    "the worker": lambda: outside.bell().ring(),
    "the maker of PDF": lambda: pdf.make_pdf("<p>"),
    "argon2": lambda: security.hash_of("correct horse battery staple"),
}


@pytest.mark.both
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_the_tests_notice_who_asks_outside_while_writing(
    app: Flask, refused: list[AssertionError], ask: Callable[[], Any]
) -> None:
    with pytest.raises(AskedWhileWriting), writing():
        ask()

    assert len(refused) == 1


def test_what_was_refused_is_noticed_though_it_was_caught(app: Flask, refused: list[AssertionError]) -> None:
    with writing(), suppress(Exception):
        outside.bell().ring()

    assert [type(one) for one in refused] == [AskedWhileWriting]


def test_reading_and_having_written_hinder_nobody(app: Flask, now: datetime) -> None:
    paper = an_issued_paper(now=now)
    assert db.session.query(City).count() == 0

    printing.render_paper(paper.public_id, outside.files(), now=now)


@pytest.mark.parametrize("module", [bell, files, mailer, payments], ids=lambda module: module.__name__)
def test_every_adapter_is_watched(module: Any) -> None:
    watched = [owner for owner, _ in ENTRANCES]
    classes = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]

    assert [one for one in classes if acts(one) and one not in watched] == []


@pytest.mark.local_servers
@pytest.mark.parametrize(
    "leave",
    [
        lambda: socket.create_connection((ELSEWHERE, 443), timeout=1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", (ELSEWHERE, 53)),
        lambda: socket.create_connection(("mail.example.org", 25), timeout=1),
        lambda: smtplib.SMTP(ELSEWHERE, timeout=1),
    ],
    ids=["connection", "datagram", "name", "mail"],
)
def test_no_test_reaches_another_machine(refused: list[AssertionError], leave: Callable[[], Any]) -> None:
    with pytest.raises(WentOut):
        leave()

    assert len(refused) == 1


def test_only_marked_tests_reach_servers_of_this_machine(refused: list[AssertionError]) -> None:
    with pytest.raises(WentOut):
        socket.create_connection(("127.0.0.1", 25), timeout=1)

    assert len(refused) == 1


def test_a_payment_that_went_out_is_not_taken_for_a_stripe_that_is_down(
    app: Flask, refused: list[AssertionError]
) -> None:
    with pytest.raises((WentOut, payments.PaymentsUnavailable)):
        outside.payments().checkout_session("cs_1")

    assert refused


def acts(one: type) -> bool:
    """Tell whether the class does something outside, which neither values, errors, policies nor protocols do."""
    return not (is_dataclass(one) or issubclass(one, Exception | Policy) or getattr(one, "_is_protocol", False))
