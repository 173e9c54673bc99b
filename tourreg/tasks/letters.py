"""Sending letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tourreg.adapters.files import FileDamaged, FileMissing
from tourreg.adapters.mailer import Attachment, Mail, MailRefused
from tourreg.blueprints.outside import files, mailer
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.outbox import queries
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Letter
from tourreg.domain.outbox.queue import note_sent
from tourreg.domain.papers import queries as papers
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import Language
from tourreg.printing import CannotBeRestored, make_lost_file_again
from tourreg.rendering import render_mail
from tourreg.tasks.registry import Hopeless, NotYet, task
from tourreg.tasks.ways_in import ways_in

# Whoever renders a paper hastens the letters; this is for the case that it died in between.
WAIT_FOR_PAPERS = timedelta(minutes=1)


@task(SEND_LETTER)
def send_letter(letter: str, *, now: datetime) -> None:
    """Send a letter once: its leaving is noted in the moment after the mail server has taken it."""
    found = queries.letter_by_public_id(letter)
    if found is None:
        raise Hopeless(f"There is no letter {letter}.")
    if found.sent_at is not None:
        return
    mail = _written(found, now)
    letter_id = found.id
    db.session.rollback()
    try:
        mailer().send(mail)
    except MailRefused as refusal:
        raise Hopeless(str(refusal)) from refusal
    with writing():
        note_sent(letter_id, now=now)


def _written(letter: Letter, now: datetime) -> Mail:
    language: Language = "zh" if letter.language == "zh" else "en"
    attached = _rendered(letter, now)
    attachments = [_attached(paper) for paper in attached]
    subject, text, html = render_mail(letter.template, _facts(letter, attached, now), language=language)
    return Mail(
        to=letter.to_address,
        subject=subject,
        text=text,
        html=html,
        language=language,
        message_key=letter.message_id,
        written_at=now,
        attachments=attachments,
    )


def _facts(letter: Letter, attached: Sequence[Paper], now: datetime) -> dict[str, Any]:
    """Return what the letter was asked for with, and what is known only now that it leaves."""
    site = settings()
    return {
        **letter.facts,
        **ways_in(letter, now=now),
        "attached": [{"kind": paper.kind, "number": paper.number} for paper in attached],
        "site_name": site.site_name_zh if letter.language == "zh" else site.site_name_en,
        "sample": site.demo,
    }


def _rendered(letter: Letter, now: datetime) -> list[Paper]:
    """Return the papers that go with the letter.

    raises  NotYet while one of them has no files, Hopeless where one cannot have any
    """
    found = papers.by_public_ids(letter.papers)
    for paper in found:
        if paper.failure:
            raise Hopeless(f"{paper.number} cannot be printed: no font has {paper.failure}")
    if any(paper.rendered_at is None for paper in found):
        raise NotYet(now + WAIT_FOR_PAPERS)
    return list(found)


def _attached(paper: Paper) -> Attachment:
    number, content_hash = paper.number, paper.pdf_sha256
    if content_hash is None:
        raise Hopeless(f"{number} has no PDF.")
    try:
        return Attachment(f"{number}.pdf", files().get(content_hash))
    except (FileMissing, FileDamaged):
        return Attachment(f"{number}.pdf", _made_again(paper))


def _made_again(paper: Paper) -> bytes:
    try:
        return make_lost_file_again(paper, "pdf", files(), aside=False)
    except CannotBeRestored as refusal:
        raise Hopeless(f"The file of {refusal.number} is lost; put it back from the backup.") from refusal
