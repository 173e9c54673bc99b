"""Every letter, as its reader gets it: made from what the domain asked for and sent by the worker."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import html5lib
import pytest
from sqlalchemy import select

from tests.cast import a_published_summit
from tests.hosts import a_host
from tests.money_cast import two_people_register
from tests.staff import a_member
from tourreg import worker
from tourreg.adapters.files import Files
from tourreg.adapters.mailer import MemoryMailer
from tourreg.blueprints import outside
from tourreg.blueprints.words import settings
from tourreg.db import db, writing
from tourreg.domain.accounts import passwords
from tourreg.domain.accounts.commands import NO_PASSWORD
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.billing.models import Entry
from tourreg.domain.hosting import commands as hosting
from tourreg.domain.outbox import queue
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.commands import RENDER_PAPER
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import corrections, fresh_codes, holds, own_changes
from tourreg.domain.registrations.corrections import Contact
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices, mails, reminders, statements
from tourreg.domain.settlements.bills import PayersBill, bill_of
from tourreg.domain.settlements.models import Cancellation
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money
from tourreg.tasks import registry

Show = Callable[[datetime], None]
HUNDRED = Money(10_000, "USD")
ROOT = Path(__file__).parent.parent.parent
LINK = re.compile(r"http://127\.0\.0\.1:8000/my/link/[\w-]{43}\?language=(en|zh)")


@pytest.fixture(autouse=True)
def clock(clock_shows: Show) -> Show:
    return clock_shows


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are made by `render` below, when the test says so."""
    monkeypatch.setitem(registry._WORKS, RENDER_PAPER, lambda **_: None)


def payment(registration: Registration, now: datetime) -> Entry:
    return Entry(amount_minor=-96_000, means="card", public_id="a payment")


def bill(registration: Registration) -> PayersBill:
    return bill_of(registration.folio_id)


def issue_statement(registration: Registration, now: datetime) -> None:
    statements.issue_statement(registration.folio_id, of_all=False, since=None, key="x", now=now, by="staff:x")


def remind(registration: Registration, now: datetime) -> None:
    invoices.issue_now(registration.id, now=now, by="staff:x")
    reminders.remind(registration.folio_id, 2, key="x", now=now, by="staff:x")


def a_cancellation(registration: Registration) -> Cancellation:
    """Of one of the two, with a fee kept."""
    person = registration.participants[0]
    whom = {"folio": registration.folio.reference, "subject": person.public_id}
    thing = {**whom, "description": person.fee.label.plain(), "price_minor": 48_000}
    return Cancellation(
        public_id="a cancellation",
        is_everything=False,
        things=[{**thing, "kept_minor": 12_000}],
        currency="USD",
        kept_minor=12_000,
        back_minor=36_000,
        why="You asked for it.",
    )


# What is told about a registration's money, each by the command that asks for the letter.
TOLD: dict[str, Callable[[Registration, datetime], None]] = {
    "paid": lambda one, now: mails.paid(bill(one), payment(one, now), [], now=now),
    "paid_late": lambda one, now: mails.paid_late(bill(one), payment(one, now), [], now=now),
    "funds_awaited": lambda one, now: mails.funds_awaited(bill(one), HUNDRED, key="x", now=now),
    "payment_failed": lambda one, now: mails.payment_failed(bill(one), HUNDRED, key="x", now=now),
    "hold_ended": lambda one, now: mails.hold_ended(bill(one), [], key="x", now=now),
    "credit_granted": lambda one, now: mails.credit_granted(bill(one), [], now=now),
    "credit_refused": lambda one, now: mails.credit_refused(bill(one), "An earlier invoice is open.", key="x", now=now),
    "cancelled": lambda one, now: mails.cancelled(bill(one), a_cancellation(one), HUNDRED, [], now=now),
    "refunded": lambda one, now: mails.refunded(bill(one), HUNDRED, [], key="x", now=now),
    "statement": issue_statement,
    "reminded": remind,
}
HOST_LETTERS = ("host_confirm", "host_confirmed", "host_access", "host_accepted", "host_declined")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("template", sorted(TOLD))
def test_a_letter_about_money_is_whole_in_both_languages(
    app, mailbox, files, now, template: str, language: str
) -> None:
    registration = two_people_register(now, language=language)
    with writing():
        TOLD[template](registration, now)
    for paper in db.session.scalars(select(Paper)).all():
        render(paper, files, now)

    letter = sent(mailbox, template)

    assert letter["To"] == "lan@example.org"
    assert_is_whole(letter, language)
    assert registration.reference in text_of(letter)
    assert ("扬州" in text_of(letter) or "生态" in text_of(letter)) is (language == "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("pays_by", ["card", "invoice"])
def test_the_letter_after_registering_says_until_when_the_seats_are_held(
    app, mailbox, now, pays_by: str, language: str
) -> None:
    registration = two_people_register(now, language=language, pays_by=pays_by)
    until = holds.held_until(registration)

    letter = sent(mailbox, "registered")

    assert until is not None
    assert_is_whole(letter, language)
    assert all(words in text_of(letter) for words in ("陈立", "960.00", "UTC+8"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("template", HOST_LETTERS)
def test_a_letter_to_a_host_is_whole_in_both_languages(app, mailbox, now, template: str, language: str) -> None:
    profile = a_host(now=now, language=language)
    with writing():
        hosting._write_to(profile, template, now=now, key="once more")

    letter = sent(mailbox, template)

    assert_is_whole(letter, language)
    assert LINK.search(text_of(letter))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("template", ["cancellation_asked", "cancellation_kept"])
def test_a_letter_about_a_request_to_cancel_is_whole(app, mailbox, now, template: str, language: str) -> None:
    registration = two_people_register(now, language=language)
    with writing():
        own_changes.ask_to_cancel(registration.id, "The trip was not approved.", now=now)
    with writing():
        own_changes.keep_registration(registration.id, "The rooms are paid.", now=now, by="staff:x")

    letter = sent(mailbox, template)

    assert_is_whole(letter, language)
    assert LINK.search(text_of(letter))
    why = {"cancellation_asked": "The trip was not approved.", "cancellation_kept": "The rooms are paid."}
    assert why[template] in text_of(letter)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_addresses_are_told_of_a_change_and_the_new_one_alone_gets_a_link(
    app, mailbox, now, language: str
) -> None:
    registration = two_people_register(now, language=language)
    worker.run_due()
    before = LINK.search(text_of(mailbox.sent[-1]))
    with writing():
        contact = Contact("Zhou Lanying", "ying@example.org")
        corrections.correct_contact(registration, contact, now=now, by="contact:x")

    sent(mailbox, "address_changed")
    old, new = (next(one for one in mailbox.sent[-2:] if one["To"] == f"{to}@example.org") for to in ("lan", "ying"))

    for letter in (old, new):
        assert_is_whole(letter, language)
    assert LINK.search(text_of(old)) is None
    assert "ying@example.org" in text_of(old)
    after = LINK.search(text_of(new))
    assert before is not None
    assert after is not None
    assert before[0] != after[0]


@pytest.mark.both
def test_papers_that_waited_while_the_address_was_put_right_reach_the_new_one_alone(app, mailbox, files, now) -> None:
    registration = two_people_register(now)
    with writing():
        invoice = invoices.issue_now(registration.id, now=now, by="staff:x").paper
    worker.run_due()
    with writing():
        contact = Contact("Zhou Lanying", "ying@example.org")
        corrections.correct_contact(registration, contact, now=now, by="staff:x")

    render(invoice, files, now)
    worker.run_due()

    with_papers = [message["To"] for message in mailbox.sent if list(message.iter_attachments())]
    assert with_papers == ["ying@example.org"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_letter_with_a_code_is_whole_and_opens_nothing_by_itself(app, mailbox, now, language: str) -> None:
    registration = two_people_register(now, language=language)
    with writing():
        fresh_codes.send_code(registration, secret=settings().secret_key, now=now)

    letter = sent(mailbox, "access_code")

    assert_is_whole(letter, language)
    assert re.match(r"\d{6}|.*\d{6}", str(letter["Subject"]))
    assert "http" not in text_of(letter)
    assert "15" in text_of(letter)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("password", [NO_PASSWORD, "a hash"])
def test_a_letter_to_staff_is_whole_in_both_languages(app, mailbox, now, password: str, language: str) -> None:
    lin = a_member("finance", name="Lin <Yue>", password=password, language=language, email="lin@example.org")
    with writing():
        passwords.send_password_link(lin, key="one", secret=settings().secret_key, now=now, by="staff:x")

    letter = sent(mailbox, "staff_password")

    assert letter["To"] == "lin@example.org"
    assert_is_whole(letter, language)
    assert "Lin <Yue>" in text_of(letter)
    assert "/office/choose-password/" in text_of(letter)
    assert "http://127.0.0.1:8000/office/" in text_of(letter)


def test_every_letter_that_is_asked_for_has_its_words() -> None:
    asked = re.compile(r'(?:_tell\((?:registration|bill), |_write_to\(\w+, |send_letter\(\s*)f?"([a-z_{}]+)"')
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "tourreg").rglob("*.py"))
    names = {name for found in asked.findall(sources) for name in _decided(found)}

    words = {path.stem for path in (ROOT / "tourreg/templates/mails").glob("*.html")}

    assert len(names) > 12
    assert names <= words


def test_a_letter_waits_for_the_papers_that_go_with_it(app, mailbox, files: Files, now, clock: Show) -> None:
    registration = two_people_register(now)
    invoice = granted(registration, now)
    worker.run_due()
    before = [message["Subject"] for message in mailbox.sent]

    render(invoice, files, now)
    worker.run_due()

    assert "invoice is attached" not in " ".join(before)
    [paper] = sent(mailbox, "credit_granted").iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == (f"{invoice.number}.pdf", b"%PDF-1.7 sample")
    assert f"Invoice {invoice.number}" in text_of(sent(mailbox, "credit_granted"))
    assert waiting(SEND_LETTER) == 0


def test_a_letter_comes_again_each_minute_while_its_papers_are_not_there(app, mailbox, now) -> None:
    granted(two_people_register(now), now)
    worker.run_due()

    task = db.session.scalars(select(Task).where(Task.kind == SEND_LETTER, Task.done_at.is_(None))).one()

    assert (task.run_at, task.attempts, task.failure) == (now + timedelta(minutes=1), 0, "")


def test_the_payers_copy_opens_their_own_bill_alone(app, client, mailbox, files: Files, now, clock_shows) -> None:
    registration = two_people_register(now)
    with writing():
        registration.folio.payer_email = "finance@example.org"
    invoice = granted(registration, now)
    render(invoice, files, now)
    worker.run_due()

    [copy] = [message for message in mailbox.sent if message["To"] == "finance@example.org"]

    assert len(list(copy.iter_attachments())) == 1
    [link] = {match[0] for match in LINK.finditer(text_of(copy))}
    [token] = re.findall(r'name="csrf_token" value="([^"]+)"', client.get(link).get_data(as_text=True))
    opened = client.post(link, data={"csrf_token": token})
    assert opened.location == f"/my/bills/{registration.folio.public_id}"
    assert client.get(f"/my/registrations/{registration.public_id}").status_code != 200


def test_every_letter_about_a_registration_carries_the_same_link(app, mailbox, now) -> None:
    registration = two_people_register(now)
    with writing():
        mails.hold_ended(bill(registration), [], key="x", now=now)
        mails.payment_failed(bill(registration), HUNDRED, key="x", now=now)
    worker.run_due()

    links = {match[0] for message in mailbox.sent if (match := LINK.search(text_of(message)))}

    assert len(mailbox.sent) == 3
    assert len(links) == 1


def test_what_people_typed_stays_text_in_a_letter(app, mailbox, now) -> None:
    registration = two_people_register(now, contact_name="<b>Lan</b> {{ 7*7 }} & Sons")
    with writing():
        mails.hold_ended(bill(registration), [], key="x", now=now)

    letter = sent(mailbox, "hold_ended")

    assert "<b>Lan</b> {{ 7*7 }} & Sons" in text_of(letter)
    assert "&lt;b&gt;Lan&lt;/b&gt; {{ 7*7 }} &amp; Sons" in html_of(letter)


def test_a_title_on_two_lines_makes_a_subject_of_one(app, mailbox, now) -> None:
    summit = a_published_summit(title=Text("Summit\r\nBcc: everybody@example.org"))
    two_people_register(now, event=summit)

    letter = sent(mailbox, "registered")

    assert letter["Subject"] == "Your seats are held, please pay: Summit , Bcc: everybody@example.org"
    assert letter["Bcc"] is None


def _decided(name: str) -> list[str]:
    return [name.replace("{decision}", decision) for decision in ("accepted", "declined")]


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


@pytest.fixture
def files(app) -> Files:
    kept: Files = app.extensions[outside.FILES]
    return kept


def granted(registration: Registration, now: datetime) -> Paper:
    with writing():
        invoice = issue_invoice(registration.folio, purpose_of(bill(registration)), now=now, by="staff:x")
        assert invoice is not None
        mails.credit_granted(bill(registration), [invoice.paper], now=now)
        return invoice.paper


def render(paper: Paper, files: Files, now: datetime) -> None:
    """Do what the task does that renders a paper."""
    content_hash = files.put(b"%PDF-1.7 sample")
    with writing():
        paper.rendered_at, paper.pdf_sha256 = now, content_hash
        queue.hasten(SEND_LETTER, now=now)


def waiting(kind: str) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Task).where(Task.kind == kind, Task.done_at.is_(None))).all())
