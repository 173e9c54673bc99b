"""Reading the letters that were sent, and making the papers that they wait for."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage

import html5lib
from sqlalchemy import select

from tourreg import worker
from tourreg.adapters.files import Files
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.outbox import queue
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements.bills import PayersBill, bill_of

LINK = re.compile(r"http://127\.0\.0\.1:8000/my/link/[\w-]{43}\?language=(en|zh)")


def sent(mailbox: MemoryMailer, template: str) -> EmailMessage:
    """Run the worker and return the letter that was made from a template."""
    worker.run_due()
    db.session.rollback()
    keys = db.session.scalars(select(Letter.message_id).where(Letter.template == template)).all()
    letters = [message for message in mailbox.sent if any(key in message["Message-ID"] for key in keys)]
    failures = db.session.scalars(select(Task.failure).where(Task.failure != "")).all()
    assert letters, failures
    return letters[-1]


def assert_is_whole(letter: EmailMessage, language: str) -> None:
    """Check what every letter owes its reader, as text and as HTML."""
    text, page = text_of(letter), html_of(letter)
    html5lib.HTMLParser(strict=True).parse(page)
    assert letter["Content-Language"] == {"en": "en", "zh": "zh-Hans"}[language]
    assert f'<html lang="{letter["Content-Language"]}">' in page
    assert "\n\n\n" not in text
    assert "%(" not in text + page + str(letter["Subject"])
    assert "Questions?" in text or language == "zh"
    assert words_of(page) == words_of(text)


def words_of(content: str) -> set[str]:
    """Return the longer words, to see that text and HTML say the same."""
    body = re.sub(r"<head>.*?</head>", "", content, flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", body).replace("&amp;", "&").replace("&#39;", "'")
    return {word for word in re.findall(r"[A-Za-z]{5,}", re.sub(r"http\S+", " ", plain)) if word != "doctype"}


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    content: str = part.get_content()
    return content


def bill(registration: Registration) -> PayersBill:
    return bill_of(registration.folio_id)


def render(paper: Paper, files: Files, now: datetime) -> None:
    """Do what the task does that renders a paper."""
    content_hash = files.put(b"%PDF-1.7 sample")
    with writing():
        paper.rendered_at, paper.pdf_sha256 = now, content_hash
        queue.hasten(SEND_LETTER, now=now)
