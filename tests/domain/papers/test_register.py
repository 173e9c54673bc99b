"""Finding what was issued."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.cast import an_issuer, saved
from tests.papers import an_issued_paper
from tourreg.db import writing
from tourreg.domain.papers import queries
from tourreg.domain.papers.commands import note_failure
from tourreg.domain.papers.queries import Sought


@pytest.fixture
def shelf(app: Flask, now: datetime) -> None:
    """Two invoices of a folio, a credit note of the year before, and an itinerary of another seller."""
    academy = saved(an_issuer(key="academy", series_prefix="SZA", zone="Asia/Shanghai"))
    an_issued_paper(sample="credit-note", now=now - timedelta(days=20), about="folio")
    first = an_issued_paper(now=now, about="folio")
    an_issued_paper(now=now + timedelta(days=1), about="folio", replaces=first)
    an_issued_paper(sample="itinerary", now=now, about="event", issuer=academy)


@pytest.mark.both
@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        (
            Sought(),
            ["CCE-INV-2027-00002", "SZA-ITN-2027-00001", "CCE-INV-2027-00001", "CCE-CN-2026-00001"],
        ),
        (Sought(issuer="academy"), ["SZA-ITN-2027-00001"]),
        (Sought(kind="invoice"), ["CCE-INV-2027-00002", "CCE-INV-2027-00001"]),
        (Sought(year=2026), ["CCE-CN-2026-00001"]),
        (Sought(number="inv-2027-00002"), ["CCE-INV-2027-00002"]),
        (Sought(number="%"), []),
        (Sought(about="event"), ["SZA-ITN-2027-00001"]),
        (Sought(issuer="academy", kind="invoice"), []),
        (Sought(failed=True), []),
    ],
)
def test_the_register_is_found_by_what_people_remember(shelf: None, sought: Sought, numbers: list[str]) -> None:
    rows, total = queries.register(sought, page=1, size=10)

    assert [paper.number for paper in rows] == numbers
    assert total == len(numbers)


def test_the_register_comes_page_by_page(shelf: None) -> None:
    rows, total = queries.register(Sought(), page=2, size=3)

    assert [paper.number for paper in rows] == ["CCE-CN-2026-00001"]
    assert total == 4


def test_the_register_takes_two_statements(shelf: None, statements: Callable[[], list[str]]) -> None:
    before = len(statements())

    rows, _total = queries.register(Sought(), page=1, size=10)
    assert [paper.issuer.key for paper in rows]

    assert len(statements()) - before == 2


def test_a_replaced_paper_is_told_by_the_number_of_its_successor(shelf: None) -> None:
    papers = queries.papers_of("folio")

    replaced = queries.replacements(papers)

    assert [replaced.get(paper.id) for paper in papers] == [None, "CCE-INV-2027-00002", None]


def test_papers_that_could_not_be_made_are_counted_and_listed(shelf: None) -> None:
    paper = queries.papers_of("event")[0]

    with writing():
        note_failure(paper.public_id, "PEACH")

    assert queries.failed_count() == 1
    assert [found.number for found in queries.register(Sought(failed=True), page=1, size=9)[0]] == [paper.number]


def test_years_and_sellers_to_choose_from(shelf: None) -> None:
    assert queries.years() == [2027, 2026]
    assert {issuer.key for issuer in queries.issuers()} == {"academy", "center"}


def test_papers_are_found_in_the_order_in_which_they_are_named(shelf: None) -> None:
    ids = [paper.public_id for paper in queries.papers_of("folio")]

    assert [paper.public_id for paper in queries.by_public_ids(ids[::-1])] == ids[::-1]
