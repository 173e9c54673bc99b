"""The letter to host cities as their contacts get it."""

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.city_letter_cast import DRAFT, a_colleague, a_host_of, a_letter, known_at
from tests.tasks.letters.reading import LINK, assert_is_whole, html_of, sent, text_of
from tourreg.adapters.mailer import MemoryMailer
from tourreg.domain.hosting.city_letter_rules import Draft
from tourreg.kernel.bilingual import Text

SIGN_UP = re.compile(r"/(?:en|zh)/host/sign-up\?q=\S+")

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_letter_to_host_cities_is_whole_and_leads_to_the_city(
    mailbox: MemoryMailer, now: datetime, language: str
) -> None:
    a_host_of("davenport", now=now, language=language)
    a_letter("davenport", now=now, draft=DRAFT)

    letter = sent(mailbox, "city_letter")

    assert_is_whole(letter, language)
    assert letter["To"] == "desk@davenport.example.org"
    assert letter["Subject"] == {"en": "Dates for Davenport", "zh": "请达文波特确定日期"}[language]
    assert LINK.search(text_of(letter))
    assert {"en": "Which week suits Davenport?", "zh": "哪一周适合达文波特？"}[language] in text_of(letter)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whom_the_office_knows_is_led_to_the_sign_up_and_told_why(
    client: FlaskClient, mailbox: MemoryMailer, now: datetime, language: str
) -> None:
    known_at("davenport", "Ruth Alder", now=now, language=language)
    a_letter("davenport", now=now, draft=DRAFT)

    letter = sent(mailbox, "city_letter_known")
    link = SIGN_UP.search(text_of(letter))

    assert_is_whole(letter, language)
    assert letter["To"] == "ruth@davenport.example.org"
    assert {"en": "Which week suits Davenport?", "zh": "哪一周适合达文波特？"}[language] in text_of(letter)
    assert {"en": "to be taken off it, answer this letter", "zh": "如希望移出名单，请直接回复本信"}[
        language
    ] in text_of(letter)
    assert not LINK.search(text_of(letter))
    assert link is not None
    assert "place=us-" in client.get(link[0]).text


def test_every_contact_has_a_link_of_their_own_and_sees_no_other_address(mailbox: MemoryMailer, now: datetime) -> None:
    a_host_of("charlotte", now=now)
    a_colleague(a_host_of("davenport", now=now), "Ruth Clerk", now=now)
    a_letter("davenport", "charlotte", now=now)
    sent(mailbox, "city_letter")

    letters = [one for one in mailbox.sent if str(one["Subject"]).startswith("Dates for")]

    assert len({LINK.search(text_of(one))[0] for one in letters}) == 3  # type: ignore[index]
    for one in letters:
        told = text_of(one) + html_of(one) + str(one)
        assert one["Cc"] is None
        assert [other["To"] for other in letters if other["To"] in told] == [one["To"]]


def test_what_an_officer_types_is_text_and_nothing_else(mailbox: MemoryMailer, now: datetime) -> None:
    a_host_of("davenport", now=now)
    words = "<script>x()</script>\nsecond line\n\n<b>bold</b> & %(city)s"
    a_letter("davenport", now=now, draft=Draft(Text("A <b> & c"), Text(words)))

    letter = sent(mailbox, "city_letter")

    assert letter["Subject"] == "A <b> & c"
    assert words in text_of(letter)
    assert "<p>&lt;script&gt;x()&lt;/script&gt;<br>second line</p>" in html_of(letter)
    assert "<script" not in html_of(letter)
