"""The office's list and its file, with a hundred and with ten thousand registrations."""

from collections.abc import Iterator
from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import text

from bench.figures import Figure, fastest, milliseconds
from bench.season import an_open_summit
from bench.site import DATABASES, Kind, site
from tests.many import many_registrations
from tests.staff import sign_in
from tourreg.db import db
from tourreg.kernel import clock

FEW, MANY = 100, 10_000


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        (few, _), (many, file) = _measured(kind, FEW), _measured(kind, MANY)
        ratio = many / few
        yield Figure(
            f"office list of {MANY:,}, {kind}",
            milliseconds(many),
            f"{ratio:.2f} times the list of {FEW} ({milliseconds(few)})",
            "≤ 1.5 times",
            ratio <= 1.5,
        )
        yield Figure(f"CSV of {MANY:,}, {kind}", f"{file:.2f} s", gate="≤ 0.5 s", holds=file <= 0.5)


def _measured(kind: Kind, count: int) -> tuple[float, float]:
    """Return the seconds of the list's first page and of the whole file."""
    with site(kind, partial(_fill, kind, count)) as place:
        client = place.app.test_client()
        with place.app.app_context():
            sign_in(client)
        listed = fastest(partial(_read, client, "/office/registrations"), turns=15)
        filed = fastest(partial(_read, client, "/office/registrations.csv"), turns=3)
    return listed, filed


def _fill(kind: Kind, count: int) -> None:
    many_registrations(an_open_summit("summit"), count, now=clock.utc_now())
    if kind == "PostgreSQL":
        db.session.execute(text("ANALYZE"))  # as its own housekeeping does after a minute
        db.session.rollback()


def _read(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"bench: {address} answered {answer.status_code}")
    return answer.get_data()
