"""Writing: all or nothing, and one writer at a time."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tourreg.columns import NaiveInstant, UtcDateTime
from tourreg.db import db, writing
from tourreg.domain.cities.models import City
from tourreg.kernel.bilingual import Text


@pytest.mark.both
def test_a_block_that_fails_leaves_nothing_behind(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError):
        add_city_and_fail()

    assert db.session.scalars(select(City)).all() == []


@pytest.mark.both
def test_a_text_keeps_both_languages(app: Flask) -> None:
    with writing() as session:
        session.add(a_city())

    assert db.session.scalars(select(City)).one().name == Text("Yangzhou", "扬州")


def test_an_instant_without_a_zone_is_refused(app: Flask) -> None:
    with pytest.raises(NaiveInstant):
        UtcDateTime().process_bind_param(datetime(2027, 1, 1), db.engine.dialect)  # noqa: DTZ001


def add_city_and_fail() -> None:
    with writing() as session:
        session.add(a_city())
        session.flush()
        raise ZeroDivisionError


def a_city() -> City:
    return City(
        slug="yangzhou",
        name=Text("Yangzhou", "扬州"),
        region=Text("Jiangsu", "江苏"),
        country="CN",
        zone="Asia/Shanghai",
        latitude=32.39,
        longitude=119.42,
    )
