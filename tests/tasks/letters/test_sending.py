"""How letters go out: after their papers, to those whom they are for, and with what people typed as it was."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.cast import a_published_summit
from tests.money_cast import two_people_register
from tests.tasks.letters.conftest import Show
from tests.tasks.letters.reading import LINK, bill, html_of, render, sent, text_of
from tourreg import worker
from tourreg.adapters.files import Files
from tourreg.db import db, writing
from tourreg.domain.billing.invoicing import issue_invoice
from tourreg.domain.outbox.commands import SEND_LETTER
from tourreg.domain.outbox.models import Task
from tourreg.domain.papers.models import Paper
from tourreg.domain.registrations import corrections
from tourreg.domain.registrations.corrections import Contact
from tourreg.domain.registrations.models import Registration
from tourreg.domain.settlements import invoices, mails
from tourreg.domain.settlements.purposes import purpose_of
from tourreg.kernel.bilingual import Text
from tourreg.kernel.money import Money


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
        mails.payment_failed(bill(registration), Money(10_000, "USD"), key="x", now=now)
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


def granted(registration: Registration, now: datetime) -> Paper:
    with writing():
        invoice = issue_invoice(registration.folio, purpose_of(bill(registration)), now=now, by="staff:x")
        assert invoice is not None
        mails.credit_granted(bill(registration), [invoice.paper], now=now)
        return invoice.paper


def waiting(kind: str) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Task).where(Task.kind == kind, Task.done_at.is_(None))).all())
