"""One account at the stand-in: its objects, its clock, and the events that tell of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tourreg.adapters.stripe_stand_in import deliveries
from tourreg.adapters.stripe_stand_in.ids import new_id
from tourreg.adapters.stripe_stand_in.store import Object, Store

API_VERSION = "2026-10-28.endive"


@dataclass
class Account:
    """What every move of the stand-in works on.

    wall_clock    seconds since 1970, real time
    wake          tells the sender of webhooks that there is something to send
    asked_by      the request and its idempotency key, for the events that it causes
    """

    store: Store
    wall_clock: Callable[[], float]
    wake: Callable[[], None]
    asked_by: Object = field(default_factory=lambda: {"id": None, "idempotency_key": None})

    def now(self) -> int:
        """Return the stand-in's own time."""
        return int(self.wall_clock() + self.store.setting("offset_seconds", 0))

    def tell(
        self, kind: str, thing: Object, *, at: int, before: Object | None = None, strange: Object | None = None
    ) -> Object:
        """Make an event of the object as it is now, and have it delivered.

        before   the old values of what changed, for events that tell of a change
        strange  what makes it an event of another account or mode
        """
        told = {"object": thing} | ({"previous_attributes": before} if before else {})
        event = {
            "id": new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": at,
            "data": told,
            "livemode": False,
            "pending_webhooks": 1 if self.store.setting("webhook_url") else 0,
            "request": self.asked_by,
            "type": kind,
            **(strange or {}),
        }
        self.store.save(event)
        deliveries.add(self.store, event, self.wall_clock())
        self.wake()
        return event
