"""Posting, balances, ageing and the journal, with as many postings as an institution makes in years."""

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial

from flask.testing import FlaskClient
from sqlalchemy import event, func, insert, select, text

from bench.figures import Figure, fastest, milliseconds, seconds
from bench.season import an_open_summit
from bench.site import DATABASES, Kind, site
from tests.many import many_registrations
from tests.staff import sign_in
from tourreg.db import db, writing
from tourreg.domain.billing import queries as billing
from tourreg.domain.billing.commands import MoneyIn, lock_folio, post_payment
from tourreg.domain.billing.models import Entry, Folio
from tourreg.domain.papers.models import Issuer
from tourreg.domain.reports import ledgers
from tourreg.kernel import clock
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id

FOLIOS, PAYMENTS, ENTRIES, LONG_FOLIO = 1_000, 10_000, 100_000, 500
MEGABYTE = 1024 * 1024
# What the journal says of a posting, read as plainly as a program can.
PLAIN_JOURNAL = text(
    "SELECT entries.posted_at, entries.public_id, entries.kind, entries.amount_minor, folios.currency,"
    " folios.reference, folios.payer_name, entries.description, entries.means, entries.detail"
    " FROM entries JOIN folios ON folios.id = entries.folio_id ORDER BY entries.id"
)


def figures() -> Iterator[Figure]:
    for kind in DATABASES:
        with site(kind, _fill) as place, place.app.app_context():
            yield _posting(kind)
            _fill_up()
            yield _balance(kind)
            yield _ageing(kind)
            client = place.app.test_client()
            sign_in(client)
            yield from _journal(kind, client)


def _fill() -> None:
    many_registrations(an_open_summit("summit"), FOLIOS, now=clock.utc_now())


def _posting(kind: Kind) -> Figure:
    folios = list(db.session.scalars(select(Folio.id).order_by(Folio.id)))
    posted = seconds(partial(_each, _post, folios))
    bare = seconds(partial(_each, _insert, folios))
    return Figure(
        f"{PAYMENTS:,} payments to {FOLIOS:,} folios, {kind}",
        f"{posted:.1f} s, {PAYMENTS / posted:,.0f} a second",
        f"{posted / bare:.1f} times a bare INSERT and commit each",
    )


def _each(post: Callable[[int, int], None], folios: Sequence[int]) -> None:
    for number in range(PAYMENTS):
        post(folios[number % FOLIOS], number)


def _post(folio_id: int, number: int) -> None:
    """Post as money that arrives is posted, under the folio's lock and in a transaction of its own."""
    now = clock.utc_now()
    with writing():
        folio = db.session.get_one(Folio, folio_id)
        lock_folio(folio)
        money = MoneyIn(Money(100, "USD"), "wire", f"W{number}", now.date(), f"wire:{folio_id}:{number}")
        post_payment(folio, money, now=now, by="bench")


def _insert(folio_id: int, number: int) -> None:
    with writing():
        db.session.execute(insert(Entry), _payment(folio_id, f"bare {number}"))


def _fill_up() -> None:
    """Write the rest of the postings, most of a year old; one folio gets a long bill."""
    posted = db.session.scalar(select(func.count()).select_from(Entry)) or 0
    folios = list(db.session.scalars(select(Folio.id).order_by(Folio.id)))
    long = [folios[0]] * LONG_FOLIO
    rest = [folios[number % FOLIOS] for number in range(ENTRIES - posted - LONG_FOLIO)]
    with writing():
        rows = [_payment(folio_id, f"old {number}") for number, folio_id in enumerate([*long, *rest])]
        db.session.execute(insert(Entry), rows)
        db.session.execute(text("ANALYZE"))


def _payment(folio_id: int, reference: str) -> dict[str, object]:
    now = clock.utc_now()
    return {
        "public_id": new_public_id(), "folio_id": folio_id, "kind": "payment", "description": Text("Payment", "付款"),
        "unit_minor": -1, "amount_minor": -1, "means": "wire", "reference": reference, "posted_at": now,
        "posted_by": "bench",
    }  # fmt: skip


def _balance(kind: Kind) -> Figure:
    folio = db.session.scalars(select(Folio).order_by(Folio.id)).first()
    assert folio is not None
    asked = _statements(lambda: billing.balance(folio))
    took = fastest(lambda: billing.balance(folio), turns=50)
    return Figure(
        f"balance of a folio with {LONG_FOLIO} entries, {kind}",
        milliseconds(took),
        f"{asked} statement",
        "1 statement",
        asked == 1,
    )


def _statements(work: Callable[[], object]) -> int:
    """Return how many statements the work puts to the database."""
    asked: list[object] = []

    def note(*about: object) -> None:
        asked.append(about)

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def _ageing(kind: Kind) -> Figure:
    today = clock.utc_now().date()
    took = fastest(lambda: ledgers.by_age(ledgers.open_parts(), today), turns=3)
    return Figure(f"ageing of {ENTRIES:,} entries, {kind}", milliseconds(took))


def _journal(kind: Kind, client: FlaskClient) -> Iterator[Figure]:
    written = fastest(lambda: _read(client), turns=2)
    bare = fastest(_plainly, turns=2)
    yield Figure(
        f"journal of {ENTRIES:,} entries, {kind}",
        f"{written:.1f} s",
        f"{written / bare:.1f} times a bare cursor and csv.writer ({bare:.2f} s)",
        "≤ 3 times",
        written <= 3 * bare,
    )
    tracemalloc.start()
    size = _read(client)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield Figure(
        f"memory of that journal, {kind}",
        f"{peak / MEGABYTE:.1f} MB at most",
        f"for a file of {size / MEGABYTE:.1f} MB",
        "a part of the file",
        peak < size / 2,
    )


def _read(client: FlaskClient) -> int:
    """Return the bytes of the journal, read as they come."""
    today = clock.utc_now().date()
    issuer = db.session.scalars(select(Issuer.public_id)).first()
    days = {"issuer": issuer, "first": today - timedelta(days=400), "last": today + timedelta(days=1)}
    answer = client.get("/office/money/journal.csv", query_string=days, buffered=False)
    if answer.status_code != 200:
        raise SystemExit(f"bench: the journal answered {answer.status_code}")
    return sum(len(piece) for piece in answer.iter_encoded())


def _plainly() -> int:
    """Return the letters of the same postings, written by csv.writer straight from a cursor."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in db.session.execute(PLAIN_JOURNAL):
        writer.writerow(row)
        writer.writerow(row)
    return file.tell()
