"""A walk through every route as everybody who has no business there, with the names of what is somebody else's.

It is made from the routes themselves: a new one under an area below is walked by itself, and where its address has a
hole that `strangers.names_in_the_house` does not fill, the first test fails.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.conftest import NOW
from tests.house.filled import Places
from tests.house.strangers import OF_OTHERS, STRANGERS, Stranger, names_in_the_house
from tests.house.test_routes import routes_with_guards
from tourreg.db import db
from tourreg.domain.audit.models import Change, Move

AREAS = ("city", "my/registrations", "my/bills", "my/quotes")
# Guards behind which everybody comes in: what stands there is nobody's, or asks for a token that nobody guesses.
OPEN = ("everyone", "everyone with form", "machine")
HOLE = re.compile(r"<(?:any\(([^)]*)\):|\w+:)?(\w+)>")
pytestmark = pytest.mark.usefixtures("clock_shows", "without_tokens")


@dataclass(frozen=True)
class Way:
    """One method of one route: its rule, its guard, its area ("" for none), and the holes of its address."""

    rule: str
    method: str
    guard: str
    area: str

    @property
    def holes(self) -> list[str]:
        return [name for choices, name in HOLE.findall(self.rule) if not choices]

    def address(self, names: dict[str, str]) -> str:
        return HOLE.sub(lambda hole: hole[1].split(",")[0] if hole[1] else names.get(hole[2], "nothing"), self.rule)


def ways(app: Flask) -> Iterator[Way]:
    for line in routes_with_guards(app):
        route, _colon, guard = line.partition(": ")
        rule, methods = route.rsplit(" ", 1)
        for method in methods.split(","):
            area = next((area for area in AREAS if rule.startswith(f"/{area}/<")), "")
            yield Way(rule, method, guard, area)


def test_every_hole_of_an_address_has_a_name_to_walk_with(app: Flask, enter: Callable[[int], Places]) -> None:
    """To make it pass, give `names_in_the_house` something of another's that the new hole names."""
    names = names_in_the_house(enter(1))

    unknown = {
        f"{way.rule}: <{hole}>" for way in ways(app) if way.area for hole in way.holes
        if hole not in names[way.area]
    }  # fmt: skip

    assert unknown == set()


def test_every_route_behind_no_area_is_open_or_behind_a_sign_in(app: Flask) -> None:
    others = {way.guard for way in ways(app) if not way.area and way.guard not in OPEN}

    assert {guard for guard in others if not guard.startswith("office")} == {"signed in", "demo on this machine"}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_gets_nothing_that_is_not_his_own(app: Flask, enter: Callable[[int], Places], kind: str) -> None:
    names = names_in_the_house(enter(1))
    stranger = Stranger(kind, app, NOW)
    before = what_was_done()

    let_in = [
        (way.method, way.rule, answer.status_code, told)
        for way in ways(app)
        if not is_of_his_own(way, kind)
        for answer in [stranger.open(way.address(dict(names.get(way.area, {}))), way.method)]
        for told in [words_of_others(answer)]
        if told or not (way.guard in OPEN or is_refused(answer))
    ]

    assert let_in == []
    assert what_was_done() == before


@pytest.mark.parametrize("kind", ["participant", "host of another city"])
def test_behind_his_own_door_names_of_others_lead_nowhere(
    app: Flask, enter: Callable[[int], Places], kind: str
) -> None:
    """His own page with somebody else's offer, request, person or paper behind it: not found, or back to his page.

    Back, where a second click on what is gone leads back as well.
    """
    names = names_in_the_house(enter(1))
    stranger = Stranger(kind, app, NOW)
    before = what_was_done()

    walked = [
        (way, stranger.open(way.address({**names[way.area], "public_id": stranger.own[way.area]}), way.method))
        for way in ways(app)
        if way.area in stranger.own and set(way.holes) > {"public_id"}
    ]

    assert len(walked) > 4
    passed = [(way.method, way.rule, answer.status) for way, answer in walked if not is_turned_back(answer, stranger)]
    assert passed == []
    assert [way.rule for way, answer in walked if words_of_others(answer)] == []
    assert what_was_done() == before


@pytest.mark.parametrize("kind", ["participant", "host of another city"])
def test_on_his_own_pages_stands_nothing_of_others(app: Flask, enter: Callable[[int], Places], kind: str) -> None:
    enter(1)
    stranger = Stranger(kind, app, NOW)

    pages = {
        way.rule: stranger.open(way.address({"public_id": stranger.own[way.area]}), "GET")
        for way in ways(app)
        if way.area in stranger.own and way.method == "GET" and way.holes == ["public_id"]
    }

    assert any(answer.status_code == 200 for answer in pages.values())
    assert {rule: words for rule, answer in pages.items() if (words := words_of_others(answer))} == {}


def is_of_his_own(way: Way, kind: str) -> bool:
    """Tell whether the way leads where the stranger is at home: the office to its member, the list to who signed in."""
    if kind == "member of the office":
        return way.guard.startswith("office") or way.rule.startswith("/office/")
    return kind == "participant" and way.guard == "signed in"


def is_refused(answer: TestResponse) -> bool:
    """Tell whether the answer is that there is no such thing, or sends to a sign-in."""
    if answer.status_code in (403, 404, 405):
        return True
    return answer.status_code in (302, 303) and "sign-in" in (answer.location or "")


def is_turned_back(answer: TestResponse, stranger: Stranger) -> bool:
    back = answer.location or ""
    return answer.status_code == 404 or (
        answer.status_code == 303 and any(own in back for own in stranger.own.values())
    )


def words_of_others(answer: TestResponse) -> list[str]:
    text = answer.get_data(as_text=True) if (answer.mimetype or "").startswith("text/") else ""
    return [words for words in OF_OTHERS if words in text]


def what_was_done() -> tuple[int, ...]:
    """Return how much the record of moves and changes holds."""
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Move, Change))
