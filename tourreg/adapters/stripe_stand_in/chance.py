"""Events that go astray by chance: at rates that a test sets, with a seed, so that every run is the same."""

from __future__ import annotations

import random

from tourreg.adapters.stripe_stand_in.store import Object, Store

KINDS = ("drop", "duplicate", "reorder", "delay")
USUAL: Object = {"seed": 0, **dict.fromkeys(KINDS, 0.0), "seconds": 2.0}
# An event out of order goes before or after so many others that wait.
FARTHEST = 50


def set_rates(store: Store, rates: Object) -> Object:
    """Let so many events of each hundred go astray from now on; counting begins anew."""
    store.set("rates", USUAL | rates | {"drawn": 0})
    return rates_of(store)


def rates_of(store: Store) -> Object:
    found: Object = store.setting("rates") or USUAL | {"drawn": 0}
    return found


def draw(store: Store) -> Object | None:
    """Return what happens to the next event, in the words of a fault; None where nothing does."""
    rates = rates_of(store)
    if not any(rates[kind] for kind in KINDS):
        return None
    drawn = rates["drawn"] + 1
    store.set("rates", rates | {"drawn": drawn})
    lots = random.Random(f"{rates['seed']}:{drawn}")  # noqa: S311
    place = lots.random()
    for kind in KINDS:
        if place < rates[kind]:
            rank = lots.randint(-FARTHEST, FARTHEST) if kind == "reorder" else 0
            return {"kind": kind, "copies": lots.randint(1, 3), "seconds": rates["seconds"], "rank": rank}
        place -= rates[kind]
    return None
