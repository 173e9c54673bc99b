"""Kept pages stay true: any change of what the public pages show counts the catalogue's version up, unasked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Result
from sqlalchemy.orm import ORMExecuteState, Session

from tourreg.columns import OnPublicPages
from tourreg.domain.catalogue.models import Pool
from tourreg.domain.catalogue.seats import touch_catalogue


@event.listens_for(Session, "after_flush")
def touch_after_records(session: Session, _context: Any) -> None:
    """Count up when a shown record was added, changed or taken away."""
    dirty = (record for record in session.dirty if session.is_modified(record))
    if any(isinstance(record, OnPublicPages) for record in (*session.new, *session.deleted, *dirty)):
        touch_catalogue()


@event.listens_for(Session, "do_orm_execute")
def touch_after_statements(state: ORMExecuteState) -> Result[Any] | None:
    """Count up when a statement changed shown rows; seats.py does it itself, once for all the pools it takes from."""
    mapper = state.bind_mapper
    writes = state.is_insert or state.is_update or state.is_delete
    if not writes or mapper is None or not issubclass(mapper.class_, OnPublicPages) or mapper.class_ is Pool:
        return None
    result = state.invoke_statement()
    touch_catalogue()
    return result
