"""The database: reads under BEGIN, writes under BEGIN IMMEDIATE, and one place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, MetaData, event, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstanceState, InstrumentedAttribute, scoped_session

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
# Milliseconds for which a transaction of SQLite waits for another's lock.
PATIENCE = 5000
SQLITE_SETTINGS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    f"busy_timeout={PATIENCE}",
    "secure_delete=ON",
    "synchronous=NORMAL",
)
# PostgreSQL: serialization_failure, deadlock_detected, lock_not_available.
_CONFLICTS = ("40001", "40P01", "55P03")
# Under this name of `app.extensions` stands what wakes the worker.
BELL = "tourreg.bell"
_RINGS = "rings"


# What SQLAlchemy notes about a record while it is loaded, changed and let go.
_NOTED_IN_STATES = (
    "session_id", "key", "runid", "load_options", "load_path", "insert_order", "_strong_obj", "modified", "expired",
    "_deleted", "_load_pending", "identity_token", "_last_known_values", "_instance_dict", "callables",
)  # fmt: skip


def _make_room_in_states() -> None:
    """Let states keep their attributes in place, by giving one of them all of these before the first record exists.

    CPython 3.11 moves an object's attributes into a dict when it gets one that none of the first twenty objects of
    its class had. The collector may run meanwhile; it may free the very record, whose state then notes so and moves
    its attributes a second time. The process dies, as it did with fifty programmes in a list. Python 3.12 collects
    only between instructions.
    """
    first = object.__new__(InstanceState)
    for name in _NOTED_IN_STATES:
        setattr(first, name, None)


_make_room_in_states()


class Base(DeclarativeBase):
    """Every table's root; models subclass this, so that a type checker understands them."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
Row = TypeVar("Row", bound=Base)


@contextmanager
def writing(*, patience: int | None = None) -> Iterator[scoped_session[Session]]:
    """Commit what the block does, or nothing of it; what was read before is read again under the lock.

    patience  milliseconds after which it gives up on a lock, where it may as well be left undone
    """
    db.session.rollback()
    db.session.info.pop(_RINGS, None)
    db.session.connection(execution_options={"writes": True, "patience": patience})
    if patience is not None and db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"SET LOCAL lock_timeout = {patience:d}"))
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    if db.session.info.pop(_RINGS, False):
        current_app.extensions[BELL].ring()


def ring_after_commit() -> None:
    """Wake the worker as soon as the writing block under way has committed; not at all if it does not."""
    db.session.info[_RINGS] = True


def add_once(table: type[Row], unique: InstrumentedAttribute[str], **values: Any) -> tuple[Row, bool]:
    """Return the row that has these values' unique one, and whether it was added now; two who ask at once add one."""
    one = select(table).where(unique == values[unique.key])
    known = db.session.scalar(one)
    if known is not None:
        return known, False
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    adding = insert(table).values(**values).on_conflict_do_nothing(index_elements=[unique]).returning(unique)
    added = db.session.execute(adding).scalar()
    return db.session.scalars(one).one(), added is not None


def add_once_by(table: type[Row], unique: dict[str, Any], values: dict[str, Any]) -> tuple[Row, bool]:
    """Return the row that has these unique values together, and whether it was added now, with the further values."""
    one = select(table).filter_by(**unique)
    known = db.session.scalar(one)
    if known is not None:
        return known, False
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    adding = insert(table).values(**unique, **values).on_conflict_do_nothing(index_elements=list(unique))
    added = db.session.execute(adding.returning(*[getattr(table, name) for name in unique])).first()
    return db.session.scalars(one).one(), added is not None


def is_conflict(error: DBAPIError) -> bool:
    """Tell whether the database gave up on a lock, so that the same work may succeed when tried again."""
    code = getattr(error.orig, "sqlstate", None)
    if code is not None:
        return code in _CONFLICTS
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def prepare_engines(app: Flask) -> None:
    """Give SQLite its settings and take the transaction out of its driver's hands."""
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                _prepare_sqlite(engine)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for setting in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        options = connection.get_execution_options()
        patience = options.get("patience")
        if patience is None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience:d}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
