"""Taking from a pool and giving back to it: each is one statement, so that no place is sold twice."""

from collections.abc import Mapping

from sqlalchemy import select, update

from tourreg.db import db
from tourreg.domain.catalogue.models import CatalogueVersion, Pool
from tourreg.kernel.refusals import Refusal


class PoolIsFull(Refusal):
    """Fewer places are free than were asked for; facts: pool_id, wanted, free."""


class CapacityBelowTaken(Refusal):
    """More places are taken than there shall be; facts: pool_id, capacity, taken."""


def take(wanted: Mapping[int, int]) -> None:
    """Take places from several pools, all or none of them (the caller's transaction is rolled back on refusal).

    wanted  places by pool id; pools are locked by rising id, so that two buyers never wait for each other
    raises  PoolIsFull
    """
    for pool_id in sorted(wanted):
        _take(pool_id, wanted[pool_id])
    if wanted:
        touch_catalogue()


def give_back(freed: Mapping[int, int]) -> None:
    """Give places back to their pools; the caller moves each seat to released in the same transaction."""
    for pool_id in sorted(freed):
        db.session.execute(
            update(Pool)
            .where(Pool.id == pool_id)
            .values(taken=Pool.taken - freed[pool_id])
            .execution_options(synchronize_session=False)
        )
    if freed:
        touch_catalogue()


def resize(capacities: Mapping[int, int]) -> None:
    """Change how many places pools have, by pool id, locked in the same order as by buyers.

    raises  CapacityBelowTaken
    """
    for pool_id in sorted(capacities):
        _resize(pool_id, capacities[pool_id])
    if capacities:
        touch_catalogue()


def touch_catalogue() -> None:
    """Count the catalogue's version up, so that kept pages are made anew."""
    db.session.execute(
        update(CatalogueVersion)
        .values(version=CatalogueVersion.version + 1)
        .execution_options(synchronize_session=False)
    )


def _take(pool_id: int, places: int) -> None:
    taking = (
        update(Pool)
        .where(Pool.id == pool_id, Pool.taken + places <= Pool.capacity)
        .values(taken=Pool.taken + places)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(taking).rowcount != 1:  # type: ignore[attr-defined]
        free = db.session.scalar(select(Pool.capacity - Pool.taken).where(Pool.id == pool_id)) or 0
        raise PoolIsFull(pool_id=pool_id, wanted=places, free=max(0, free))


def _resize(pool_id: int, capacity: int) -> None:
    resizing = (
        update(Pool)
        .where(Pool.id == pool_id, Pool.taken <= capacity)
        .values(capacity=capacity)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(resizing).rowcount != 1:  # type: ignore[attr-defined]
        taken = db.session.scalar(select(Pool.taken).where(Pool.id == pool_id)) or 0
        raise CapacityBelowTaken(pool_id=pool_id, capacity=capacity, taken=taken)
