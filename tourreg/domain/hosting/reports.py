"""A city reports what a visit was: saving, sending, opening again; and the letter that asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from tourreg.db import db
from tourreg.domain.audit.commands import move_to, note_change
from tourreg.domain.catalogue.models import Event
from tourreg.domain.cities.models import City
from tourreg.domain.hosting.in_kind import issue_report
from tourreg.domain.hosting.report_models import VisitAttendance, VisitGift, VisitReport
from tourreg.domain.hosting.report_rules import (
    REPORT,
    Came,
    Gift,
    Reported,
    ReportEditedMeanwhile,
    ReportIsSent,
    VisitNotOver,
    asked_at,
    is_over,
)
from tourreg.domain.hosting.request_letters import write_to_city
from tourreg.domain.hosting.request_models import HostingRequest
from tourreg.domain.hosting.request_queries import keeps_days
from tourreg.domain.hosting.request_rules import Span, is_off, today_in
from tourreg.domain.itineraries.versions import days_for_print
from tourreg.domain.outbox.commands import add_task
from tourreg.domain.papers.sheets import Item
from tourreg.kernel.bilingual import EMPTY, Text
from tourreg.kernel.money import Money
from tourreg.kernel.numbers import new_public_id

ASK_FOR_REPORT = "ask_host_city_for_report"
# Nobody counts heads at these.
NOT_COUNTED = ("transfer", "flight", "train", "free_time", "hotel")


@dataclass(frozen=True)
class Counted:
    """Something at which people are counted: an item of a day, or a day without items (item "")."""

    on_date: date
    item: str
    title: Text


@dataclass(frozen=True)
class VisitRow:
    """One visit that is over, with its report if the city has begun one, and what it gave in kind, if it says so."""

    request: HostingRequest
    report: VisitReport | None
    value: Money | None


@dataclass(frozen=True)
class Given:
    """What a city gave for a programme by its own reports; values are one sum for each currency, never across."""

    minutes: int
    values: tuple[Money, ...]


def watch_end(request: HostingRequest, *, now: datetime) -> None:
    """Ask for the letter that asks the city for its report, on the morning after the visit's last day."""
    key = f"{ASK_FOR_REPORT}:{request.public_id}:{request.last_on.isoformat()}"
    moment = asked_at(request.last_on, request.city.zone)
    add_task(ASK_FOR_REPORT, {"request": request.public_id}, key=key, now=now, run_at=max(moment, now))


def ask_for_report(request: HostingRequest, *, now: datetime) -> None:
    """Write to the city once its visit is over, unless it has reported already."""
    report = report_of(request)
    if can_report(request, now) and (report is None or report.state == "draft"):
        write_to_city("hosting_report_asked", request, now=now)


def can_report(request: HostingRequest, now: datetime) -> bool:
    if is_off(request.event.state):
        return False
    return is_over(request.state, request.last_on, today_in(request.city.zone, now))


def save(request: HostingRequest, told: Reported, *, seen: int, now: datetime, by: str) -> VisitReport:
    """Keep what the city says so far; the same said twice by the same person is kept once.

    request  from `request_queries.request_to_change`
    seen     the revision that the page showed; 0 where there was none
    raises   VisitNotOver, ReportIsSent, ReportEditedMeanwhile
    """
    if not can_report(request, now):
        raise VisitNotOver
    report = report_of(request)
    if report is not None and report.state == "sent":
        raise ReportIsSent
    if report is not None and _was_just_said(report, told, seen, by):
        return report
    if (report.revision if report else 0) != seen:
        raise ReportEditedMeanwhile
    if report is None:
        report = VisitReport(public_id=new_public_id(), request_id=request.id, state="draft", revision=0)
    _fill(report, told)
    report.revision, report.saved_at, report.saved_by = seen + 1, now, by
    db.session.add(report)
    db.session.flush()
    note_change(request.public_id, "visit report", {"revision": seen}, {"revision": report.revision}, now=now, by=by)
    return report


def send(request: HostingRequest, told: Reported, *, seen: int, now: datetime, by: str) -> VisitReport:
    """Keep what the city says and send it to the office, with a paper of what was given in kind.

    The same report sent twice by the same person is sent once.
    raises  VisitNotOver, ReportIsSent, ReportEditedMeanwhile
    """
    known = report_of(request)
    if known is not None and known.state == "sent" and _was_just_said(known, told, seen, by):
        return known
    report = save(request, told, seen=seen, now=now, by=by)
    report.sent_at = now
    move_to(report, REPORT, "sent", now=now, by=by)
    if report.gifts:
        issue_report(report, now=now, by=by)
    return report


def open_again(request: HostingRequest, *, now: datetime, by: str) -> None:
    """Let the city change a report that it sent; a second time changes nothing."""
    report = report_of(request)
    if report is not None and report.state == "sent":
        move_to(report, REPORT, "draft", now=now, by=by)
        report.sent_at = None


def report_of(request: HostingRequest) -> VisitReport | None:
    """Return the report of a visit with all that belongs to it."""
    one = select(VisitReport).where(VisitReport.request_id == request.id)
    whole = (selectinload(VisitReport.attendance), selectinload(VisitReport.gifts))
    return db.session.scalars(one.options(*whole)).one_or_none()


def counted_in(request: HostingRequest) -> list[Counted]:
    """Return at what people are counted on the days of the visit, as they were issued last."""
    theirs: defaultdict[str, list[Item]] = defaultdict(list)
    for day in days_for_print(request.event, issued=True).days:
        if day.get("city_id") == request.city.public_id:
            theirs[day["on"]] += [item for item in day["items"] if item["kind"] not in NOT_COUNTED and item.get("id")]
    found = []
    for on in Span(request.first_on, request.last_on).days():
        items = theirs.get(on.isoformat(), [])
        found += [Counted(on, item["id"], Text(**item["title"])) for item in items] or [Counted(on, "", EMPTY)]
    return found


def visits_over(today: date, *, page: int, size: int) -> tuple[list[VisitRow], int]:
    """Return one page of the confirmed visits that are over, the latest first; and how many there are.

    page  counts from 1
    """
    over = and_(keeps_days(), HostingRequest.state == "confirmed", HostingRequest.last_on < today)
    total = db.session.scalar(select(func.count()).select_from(HostingRequest).where(over)) or 0
    of_visits = (
        select(HostingRequest, VisitReport)
        .outerjoin(VisitReport, VisitReport.request_id == HostingRequest.id)
        .where(over)
        .order_by(HostingRequest.last_on.desc(), HostingRequest.id.desc())
        .options(joinedload(HostingRequest.event, innerjoin=True), joinedload(HostingRequest.city, innerjoin=True))
    )
    rows = db.session.execute(of_visits.offset((page - 1) * size).limit(size)).all()
    values = _values([report.id for _request, report in rows if report is not None])
    return [VisitRow(one, report, _value(report, values)) for one, report in rows], total


def totals_in_kind() -> list[Money]:
    """Return what cities gave in kind by their reports that were sent: one sum for each currency, never across."""
    summed = (
        select(VisitReport.currency, func.sum(VisitGift.value_minor))
        .join(VisitGift, VisitGift.report_id == VisitReport.id)
        .where(VisitReport.state == "sent", VisitGift.value_minor.is_not(None))
        .group_by(VisitReport.currency)
        .order_by(VisitReport.currency)
    )
    return [Money(int(minor or 0), currency) for currency, minor in db.session.execute(summed)]


def given_for(event: Event, city: City) -> Given:
    """Return what a city gave in kind for a programme by its reports that were sent; nothing where it sent none."""
    summed = (
        select(VisitReport.currency, func.sum(VisitGift.minutes), func.sum(VisitGift.value_minor))
        .join(VisitGift, VisitGift.report_id == VisitReport.id)
        .join(HostingRequest, HostingRequest.id == VisitReport.request_id)
        .where(VisitReport.state == "sent", HostingRequest.event_id == event.id, HostingRequest.city_id == city.id)
        .group_by(VisitReport.currency)
        .order_by(VisitReport.currency)
    )
    rows = db.session.execute(summed).all()
    values = (Money(int(minor), currency) for currency, _minutes, minor in rows if minor)
    return Given(sum(int(minutes or 0) for _currency, minutes, _minor in rows), tuple(values))


def requests_with_gifts(requests: Collection[int]) -> set[int]:
    """Return which of the requests, by their keys, have a report that was sent and tells of gifts."""
    if not requests:
        return set()
    told = select(VisitReport.request_id).join(VisitGift, VisitGift.report_id == VisitReport.id)
    return set(db.session.scalars(told.where(VisitReport.state == "sent", VisitReport.request_id.in_(requests))))


def _values(reports: Sequence[int]) -> Mapping[int, int]:
    summed = select(VisitGift.report_id, func.sum(VisitGift.value_minor)).where(VisitGift.report_id.in_(reports))
    rows = db.session.execute(summed.where(VisitGift.value_minor.is_not(None)).group_by(VisitGift.report_id)).all()
    return {report: int(minor or 0) for report, minor in rows}


def _value(report: VisitReport | None, values: Mapping[int, int]) -> Money | None:
    return Money(values[report.id], report.currency) if report is not None and report.id in values else None


def _was_just_said(report: VisitReport, told: Reported, seen: int, by: str) -> bool:
    """Tell whether this is what the same person said from the same page before, as when a form is sent twice."""
    return report.revision == seen + 1 and report.saved_by == by and _told(report) == told


def _told(report: VisitReport) -> Reported:
    return Reported(
        name=report.reported_name,
        currency=report.currency,
        attendance=tuple(Came(one.on_date, one.item, one.title, one.came) for one in report.attendance),
        gifts=tuple(Gift(one.what, one.who, one.minutes, one.value_minor) for one in report.gifts),
        answers=report.answers,
        may_be_quoted=report.may_be_quoted,
    )


def _fill(report: VisitReport, told: Reported) -> None:
    report.currency, report.answers, report.may_be_quoted = told.currency, told.answers, told.may_be_quoted
    report.reported_name = told.name
    report.attendance = [
        VisitAttendance(position=number, on_date=one.on_date, item=one.item, title=one.title, came=one.came)
        for number, one in enumerate(told.attendance)
    ]
    report.gifts = [
        VisitGift(position=number, what=one.what, who=one.who, minutes=one.minutes, value_minor=one.value_minor)
        for number, one in enumerate(told.gifts)
    ]
