"""The thread of questions between a host city and the office about one request."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import aliased, joinedload

from tourreg.db import db
from tourreg.domain.hosting.office_letters import tell_office_of_message
from tourreg.domain.hosting.request_letters import write_to_city
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.visit_models import HostingMessage
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.refusals import Refusal

MOST_MESSAGES = 500


class ThreadIsFull(Refusal):
    """The thread has MOST_MESSAGES already."""


@dataclass(frozen=True)
class Said:
    """What somebody writes: words without markup, and who they are to the other side."""

    words: str
    name: str


@dataclass(frozen=True)
class WaitingThread:
    """A thread in which the city waits for the office.

    waiting   messages without an answer
    since     when the oldest of them was written
    """

    request: HostingRequest
    waiting: int
    since: datetime


def ask_office(
    request: HostingRequest, said: Said, *, submission_key: str | None, now: datetime, by: str
) -> HostingMessage:
    """Write to the office for the city and send it a letter; the same form again returns its first.

    request  from `request_queries.request_to_change`
    raises   ThreadIsFull
    """
    known = _message_of(submission_key)
    if known is not None:
        return known
    message = _added(request, said, submission_key, from_office=False, now=now, by=by)
    tell_office_of_message(request, message, now=now)
    return message


def answer_city(
    request: HostingRequest, said: Said, *, submission_key: str | None, now: datetime, by: str
) -> HostingMessage:
    """Write to the city for the office and send letters to who speaks for it; what the city wrote waits no longer.

    request  from `request_queries.request_to_change`
    raises   ThreadIsFull
    """
    known = _message_of(submission_key)
    if known is not None:
        return known
    settle(request, now=now)
    message = _added(request, said, submission_key, from_office=True, now=now, by=by)
    write_to_city("hosting_message", request, now=now, key=message.public_id, words=said.words)
    return message


def settle(request: HostingRequest, *, now: datetime, until: str = "") -> None:
    """Note that what the city wrote needs no further answer; a second time changes nothing.

    until  the public id of the last message that the page showed, so that nothing is settled unread; "" for all
    """
    waiting = update(HostingMessage).where(*_is_waiting(), HostingMessage.request_id == request.id)
    if until:
        last = select(HostingMessage.id).where(HostingMessage.public_id == until)
        waiting = waiting.where(HostingMessage.id <= last.scalar_subquery())
    db.session.execute(waiting.values(settled_at=now))


def messages_of(request: HostingRequest) -> Sequence[HostingMessage]:
    """Return the thread, first message first."""
    theirs = select(HostingMessage).where(HostingMessage.request_id == request.id)
    return db.session.scalars(theirs.order_by(HostingMessage.id)).all()


def waiting_threads(*, page: int, size: int) -> tuple[list[WaitingThread], int]:
    """Return one page of the threads that wait for the office, the longest wait first; and how many there are.

    page  counts from 1
    """
    grouped = (
        select(HostingMessage.request_id, func.count().label("waiting"), func.min(HostingMessage.id).label("first"))
        .where(*_is_waiting())
        .group_by(HostingMessage.request_id)
        .subquery()
    )
    total = db.session.scalar(select(func.count()).select_from(grouped)) or 0
    of_each = (
        select(HostingMessage, grouped.c.waiting)
        .join(grouped, grouped.c.first == HostingMessage.id)
        .order_by(HostingMessage.id)
        .options(
            joinedload(HostingMessage.request, innerjoin=True).joinedload(HostingRequest.city, innerjoin=True),
            joinedload(HostingMessage.request, innerjoin=True).joinedload(HostingRequest.event, innerjoin=True),
        )
    )
    rows = db.session.execute(of_each.offset((page - 1) * size).limit(size)).all()
    return [WaitingThread(first.request, waiting, first.written_at) for first, waiting in rows], total


def waiting_count() -> int:
    """Return how many messages of cities wait for the office."""
    return db.session.scalar(select(func.count()).select_from(HostingMessage).where(*_is_waiting())) or 0


def waiting_in(requests: Collection[int]) -> Mapping[int, int]:
    """Return how many messages wait for the office, by the keys of the requests that have any."""
    theirs = select(HostingMessage.request_id, func.count()).where(*_is_waiting())
    counted = theirs.where(HostingMessage.request_id.in_(requests)).group_by(HostingMessage.request_id)
    return dict(db.session.execute(counted).all())


def written_since(city_id: int) -> Mapping[int, int]:
    """Return how many messages the office wrote after a city's last, by the keys of its requests that have any."""
    own = aliased(HostingMessage)
    last = select(func.max(own.id)).where(own.request_id == HostingMessage.request_id, own.from_office.is_(False))
    newer = HostingMessage.id > func.coalesce(last.scalar_subquery(), 0)
    counted = select(HostingMessage.request_id, func.count()).join(HostingMessage.request)
    theirs = counted.where(HostingRequest.city_id == city_id, HostingMessage.from_office.is_(True), newer)
    return dict(db.session.execute(theirs.group_by(HostingMessage.request_id)).all())


def _is_waiting() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return HostingMessage.settled_at.is_(None), HostingMessage.from_office.is_(False)


def _message_of(submission_key: str | None) -> HostingMessage | None:
    if not submission_key:
        return None
    return db.session.scalar(select(HostingMessage).where(HostingMessage.submission_key == submission_key))


def _added(
    request: HostingRequest, said: Said, submission_key: str | None, *, from_office: bool, now: datetime, by: str
) -> HostingMessage:
    written = select(func.count()).select_from(HostingMessage).where(HostingMessage.request_id == request.id)
    if (db.session.scalar(written) or 0) >= MOST_MESSAGES:
        raise ThreadIsFull(most=MOST_MESSAGES)
    message = HostingMessage(
        public_id=new_public_id(), submission_key=submission_key, request_id=request.id, from_office=from_office,
        words=said.words, written_at=now, written_by=by, written_name=said.name,
    )  # fmt: skip
    db.session.add(message)
    db.session.flush()
    return message
