"""Whoever changes what public pages show counts the catalogue's version up, without having to think of it."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from tests.cast import a_fee, a_published_summit, the_city
from tourreg.columns import OnPublicPages
from tourreg.db import Base, db, writing
from tourreg.domain.audit.models import Move
from tourreg.domain.catalogue import seats
from tourreg.domain.catalogue.models import CatalogueVersion, Event, Fee
from tourreg.domain.cities.models import City
from tourreg.domain.consents.models import ConsentText
from tourreg.domain.itineraries.models import Day, Item
from tourreg.domain.papers.models import Issuer
from tourreg.kernel.bilingual import Text


def version() -> int:
    db.session.rollback()
    return db.session.scalars(select(CatalogueVersion.version)).one()


def change_title() -> None:
    db.session.scalars(select(Event)).one().title = Text("Another title")


def change_city() -> None:
    the_city("yangzhou").population = 1


def add_fee() -> None:
    event = db.session.scalars(select(Event)).one()
    event.fees.append(a_fee(position=9))


def take_item_away() -> None:
    db.session.delete(db.session.scalars(select(Item)).first())


def move_item() -> None:
    db.session.scalars(select(Item)).first().starts = time(7)  # type: ignore[union-attr]


def widen_pool() -> None:
    db.session.scalars(select(Event)).one().pool.capacity = 250


def change_seller() -> None:
    db.session.scalars(select(Issuer)).one().phone = "+1 202 555 0199"


def add_text() -> None:
    db.session.add(ConsentText(kind="terms", version_on=datetime(2027, 1, 1).date(), title=Text("Terms")))  # noqa: DTZ001


def update_fees() -> None:
    db.session.execute(update(Fee).values(withdrawn=True))


def delete_items() -> None:
    db.session.execute(delete(Item))


def insert_city() -> None:
    row = {"slug": "wuxi", "country": "CN", "zone": "Asia/Shanghai", "latitude": 31.5, "longitude": 120.3}
    db.session.execute(insert(City).values(**row))


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        change_title, change_city, add_fee, take_item_away, move_item, widen_pool, change_seller, add_text,
        update_fees, delete_items, insert_city,
    ],
)  # fmt: skip
def test_a_change_of_what_is_shown_counts_up(app: Flask, change: Callable[[], None]) -> None:
    a_published_summit()
    before = version()

    with writing():
        change()

    assert version() > before


@pytest.mark.both
def test_taking_and_giving_back_count_up(app: Flask) -> None:
    pool_id = a_published_summit().pool_id
    counts = [version()]

    for step in (seats.take, seats.give_back):
        with writing():
            step({pool_id: 1})
        counts.append(version())

    assert counts == sorted(set(counts))


def test_what_the_public_does_not_see_leaves_the_count(app: Flask, now: datetime) -> None:
    a_published_summit()
    before = version()

    with writing() as session:
        session.add(Move(axis="seat", subject="x", before="held", after="confirmed", at=now, by="worker"))
        session.scalars(select(Day)).all()

    assert version() == before


def test_a_change_that_is_rolled_back_leaves_the_count(app: Flask) -> None:
    a_published_summit()
    before = version()

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert version() == before


def test_the_marked_tables_are_those_that_public_pages_read() -> None:
    """tests/house/test_public_pages.py watches the statements; here the list is for the reader."""
    marked = {str(one.local_table) for one in Base.registry.mappers if issubclass(one.class_, OnPublicPages)}

    assert marked == {
        "events", "pools", "stops", "fees", "add_ons", "cities", "days", "items", "issuers", "consent_texts",
        "payment_terms", "speakers", "appearances", "itinerary_versions", "hosting_requests", "host_profiles",
        "host_particulars", "host_photos",
    }  # fmt: skip


def change_and_fail() -> None:
    with writing() as session:
        change_title()
        session.flush()
        raise ZeroDivisionError
