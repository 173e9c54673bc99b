"""Letters to host cities as the office looks at them afterwards: to whom they went and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from tourreg.db import db
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.city_letter_models import CityLetter, CityOfLetter
from tourreg.domain.outbox.commands import TASK_OF_LETTER
from tourreg.domain.outbox.models import Letter, Task


@dataclass(frozen=True)
class Standing:
    """How far a letter is.

    cities   that were chosen; `reached` of them have somebody whom it goes to, `to_come` have not had their turn yet
    people   to whom it goes: it has left for `sent` of them, cannot leave for `failed`, and waits for the others
    """

    cities: int
    reached: int
    to_come: int
    people: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.people - self.sent - self.failed


def letter_by_public_id(public_id: str) -> CityLetter | None:
    return db.session.scalar(select(CityLetter).where(CityLetter.public_id == public_id))


def letters_to_cities(*, page: int, size: int) -> tuple[Sequence[CityLetter], int]:
    """Return one page of the letters, newest first, and how many there are; pages count from 1."""
    rows = select(CityLetter).order_by(CityLetter.id.desc()).offset((page - 1) * size).limit(size)
    return db.session.scalars(rows).all(), db.session.scalar(select(func.count(CityLetter.id))) or 0


def letters_to_city(city: City) -> Sequence[CityLetter]:
    """Return the letters that went to contacts of a city, newest first."""
    theirs = select(CityLetter).join(CityOfLetter, CityOfLetter.letter_id == CityLetter.id)
    return db.session.scalars(
        theirs.where(CityOfLetter.city_id == city.id, CityOfLetter.people > 0).order_by(CityLetter.id.desc())
    ).all()


def standing_of(letter: CityLetter) -> Standing:
    """Return how far a letter is, in two statements."""
    of_cities = select(
        func.count(),
        func.count(case((CityOfLetter.people > 0, 1))),
        func.count(case((CityOfLetter.people.is_(None), 1))),
        func.sum(CityOfLetter.people),
    ).where(CityOfLetter.letter_id == letter.id)
    left = Letter.sent_at.is_not(None)
    given_up = Letter.sent_at.is_(None) & Task.given_up_at.is_not(None)
    of_letters = (
        select(func.count(case((left, 1))), func.count(case((given_up, 1))))
        .outerjoin(Task, Task.key == TASK_OF_LETTER + Letter.key)
        .where(Letter.about == letter.public_id)
    )
    cities, reached, to_come, people = db.session.execute(of_cities).one()
    sent, failed = db.session.execute(of_letters).one()
    return Standing(cities, reached, to_come, people or 0, sent, failed)


def cities_of(letter: CityLetter, *, reached: bool, most: int) -> Sequence[City]:
    """Return the cities that a letter goes to, or those where it finds nobody; by country and name, so many at most."""
    chosen = CityOfLetter.people > 0 if reached else CityOfLetter.people == 0
    theirs = select(City).join(CityOfLetter, CityOfLetter.city_id == City.id)
    rows = theirs.where(CityOfLetter.letter_id == letter.id, chosen).order_by(City.country, City.slug).limit(most)
    return db.session.scalars(rows).all()


def failed_letters(letter: CityLetter, *, most: int) -> Sequence[tuple[Letter, str]]:
    """Return the letters that cannot leave, each with why."""
    rows = (
        select(Letter, Task.failure)
        .join(Task, Task.key == TASK_OF_LETTER + Letter.key)
        .where(Letter.about == letter.public_id, Letter.sent_at.is_(None), Task.given_up_at.is_not(None))
    )
    return [(row, failure) for row, failure in db.session.execute(rows.order_by(Letter.id).limit(most))]
