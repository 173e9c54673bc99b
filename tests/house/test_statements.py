"""Each page has a bound on what it asks of the database, however much there is."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.house.filled import Places
from tests.house.pages import PAGES, Page, Visit
from tourreg.db import db
from tourreg.domain.catalogue.models import Event


@pytest.mark.parametrize("audience", PAGES)
def test_no_page_asks_more_than_its_bound_nor_more_when_there_is_more(
    app: Flask, enter: Callable[[int], Places], statements: Callable[[], list[str]], audience: str
) -> None:
    """To raise a bound, find out first why the page needs another statement."""
    needed = {size: needed_by(PAGES[audience], app, enter(size), statements) for size in (1, 2)}

    assert {page.address: count for page, count in needed[1].items() if count > page.most} == {}
    assert {page.address: count for page, count in needed[2].items() if count > needed[1][page]} == {}


def test_the_tests_notice_a_page_that_asks_for_each_thing_anew(
    app: Flask, enter: Callable[[int], Places], statements: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page("/{language}/contact", 0)
    monkeypatch.setitem(app.view_functions, "front.contact", one_by_one)

    few, more = (needed_by([page], app, enter(size), statements)[page] for size in (1, 2))

    assert few < more


def one_by_one(**_values: object) -> str:
    """Answer as a template does that follows from each event to its route."""
    return ", ".join(stop.city.slug for event in db.session.scalars(select(Event)) for stop in event.stops)


def needed_by(pages: list[Page], app: Flask, places: Places, statements: Callable[[], list[str]]) -> dict[Page, int]:
    """Return how many statements each page takes, when it is asked for the first time."""
    return {page: asked_by(page, Visit(app.test_client(), places), statements) for page in pages}


def asked_by(page: Page, visit: Visit, statements: Callable[[], list[str]]) -> int:
    visit.come(page)
    db.session.remove()
    before = len(statements())
    visit.open(page, "en")
    return len(statements()) - before
