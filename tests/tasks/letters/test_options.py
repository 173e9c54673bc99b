"""The letter that says what was chosen, as its reader gets it."""

from datetime import datetime

import pytest
from flask import Flask

from tests.option_cast import BOAT, MARKET, a_summit_with_options, a_sure_registration, choose, wish
from tests.tasks.letters.reading import assert_is_whole, sent, text_of
from tourreg.adapters.mailer import MemoryMailer


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("title", "words"),
    [
        (BOAT, {"en": "stands on your bill", "zh": "已计入您的账单"}),
        (MARKET, {"en": "costs nothing", "zh": "无需另付"}),
    ],
)
def test_a_letter_about_options_is_whole(
    app: Flask, mailbox: MemoryMailer, now: datetime, title: str, words: dict[str, str], language: str
) -> None:
    registration = a_sure_registration(a_summit_with_options(now), now, language=language)
    choose(registration, [wish(registration, title)], now)

    letter = sent(mailbox, "options_chosen")

    assert_is_whole(letter, language)
    assert title in text_of(letter)
    assert words[language] in " ".join(text_of(letter).split())
    assert registration.reference in text_of(letter)
