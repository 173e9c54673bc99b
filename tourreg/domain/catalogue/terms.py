"""Writing down the terms on which what was booked of an event can be given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue.cancellation import EventTerms, Terms, event_terms, plain_terms, require_fit
from tourreg.domain.catalogue.commands import EditedMeanwhile
from tourreg.domain.catalogue.models import Event
from tourreg.kernel.plans import fingerprint


def write_terms(event: Event, terms: EventTerms, *, seen: str, now: datetime, by: str) -> None:
    """Write the terms down; whoever has booked keeps what was promised then, where that is better.

    event   from `desk.event_to_change`
    seen    fingerprint of the terms that the editor began from
    raises  EditedMeanwhile, TermsUnfit
    """
    before = event_terms(event)
    if fingerprint(before) != seen:
        change = last_change(event.public_id, "event")
        raise EditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    known = {add_on.public_id for add_on in event.add_ons}
    own = {add_on: in_order(kept) for add_on, kept in (terms.add_ons or {}).items() if add_on in known}
    programme = in_order(terms.programme) if terms.programme else None
    event.cancellation_terms = plain_terms(EventTerms(programme, own))
    note_change(event.public_id, "event", _noted(before), _noted(event_terms(event)), now=now, by=by)


def in_order(terms: Terms) -> Terms:
    """Return the terms with their steps in order.

    raises  TermsUnfit
    """
    return replace(terms, steps=require_fit(terms.steps))


def _noted(terms: EventTerms) -> dict[str, Any]:
    return {"cancellation_terms": plain_terms(terms)}
