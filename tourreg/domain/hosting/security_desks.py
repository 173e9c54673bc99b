"""That the security desk of a host city asked for the nationality of those who come, who asked, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tourreg.db import db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.models import SecurityRequest


@dataclass(frozen=True)
class Asking:
    """Who asked for it, in the city's own words, and on which day."""

    city_id: str
    asked_by: str
    asked_on: date


def note_request(event_id: str, asking: Asking, *, now: datetime, by: str) -> SecurityRequest:
    """Note that a city's security desk asked; noted again, it is corrected.

    event_id, asking.city_id  public ids
    """
    city = db.session.scalars(select(City).where(City.public_id == asking.city_id)).one()
    request = _open_request(event_id, city.id)
    before = {"asked_by": request.asked_by, "asked_on": request.asked_on.isoformat()} if request else {}
    if request is None:
        request = SecurityRequest(event=event_id, city=city)
        db.session.add(request)
    request.asked_by, request.asked_on = asking.asked_by, asking.asked_on
    request.noted_at, request.noted_by = now, by
    after = {"asked_by": asking.asked_by, "asked_on": asking.asked_on.isoformat()}
    note_change(event_id, f"nationality for {city.slug}", before or dict.fromkeys(after, ""), after, now=now, by=by)
    return request


def end_request(event_id: str, city_id: str, *, now: datetime, by: str) -> None:
    """Show a city no nationality any more; rosters that were issued stay as they are."""
    found = next((one for one in requests_of(event_id) if one.city.public_id == city_id), None)
    if found is None:
        return
    found.ended_at, found.ended_by = now, by
    before = {"asked_by": found.asked_by}
    note_change(event_id, f"nationality for {found.city.slug}", before, {"asked_by": ""}, now=now, by=by)


def requests_of(event_id: str) -> Sequence[SecurityRequest]:
    """Return the requests that count for an event, first asked first."""
    counting = select(SecurityRequest).where(SecurityRequest.event == event_id, SecurityRequest.ended_at.is_(None))
    return db.session.scalars(counting.order_by(SecurityRequest.asked_on, SecurityRequest.id)).all()


def cities_asking(event_id: str) -> set[str]:
    """Return the public ids of the cities whose security desk asked."""
    return {request.city.public_id for request in requests_of(event_id)}


def _open_request(event_id: str, city_id: int) -> SecurityRequest | None:
    return next((one for one in requests_of(event_id) if one.city_id == city_id), None)
