"""What a web process weighs once it has shown every kind of page, how soon it answers, and what a reader loads."""

import gzip
import re
import time
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from subprocess import Popen

from bench.figures import Figure
from bench.season import SUMMIT, season_with_places, the_summit
from bench.site import Site, served, site
from bench.visitor import FORM, Visitor
from tests.staff import sign_in
from tourreg.kernel.bilingual import LANGUAGES

MOST_MEGABYTES, MOST_START_SECONDS, MOST_KILOBYTES = 110, 1.5, 40
ROUNDS = 3
PUBLIC = (
    "", "events", f"events/{SUMMIT}", f"events/{SUMMIT}/register", "texts/terms", "host", "host/sign-up", "contact",
    "accessibility",
)  # fmt: skip
REGISTRANT = ("my/registrations/{registration}", "my/registrations/{registration}/pro-forma.pdf")
OFFICE = (
    "", "events", "events/new", "events/{event}", "events/{event}/itinerary", "events/{event}/papers",
    "events/{event}/papers/itinerary.pdf", "events/{event}/papers/roster.pdf", "registrations", "registrations.csv",
    "registrations/{registration}", "registrations/{registration}/pro-forma.pdf", "cities", "cities/new", "hosts",
    "languages", "money", "papers", "tasks", "account",
)  # fmt: skip


def figures() -> Iterator[Figure]:
    with site("SQLite", partial(season_with_places, 200)) as place:
        seconds = min(_start_seconds(place) for _ in range(ROUNDS))
        gate = f"< {MOST_START_SECONDS} s"
        work = "start of the web server, to its first answer"
        yield Figure(work, f"{seconds:.2f} s", "", gate, seconds < MOST_START_SECONDS)
        with served(place, processes=1) as server:
            yield _weight_of_page(place)
            yield from _memory(place, server)


def _start_seconds(place: Site) -> float:
    started = time.perf_counter()
    with served(place, processes=1):
        return time.perf_counter() - started


def _weight_of_page(place: Site) -> Figure:
    """Weigh the registration page with all that it loads, each gzipped as a proxy does it."""
    reader = Visitor(place, 1)
    page = reader.get(FORM)
    parts = [unescape(part) for part in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)]
    weight = sum(len(gzip.compress(text.encode())) for text in (page, *map(reader.get, parts))) / 1024
    gate = f"< {MOST_KILOBYTES} KB"
    beside = f"{len(parts) + 1} requests"
    return Figure("registration page, gzipped in all", f"{weight:.1f} KB", beside, gate, weight < MOST_KILOBYTES)


def _memory(place: Site, server: Popen[bytes]) -> Iterator[Figure]:
    process = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("utf-8").split()[0])
    registrant, member = Visitor(place, 2), _signed_in(place)
    with place.app.app_context():
        event = the_summit().public_id
    before = _megabytes(process)
    for _ in range(ROUNDS):
        registrant.register()
        count = _visit_all(registrant, member, event)
    after = _megabytes(process)
    beside = f"after {count} pages and papers, {ROUNDS} times each; {before:.0f} MB before them"
    gate = f"< {MOST_MEGABYTES} MB"
    yield Figure("memory of a web process", f"{after:.0f} MB", beside, gate, after < MOST_MEGABYTES)


def _signed_in(place: Site) -> Visitor:
    """Return an administrator; their cookie is made in this process, whose application knows the same secret."""
    client = place.app.test_client()
    with place.app.app_context():
        sign_in(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    member = Visitor(place, 3)
    member.headers["Cookie"] = f"session={cookie.value}"
    return member


def _megabytes(process: int) -> float:
    """Return the memory of a process; what it shares with others counts in part (PSS)."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    return sum(int(kilobytes) for kilobytes in re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)) / 1024


def _visit_all(registrant: Visitor, member: Visitor, event: str) -> int:
    """Read one page of each kind as a stranger, as who has just registered, and in the office; return how many."""
    ids = {"registration": registrant.leads_to.rpartition("/")[2], "event": event}
    public = [f"/{language}/{path}" for language in LANGUAGES for path in PUBLIC]
    own = [f"/{path.format(**ids)}" for path in REGISTRANT]
    office = [f"/office/{path.format(**ids)}" for path in OFFICE]
    for address in [*public, *own]:
        registrant.get(address)
    for address in office:
        member.get(address)
    return len([*public, *own, *office])
