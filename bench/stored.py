"""A stored paper as the office opens it: the whole file, and the answer to a browser that has it already."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from bench.figures import Figure, milliseconds
from bench.season import an_open_summit
from bench.site import DATABASES, Kind, site
from tests.paper_samples import ITINERARY
from tests.staff import sign_in
from tourreg import printing
from tourreg.blueprints.outside import files
from tourreg.db import db, writing
from tourreg.domain.catalogue import desk
from tourreg.domain.papers.commands import issue
from tourreg.domain.papers.models import Paper
from tourreg.kernel import clock

MOST_SECONDS = 0.005
TURNS = 60


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        size, whole, unchanged = _measured(kind)
        yield Figure(
            f"stored programme book of {size // 1000} KB, {kind}",
            milliseconds(whole),
            f"304 in {milliseconds(unchanged)}",
            "≤ 5 ms",
            max(whole, unchanged) <= MOST_SECONDS,
        )


def _measured(kind: Kind) -> tuple[int, float, float]:
    """Return the bytes of the paper, the seconds until its last byte, and those of a 304."""
    with site(kind, _fill) as place:
        client = place.app.test_client()
        with place.app.app_context():
            sign_in(client)
            address = f"/office/papers/{db.session.scalars(select(Paper.public_id)).one()}.pdf"
        answer = client.get(address)
        asked = {"If-None-Match": answer.headers["ETag"]}
        whole = min(_open(client, address, 200) for _ in range(TURNS))
        unchanged = min(_open(client, address, 304, headers=asked) for _ in range(TURNS))
    return len(answer.data), whole, unchanged


def _fill() -> None:
    """Issue a programme book and make its files."""
    now, public_id = clock.utc_now(), an_open_summit("summit").public_id
    with writing():
        event = desk.event_to_change(public_id)
        paper = issue(
            "itinerary",
            dict(ITINERARY),
            issuer=event.issuer,
            about=public_id,
            language="both",
            page_size="a4",
            now=now,
            by="staff:bench",
        )
        issued = paper.public_id
    printing.render_paper(issued, files(), now=now)


def _open(client: FlaskClient, address: str, status: int, **asked: Any) -> float:
    """Return the seconds until the last byte; that the paper was opened is noted after it."""
    started = perf_counter()
    answer = client.get(address, **asked)
    content = answer.get_data()
    taken = perf_counter() - started
    answer.close()
    if answer.status_code != status or bool(content) != (status == 200):
        raise SystemExit(f"bench: {address} answered {answer.status_code}")
    return taken
