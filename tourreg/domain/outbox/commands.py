"""What the rest of the domain asks to be done after its commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update

from tourreg.db import add_once, db, ring_after_commit
from tourreg.domain.outbox.models import Enclosure, Letter, Task
from tourreg.kernel.numbers import new_public_id

SEND_LETTER = "send_letter"
# Begins the key of the task that sends a letter, before the letter's own.
TASK_OF_LETTER = "letter:"


@dataclass(frozen=True)
class Asked:
    """One of many letters, as `send_letter` is asked for one."""

    template: str
    facts: dict[str, Any]
    to: str
    language: str
    about: str
    key: str


def add_task(kind: str, arguments: dict[str, Any], *, key: str, now: datetime, run_at: datetime | None = None) -> Task:
    """Ask for a piece of work; asking again under the same key adds nothing and returns the first.

    arguments  plain values; records are named by their public ids
    """
    task, is_new = add_once(
        Task, Task.key, key=key, kind=kind, arguments=arguments, run_at=run_at or now, created_at=now
    )
    if is_new and task.run_at <= now:
        ring_after_commit()
    return task


def send_letter(
    template: str,
    facts: dict[str, Any],
    *,
    to: str,
    language: str,
    about: str,
    key: str,
    now: datetime,
    papers: Sequence[str] = (),
) -> Letter:
    """Ask for a letter in the recipient's language; the same key sends one letter only.

    template  a file of templates/mails, without its ending
    about     the public id of what the letter speaks of, in whose history it then stands
    papers    public ids of issued papers to attach; the letter waits until they are rendered
    """
    letter, is_new = add_once(
        Letter,
        Letter.key,
        key=key,
        public_id=new_public_id(),
        template=template,
        facts=facts,
        to_address=to,
        language=language,
        about=about,
        papers=list(papers),
        message_id=new_public_id(),
        created_at=now,
    )
    if is_new:
        db.session.add_all(Enclosure(letter_id=letter.id, paper=paper) for paper in dict.fromkeys(papers))
        add_task(SEND_LETTER, {"letter": letter.public_id}, key=f"{TASK_OF_LETTER}{key}", now=now)
    return letter


def send_letters(letters: Sequence[Asked], *, now: datetime) -> None:
    """Ask for many letters without papers, in two statements; none of their keys was asked for before.

    raises  IntegrityError where one was
    """
    if not letters:
        return
    named = [(one, new_public_id()) for one in letters]
    rows = [
        {
            "key": one.key, "public_id": public_id, "template": one.template, "facts": one.facts, "to_address": one.to,
            "language": one.language, "about": one.about, "papers": [], "message_id": new_public_id(),
            "created_at": now,
        }
        for one, public_id in named
    ]  # fmt: skip
    tasks = [
        {
            "key": f"{TASK_OF_LETTER}{one.key}", "kind": SEND_LETTER, "arguments": {"letter": public_id},
            "run_at": now, "created_at": now,
        }
        for one, public_id in named
    ]  # fmt: skip
    db.session.execute(insert(Letter), rows)
    db.session.execute(insert(Task), tasks)
    ring_after_commit()


def readdress(about: str, before: str, after: str) -> None:
    """Let the letters about something that still wait for an address leave for another one instead.

    What was sent, and what was given up, keeps the address that it had.
    """
    waiting = select(Task.key).where(Task.kind == SEND_LETTER, Task.done_at.is_(None), Task.given_up_at.is_(None))
    letters = and_(Letter.about == about, Letter.sent_at.is_(None), (TASK_OF_LETTER + Letter.key).in_(waiting))
    theirs = update(Letter).where(letters, func.lower(Letter.to_address) == before.lower()).values(to_address=after)
    db.session.execute(theirs.execution_options(synchronize_session="fetch"))


def send_again(letter: Letter, *, to: str, key: str, now: datetime) -> Letter:
    """Ask for the same letter once more, to an address that may be another; the same key sends it once more only."""
    return send_letter(
        letter.template,
        letter.facts,
        to=to,
        language=letter.language,
        about=letter.about,
        key=f"again:{letter.public_id}:{key}",
        now=now,
        papers=letter.papers,
    )
