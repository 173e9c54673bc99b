"""Every letter about a request to a host city, as the city's contacts get it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.host_offers import an_offer
from tests.hosting_cast import ASKING, OTHER_DAYS, a_tour, answered, asked, found, the_host
from tests.hosts import MEMBER
from tests.staff import a_member
from tests.tasks.letters.reading import LINK, assert_is_whole, render, sent, text_of
from tourreg.adapters.files import Files
from tourreg.adapters.mailer import MemoryMailer
from tourreg.db import db, writing
from tourreg.domain.hosting import request_queries as queries
from tourreg.domain.hosting import requests
from tourreg.domain.hosting.reports import ask_for_report
from tourreg.domain.hosting.threads import Said, answer_city, ask_office
from tourreg.domain.papers.models import Paper

# What the office wrote goes into these.
OFFICE_SAYS = {"hosting_asked": ASKING.words, "hosting_withdrawn": "The tour is put off."}
pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("template", "steps"),
    [
        ("hosting_asked", ()),
        ("hosting_reminded", ("remind",)),
        ("hosting_answered", ("held",)),
        ("hosting_answered", ("declined",)),
        ("hosting_answered", ("countered",)),
        ("hosting_confirmed", ("confirmed",)),
        ("hosting_dates_taken", ("countered", "take")),
        ("hosting_lapsed", ("lapse",)),
        ("hosting_withdrawn", ("withdraw",)),
    ],
)
def test_a_letter_about_a_request_is_whole_and_leads_to_it(
    mailbox: MemoryMailer,
    files: Files,
    now: datetime,
    clock_shows: Callable[[datetime], None],
    template: str,
    steps: tuple[str, ...],
    language: str,
) -> None:
    the_host(now, language=language)
    public_id = asked(a_tour(), an_offer("offered", now=now), now=now).public_id
    for step in steps:
        take(step, public_id, now)
    for paper in db.session.scalars(select(Paper)).all():
        render(paper, files, now)

    clock_shows(found(public_id).deadline_at)
    letter = sent(mailbox, template)

    assert letter["To"] == "joanne@example.org"
    assert_is_whole(letter, language)
    words = text_of(letter)
    assert ("城市水务" in words) is (language == "zh")
    link = LINK.search(words)
    assert link is not None
    assert f"request={public_id}" in words
    assert OFFICE_SAYS.get(template, "") in words


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["held", "confirmed", "countered", "declined", "late", "lapsed"])
def test_the_office_reads_what_a_city_answers(
    mailbox: MemoryMailer, now: datetime, clock_shows: Callable[[datetime], None], kind: str, language: str
) -> None:
    the_host(now)
    member = a_member("programme", language=language)
    request = asked(a_tour(), an_offer("offered", now=now), now=now, by=f"staff:{member.public_id}")
    at = request.deadline_at if kind == "late" else now
    days = OTHER_DAYS if kind == "countered" else None
    if kind == "lapsed":
        at = request.deadline_at
        take("lapse", request.public_id, now)
    else:
        said = "confirmed" if kind == "late" else kind
        answered(request.public_id, said, now=at, words="From the manager.", days=days)

    clock_shows(at)
    letter = sent(mailbox, "hosting_told")

    assert letter["To"] == member.email
    assert_is_whole(letter, language)
    words = text_of(letter)
    assert f"/office/events/{request.event.public_id}/hosting/{request.public_id}" in words
    assert ("From the manager." in words) is (kind != "lapsed")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("from_office", [True, False])
def test_a_message_about_a_visit_is_whole_and_leads_to_the_thread(
    mailbox: MemoryMailer, now: datetime, clock_shows: Callable[[datetime], None], from_office: bool, language: str
) -> None:
    the_host(now, language=language)
    member = a_member("programme", language=language)
    request = asked(a_tour(), an_offer("offered", now=now), now=now, by=f"staff:{member.public_id}")
    said = Said("Which door is it?", "Ann Lee")
    with writing():
        locked = queries.request_to_change(request.public_id)
        if from_office:
            answer_city(locked, said, submission_key=None, now=now, by=MEMBER)
        else:
            ask_office(locked, said, submission_key=None, now=now, by="host:ann")

    clock_shows(now)
    letter = sent(mailbox, "hosting_message" if from_office else "hosting_message_told")

    assert_is_whole(letter, language)
    words = text_of(letter)
    assert "Which door is it?" in words
    page = "page=questions" if from_office else f"/hosting/{request.public_id}/"
    assert page in words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_letter_that_asks_for_a_report_is_whole_and_leads_to_its_page(
    mailbox: MemoryMailer, now: datetime, clock_shows: Callable[[datetime], None], language: str
) -> None:
    the_host(now, language=language)
    public_id = asked(a_tour(), an_offer("offered", now=now), now=now).public_id
    answered(public_id, "confirmed", now=now)
    after = now + timedelta(days=200)
    with writing():
        ask_for_report(queries.request_to_change(public_id), now=after)

    clock_shows(after)
    letter = sent(mailbox, "hosting_report_asked")

    assert_is_whole(letter, language)
    assert "page=after" in text_of(letter)


def take(step: str, public_id: str, now: datetime) -> None:
    """Answer for the city, or do what the office does."""
    if step == "countered":
        answered(public_id, step, now=now, words="A week later.", days=OTHER_DAYS)
    elif step in ("held", "confirmed", "declined"):
        answered(public_id, step, now=now, words="From the manager.")
    else:
        _of_office(step, public_id, now)


def _of_office(step: str, public_id: str, now: datetime) -> None:
    late = found(public_id).deadline_at
    other = (OTHER_DAYS.first_on, OTHER_DAYS.last_on)
    with writing():
        request = queries.request_to_change(public_id)
        if step == "remind":
            requests.remind(request, now=now)
        elif step == "take":
            requests.take_other_dates(request, date(2027, 2, 20), seen=other, now=now, by=MEMBER)
        elif step == "lapse":
            requests.lapse(request, now=late)
        else:
            requests.withdraw(request, "The tour is put off.", seen="asked", now=now, by=MEMBER)
