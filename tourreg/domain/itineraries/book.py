"""What a programme book says beside the days: of the event as a whole, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from tourreg.columns import Key, Plain, PublicId
from tourreg.db import Base, db
from tourreg.domain.audit.commands import note_change
from tourreg.domain.audit.models import Change
from tourreg.domain.audit.queries import last_change
from tourreg.domain.catalogue.models import Event
from tourreg.kernel.bilingual import EMPTY, Text, text_of
from tourreg.kernel.numbers import new_public_id
from tourreg.kernel.plans import fingerprint, plain
from tourreg.kernel.refusals import Refusal


class BookEditedMeanwhile(Refusal):
    """Somebody changed the book after the editor had read it; facts: now (its plan as it is), by, at."""


class EventBook(Base):
    """The book of one event; `says` is a `BookPlan`, with what is said and no more."""

    __tablename__ = "event_books"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    says: Mapped[Plain]


@dataclass(frozen=True)
class BookPlan:
    """What the book says; an empty text is not printed. Texts have one line for each thing or paragraph.

    glossary   each line one term, its Chinese in the same line of the Chinese text
    emergency  each line whom to call, then the number
    sponsors   each line a level and who gives at it
    """

    purpose: Text = EMPTY
    objectives: Text = EMPTY
    questions: Text = EMPTY
    welcome: Text = EMPTY
    signatory: Text = EMPTY
    reading: Text = EMPTY
    glossary: Text = EMPTY
    escort_name: Text = EMPTY
    escort_phone: str = ""
    emergency: Text = EMPTY
    insurance: Text = EMPTY
    lost_passport: Text = EMPTY
    etiquette: Text = EMPTY
    currency: Text = EMPTY
    plugs: Text = EMPTY
    sponsors: Text = EMPTY


NO_BOOK = BookPlan()
TEXTS = tuple(field.name for field in fields(BookPlan) if isinstance(field.default, Text))


def book_of(event: Event) -> BookPlan:
    """Return what is written down for the event's book; nothing where nobody wrote one."""
    book = _kept(event)
    return _plan(book.says) if book else NO_BOOK


def written_at(event: Event) -> datetime | None:
    """Return when what the book says was changed last."""
    of_book = select(Change.at).join(EventBook, EventBook.public_id == Change.subject)
    return db.session.scalar(of_book.where(EventBook.event_id == event.id).order_by(Change.id.desc()).limit(1))


def write_book(event: Event, plan: BookPlan, *, now: datetime, by: str, seen: str = "") -> None:
    """Write down what the book says.

    event   from `catalogue.desk.event_to_change`, so that nobody else writes meanwhile
    seen    fingerprint of the plan that the editor began from; without it nobody is asked
    raises  BookEditedMeanwhile
    """
    book = _kept(event) or EventBook(public_id=new_public_id(), event_id=event.id, says={})
    before = _plan(book.says)
    if seen and fingerprint(before) not in (seen, fingerprint(plan)):
        change = last_change(book.public_id)
        raise BookEditedMeanwhile(now=before, by=change.by if change else "", at=change.at if change else None)
    said = {name: getattr(plan, name) for name in BookPlan.__dataclass_fields__}
    book.says = {name: value.plain() if isinstance(value, Text) else value for name, value in said.items() if value}
    db.session.add(book)
    db.session.flush()
    note_change(book.public_id, "book", plain(before), plain(plan), now=now, by=by)


def lines(text: Text) -> list[Text]:
    """Return a text line by line; the Chinese of a line stands in the same line of the Chinese text."""
    english, chinese = ([line.strip() for line in side.splitlines()] for side in (text.en, text.zh))
    pairs = (Text(*pair) for pair in zip_longest(english, chinese, fillvalue=""))
    return [pair for pair in pairs if pair]


def _kept(event: Event) -> EventBook | None:
    return db.session.scalar(select(EventBook).where(EventBook.event_id == event.id))


def _plan(says: dict[str, Any]) -> BookPlan:
    written: dict[str, Any] = {name: text_of(value) if name in TEXTS else value for name, value in says.items()}
    return BookPlan(**written)
