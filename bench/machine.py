"""What the figures were measured on."""

import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests import postgres_cluster


def described() -> str:
    """Return one sentence without names or dates; it goes before the table."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("Flask", "SQLAlchemy", "WeasyPrint", "gunicorn"))
    return (
        f"{len(os.sched_getaffinity(0))} cores ({_processor()}), {_memory_gigabytes():.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, PostgreSQL {_postgres()}, {packages}; "
        "two web processes; clients, servers and databases on the same machine."
    )


def _processor() -> str:
    match = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    return " ".join(match[1].split()) if match else platform.machine()


def _memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _postgres() -> str:
    printed = subprocess.run([postgres_cluster.programs() / "postgres", "--version"], capture_output=True, text=True)
    return printed.stdout.split()[2]
