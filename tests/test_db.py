"""Writing: all or nothing, and one writer at a time."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

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


def test_the_collector_may_run_while_a_session_is_closed() -> None:
    program = Path(__file__).parent / "states_under_the_collector.py"
    surroundings = {**os.environ, "PYTHONPATH": str(program.parent.parent)}

    ended = subprocess.run([sys.executable, program, "with-tourreg"], capture_output=True, text=True, env=surroundings)

    assert (ended.returncode, ended.stdout) == (0, "alive\n")


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
