"""Public pages at eight connections, against the same server's bare /healthz; loaded by wrk."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial

from bench.figures import Figure
from bench.season import SUMMIT, season_of
from bench.site import Site, served, site
from bench.visitor import Visitor

EVENTS = 50
CONNECTIONS = 8
SECONDS = 5
PAGES = {
    f"catalogue of {EVENTS}": "/en/events",
    "event page": f"/en/events/{SUMMIT}",
    "host city's page": "/en/host-cities/yangzhou",
}


def figures() -> Iterator[Figure]:
    if shutil.which("wrk") is None:
        yield Figure("public pages", "not measured: wrk is missing, `apt-get install wrk` brings it")
        return
    with site("SQLite", partial(season_of, EVENTS)) as place, served(place):
        bare, slowest = _load(place, "/healthz")
        yield Figure(f"`/healthz`, {CONNECTIONS} connections", _said(bare, slowest))
        for name, path in PAGES.items():
            etag = _warm(place, path)
            kept, slowest = _load(place, path)
            yield Figure(name, _said(kept, slowest), f"{kept / bare:.2f} of `/healthz`", "≥ 0.4", kept >= 0.4 * bare)
            unchanged, slowest = _load(place, path, etag=etag)
            ratio = unchanged / kept
            yield Figure(f"{name}, 304", _said(unchanged, slowest), f"{ratio:.2f} of the 200", "≥ 1", ratio >= 1)


def _warm(place: Site, path: str) -> str:
    """Ask often enough for each process to have kept the page; return its mark."""
    return [Visitor(place, 1).etag(path) for _ in range(20)][-1]


def _load(place: Site, path: str, *, etag: str = "") -> tuple[float, str]:
    """Return requests a second, and the time within which 99 of 100 were answered."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    command += ["-H", f"If-None-Match: {etag}"] if etag else []
    printed = subprocess.run([*command, place.address + path], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    slowest = re.search(r"^ +99% +(\S+)", printed, re.MULTILINE)
    if rate is None or slowest is None or "Non-2xx" in printed:
        raise SystemExit(f"bench: wrk could not load {path}:\n{printed}")
    return float(rate[1]), slowest[1]


def _said(rate: float, slowest: str) -> str:
    return f"{rate:,.0f} requests/s, 99 of 100 within {slowest}"
