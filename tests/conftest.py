"""One application per worker, a clean database for each test that asks for one, and no way out of this machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from tests import postgres_cluster
from tests.borders import border, within_the_border
from tests.settings import test_settings
from tourreg import create_app, schema
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints import outside
from tourreg.blueprints.extensions import limiter
from tourreg.db import Base, db
from tourreg.kernel import clock

__all__ = ["border", "within_the_border"]

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
ON_POSTGRES = os.environ.get("TOURREG_TEST_DATABASE") == "postgresql"


def pytest_configure(config: pytest.Config) -> None:
    postgres_cluster.start_shared_cluster(config)


@pytest.fixture(scope="session")
def worker(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator["WorkerDatabase"]:
    database = WorkerDatabase(worker_id, tmp_path_factory.mktemp("database"))
    yield database
    database.close()


@pytest.fixture
def app(worker: "WorkerDatabase") -> Iterator[Flask]:
    """The application on a migrated, empty database."""
    worker.clean()
    limiter.reset()
    worker.app.extensions["tourreg.kept_pages"].shelf.clear()
    outside.init_app(worker.app, worker.app.extensions["tourreg.settings"])
    with worker.app.app_context():
        yield worker.app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms are sent without having been fetched; that they carry a token is a test of the house."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def mailbox(app: Flask) -> MemoryMailer:
    """What has been sent in this test, and the switches of the mail server."""
    adapter = app.extensions[outside.MAILER]
    assert isinstance(adapter, MemoryMailer)
    return adapter


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock_shows(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set what `clock.utc_now` answers; it stands still at NOW until then."""

    def show(instant: datetime) -> None:
        monkeypatch.setattr(clock, "utc_now", lambda: instant)

    show(NOW)
    return show


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Answer with every statement that reached the database so far, so that a test can bound them."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield lambda: list(seen)
    event.remove(db.engine, "before_cursor_execute", note)


class Browser(FlaskClient):
    """A client whose requests know nothing of each other; the context of the test around them would keep `g`."""

    def open(self, *arguments: Any, **named: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        return super().open(*arguments, **named)


class WroteOutside(AssertionError):
    """A statement changed rows outside `writing()`."""


class WorkerDatabase:
    """The application and the database of one worker, brought back to empty before each test."""

    def __init__(self, name: str, folder: Path) -> None:
        self.pristine = folder / "pristine.db"
        self.file = folder / "tests.db"
        url = self._postgres(name) if ON_POSTGRES else f"sqlite:///{self.file}"
        self.app = create_app(test_settings(url))
        self.app.testing = True
        self.app.test_client_class = Browser
        with self.app.app_context():
            event.listen(db.engine, "before_cursor_execute", refuse_writes_outside)
        if not ON_POSTGRES:
            _migrate(f"sqlite:///{self.pristine}")

    def clean(self) -> None:
        if ON_POSTGRES:
            self._empty_tables()
        else:
            self.put(self.pristine)

    def put(self, database: Path) -> None:
        """Put an SQLite database in the place of the worker's, to which no connection may be open."""
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(database, self.file)

    def close(self) -> None:
        if ON_POSTGRES:
            postgres_cluster.drop_database(self.cluster, self.name)

    def _postgres(self, name: str) -> str:
        self.cluster, self.name = os.environ["TOURREG_TEST_CLUSTER"], f"worker_{name}"
        postgres_cluster.make_template(self.cluster, "migrated", _migrate)
        return postgres_cluster.create_database(self.cluster, self.name, template="migrated")

    def _empty_tables(self) -> None:
        with self.app.app_context(), db.engine.connect() as open_connection:
            connection = open_connection.execution_options(writes=True)
            names = ", ".join(Base.metadata.tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            connection.execute(text("INSERT INTO catalogue_version (id, version) VALUES (1, 0)"))
            connection.commit()


def refuse_writes_outside(
    connection: Any, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
) -> None:
    changes = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    if changes and not connection.get_execution_options().get("writes"):
        raise WroteOutside(statement)


def _migrate(url: str) -> None:
    """Bring a new database to the newest schema, and leave no connection open."""
    app = create_app(test_settings(url))
    schema.upgrade(app)
    with app.app_context():
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
