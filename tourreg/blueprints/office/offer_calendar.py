"""The calendar of what cities offer, against what tours need."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from tourreg import formats
from tourreg.blueprints.guards import office
from tourreg.blueprints.languages import language
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.office.event_fields import FIRST_DAY, LAST_DAY
from tourreg.blueprints.paging import PAGE_ROWS, Page, asked_page
from tourreg.domain.cities.topics import all_topics
from tourreg.domain.hosting.request_rules import Span
from tourreg.domain.matching import offer_calendar as calendar
from tourreg.kernel import clock
from tourreg.kernel.clock import local_day

blueprint = Blueprint("office_offer_calendar", __name__)


@blueprint.get("/offers/calendar")
@office()
def show() -> str:
    topics = all_topics(retired=True)
    country, topic = request.args.get("country", ""), request.args.get("topic", "")
    wanted = {
        "country": country if country in ("US", "CN") else "",
        "topic": topic if topic in {one.slug for one in topics} else "",
    }
    months, number = calendar.months_from(_first_month()), asked_page()
    rows, total = calendar.offers_by_month(months, **wanted, page=number, size=PAGE_ROWS)
    last = max(1, -(-total // PAGE_ROWS))
    if number > last:
        rows, total = calendar.offers_by_month(months, **wanted, page=last, size=PAGE_ROWS)
    return render_template(
        "office/offers/calendar.html",
        page=Page(rows, min(number, last), total),
        months=months,
        needs=calendar.needs_by_month(months),
        wanted=wanted,
        topics=topics,
        days_in_month=_days_in_month,
        month_name=lambda day: formats.month_and_year(day, language()),
        before=_shifted(months[0].first_on, -calendar.MONTHS_SHOWN),
        after=_shifted(months[0].first_on, calendar.MONTHS_SHOWN),
    )


def _first_month() -> date:
    """Return the first day of the month that the address asks for, of this one where it asks for none."""
    asked = request.args.get("from", "")
    try:
        found = date.fromisoformat(f"{asked}-01") if len(asked) == len("2027-05") else None
    except ValueError:
        found = None
    if found is None or not FIRST_DAY <= found <= LAST_DAY.replace(month=1):
        return local_day(clock.utc_now(), desk_zone()).replace(day=1)
    return found


def _shifted(month: date, by: int) -> str:
    """Return the month so many months away, as an address says it."""
    years, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return f"{years:04}-{place + 1:02}"


def _days_in_month(days: Span, month: Span) -> str:
    """Return the days of a span that lie in a month, as 3–14; the column says the month."""
    first, last = max(days.first_on, month.first_on).day, min(days.last_on, month.last_on).day
    return str(first) if first == last else f"{first}–{last}"
