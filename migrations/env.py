"""How migrations run: in one transaction, with SQLite's foreign keys off around it and checked before its commit."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from tourreg.db import Base
from tourreg.domain import models

__all__ = ["models"]


class KeysBroken(Exception):
    """A migration left rows that point at nothing."""


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _run_on_sqlite(connection)
        else:
            _run_in_transaction(connection)


def _run_on_sqlite(connection: Connection) -> None:
    """Rebuild tables without foreign keys, which would empty their children; it is set outside a transaction."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        _run_in_transaction(connection)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _run_in_transaction(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        _require_whole_keys(connection)
    connection.commit()


def _require_whole_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise KeysBroken(broken[:5])


run()
