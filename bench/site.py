"""A site to load: an empty database, filled, with the web server before it as `tourreg serve` starts it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from flask import Flask

from tests import postgres_cluster
from tests.ports import free_port
from tourreg import create_app, schema
from tourreg.db import db
from tourreg.demo.servers import Place
from tourreg.settings import read_settings

Kind = Literal["SQLite", "PostgreSQL"]
DATABASES: tuple[Kind, ...] = ("SQLite", "PostgreSQL")
ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 30
# As Debian sets it up, but for the port and the number of connections: what is committed is on the disk.
POSTGRES_OPTIONS = "-c listen_addresses='' -c max_connections=300"


@dataclass(frozen=True)
class Site:
    """A filled database and how to serve it.

    app  the application in this process, to fill and to count; the served one is another process with the same settings
    """

    app: Flask
    place: Place
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return self.place.site


@contextmanager
def site(kind: Kind, fill: Callable[[], object]) -> Iterator[Site]:
    """Yield a site on a migrated database that `fill` has filled."""
    with TemporaryDirectory(prefix="tourreg-bench") as folder, _database(kind, folder) as url:
        place = Place(Path(folder), free_port(), free_port())
        # One proxy before the site, so that each client can have an address of its own.
        own = {"TOURREG_DATABASE_URL": url, "TOURREG_PROXIES": "1", "TOURREG_DEMO": "0"}
        environment = {**place.environment(), **own}
        app = create_app(read_settings(environment))
        schema.upgrade(app)
        with app.app_context():
            fill()
        yield Site(app, place, environment)
        with app.app_context():
            db.engine.dispose()


@contextmanager
def served(site: Site, *, processes: int = 2) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the site while the block lasts; yield the server, whose children are the web processes."""
    command = [sys.executable, "-m", "tourreg", "serve", "--workers", str(processes)]
    with (
        (site.place.folder / "web.log").open("ab") as log,
        subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{site.place.port}"],
            env={**os.environ, **site.environment},
            cwd=ROOT,
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            _wait(site.place.port)
            yield server
        finally:
            server.terminate()


@contextmanager
def _database(kind: Kind, folder: str) -> Iterator[str]:
    """Yield the address of an empty database: a file of SQLite, or a PostgreSQL cluster of its own."""
    if kind == "SQLite":
        yield f"sqlite:///{folder}/tourreg.db"
    else:
        with postgres_cluster.cluster(POSTGRES_OPTIONS) as cluster:
            yield postgres_cluster.create_database(cluster, "bench")


def _wait(port: int) -> None:
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if time.monotonic() > ends_at:
            raise SystemExit("bench: the web server did not start")
        time.sleep(0.01)


def _answers(port: int) -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
