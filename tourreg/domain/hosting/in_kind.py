"""The paper that says what a city gave in kind for a visit, in the city's own figures."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from tourreg.domain.hosting.confirmations import Receiver, receiver_of
from tourreg.domain.hosting.report_models import VisitReport
from tourreg.domain.hosting.request_queries import contacts_of
from tourreg.domain.hosting.request_rules import today_in
from tourreg.domain.papers import commands, queries
from tourreg.domain.papers.documents import both, head
from tourreg.domain.papers.models import Paper
from tourreg.domain.papers.sheets import Amount, Bilingual, Head
from tourreg.kernel.money import Money, total

KIND = "in_kind_report"


class GiftRow(TypedDict):
    """One thing given; minutes and amount are None where the city names none."""

    what: str
    who: str
    minutes: int | None
    amount: Amount | None


class CameRow(TypedDict):
    """How many came to one thing, or on a day (an empty title)."""

    on: str
    title: Bilingual
    came: int


class InKindSheet(Head, Receiver):
    """What a city gave in kind for a visit.

    minutes      of work in all
    sum          of the values that are named; in the sheet's one currency
    reported_by  who reported it for the city, and on which day there
    """

    title: Bilingual
    first_on: str
    last_on: str
    people: int
    currency: str
    gifts: list[GiftRow]
    came: list[CameRow]
    minutes: int
    sum: Amount
    reported_by: str
    reported_on: str


def issue_report(report: VisitReport, *, now: datetime, by: str) -> Paper:
    """Issue the paper in the language of the city's contact; it replaces the one of an earlier sending."""
    request = report.request
    key = f"in-kind-{report.public_id}-{report.revision}"
    known = queries.by_submission_key(key)
    if known is not None:
        return known
    contact = next(iter(contacts_of(request.city_id)), None)
    earlier = [one for one in queries.papers_for(request.event.public_id, request.public_id) if one.kind == KIND]
    return commands.issue(
        KIND,
        dict(in_kind_sheet(report, now=now)),
        issuer=request.event.issuer,
        about=request.event.public_id,
        subject=request.public_id,
        recipient=request.city.name.in_("en"),
        language="zh" if contact and contact.language == "zh" else "en",
        page_size="letter" if request.city.country == "US" else "a4",
        now=now,
        by=by,
        replaces=max(earlier, key=lambda one: one.id, default=None),
        submission_key=key,
    )


def in_kind_sheet(report: VisitReport, *, now: datetime) -> InKindSheet:
    """Return the sheet of what the city gave for its visit."""
    request, event = report.request, report.request.event
    values = [Money(gift.value_minor, report.currency) for gift in report.gifts if gift.value_minor is not None]
    reported_at = report.sent_at or report.saved_at
    return {
        **head(KIND, event.issuer, made_at=now),
        **receiver_of(request),
        "title": both(event.title),
        "first_on": request.first_on.isoformat(),
        "last_on": request.last_on.isoformat(),
        "people": request.people,
        "currency": report.currency,
        "gifts": [
            {
                "what": gift.what,
                "who": gift.who,
                "minutes": gift.minutes,
                "amount": None if gift.value_minor is None else _amount(Money(gift.value_minor, report.currency)),
            }
            for gift in report.gifts
        ],
        "came": [
            {"on": one.on_date.isoformat(), "title": both(one.title), "came": one.came} for one in report.attendance
        ],
        "minutes": sum(gift.minutes or 0 for gift in report.gifts),
        "sum": _amount(total(values, report.currency)),
        "reported_by": report.reported_name,
        "reported_on": today_in(request.city.zone, reported_at).isoformat(),
    }


def _amount(money: Money) -> Amount:
    return {"minor": money.minor, "currency": money.currency}
