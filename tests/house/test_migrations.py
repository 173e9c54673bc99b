"""Going back a version and forward again loses nothing of a season's work."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, inspect, text

from tests import postgres_cluster
from tests.conftest import ON_POSTGRES
from tests.ports import free_port
from tourreg import create_app, schema
from tourreg.db import db, writing
from tourreg.demo import show
from tourreg.demo.servers import Place, stand_in_for_stripe
from tourreg.settings import read_settings

# What a table holds: how many rows, and a checksum of all their values.
Held = dict[str, tuple[int, str]]


@pytest.fixture
def season(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, filled with the sample season."""
    place = Place(tmp_path, free_port(), free_port())
    with stand_in_for_stripe(place):
        app = create_app(read_settings({**place.environment(), **database_of_its_own()}))
        show.fill(app, place)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.both
@pytest.mark.local_servers
def test_each_migration_taken_back_and_made_again_keeps_every_row_of_the_season(season: Flask) -> None:
    """Go all the way back, step by step, and forward again: each version holds what it held, to the last row.

    The first makes the tables; before it there is nothing that could be kept.
    """
    steps = [step for step in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions() if step.down_revision]
    newest = look()
    assert steps
    assert all(newest[0][table][0] > 50 for table in ("registrations", "entries", "papers", "moves"))

    on_the_way_back, now = {}, newest
    for step in steps:
        on_the_way_back[step.revision] = now
        schema.downgrade(season, str(step.down_revision))
        now = look()
        assert now[1] != on_the_way_back[step.revision][1], f"{step.revision} takes nothing back"
    for step in reversed(steps):
        schema.upgrade(season, step.revision)
        assert look() == on_the_way_back[step.revision], step.revision

    with writing() as session:
        session.execute(text("UPDATE cities SET population = population + 1 WHERE id = (SELECT min(id) FROM cities)"))
    assert [table for table, rows in look()[0].items() if rows != newest[0][table]] == ["cities"]


def look() -> tuple[Held, set[str]]:
    """Return what the tables hold, and the names of tables, columns, indexes, triggers and functions."""
    db.session.remove()
    with db.engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
        held = {table: rows_of(table, connection) for table in tables}
        things = {str(name) for name in connection.scalars(text(NAMES[connection.dialect.name]))}
        things |= {f"{table}.{column['name']}" for table in tables for column in inspect(connection).get_columns(table)}
    return held, things


NAMES = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """,
}


def rows_of(table: str, connection: Connection) -> tuple[int, str]:
    columns = ", ".join(sorted(f'"{column["name"]}"' for column in inspect(connection).get_columns(table)))
    rows = sorted(repr(tuple(row)) for row in connection.execute(text(f"SELECT {columns} FROM {table}")))
    return len(rows), sha256("\n".join(rows).encode()).hexdigest()


def database_of_its_own() -> dict[str, str]:
    if not ON_POSTGRES:
        return {}
    return {"TOURREG_DATABASE_URL": postgres_cluster.create_database(os.environ["TOURREG_TEST_CLUSTER"], "season")}
