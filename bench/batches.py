"""Two hundred personal itineraries in one file, by one worker and by two; and a stored paper as it is served."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import select

from bench.figures import Figure, fastest, milliseconds
from bench.season import the_season, the_summit
from bench.site import ROOT, Site, site
from tests.many import many_registrations
from tests.paper_samples import ITINERARY
from tests.staff import sign_in
from tourreg.adapters.files import open_files
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.batches import commands, queries
from tourreg.domain.batches.choosing import Choice
from tourreg.domain.batches.models import BatchPaper, PaperBatch
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.commands import issue
from tourreg.domain.papers.models import Paper
from tourreg.kernel import clock
from tourreg.kernel.numbers import new_public_id
from tourreg.printing import render_paper

PAPERS, KIND, REGISTRATIONS = 200, "personal_itinerary", 60
MOST_MEGABYTES, LEAST_FASTER, MOST_MILLISECONDS = 400, 1.4, 5
PATIENCE_SECONDS = 600


def figures() -> Iterator[Figure]:
    with site("SQLite", season_with_people) as place:
        one, alone, _, _ = _made(place, 1)
        two, busier, heaviest, batch = _made(place, 2)
        ratio = one / two
        gate = f"≥ {LEAST_FASTER} times as fast"
        beside = f"{ratio:.2f} times as fast as one ({one:.1f} s); by their own clocks {alone / busier:.2f} times"
        yield Figure(
            f"{PAPERS} personal itineraries in one file, 2 workers", f"{two:.1f} s", beside, gate, ratio >= LEAST_FASTER
        )
        gate = f"< {MOST_MEGABYTES} MB"
        yield Figure("memory of the heavier worker", f"{heaviest:.0f} MB", "", gate, heaviest < MOST_MEGABYTES)
        yield _size(place, batch)
        yield from _served(place)


def season_with_people() -> None:
    the_season()
    many_registrations(the_summit(), REGISTRATIONS, now=clock.utc_now())


def _made(place: Site, workers: int) -> tuple[float, float, float, str]:
    """Return the seconds from the first paper to the file, those that the busiest worker worked, its memory, the batch.

    What else the machine does slows the first and not the second.
    """
    with ExitStack() as stack:
        processes = [stack.enter_context(a_worker(place)) for _ in range(workers)]
        time.sleep(3)  # until they have loaded, which counts elsewhere
        before = [_worked_seconds(process.pid) for process in processes]
        started = time.perf_counter()
        batch = _begin(place)
        while not _is_done(place, batch):
            if time.perf_counter() - started > PATIENCE_SECONDS:
                raise SystemExit("bench: the batch does not end")
            time.sleep(0.1)
        seconds = time.perf_counter() - started
        pairs = zip(processes, before, strict=True)
        busiest = max(_worked_seconds(process.pid) - earlier for process, earlier in pairs)
        heaviest = max(most_megabytes(process.pid) for process in processes)
        for process in processes:
            process.kill()
    return seconds, busiest, heaviest, batch


def a_worker(place: Site) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tourreg", "worker", "--threads", "1"]
    return subprocess.Popen(command, env=place.environment, cwd=ROOT, stderr=subprocess.DEVNULL)


def _begin(place: Site) -> str:
    """Begin a batch for everybody of the summit, and add papers for the same people until there are enough."""
    now = clock.utc_now()
    with place.app.app_context(), writing() as session:
        choice = Choice(frozenset({KIND}), "joined", "both", "letter")
        batch = commands.begin(the_summit(), choice, submission_key=new_public_id(), now=now, by="bench")
        people = session.scalars(select(BatchPaper).where(BatchPaper.batch_id == batch.id)).all()
        rows = [
            BatchPaper(
                batch_id=batch.id,
                position=number,
                kind=KIND,
                subject=person.subject,
                name=person.name,
                language="both",
                page_size="letter",
            )
            for number, person in zip(range(len(people) + 1, PAPERS + 1), cycle(people), strict=False)
        ]
        session.add_all(rows)
        session.flush()
        for row in rows:
            arguments = {"batch": batch.public_id, "paper": row.id}
            add_task(commands.MAKE_PAPER, arguments, key=f"{commands.MAKE_PAPER}:{row.id}:1", now=now)
        return batch.public_id


def _is_done(place: Site, public_id: str) -> bool:
    with place.app.app_context():
        return db.session.scalar(select(PaperBatch.state).where(PaperBatch.public_id == public_id)) == "done"


def _worked_seconds(process: int) -> float:
    """Return how long the processor worked for a process."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def most_megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0


def _size(place: Site, public_id: str) -> Figure:
    """Compare the file with the sum of its papers."""
    store = open_files(place.environment["TOURREG_FILES_URL"])
    with place.app.app_context():
        batch = queries.by_public_id(public_id)
        assert batch is not None
        hashes = [paper.pdf_sha256 for paper in queries.made_papers(batch)]
        apart = sum(store.size(one) or 0 for one in hashes if one)
        together = batch.file_bytes or 0
    beside = f"{together / apart:.2f} of the {apart / 2**20:.1f} MB that they are apart"
    return Figure(f"{PAPERS} papers in one file", f"{together / 2**20:.1f} MB", beside, "< 1", together < apart)


def _served(place: Site) -> Iterator[Figure]:
    """Serve a paper that is stored, whole and unchanged."""
    client = place.app.test_client()
    with place.app.app_context():
        sign_in(client)
        address, etag = _an_issued_paper()
    for name, headers in (("a stored paper", {}), ("a stored paper, unchanged (304)", {"If-None-Match": etag})):
        taken = fastest(partial(_read, client, address, headers), turns=50)
        gate = f"< {MOST_MILLISECONDS} ms"
        yield Figure(name, milliseconds(taken), "", gate, taken * 1000 < MOST_MILLISECONDS)


def _read(client: FlaskClient, address: str, headers: dict[str, str]) -> None:
    answer = client.get(address, headers=headers)
    assert answer.status_code == (304 if headers else 200), answer.status
    answer.get_data()


def _an_issued_paper() -> tuple[str, str]:
    """Issue the summit's book and make its files; return where it stands and its tag."""
    now = clock.utc_now()
    with writing():
        event = the_summit()
        public_id = issue(
            "itinerary",
            dict(ITINERARY),
            issuer=event.issuer,
            about=event.public_id,
            language="both",
            page_size="letter",
            now=now,
            by="bench",
        ).public_id
    render_paper(public_id, files(), now=now)
    paper = db.session.scalars(select(Paper).where(Paper.public_id == public_id)).one()
    return f"/office/papers/{public_id}.pdf", f'"{paper.pdf_sha256}"'
