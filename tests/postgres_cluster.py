"""A throw-away PostgreSQL cluster for a test run: one for all its workers, gone with the run, however that ends."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

# The keeper owns the cluster: it lives in a session of its own, where no Ctrl-C reaches it, and tidies up when its
# standard input ends, which happens even to a test run that was killed. Only a socket in a private folder is opened,
# so that no two runs contend for a port.
KEEPER = """
set -eu
folder=$(mktemp -d "${TMPDIR:-/tmp}/tourreg-postgres.XXXXXX")
tidy_up() {
  "$1/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/cluster" >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap 'tidy_up "$1"' EXIT
trap '' PIPE
start_up() {
  "$1/initdb" --pgdata="$folder/cluster" --auth=trust --username=postgres --no-sync --encoding=UTF8 --locale=C.UTF-8 &&
    "$1/pg_ctl" start --silent --wait --pgdata="$folder/cluster" --log="$folder/log" --options="$2 -k $folder"
}
start_up "$@" >"$folder/start" 2>&1 || {
  cat "$folder/start" "$folder/log" >&2
  exit 1
}
echo "$folder"
cat >/dev/null
"""
# Nothing here has to survive a power cut, and the races ask for many connections at once.
SERVER_OPTIONS = (
    "-c listen_addresses='' -c max_connections=300 -c jit=off"
    " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)
TEMPLATE_LOCK = 7_001


def start_shared_cluster(config: pytest.Config) -> None:
    """Start the run's cluster when its tests are to use PostgreSQL, and name it in TOURREG_TEST_CLUSTER.

    To be called by the conftest's pytest_configure: the controller's environment is what its workers inherit.
    """
    if os.environ.get("TOURREG_TEST_DATABASE") != "postgresql" or hasattr(config, "workerinput"):
        return
    running = ExitStack()
    config.add_cleanup(running.close)
    os.environ["TOURREG_TEST_CLUSTER"] = running.enter_context(cluster())


@contextmanager
def cluster(options: str = SERVER_OPTIONS) -> Iterator[str]:
    """Yield the URL of an empty database in a running cluster of its own."""
    keeper = subprocess.Popen(
        [*as_postgres(), "sh", "-c", KEEPER, "keeper", str(programs()), options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
        text=True,
    )
    with keeper:
        assert keeper.stdout is not None
        folder = keeper.stdout.readline().strip()
        if not folder:
            raise RuntimeError("PostgreSQL did not start; its log stands above.")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"


def as_postgres() -> list[str]:
    """Return what root puts before a command, since PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def programs() -> Path:
    """Return the folder of the newest PostgreSQL programs that Debian's packages have installed."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not installed:
        raise RuntimeError("PostgreSQL is not installed; sh bin/bootstrap test installs it.")
    return max(installed, key=lambda folder: int(folder.parent.name))


def make_template(url: str, name: str, fill: Callable[[str], None]) -> None:
    """Fill a database to clone from, once for all workers: the first comer does it, the others wait until it is whole.

    fill    takes the URL of the empty database, and leaves no connection to it open
    """
    with connection(url) as postgres:
        postgres.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if not has_database(postgres, name):
            unfinished = f"{name}_unfinished"
            drop_database(url, unfinished)
            fill(create_database(url, unfinished))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            postgres.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


def create_database(url: str, name: str, template: str = "template1") -> str:
    """Create a database as a copy of the template, and return its URL."""
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with connection(url) as postgres:
        postgres.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str, name: str) -> None:
    """Drop a database if it is there, whoever is still connected to it."""
    with connection(url) as postgres:
        postgres.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def has_database(postgres: psycopg.Connection, name: str) -> bool:
    """Tell whether the cluster has a database of this name."""
    return postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def connection(url: str) -> psycopg.Connection:
    """Return an autocommitting connection, as statements about whole databases need one."""
    return psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False), autocommit=True)
