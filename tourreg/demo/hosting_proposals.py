"""Sample changes that host cities propose of their own days: one that waits for the office, of each city that may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from tourreg.db import db, writing
from tourreg.domain.hosting import proposals
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting.commands import actor
from tourreg.domain.hosting.proposal_fields import particulars_of
from tourreg.domain.hosting.proposals import Proposed
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_rules import TAKING
from tourreg.kernel.numbers import new_public_id

ENTRANCE = "Sample: south gate; who comes with the group shows no identification"
NOTES = "Sample: closed shoes, please."
WHY = "Sample: the bridge on Main Street is closed until June."


def make_proposals(now: datetime) -> None:
    """Let each city that holds or confirmed a visit propose a change of its first site visit, an hour ago."""
    taking = select(HostingRequest.public_id).where(HostingRequest.state.in_(TAKING)).order_by(HostingRequest.id)
    for asked in db.session.scalars(taking).all():
        with writing():
            _propose(queries.request_to_change(asked), now - timedelta(hours=1))


def _propose(request: HostingRequest, now: datetime) -> None:
    theirs = [item for day in proposals.days_of_city(request) for item in proposals.open_items(request, day, now)]
    items = [proposals.item_of_city(request, item)[1] for item in theirs]
    if not items:
        return
    item, city = (
        next((one for one in items if one.kind == "site_visit"), items[0]),
        next(iter(queries.contacts_of(request.city_id))),
    )
    wanted = replace(particulars_of(item, "en"), entrance=ENTRANCE, notes=NOTES)
    proposals.propose(
        request, item.public_id, Proposed(wanted, "en", WHY, city.contact_name),
        seen=proposals.seen_of(request, item, "en"), submission_key=new_public_id(), now=now, by=actor(city),
    )  # fmt: skip
