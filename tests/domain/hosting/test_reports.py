"""After a visit the city reports; what it gave in kind becomes a paper, and sums stay within their currency."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.hosting_cast import CITY, a_request, found
from tests.hosts import MEMBER
from tourreg.db import db, writing
from tourreg.domain.hosting import reports, request_queries
from tourreg.domain.hosting.confirmations import papers_for_city
from tourreg.domain.hosting.report_models import VisitReport
from tourreg.domain.hosting.report_rules import (
    Came,
    Gift,
    Reported,
    ReportEditedMeanwhile,
    ReportIsSent,
    VisitNotOver,
    asked_at,
    is_over,
)
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.outbox.models import Letter, Task
from tourreg.domain.papers.models import Paper
from tourreg.kernel.bilingual import EMPTY
from tourreg.kernel.money import Money

pytestmark = pytest.mark.usefixtures("app")
AFTER = datetime.fromisoformat("2027-05-13T15:00:00+00:00")
TOLD = Reported(
    "Joanne Miller",
    "USD",
    attendance=(Came(date(2027, 5, 11), "", EMPTY, 18),),
    gifts=(Gift("Bus", "Public Works", 90, 45_000), Gift("Council chamber")),
    answers={"went_well": "The works."},
)


@pytest.fixture
def visit(now: datetime) -> HostingRequest:
    return a_request("confirmed", now=now)


def saves(visit: HostingRequest, told: Reported = TOLD, *, seen: int = 0, at: datetime = AFTER) -> None:
    with writing():
        reports.save(request_queries.request_to_change(visit.public_id), told, seen=seen, now=at, by=CITY)


def sends(visit: HostingRequest, told: Reported = TOLD, *, seen: int = 0, at: datetime = AFTER) -> None:
    with writing():
        reports.send(request_queries.request_to_change(visit.public_id), told, seen=seen, now=at, by=CITY)


def the_report() -> VisitReport:
    db.session.expire_all()
    return db.session.scalars(select(VisitReport)).one()


def in_kind() -> list[Paper]:
    return list(db.session.scalars(select(Paper).where(Paper.kind == "in_kind_report").order_by(Paper.id)))


@pytest.mark.parametrize(
    ("state", "today", "over"),
    [
        ("confirmed", date(2027, 5, 12), False),  # its last day
        ("confirmed", date(2027, 5, 13), True),
        ("held", date(2027, 5, 13), False),
        ("withdrawn", date(2027, 5, 13), False),
    ],
)
def test_a_visit_is_reported_from_the_day_after_its_last(state: str, today: date, over: bool) -> None:
    assert is_over(state, date(2027, 5, 12), today) is over


def test_the_city_is_asked_in_its_own_morning() -> None:
    assert asked_at(date(2027, 5, 12), "America/Chicago").isoformat() == "2027-05-13T14:00:00+00:00"


@pytest.mark.both
def test_a_report_is_saved_until_it_is_sent(visit: HostingRequest) -> None:
    saves(visit)
    saves(visit, Reported("Ann Lee", "USD", gifts=(Gift("Lunch", "", None, 100),)), seen=1)
    assert [gift.what for gift in the_report().gifts] == ["Lunch"]

    sends(visit, seen=2)

    report = the_report()
    assert (report.state, report.revision, len(report.gifts)) == ("sent", 3, 2)
    with pytest.raises(ReportIsSent):
        saves(visit, seen=3)


def test_the_later_of_two_who_save_is_told(visit: HostingRequest) -> None:
    saves(visit)

    with pytest.raises(ReportEditedMeanwhile):
        saves(visit, Reported("Ann Lee", "USD"))


def test_what_is_saved_twice_by_one_form_is_kept_once(visit: HostingRequest) -> None:
    saves(visit)
    saves(visit)

    assert the_report().revision == 1


def test_nothing_is_reported_before_the_visit_is_over(visit: HostingRequest, now: datetime) -> None:
    with pytest.raises(VisitNotOver):
        saves(visit, at=now)


def test_what_was_given_becomes_a_paper_for_the_city_and_a_second_press_makes_no_other(visit: HostingRequest) -> None:
    sends(visit)
    sends(visit)

    paper = in_kind()[0]
    assert len(in_kind()) == 1
    assert paper.sheet["sum"] == {"minor": 45_000, "currency": "USD"}
    assert paper.sheet["minutes"] == 90
    assert paper.public_id in [one.public_id for one in papers_for_city(found(visit.public_id))]


def test_a_report_sent_again_with_other_words_is_not_taken_for_the_same(visit: HostingRequest) -> None:
    sends(visit)

    with pytest.raises(ReportIsSent):
        sends(visit, replace(TOLD, answers={"went_well": "The works, and the school."}))


def test_a_report_that_was_opened_again_replaces_its_paper(visit: HostingRequest) -> None:
    sends(visit)
    with writing():
        reports.open_again(request_queries.request_to_change(visit.public_id), now=AFTER, by=MEMBER)

    sends(visit, Reported("Ann Lee", "CNY", gifts=(Gift("Lunch", "", None, 700),)), seen=1, at=AFTER)

    first, second = in_kind()
    assert second.replaces_id == first.id
    assert second.sheet["sum"] == {"minor": 700, "currency": "CNY"}


def test_a_report_without_gifts_makes_no_paper(visit: HostingRequest) -> None:
    sends(visit, Reported("Ann Lee", "USD"))

    assert in_kind() == []


def test_sums_stay_within_their_currency_and_leave_drafts_out(visit: HostingRequest) -> None:
    saves(visit)
    assert reports.totals_in_kind() == []

    sends(visit, seen=1)

    assert reports.totals_in_kind() == [Money(45_000, "USD")]
    rows, total = reports.visits_over(AFTER.date(), page=1, size=10)
    assert total == 1
    assert [(row.report is not None, row.value) for row in rows] == [(True, Money(45_000, "USD"))]


def test_the_city_is_asked_for_its_report_once_and_not_when_it_reported(
    visit: HostingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = db.session.scalars(select(Task).where(Task.kind == reports.ASK_FOR_REPORT)).one()
    assert task.run_at == asked_at(visit.last_on, visit.city.zone)

    for _look in range(2):
        with writing():
            reports.ask_for_report(request_queries.request_to_change(visit.public_id), now=AFTER)

    assert letters() == 1


def letters() -> int:
    return len(list(db.session.scalars(select(Letter.id).where(Letter.template == "hosting_report_asked"))))


def test_a_city_that_reported_is_not_asked(visit: HostingRequest) -> None:
    sends(visit)

    with writing():
        reports.ask_for_report(request_queries.request_to_change(visit.public_id), now=AFTER + timedelta(days=1))

    assert letters() == 0
