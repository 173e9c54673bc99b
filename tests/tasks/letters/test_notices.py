"""The letter with a notice of changes, as its reader gets it."""

from datetime import datetime

import pytest
from flask import Flask

from tests.notice_cast import OPENING, a_summit_with_readers, change, hand_out, tell
from tests.tasks.letters.reading import assert_is_whole, sent, text_of
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import writing
from tourreg.kernel.bilingual import Text


@pytest.mark.parametrize(("language", "words"), [("en", "version 1, which you have"), ("zh", "1处与您有关的变更")])
def test_a_letter_with_a_notice_of_changes_is_whole(
    app: Flask, mailbox: MemoryMailer, now: datetime, language: str, words: str
) -> None:
    event, registration = a_summit_with_readers(now)
    person = registration.participants[0]
    with writing():
        registration.language = language
    hand_out(event, person.public_id, 1, now, to=person.email)
    tell(event, change(event, OPENING, now, place=Text("Hall 2", "二号厅")), now)

    letter = sent(mailbox, "programme_changed")

    assert_is_whole(letter, language)
    assert words in " ".join(text_of(letter).split())
    assert len(list(letter.iter_attachments())) == 1
