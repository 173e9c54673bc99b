"""Nothing writes outside `writing()`, and what was posted stays as it was posted."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import WroteOutside
from tourreg.db import db, writing
from tourreg.domain.audit.models import Move


@pytest.mark.both
@pytest.mark.parametrize(
    "words", ["UPDATE cities SET slug = 'x'", "DELETE FROM cities", "INSERT INTO cities (id) VALUES (1)"]
)
def test_the_tests_notice_a_write_outside(app: Flask, words: str) -> None:
    with pytest.raises(WroteOutside):
        db.session.execute(text(words))


@pytest.mark.both
@pytest.mark.parametrize("words", ["UPDATE moves SET why = 'better'", "DELETE FROM moves"])
def test_the_database_refuses_to_change_a_move(app: Flask, now: datetime, words: str) -> None:
    with writing() as session:
        session.add(Move(axis="seat", subject="x", before="held", after="confirmed", at=now, by="worker"))

    with pytest.raises(DBAPIError, match="append-only"):
        write(words)


def write(words: str) -> None:
    with writing() as session:
        session.execute(text(words))
