"""The letters that bring a city its certificate, as its contacts get them."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.certificate_cast import a_hosted_tour, issued, replaced
from tests.tasks.letters.reading import LINK, assert_is_whole, sent, text_of
from tourreg.adapters.files import Files
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.hosting.models import HostProfile
from tourreg.domain.papers.models import Paper
from tourreg.printing import render_paper

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("corrected", [False, True])
def test_a_letter_brings_the_certificate_and_leads_to_the_page(
    mailbox: MemoryMailer, files: Files, now: datetime, language: str, corrected: bool
) -> None:
    event = a_hosted_tour(now)
    with writing():
        db.session.query(HostProfile).update({"language": language})
    certificate = issued(event, now=now)
    template = "certificate_issued"
    if corrected:
        certificate, template = replaced(certificate, now=now), "certificate_replaced"
    number = certificate.paper.number
    for paper in db.session.scalars(select(Paper.public_id)).all():
        render_paper(paper, files, now=now)

    letter = sent(mailbox, template)

    assert_is_whole(letter, language)
    words = text_of(letter)
    assert number in words
    assert LINK.search(words)
    assert [part.get_filename() for part in letter.iter_attachments()] == [f"{number}.pdf"]
