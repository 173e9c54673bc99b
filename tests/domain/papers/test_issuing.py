"""Numbers without gaps, and papers that stay as they were issued."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.cast import an_issuer, saved, the_issuer
from tests.papers import again, an_issued_paper, issue_sample
from tourreg.db import db, writing
from tourreg.domain.outbox.models import Task
from tourreg.domain.papers.commands import note_rendered
from tourreg.domain.papers.models import Issuer, Paper
from tourreg.domain.papers.queries import latest

HASH = "a" * 64


@pytest.mark.both
def test_each_kind_of_paper_has_numbers_of_its_own(app: Flask, now: datetime) -> None:
    numbers = [an_issued_paper(sample=sample, now=now).number for sample in ("invoice", "invoice", "receipt", "roster")]

    assert numbers == ["CCE-INV-2027-00001", "CCE-INV-2027-00002", "CCE-REC-2027-00001", "CCE-RST-2027-00001"]


@pytest.mark.both
def test_each_seller_has_numbers_of_its_own(app: Flask, now: datetime) -> None:
    academy = saved(an_issuer(key="academy", series_prefix="SZA", zone="Asia/Shanghai"))

    numbers = [an_issued_paper(now=now).number, an_issued_paper(issuer=academy, now=now).number]

    assert numbers == ["CCE-INV-2027-00001", "SZA-INV-2027-00001"]


@pytest.mark.both
def test_a_rollback_gives_the_number_back(app: Flask, now: datetime) -> None:
    an_issued_paper(now=now)
    with pytest.raises(KeyError):
        fail_after_issuing(now)

    assert an_issued_paper(now=now).number == "CCE-INV-2027-00002"
    assert db.session.scalars(select(Paper.number).order_by(Paper.id)).all() == numbered(2)


@pytest.mark.both
def test_sixteen_who_issue_at_once_get_sixteen_numbers_though_some_fail(app: Flask, now: datetime) -> None:
    seller = saved(the_issuer()).id

    at_once(app, [partial(issue_or_fail, seller, now, fails=place % 4 == 0) for place in range(16)])

    assert db.session.scalars(select(Paper.number).order_by(Paper.number)).all() == numbered(12)


@pytest.mark.parametrize(
    ("zone", "instant", "year"),
    [
        ("America/New_York", datetime(2027, 1, 1, 4, 59, tzinfo=UTC), 2026),
        ("America/New_York", datetime(2027, 1, 1, 5, 0, tzinfo=UTC), 2027),
        ("Asia/Shanghai", datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 2026),
        ("Asia/Shanghai", datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 2027),
    ],
)
def test_the_year_of_a_number_is_the_year_where_the_seller_is(
    app: Flask, zone: str, instant: datetime, year: int
) -> None:
    seller = saved(an_issuer(zone=zone))

    assert an_issued_paper(issuer=seller, now=instant).number == f"CCE-INV-{year}-00001"


def test_numbers_begin_anew_with_the_year(app: Flask, now: datetime) -> None:
    an_issued_paper(now=now - timedelta(days=365))

    assert an_issued_paper(now=now).number == "CCE-INV-2027-00001"


def test_what_is_issued_keeps_its_sheet_with_number_date_and_version(app: Flask, now: datetime) -> None:
    paper = again(an_issued_paper(now=now))

    assert paper.sheet["number"] == paper.number
    assert paper.sheet["issued_at"] == "2027-01-15T09:00:00+00:00"
    assert (paper.sheet["version"], paper.sheet["replaces"]) == (1, "")
    assert paper.sheet["payer"]["name"] == "City of Decatur, Georgia"


def test_a_new_version_has_a_number_of_its_own_and_names_the_one_it_replaces(app: Flask, now: datetime) -> None:
    first = an_issued_paper(sample="itinerary", now=now)

    second = again(an_issued_paper(sample="itinerary", now=now, replaces=first))

    assert (second.version, second.number) == (2, "CCE-ITN-2027-00002")
    assert (second.sheet["version"], second.sheet["replaces"]) == (2, "CCE-ITN-2027-00001")
    assert second.replaces is not None
    assert second.replaces.number == first.number


def test_issuing_asks_the_worker_for_the_files(app: Flask, now: datetime) -> None:
    paper = an_issued_paper(now=now)

    task = db.session.scalars(select(Task)).one()
    assert (task.kind, task.arguments) == ("render_paper", {"paper": paper.public_id})


@pytest.mark.both
def test_a_form_sent_twice_cannot_issue_twice(app: Flask, now: datetime) -> None:
    an_issued_paper(now=now, submission_key="once")

    with pytest.raises(IntegrityError):
        an_issued_paper(now=now, submission_key="once")

    assert db.session.scalars(select(Paper.number)).all() == numbered(1)


def test_the_latest_of_a_kind_is_asked_for_by_language(app: Flask, now: datetime) -> None:
    chinese = an_issued_paper(sample="roster", now=now, about="event", language="zh")
    an_issued_paper(sample="roster", now=now, about="event")
    english = an_issued_paper(sample="roster", now=now, about="event")

    assert latest("event", "roster", language="en") == english
    assert latest("event", "roster", language="zh") == chinese
    assert latest("event", "itinerary", language="en") is None


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE papers SET number = 'CCE-INV-2027-99999'",
        "UPDATE papers SET sheet = '{}'",
        "UPDATE papers SET about = 'another'",
        "UPDATE papers SET issued_by = 'nobody'",
        "UPDATE papers SET pdf_sha256 = 'b'",
        "UPDATE papers SET html_sha256 = NULL",
        "UPDATE papers SET rendered_at = NULL",
        "DELETE FROM papers",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(app: Flask, now: datetime, change: str) -> None:
    a_rendered_paper(now)

    with pytest.raises(DBAPIError, match="never changed"):
        write(change)


@pytest.mark.both
def test_the_files_of_a_paper_are_noted_once(app: Flask, now: datetime) -> None:
    paper = a_rendered_paper(now)

    with writing():
        note_rendered(paper.public_id, pdf_sha256="b" * 64, html_sha256="b" * 64, now=now)

    assert again(paper).pdf_sha256 == HASH


def a_rendered_paper(now: datetime) -> Paper:
    paper = an_issued_paper(now=now)
    with writing():
        note_rendered(paper.public_id, pdf_sha256=HASH, html_sha256=HASH, now=now)
    return paper


def fail_after_issuing(now: datetime) -> None:
    with writing():
        issue_sample(now=now)
        raise KeyError


def issue_or_fail(seller: int, now: datetime, *, fails: bool) -> None:
    with writing() as session:
        issue_sample(issuer=session.get(Issuer, seller), now=now)
        if fails:
            raise KeyError


def write(words: str) -> None:
    with writing() as session:
        session.execute(text(words))


def numbered(count: int) -> list[str]:
    return [f"CCE-INV-2027-{number:05}" for number in range(1, count + 1)]


def at_once(app: Flask, works: list[Callable[[], None]]) -> None:
    """Let all works go at the same moment, each in a thread of its own; a KeyError is part of the test."""
    db.session.rollback()
    start = Barrier(len(works))

    def alone(work: Callable[[], None]) -> None:
        with app.app_context(), suppress(KeyError):
            start.wait()
            work()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(alone, works))
